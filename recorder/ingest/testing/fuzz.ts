/**
 * Mutates captured camera streams and puts them through everything that reads what a camera sends. Seeded: an input that breaks
 * something is found again by its seed and index. The corpus: what GStreamer's RTSP server (three ways of packing) and a simulated
 * camera with Digest and others with H.265 sent, byte for byte.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { BufferPool } from '../buffer-pool.ts';
import { Authorizer, chooseChallenge } from '../digest.ts';
import type { AccessUnit } from '../interface.ts';
import { uncutLimitBytes, VideoReceiver } from '../receiver.ts';
import { RtspParser } from '../rtsp-parser.ts';
import { parseSdp } from '../sdp.ts';

const corpusFolder = new URL('./corpus/', import.meta.url);
export type Target = 'h264' | 'h265';
/** What was sent, by how its pictures are coded. */
export const corpus = (target: Target): Buffer[] =>
  readdirSync(corpusFolder)
    .filter((name) => name.endsWith('.bin') && name.startsWith('hevc-') === (target === 'h265'))
    .sort()
    .map((name) => readFileSync(new URL(name, corpusFolder)));

/** xorshift32 */
export const seededRandom = (seed: number): ((below: number) => number) => {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

type Random = ReturnType<typeof seededRandom>;

/** Places of `$` frames, so that changes hit headers as often as pictures. */
const frameStarts = (bytes: Buffer): number[] => {
  const starts: number[] = [];
  for (let at = bytes.indexOf('\r\n\r\n$') + 4; at > 3 && at + 4 < bytes.length && bytes[at] === 0x24; at += 4 + bytes.readUInt16BE(at + 2)) starts.push(at);
  return starts;
};

const interesting = [0, 1, 3, 0x1c, 0x24, 0x38, 0x45, 0x65, 0x67, 0x68, 0x7c, 0x7f, 0x80, 0x85, 0xc5, 0xff];
/** The same for H.265: slices, sets, and the three kinds of packets of RFC 7798. */
const interestingHevc = [0x02, 0x10, 0x12, 0x26, 0x28, 0x2a, 0x40, 0x42, 0x44, 0x46, 0x4e, 0x60, 0x62, 0x64, 0x93, 0x53];
const anyOf = [...interesting, ...interestingHevc];

const mutateOnce = (bytes: Buffer, random: Random, starts: readonly number[]): Buffer => {
  const nearHeader = starts.length > 0 && random(3) > 0;
  const at = nearHeader ? (starts[random(starts.length)] ?? 0) + random(24) : random(bytes.length || 1);
  const length = 1 + random(random(4) === 0 ? 2_000 : 16);
  switch (random(7)) {
    case 0:
      bytes[at % (bytes.length || 1)] = random(256);
      return bytes;
    case 1:
      bytes[at % (bytes.length || 1)] = anyOf[random(anyOf.length)] ?? 0;
      return bytes;
    case 2: // lost
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 3: // twice
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 4: // something between
      return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(length, random(256)), bytes.subarray(at)]);
    case 5: // one bit
      bytes[at % (bytes.length || 1)] = (bytes[at % (bytes.length || 1)] ?? 0) ^ (1 << random(8));
      return bytes;
    default: {
      // a piece from elsewhere
      const from = random(bytes.length || 1);
      bytes.copy(bytes, Math.min(at, Math.max(0, bytes.length - 1)), from, Math.min(from + length, bytes.length));
      return bytes;
    }
  }
};

/** Keeps the framing right and changes what is framed: lost, doubled, exchanged, cut and altered packets. */
const mutatePackets = (original: Buffer, random: Random, starts: readonly number[]): Buffer => {
  const head = original.subarray(0, starts[0]);
  const frames = starts.map((start) => Buffer.from(original.subarray(start, start + 4 + original.readUInt16BE(start + 2))));
  for (let i = 1 + random(12); i > 0; i -= 1) {
    const at = random(frames.length);
    const frame = frames[at];
    const other = frames[random(frames.length)];
    if (frame === undefined || other === undefined || frame.length < 6) continue;
    const inside = 4 + random(random(4) === 0 ? frame.length - 4 : Math.min(20, frame.length - 4));
    const act = random(6);
    if (act === 0) frames.splice(at, 1 + random(3));
    else if (act === 1) frames.splice(at, 0, Buffer.from(other));
    else if (act === 2) frame[inside] = anyOf[random(anyOf.length)] ?? 0;
    else if (act === 3) frame[inside] = (frame[inside] ?? 0) ^ (1 << random(8));
    else if (act === 4) frames[at] = Buffer.concat([frame.subarray(0, inside), other.subarray(Math.min(inside, other.length))]);
    else frames[at] = frame.subarray(0, inside);
    if (frames.length === 0) return head;
  }
  for (const frame of frames) if (frame.length >= 4) frame.writeUInt16BE(frame.length - 4, 2);
  return Buffer.concat([head, ...frames]);
};

export const mutate = (original: Buffer, random: Random): Buffer => {
  const starts = frameStarts(original);
  if (starts.length > 0 && random(2) === 0) return mutatePackets(original, random, starts);
  let bytes: Buffer = Buffer.from(original);
  for (let i = 1 + random(8); i > 0; i -= 1) bytes = mutateOnce(bytes, random, starts);
  return bytes;
};

export interface Outcome {
  units: number;
  fault: string | null;
}

/** Throws when an announced unit is not what the interface promises. */
const checkRegion = (region: Buffer, units: readonly AccessUnit[]): void => {
  let at = 0;
  for (const unit of units) {
    if (unit.offset !== at || unit.size <= 4) throw new Error('units do not stand back to back');
    const end = at + unit.size;
    while (at < end) at += 4 + region.readUInt32BE(at);
    if (at !== end) throw new Error('AVCC lengths do not add up');
  }
  if (at !== region.length) throw new Error('the region holds more than its units');
};

/** One stream through parser, description, RTP, RTCP, depacketizer and memory. */
export const feed = (bytes: Buffer, random: Random, pool: BufferPool): Outcome => {
  const outcome: Outcome = { units: 0, fault: null };
  let pending: AccessUnit[] = [];
  const fail = (detail: string): void => {
    outcome.fault ??= detail;
    parser.end();
  };
  const takeRegion = (before?: AccessUnit): void => {
    const region = receiver.cut(before);
    if (region === null) return;
    const later = before === undefined ? [] : [before];
    checkRegion(region.bytes, pending.slice(0, pending.length - later.length));
    pending = later;
    region.release();
  };
  const receiver = new VideoReceiver(pool, {
    onParameterSets: () => undefined,
    onAccessUnit: (unit) => {
      outcome.units += 1;
      pending.push(unit);
      if (unit.key) takeRegion(unit);
      else if (random(20) === 0) takeRegion();
    },
    onSenderReport: () => undefined,
    onPacketsLost: () => undefined,
    onBroken: (_, detail) => fail(detail),
  });
  const time = { readAt: 0, readMonotonic: 0 };
  const parser = new RtspParser({
    onMessage: (message) => {
      const challenge = chooseChallenge(message.headers.get('www-authenticate') ?? []);
      if (challenge !== null) new Authorizer(challenge, { username: 'user', password: 'secret' }).header('DESCRIBE', 'rtsp://camera/');
      const { video } = parseSdp(message.body.toString('utf8'), message.headers.get('content-base')?.[0] ?? 'rtsp://camera/');
      if (video !== null) receiver.takeTrack(video);
      parser.framesAllowed = true;
    },
    onFrame: (channel, frame, start, end) => {
      if (channel % 2 === 0) receiver.media(frame, start, end, time);
      else receiver.control(frame, start, end, time);
    },
    onFault: fail,
  });
  // In reads of any size, through a buffer that is used again at once, as the shared one is.
  const shared = Buffer.alloc(4_096);
  for (let at = 0; at < bytes.length; ) {
    const length = Math.min(bytes.length - at, 1 + random(shared.length));
    bytes.copy(shared, 0, at, at + length);
    time.readMonotonic += 40;
    parser.push(shared, length);
    at += length;
  }
  takeRegion();
  receiver.discard();
  return outcome;
};

/** Runs `count` mutated inputs; throws, with seed and index, on anything but an orderly end. */
export const fuzz = (target: Target, count: number, seed: number): { inputs: number; units: number; faults: Map<string, number> } => {
  const originals = corpus(target);
  const pool = new BufferPool();
  const faults = new Map<string, number>();
  let units = 0;
  for (let index = 0; index < count; index += 1) {
    const random = seededRandom(seed + index * 7_919);
    const original = originals[index % originals.length];
    if (original === undefined) throw new Error('the corpus is empty');
    try {
      const outcome = feed(mutate(original, random), random, pool);
      units += outcome.units;
      if (outcome.fault !== null) faults.set(outcome.fault, (faults.get(outcome.fault) ?? 0) + 1);
      if (pool.stats().lentBytes !== 0) throw new Error('memory was not given back');
      if (pool.stats().idleBytes > uncutLimitBytes * 2) throw new Error('memory without bound');
    } catch (error) {
      throw new Error(`${target}, seed ${seed}, input ${index}: ${String(error)}`, { cause: error });
    }
  }
  return { inputs: count, units, faults };
};
