/** Packages for tests: made from a seed, small, with everything that a real one has. Footage is not decodable unless real frames are given. */
import { canonicalFact, type Fact } from '../../fact/index.ts';
import { FragmentHead, initSegment, randomAccessIndex, type SampleEntry, type SegmentFile } from '../../fmp4/index.ts';
import { consistencyProof, formatProofText, inclusionProof, leafHash, signCheckpoint, subtreeRoots, toHex, treeRoot, utf8 } from '../../tlog/index.ts';
import { nodeCrypto, signerFromSeed } from '../../tlog/node-crypto.ts';
import type { BundleInput, ClipInput, FactInput, SegmentInput } from '../index.ts';

const { sha256 } = nodeCrypto;

/** The same numbers from the same seed, everywhere (mulberry32). */
export const seeded = (seed: number): ((below: number) => number) => {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
};

export interface Footage {
  /** The decoder's configuration: avcC, or hvcC where `entry` says hvc1. */
  avcC: Uint8Array;
  entry?: SampleEntry;
  width: number;
  height: number;
  /** Frames of one fragment; the first is a key frame when `n` says so. */
  frames: (fragment: number) => { data: Uint8Array; key: boolean }[];
  frameMs: number;
}

/** Frames of chance: whole NAL units of the right lengths, and no picture. */
export const madeUpFootage = (seed: number, framesInFragment = 5, fragmentsInGroup = 2): Footage => {
  const random = seeded(seed);
  const frame = (key: boolean) => {
    const length = 20 + random(key ? 400 : 60);
    const data = Uint8Array.from({ length: length + 4 }, () => random(256));
    new DataView(data.buffer).setUint32(0, length);
    data[4] = key ? 0x65 : 0x41;
    return { data, key };
  };
  return {
    avcC: Uint8Array.of(1, 0x64, 0, 0x28, 0xff, 0xe1, 0, 4, 0x67, 0x64, 0, 0x28, 1, 0, 2, 0x68, 0xee), width: 320, height: 180, frameMs: 200,
    frames: (fragment) => Array.from({ length: framesInFragment }, (_, i) => frame(i === 0 && fragment % fragmentsInGroup === 0)),
  };
};

export const fileOf = (bytes: Uint8Array): SegmentFile => ({ sizeBytes: bytes.length, readAt: async (offset, length) => bytes.subarray(offset, Math.min(bytes.length, offset + length)) });

/** A closed segment file as the recorder leaves it. */
export const segmentBytes = (footage: Footage, of: { segmentId: string; cameraId: string; from: number; fragments: number }): { bytes: Uint8Array; until: number } => {
  const note = { segmentId: of.segmentId, cameraId: of.cameraId, storageId: 'sto_1', runId: 'run_1', codec: 'avc1.640028', width: footage.width, height: footage.height, from: of.from };
  const parts: Uint8Array[] = [initSegment({ width: footage.width, height: footage.height, entry: footage.entry ?? 'avc1', decoderConfig: footage.avcC }, note, 512)];
  const head = new FragmentHead();
  const points: { ticks: number; moofOffset: number }[] = [];
  let offset = parts[0]!.length;
  let ticks = 0;
  for (let n = 0; n < of.fragments; n += 1) {
    const frames = footage.frames(n);
    const samples = frames.map(({ data, key }) => ({ size: data.length, durationTicks: footage.frameMs * 90, key, compositionTicks: 0 }));
    const bytes = head.build({ sequence: n + 1, decodeTicks: ticks, at: of.from + ticks / 90, samples }).slice();
    if (frames[0]?.key === true) points.push({ ticks, moofOffset: offset + 32 });
    parts.push(bytes, ...frames.map(({ data }) => data));
    offset += bytes.length + frames.reduce((sum, { data }) => sum + data.length, 0);
    ticks += frames.length * footage.frameMs * 90;
  }
  parts.push(randomAccessIndex(points));
  return { bytes: Uint8Array.from(Buffer.concat(parts)), until: of.from + ticks / 90 };
};

export interface SampleOptions {
  seed: number;
  cameras?: number;
  segments?: number;
  fragments?: number;
  footage?: (camera: number) => Footage;
  /** Leaves that two neighbouring segments apart, in ms, by the number of the second. */
  hole?: (segment: number) => number;
  verifierPage?: Uint8Array;
}

export const sampleStart = Date.UTC(2026, 10, 22, 0, 15, 0);
export const sampleOrigin = 'vigil/site_06f2q3golden';
/** The room's key in all samples. */
export const sampleSigner = signerFromSeed(sha256(utf8('key of the sample room')));

interface Made {
  input: BundleInput;
  /** Of the ledger that the package comes from: all leaf hashes. */
  leaves: Uint8Array[];
  anchor: string;
  files: Map<string, Uint8Array>;
}

const madeClips = (options: SampleOptions, random: (below: number) => number): { clips: ClipInput[]; files: Map<string, Uint8Array> } => {
  const files = new Map<string, Uint8Array>();
  const clips = Array.from({ length: options.cameras ?? 1 }, (_, camera): ClipInput => {
    const footage = (options.footage ?? ((n) => madeUpFootage(options.seed * 31 + n)))(camera);
    const cameraId = `cam_${camera + 7}`;
    let from = sampleStart;
    const segments: SegmentInput[] = [];
    for (let n = 0; n < (options.segments ?? 3); n += 1) {
      from += options.hole?.(n) ?? 0;
      const segmentId = `seg_${camera + 7}_${n + 1}`;
      const { bytes, until } = segmentBytes(footage, { segmentId, cameraId, from, fragments: options.fragments ?? 4 });
      files.set(segmentId, bytes);
      segments.push({ segmentId, sha256: toHex(sha256(bytes)), sizeBytes: bytes.length, from, until, factSeq: 3 + 2 * camera, file: fileOf(bytes) });
      from = until;
    }
    const last = segments.at(-1)!;
    const margin = random(3) === 0 ? 0 : 300 + random(700);
    return { name: `CAM${String(camera + 7).padStart(2, '0')}`, cameraId, label: `0${camera + 7} 行包房`, from: sampleStart + margin, until: last.until - margin, segments, gaps: [{ from: sampleStart, until: last.until, reason: '摄像机断线 camera lost' }] };
  });
  return { clips, files };
};

const factOf = (seq: number, kind: string, body: Fact['body']): Fact => ({
  seq, siteId: 'site_06f2q3golden', roomId: null, at: sampleStart + seq, recordedAt: sampleStart + seq, actor: { kind: 'process', id: 'recorder', post: null, session: null }, kind, version: 1, subject: 'rec_1', body, clauses: [],
});

/** What a room's ledger adds to clips: facts that list their segments (seq 3, 5, …, one for each camera), proofs, a signed head, an older one. */
export const sampleLedger = ({ seed, clips, verifierPage }: { seed: number; clips: readonly ClipInput[]; verifierPage?: Uint8Array | undefined }): Omit<Made, 'files'> => {
  const random = seeded(seed * 7 + 1);
  const bodies = clips.map(({ segments, cameraId }): Fact['body'] => ({
    recorderId: 'rec_1', count: segments.length, segments: segments.map(({ segmentId, sha256: hash, sizeBytes, from, until }) => ({ segmentId, cameraId, from, until, sizeBytes, sha256: hash, recovered: false })),
  }));
  const count = 4 + 2 * bodies.length + random(40);
  const facts = Array.from({ length: count }, (_, i) => {
    const seq = i + 1;
    const body = seq >= 3 && seq % 2 === 1 ? bodies[(seq - 3) / 2] : undefined;
    return body === undefined ? factOf(seq, 'ledger.clock_stepped', { byMs: seq }) : factOf(seq, 'video.segments_recorded', body);
  });
  const canonical = facts.map(canonicalFact);
  const leaves = canonical.map((text) => leafHash(sha256, utf8(text)));
  const roots = subtreeRoots(sha256, leaves);
  const headAt = (size: number): string => signCheckpoint(nodeCrypto, sampleSigner, { origin: sampleOrigin, size, root: treeRoot(sha256, leaves.slice(0, size)), extensions: [] }, sampleStart + 600_000 + size);
  const checkpoint = headAt(count);
  const anchored = 3 + 2 * bodies.length;
  const proofs: FactInput[] = bodies.map((_, i) => {
    const seq = 3 + 2 * i;
    return { seq, canonical: canonical[seq - 1]!, proof: formatProofText({ extra: null, index: seq - 1, path: inclusionProof(roots, seq - 1, count), checkpoint }) };
  });
  const input: BundleInput = {
    number: `EV-2026-${String(seed % 1_000_000).padStart(6, '0')}`, copy: 1 + random(3), at: sampleStart + 3_600_000, utcOffsetMinutes: 480, origin: sampleOrigin,
    unit: { name: '示范监控室', url: '', mac: '' }, operator: '值班员 林晓', clips,
    records: [{ name: 'request.json', text: '{"number":"DY-2026-000123","reason":"<走失> & \\"查找\\""}\n' }, { name: 'access-log.jsonl', text: '' }],
    custody: '{"at":"2026-11-22T01:15:00Z","what":"exported","from":"示范监控室","to":"城东派出所"}\n', facts: proofs, checkpoint,
    anchors: [{ checkpoint: headAt(anchored), consistency: consistencyProof(roots, anchored, count) }], timestamps: [],
    verifierPage: verifierPage ?? utf8('<!doctype html><title>verify</title>\n'), signer: sampleSigner,
    report: {
      requestedBy: '城东派出所 王警官（警号 012345）', requestNumber: 'DY-2026-000123', approvals: ['保卫科 赵敏 2026-11-22 09:02 通行密钥签名 passkey'], reason: '查找走失老人 <老人>', receivedBy: '王警官',
      devices: clips.map(({ label }, i) => ({ label, model: 'DS-2CD2T47', clockOffsetMs: i === 0 ? -240 : null })), clockSource: 'NTP ntp.ntsc.ac.cn，偏差 < 50 ms', remarks: '',
    },
  };
  return { input, leaves, anchor: headAt(anchored) };
};

export const makeSample = (options: SampleOptions): Made => {
  const { clips, files } = madeClips(options, seeded(options.seed));
  return { ...sampleLedger({ seed: options.seed, clips, verifierPage: options.verifierPage }), files };
};

export const gather = async (bytes: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(Uint8Array.from(part));
  return Buffer.concat(parts);
};

/** What the golden package is made from; `golden/EV-2026-000777.zip` holds it as it was first written, so that later versions still read it. */
export const goldenOptions: SampleOptions = { seed: 777, cameras: 2, segments: 3, fragments: 4, hole: (n) => (n === 2 ? 2_500 : 0) };
