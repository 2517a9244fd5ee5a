/** A camera that speaks word for word what a test lets it say: for what real ones say and no simulator should have to. */
import type { Socket } from 'node:net';
import type { PackedLoop } from '../../../simulators/camera/packets.ts';
import { rawServer, type RawServer } from './listener.ts';

export interface OddCamera {
  /** Body of the answer to DESCRIBE. */
  sdp: string | Buffer;
  /** More headers of an answer, by method: whole lines. */
  headers?: Partial<Record<string, string[]>>;
  /** Instead of 200 with its headers. */
  status?: (method: string, request: string) => { status: string; headers?: string[] } | null;
  media: Buffer;
  lineEnd?: '\r\n' | '\n';
  /** The answer as it goes onto the wire, changed once more. */
  answer?: (text: string, method: string) => string;
  /** Media goes out with (before) the answer to PLAY. */
  mediaFirst?: boolean;
}

export const oddCamera = (odd: OddCamera): Promise<RawServer> => {
  const end = odd.lineEnd ?? '\r\n';
  const one = (request: string, socket: Socket): void => {
    const method = request.split(' ', 1)[0] ?? '';
    const cseq = /^CSeq:\s*(\d+)/im.exec(request)?.[1] ?? '0';
    const said = odd.status?.(method, request) ?? { status: '200 OK', headers: odd.headers?.[method] ?? [] };
    const body = method === 'DESCRIBE' && said.status.startsWith('200') ? Buffer.from(odd.sdp) : Buffer.alloc(0);
    const length = body.length > 0 ? [`Content-Length: ${body.length}`] : [];
    const lines = [`RTSP/1.0 ${said.status}`, `CSeq: ${cseq}`, ...(said.headers ?? []), ...length, '', ''].join(end);
    const text = odd.answer?.(lines, method) ?? lines;
    const plays = method === 'PLAY' && said.status.startsWith('200');
    const parts = [Buffer.from(text, 'latin1'), body];
    socket.write(Buffer.concat(plays ? (odd.mediaFirst === true ? [odd.media, ...parts] : [...parts, odd.media]) : parts));
  };
  return rawServer((chunk, socket) => {
    for (const request of chunk.split('\r\n\r\n')) if (/^[A-Z_]+ rtsp/.test(request)) one(request, socket);
    return null;
  });
};

export interface MediaOptions {
  pictures: number;
  /** Without those in the stream. */
  omitSets?: boolean;
  channel?: number;
  firstSequence?: number;
  stampOf?: (n: number) => number;
}

/** The first pictures of a loop as interleaved frames. */
export const mediaOf = (loop: PackedLoop, { pictures, omitSets = false, channel = 0, firstSequence = 0, stampOf = (n) => n * 6_000 }: MediaOptions): Buffer => {
  let sequence = firstSequence;
  const parts: Buffer[] = [];
  loop.pictures.slice(0, pictures).forEach((picture, n) => {
    const bytes = Buffer.from(picture.bytes);
    const from = omitSets ? picture.setPackets : 0;
    for (let i = from; i < picture.starts.length - 1; i += 1) {
      const at = picture.starts[i] ?? 0;
      bytes[at + 1] = channel;
      bytes.writeUInt16BE(sequence & 0xffff, at + 6);
      bytes.writeUInt32BE(stampOf(n) >>> 0, at + 8);
      bytes.writeUInt32BE(0xcafe, at + 12);
      sequence += 1;
    }
    parts.push(bytes.subarray(picture.starts[from]));
  });
  return Buffer.concat(parts);
};
