import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyLimitBytes, headerLimitBytes, RtspParser } from './rtsp-parser.ts';

interface Seen {
  events: string[];
  faults: string[];
}

const run = (chunks: readonly Buffer[]): Seen => {
  const seen: Seen = { events: [], faults: [] };
  const parser = new RtspParser({
    onMessage: (m) => seen.events.push(`${m.status ?? 'request'} ${m.text} ${m.headers.get('cseq')?.[0] ?? ''} ${m.body.toString('latin1')}`),
    onFrame: (channel, bytes, start, end) => seen.events.push(`$${channel} ${bytes.toString('hex', start, end)}`),
    onFault: (detail) => seen.faults.push(detail),
  });
  parser.framesAllowed = true;
  for (const chunk of chunks) parser.push(chunk, chunk.length);
  return seen;
};

const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const sorted = [0, ...places.map((p) => p % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return sorted.slice(1).map((end, i) => bytes.subarray(sorted[i], end));
};

const frame = (channel: number, content: Buffer): Buffer => Buffer.concat([Buffer.from([0x24, channel, content.length >> 8, content.length & 0xff]), content]);
const response = (cseq: number, body: string): Buffer => Buffer.from(`RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);

describe('RTSP parser', () => {
  it('reads responses, requests and frames the same in whatever cut they come', () => {
    const piece = fc.oneof(
      fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 3_000 })).map(([channel, content]) => frame(channel, Buffer.from(content))),
      fc.tuple(fc.nat(999), fc.string({ maxLength: 80 }).filter((s) => /^[ -~]*$/.test(s))).map(([cseq, body]) => response(cseq, body)),
      fc.constant(Buffer.from('OPTIONS rtsp://a/ RTSP/1.0\r\nCSeq: 7\r\n\r\n')),
      fc.constant(Buffer.from('RTSP/1.0 454 Session Not Found\nCSeq: 3\n\n')),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(), { maxLength: 12 }), (pieces, places) => {
        const bytes = Buffer.concat(pieces);
        const whole = run([bytes]);
        expect(whole.faults).toEqual([]);
        expect(whole.events).toHaveLength(pieces.length);
        expect(run(cutAt(bytes, places))).toEqual(whole);
      }),
      { numRuns: 300 },
    );
    const one = Buffer.concat([response(1, 'v=0'), frame(0, Buffer.from('abc')), response(2, '')]);
    expect(run([...one].map((byte) => Buffer.from([byte])))).toEqual(run([one]));
  });

  it('joins folded headers and keeps both of a double one', () => {
    const values: unknown[] = [];
    const parser = new RtspParser({ onMessage: (m) => values.push(m.headers.get('www-authenticate'), m.headers.get('public')), onFrame: () => undefined, onFault: (d) => values.push(d) });
    const bytes = Buffer.from('RTSP/1.0 401 Unauthorized\r\nWWW-Authenticate: Basic realm="a"\r\nPublic: OPTIONS,\r\n  PLAY\r\nWWW-Authenticate: Digest\r\n\r\n');
    parser.push(bytes, bytes.length);
    expect(values).toEqual([['Basic realm="a"', 'Digest'], ['OPTIONS, PLAY']]);
  });

  it.each([
    ['a web server', 'HTTP/1.1 400 Bad Request\r\n', 'the answer is not RTSP'],
    ['an SSH server, by its first line', 'SSH-2.0-OpenSSH_9.2\r\n', 'the answer is not RTSP'],
    ['random bytes', '\u0001\u0002\u0003', 'neither RTSP nor media'],
    ['a first line without end', 'R'.repeat(headerLimitBytes), 'the first line does not end'],
    ['headers without end', `RTSP/1.0 200 OK\r\n${'X: y\r\n'.repeat(4_000)}`, 'headers too long'],
    ['too many headers', `RTSP/1.0 200 OK\r\n${'X: y\r\n'.repeat(101)}\r\n`, 'too many headers'],
    ['a negative length', 'RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n', 'wrong content length'],
    ['two lengths', 'RTSP/1.0 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 'wrong content length'],
    ['a body without end', `RTSP/1.0 200 OK\r\nContent-Length: ${bodyLimitBytes + 1}\r\n\r\n`, 'body too long'],
  ])('ends on %s', (_, text, fault) => {
    const bytes = Buffer.from(text, 'latin1');
    for (const places of [[], [1], [bytes.length - 1], [3, 9]]) expect(run(cutAt(bytes, places)).faults).toEqual([fault]);
  });

  it('takes no media before it was asked for', () => {
    const faults: string[] = [];
    const parser = new RtspParser({ onMessage: () => undefined, onFrame: () => undefined, onFault: (d) => faults.push(d) });
    parser.push(frame(0, Buffer.from('x')), 5);
    expect(faults).toEqual(['media before it was asked for']);
  });

  it('hands on nothing more once its owner ended it from within a handler', () => {
    let frames = 0;
    const parser = new RtspParser({
      onMessage: () => undefined,
      onFault: () => undefined,
      onFrame: () => {
        frames += 1;
        parser.end();
      },
    });
    parser.framesAllowed = true;
    const bytes = Buffer.concat([frame(0, Buffer.from('a')), frame(0, Buffer.from('b'))]);
    parser.push(bytes, bytes.length);
    expect(frames).toBe(1);
  });
});
