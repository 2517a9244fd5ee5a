/** SNTP (RFC 4330): one question to a time server, and how far this machine's clock is off. The packet is pure; the socket is at the rim. */
import { createSocket } from 'node:dgram';
import type { Clock } from '../../../base/clock.ts';
import { secondMs } from '../../../base/units.ts';

const packetBytes = 48;
/** Seconds from 1900 to 1970. */
const epochSeconds = 2_208_988_800;
const fraction = 2 ** 32;
const eraSeconds = 2 ** 32;

const writeTime = (packet: Buffer, offset: number, ms: number): void => {
  const seconds = ms / secondMs + epochSeconds;
  packet.writeUInt32BE(Math.floor(seconds) % eraSeconds, offset);
  packet.writeUInt32BE(Math.floor((seconds % 1) * fraction), offset + 4);
};
/** The era is the one nearest to `near`: counters begin anew in 2036. */
const readTime = (packet: Buffer, offset: number, near: number): number => {
  const ms = (packet.readUInt32BE(offset) - epochSeconds + packet.readUInt32BE(offset + 4) / fraction) * secondMs;
  return ms + Math.round((near - ms) / (eraSeconds * secondMs)) * eraSeconds * secondMs;
};

export const sntpQuestion = (sentAt: number): Buffer => {
  const packet = Buffer.alloc(packetBytes);
  packet[0] = (4 << 3) | 3;
  writeTime(packet, 40, sentAt);
  return packet;
};

/** The server's side: what it answers when its clock says `serverAt`. */
export const sntpAnswer = (question: Buffer, serverAt: number): Buffer => {
  const packet = Buffer.alloc(packetBytes);
  packet[0] = (4 << 3) | 4;
  packet[1] = 2;
  question.copy(packet, 24, 40, 48);
  writeTime(packet, 32, serverAt);
  writeTime(packet, 40, serverAt);
  return packet;
};

export type SntpRead = { offsetMs: number; delayMs: number } | 'not_ours' | 'not_synchronised';

/** Offset: this machine's clock minus the server's, ms. */
export const readSntp = (answer: Buffer, question: Buffer, sentAt: number, cameAt: number): SntpRead => {
  if (answer.length < packetBytes || ((answer[0] ?? 0) & 7) !== 4 || !answer.subarray(24, 32).equals(question.subarray(40, 48))) return 'not_ours';
  const stratum = answer[1] ?? 0;
  if (stratum === 0 || stratum > 15 || (answer[0] ?? 0) >> 6 === 3) return 'not_synchronised';
  const [received, sent] = [readTime(answer, 32, sentAt), readTime(answer, 40, sentAt)];
  return { offsetMs: -((received - sentAt + (sent - cameAt)) / 2), delayMs: cameAt - sentAt - (sent - received) };
};

export type TimeAnswer = { offsetMs: number } | 'silent' | 'not_synchronised';

export const askTime = (clock: Clock, { host, port }: { host: string; port: number }, limitMs = 3 * secondMs): Promise<TimeAnswer> =>
  new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    const begun = { wall: clock.now(), mono: performance.now() };
    const question = sntpQuestion(begun.wall);
    const done = (answer: TimeAnswer): void => {
      clearTimeout(limit);
      socket.close();
      resolve(answer);
    };
    const limit = setTimeout(() => done('silent'), limitMs);
    socket.once('error', () => done('silent'));
    socket.on('message', (answer) => {
      const read = readSntp(answer, question, begun.wall, begun.wall + (performance.now() - begun.mono));
      // Anybody can send to the port: what does not answer our question is not heard.
      if (read !== 'not_ours') done(read === 'not_synchronised' ? read : { offsetMs: read.offsetMs });
    });
    socket.send(question, port, host, (error) => {
      if (error !== null) done('silent');
    });
  });
