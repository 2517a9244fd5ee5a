/** Conformance: what cameras of the market are known to say and send, byte for byte, and that it is recorded all the same. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/base/clock.ts';
import { hevcLoopFile, loadLoop, loadScene } from '../../simulators/camera/index.ts';
import type { PackedLoop } from '../../simulators/camera/packets.ts';
import { listen, type Listener, type RawServer } from './testing/listener.ts';
import { mediaOf, oddCamera, type OddCamera } from './testing/odd-camera.ts';

let gate: { main: PackedLoop; sub: PackedLoop };
let hevc: PackedLoop;
const cleanups: (() => unknown)[] = [];
beforeAll(async () => {
  gate = await loadScene('gate');
  hevc = await loadLoop(hevcLoopFile, 15);
});
afterAll(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

const pictures = 40;
const session = { SETUP: ['Session: 4711', 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1'] };
const format = (loop: PackedLoop): string => loop.format(true);
const sdpOf = (loop: PackedLoop, ...more: string[]): string[] => [
  'v=0', 'o=- 0 0 IN IP4 0.0.0.0', 's=Media Server', 't=0 0', 'a=control:*', 'm=video 0 RTP/AVP 96', `a=rtpmap:96 ${loop.encoding}/90000`, `a=fmtp:96 ${format(loop)}`, 'a=control:trackID=0', ...more, '',
];
const ordinary = (): OddCamera => ({ sdp: sdpOf(gate.sub).join('\r\n'), headers: session, media: mediaOf(gate.sub, { pictures }) });

const watch = async (odd: Partial<OddCamera>, source: Partial<Parameters<typeof listen>[0]> = {}): Promise<{ seen: Listener; server: RawServer }> => {
  const server = await oddCamera({ ...ordinary(), ...odd });
  const seen = listen({ url: server.url, ...source }, systemClock);
  cleanups.push(() => {
    seen.ingest.close();
    server.close();
  });
  return { seen, server };
};
/** The last picture is whole only once another begins or its marker is there. */
const all = (count = pictures) => (s: Listener): boolean => s.units.length >= count;
const asked = (server: RawServer, method: string): string => new RegExp(`^${method} (\\S+) RTSP`, 'm').exec(server.received())?.[1] ?? '';

describe.concurrent('what cameras say', { timeout: 20_000 }, () => {
  it.each<[string, () => Partial<OddCamera>]>([
    ['no parameter sets in the description', () => ({ sdp: sdpOf(gate.sub).filter((line) => !line.startsWith('a=fmtp')).join('\r\n') })],
    ['parameter sets in the description only', () => ({ media: mediaOf(gate.sub, { pictures, omitSets: true }) })],
    ['a comma behind the last parameter set and blanks around', () => ({ sdp: sdpOf(gate.sub).map((line) => line.replace(/(sprop-parameter-sets=)(\S+)/, '$1 $2 , ')).join('\r\n'), media: mediaOf(gate.sub, { pictures, omitSets: true }) })],
    ['no name of the encoding', () => ({ sdp: sdpOf(gate.sub).filter((line) => !line.startsWith('a=rtpmap')).join('\r\n') })],
    ['line feeds alone', () => ({ sdp: sdpOf(gate.sub).join('\n'), lineEnd: '\n' })],
    ['line feeds in the description, both elsewhere', () => ({ sdp: sdpOf(gate.sub).join('\n') })],
    ['bytes behind the description', () => ({ sdp: Buffer.concat([Buffer.from(sdpOf(gate.sub).join('\r\n')), Buffer.alloc(40), Buffer.from('\r\nm=\r\na=rtpmap:\xff\xfe\r\nm=video', 'latin1')]) })],
    ['sound before the picture, and sends it though nobody asked', () => ({
      sdp: ['v=0', 'm=audio 0 RTP/AVP 8', 'a=control:trackID=9', ...sdpOf(gate.sub).slice(4)].join('\r\n'),
      media: Buffer.concat([mediaOf(gate.sub, { pictures: 5 }), Buffer.from('2402000c8008000100000001deadbeef', 'hex'), mediaOf(gate.sub, { pictures }).subarray(mediaOf(gate.sub, { pictures: 5 }).length)]),
    })],
    ['another channel than was asked for', () => ({ headers: { SETUP: ['Session: 4711', 'Transport: RTP/AVP/TCP;unicast;interleaved=4-5;mode="PLAY"'] }, media: mediaOf(gate.sub, { pictures, channel: 4 }) })],
    ['media before it has answered PLAY', () => ({ mediaFirst: true })],
    ['header names in small letters, and no phrase', () => ({ answer: (text: string) => text.replace(/^([\w-]+):/gm, (name) => name.toLowerCase()).replace('200 OK', '200') })],
    ['no number of the request in its answers', () => ({ answer: (text: string) => text.replace(/^CSeq: \d+\r\n/m, '') })],
    ['405 to OPTIONS', () => ({ status: (method: string) => (method === 'OPTIONS' ? { status: '405 Method Not Allowed' } : null) })],
    ['a session with blanks about its time-out', () => ({ headers: { SETUP: ['Session: 0A1b-_ ; timeout = 60', 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1'] } })],
    ['no session at all', () => ({ headers: { SETUP: ['Transport: RTP/AVP/TCP;unicast;interleaved=0-1'] } })],
    ['no transport in its answer', () => ({ headers: { SETUP: ['Session: 1'] } })],
    ['a clock of a thousand a second', () => ({ sdp: sdpOf(gate.sub).map((line) => line.replace('/90000', '/1000')).join('\r\n'), media: mediaOf(gate.sub, { pictures, stampOf: (n) => Math.round((n * 1_000) / 15) }) })],
    ['the old name of H.265', () => ({ sdp: sdpOf(hevc).map((line) => line.replace('H265/', 'HEVC/')).join('\r\n'), media: mediaOf(hevc, { pictures }) })],
    ['H.265 without parameter sets in the description', () => ({ sdp: sdpOf(hevc).filter((line) => !line.startsWith('a=fmtp')).join('\r\n'), media: mediaOf(hevc, { pictures }) })],
  ])('%s', async (_, odd) => {
    const { seen } = await watch(odd());
    await seen.until(all());
    expect(seen.units.map((u) => Math.round(u.ticks / 6_000))).toEqual(Array.from({ length: pictures }, (_unit, i) => i));
    expect(seen.sets).toHaveLength(1);
    expect([seen.lost, seen.ends]).toEqual([0, []]);
  });

  it('other parameter sets in mid-stream: they are announced before the first picture that needs them', async () => {
    const [first, second] = [mediaOf(gate.sub, { pictures }), mediaOf(gate.main, { pictures, firstSequence: 5_000, stampOf: (n) => (pictures + n) * 6_000 })];
    const { seen } = await watch({ media: Buffer.concat([first, second]) });
    await seen.until((s) => s.sets.length === 2 && s.units.length >= pictures);
    expect(seen.sets.map((s) => [s.width, s.height])).toEqual([[640, 360], [1_280, 720]]);
    expect(seen.ends).toEqual([]);
  });

  it.each([
    ['no base: to what was asked for', [], 'trackID=0', '/live/trackID=0', '/live'],
    ['a base with a stroke', ['Content-Base: rtsp://10.9.9.9/inner/'], 'trackID=0', 'rtsp://10.9.9.9/inner/trackID=0', 'rtsp://10.9.9.9/inner/'],
    ['a base without one', ['Content-Base: rtsp://10.9.9.9/inner'], 'trackID=0', 'rtsp://10.9.9.9/inner/trackID=0', 'rtsp://10.9.9.9/inner'],
    ['a base with a query', ['Content-Base: rtsp://10.9.9.9/cam/realmonitor?channel=1&subtype=0/'], 'trackID=0', 'rtsp://10.9.9.9/cam/realmonitor?channel=1&subtype=0/trackID=0', 'rtsp://10.9.9.9/cam/realmonitor?channel=1&subtype=0/'],
    ['a location instead', ['Content-Location: rtsp://10.9.9.9/there'], 'video', 'rtsp://10.9.9.9/there/video', 'rtsp://10.9.9.9/there'],
    ['a whole address', [], 'rtsp://10.9.9.9/other/trackID=3', 'rtsp://10.9.9.9/other/trackID=3', '/live'],
    ['a base that is no address', ['Content-Base: /live/'], 'trackID=0', '/live/trackID=0', '/live'],
  ])('where the track is: %s', async (_, headers, control, setup, play) => {
    const { seen, server } = await watch({ sdp: sdpOf(gate.sub).map((line) => (line === 'a=control:trackID=0' ? `a=control:${control}` : line)).join('\r\n'), headers: { ...session, DESCRIBE: headers } });
    await seen.until(all());
    const whole = (path: string): string => (path.startsWith('/') ? server.url.replace('/live', path) : path);
    expect(asked(server, 'SETUP')).toBe(whole(setup));
    expect(asked(server, 'PLAY')).toBe(whole(play));
  });
});

describe.concurrent('how cameras are kept going', { timeout: 20_000 }, () => {
  const timed = (...more: string[]): NonNullable<OddCamera['headers']> => ({ SETUP: ['Session: 4711;timeout=2', 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1'], OPTIONS: more });
  const count = (server: RawServer, method: string): number => server.received().split(`${method} rtsp`).length - 1;

  it('by GET_PARAMETER where the camera names it', async () => {
    const { seen, server } = await watch({ headers: timed('Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN') });
    await seen.until(() => count(server, 'GET_PARAMETER') >= 2);
    expect(count(server, 'OPTIONS')).toBe(1);
    expect(server.received()).toMatch(/GET_PARAMETER \S+ RTSP\/1\.0\r\nCSeq: \d+\r\nUser-Agent: Vigil\r\nSession: 4711\r\n/);
  });

  it('by OPTIONS where it does not', async () => {
    const { seen, server } = await watch({ headers: timed('Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN') });
    await seen.until(() => count(server, 'OPTIONS') >= 3);
    expect(count(server, 'GET_PARAMETER')).toBe(0);
  });

  it('by OPTIONS once the camera refused what it had named', async () => {
    const { seen, server } = await watch({ headers: timed('Public: GET_PARAMETER'), status: (method) => (method === 'GET_PARAMETER' ? { status: '501 Not Implemented' } : null) });
    await seen.until(() => count(server, 'OPTIONS') >= 3);
    expect(count(server, 'GET_PARAMETER')).toBe(1);
    expect(seen.ends).toEqual([]);
  });
});

describe.concurrent('how cameras ask who we are', { timeout: 20_000 }, () => {
  const [username, password] = ['admin', 'pa"ss\\w:ord'];
  const digest = (algorithm: 'md5' | 'sha256', text: string): string => createHash(algorithm).update(text).digest('hex');
  const field = (request: string, name: string): string => {
    const [, quoted, bare] = new RegExp(`\\b${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^,\\s]+))`).exec(request) ?? [];
    return quoted ?? bare ?? '';
  };

  it.each([
    ['MD5', 'md5', '', 'Digest realm="cam", nonce="n1"'],
    ['MD5 with qop', 'md5', 'auth', 'Digest realm="cam", nonce="n1", qop="auth"'],
    ['SHA-256', 'sha256', '', 'Digest realm="cam", nonce="n1", algorithm=SHA-256'],
    ['SHA-256 with qop', 'sha256', 'auth', 'Digest realm="cam",nonce="n1",algorithm="SHA-256",qop="auth,auth-int",opaque="xyz"'],
    ['both, the weaker first', 'sha256', '', 'Digest realm="cam", nonce="n1", algorithm=MD5', 'Digest realm="cam", nonce="n1", algorithm=SHA-256', 'Basic realm="cam"'],
  ] as const)('%s', async (_, algorithm, qop, ...challenges) => {
    const status: OddCamera['status'] = (method, request) => {
      if (method === 'OPTIONS') return null;
      const uri = request.split(' ')[1] ?? '';
      const secret = digest(algorithm, `${username}:cam:${password}`);
      const act = digest(algorithm, `${method}:${uri}`);
      const right = qop === '' ? digest(algorithm, `${secret}:n1:${act}`) : digest(algorithm, `${secret}:n1:${field(request, 'nc')}:${field(request, 'cnonce')}:auth:${act}`);
      return field(request, 'response') === right && field(request, 'uri') === uri ? null : { status: '401 Unauthorized', headers: challenges.map((c) => `WWW-Authenticate: ${c}`) };
    };
    const { seen, server } = await watch({ status }, { username, password });
    await seen.until(all());
    expect(seen.ends).toEqual([]);
    expect(server.received()).not.toContain('Basic ');
  });

  it('with another nonce for every request', async () => {
    let nonce = 0;
    const given = new Set<string>();
    const status: OddCamera['status'] = (method, request) => {
      if (method === 'OPTIONS') return null;
      const used = field(request, 'nonce');
      if (given.delete(used)) return null;
      nonce += 1;
      given.add(`n${nonce}`);
      return { status: '401 Unauthorized', headers: [`WWW-Authenticate: Digest realm="cam", nonce="n${nonce}", stale=TRUE`] };
    };
    const { seen } = await watch({ status }, { username, password });
    await seen.until(all());
    expect(seen.ends).toEqual([]);
  });
});
