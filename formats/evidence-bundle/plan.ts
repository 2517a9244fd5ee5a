/**
 * What will be in the package, before a byte of it is written: which fragments of which segments, under which names, with which holes.
 * Only the first and the last segment of a clip are read fragment by fragment; the others are taken whole.
 */
import { boxHead, parseFragmentHead, parseInit, scanSegment, type FragmentHeadRead, type InitSegment, type SegmentFile, type VideoTrack } from '../fmp4/index.ts';
import { nameFault } from '../zip/index.ts';
import { explained, uncovered } from './coverage.ts';
import { compactTime } from './local-time.ts';
import { BundleError, type BundleInput, type ClipInput, type GapInput, type SegmentInput, type Span } from './model.ts';

export interface PlannedPart {
  segment: SegmentInput;
  /** Bytes of the segment that go into the clip: whole fragments. */
  source: Span;
  /** All its fragments are in the clip, so that its hash can be found again from the clip. */
  whole: boolean;
}

export interface PlannedClip {
  /** Below the base folder; null when nothing of the span was recorded. */
  path: string | null;
  clip: ClipInput;
  track: VideoTrack | null;
  parts: PlannedPart[];
  /** UTC ms of the first frame. */
  startAt: number;
  gaps: GapInput[];
}

export interface BundlePlan {
  number: string;
  clips: PlannedClip[];
  /** Bytes of footage: what the disk must have room for, besides some 200 kB. */
  footageBytes: number;
}

/** What a reader sees when nobody knows why. */
export const unknownReason = '未登记原因 · no reason on record';

const headRead = 4_096;
const headLimit = 1_048_576;
const indexEndBytes = 16;

const initOf = async (segment: SegmentInput): Promise<InitSegment & { track: VideoTrack }> => {
  for (let length = headRead; ; length *= 16) {
    const init = parseInit(await segment.file.readAt(0, Math.min(length, segment.sizeBytes)));
    if (init !== null && init.track !== null) return { ...init, track: init.track };
    if (length >= segment.sizeBytes || length > headLimit) throw new BundleError('segment_unreadable', segment.segmentId);
  }
};

/** Where the fragments of a closed file end, from the last box of its index; null when it has none (a file that a crash left). */
const indexStart = async (file: SegmentFile, sizeBytes: number): Promise<number | null> => {
  const bytes = await file.readAt(sizeBytes - indexEndBytes, indexEndBytes);
  const head = boxHead(bytes, 0);
  if (head?.type !== 'mfro' || head.size !== indexEndBytes) return null;
  const start = sizeBytes - new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(12);
  return start > 0 && boxHead(await file.readAt(start, 8), 0)?.type === 'mfra' ? start : null;
};

interface Scanned {
  init: InitSegment & { track: VideoTrack };
  part: PlannedPart | null;
  startAt: number;
}

const ticksPerMs = 90;
/** Where a fragment's first frame stands: the recorder says it in each, since clocks are learnt as time goes by. */
export const startOf = (fragment: FragmentHeadRead, segment: Span): number => fragment.at ?? segment.from + fragment.decodeTicks / ticksPerMs;

/** The head of one fragment alone. */
export const firstFragment = async (segment: SegmentInput, offset: number): Promise<FragmentHeadRead> => {
  for (let length = 16_384; length <= headLimit; length *= 8) {
    const head = parseFragmentHead(await segment.file.readAt(offset, Math.min(length, segment.sizeBytes - offset)));
    if (head !== null) return head;
  }
  throw new BundleError('segment_unreadable', segment.segmentId);
};

/** From the last key frame at or before the span to the fragment that reaches its end; null when no fragment does. */
const scanned = async (segment: SegmentInput, asked: Span): Promise<Scanned> => {
  const init = await initOf(segment);
  const { fragments, wholeBytes, tail } = await scanSegment(segment.file);
  if (tail === 'damaged' || tail === 'short') throw new BundleError('segment_unreadable', segment.segmentId);
  let first = fragments.findLastIndex((fragment) => fragment.startsWithKey && startOf(fragment, segment) <= asked.from);
  if (first < 0) first = fragments.findIndex((fragment) => fragment.startsWithKey);
  const behind = fragments.findIndex((fragment) => startOf(fragment, segment) >= asked.until);
  const until = behind < 0 ? fragments.length : behind;
  const begin = fragments[first];
  if (begin === undefined || first >= until) return { init, part: null, startAt: segment.from };
  const whole = first === 0 && until === fragments.length;
  return { init, part: { segment, source: { from: begin.offset, until: fragments[until]?.offset ?? wholeBytes }, whole }, startAt: startOf(begin, segment) };
};

const entire = async (segment: SegmentInput, asked: Span): Promise<Scanned> => {
  const init = await initOf(segment);
  const until = await indexStart(segment.file, segment.sizeBytes);
  if (until === null || until <= init.sizeBytes) return scanned(segment, asked);
  const first = await firstFragment(segment, init.sizeBytes);
  return { init, part: { segment, source: { from: init.sizeBytes, until }, whole: true }, startAt: startOf(first, segment) };
};

const sameTrack = (a: VideoTrack, b: VideoTrack): boolean =>
  a.width === b.width && a.height === b.height && a.entry === b.entry && a.decoderConfig.length === b.decoderConfig.length && a.decoderConfig.every((byte, i) => byte === b.decoderConfig[i]);

const planClip = async (clip: ClipInput, utcOffsetMinutes: number): Promise<PlannedClip[]> => {
  const segments = clip.segments.filter((segment) => segment.from < clip.until && segment.until > clip.from).toSorted((a, b) => a.from - b.from);
  const groups: { track: VideoTrack; parts: PlannedPart[]; startAt: number }[] = [];
  for (const segment of segments) {
    const inside = segment.from >= clip.from && segment.until <= clip.until;
    const { init, part, startAt } = await (inside ? entire : scanned)(segment, clip);
    if (part === null) continue;
    const last = groups.at(-1);
    // Another picture size or parameter set is another film: one file cannot describe both.
    if (last === undefined || !sameTrack(last.track, init.track)) groups.push({ track: init.track, parts: [part], startAt });
    else last.parts.push(part);
  }
  const gaps = explained(uncovered(clip, groups.flatMap((group) => group.parts.map((part) => part.segment))), clip.gaps, unknownReason);
  if (groups.length === 0) return [{ path: null, clip, track: null, parts: [], startAt: clip.from, gaps }];
  return groups.map(({ track, parts, startAt }, i) => {
    const name = `${clip.name}_${compactTime(startAt, utcOffsetMinutes)}${i === 0 ? '' : `_${i + 1}`}.mp4`;
    return { path: `data/video/${name}`, clip, track, parts, startAt, gaps: i === 0 ? gaps : [] };
  });
};

/** Throws BundleError for a segment that cannot be read and for names that no archive may hold. */
export const planBundle = async (input: Pick<BundleInput, 'number' | 'clips' | 'utcOffsetMinutes'>): Promise<BundlePlan> => {
  if (nameFault(input.number) !== null || input.number.includes('/')) throw new BundleError('name', input.number);
  const clips: PlannedClip[] = [];
  const names = new Set<string>();
  for (const clip of input.clips) {
    if (nameFault(clip.name) !== null || clip.name.includes('/')) throw new BundleError('name', clip.name);
    for (const planned of await planClip(clip, input.utcOffsetMinutes)) {
      if (planned.path !== null && names.has(planned.path)) throw new BundleError('name', planned.path);
      if (planned.path !== null) names.add(planned.path);
      clips.push(planned);
    }
  }
  if (clips.every(({ path }) => path === null)) throw new BundleError('nothing_to_export', input.number);
  const footageBytes = clips.reduce((sum, { parts }) => sum + parts.reduce((all, { source }) => all + source.until - source.from, 0), 0);
  return { number: input.number, clips, footageBytes };
};
