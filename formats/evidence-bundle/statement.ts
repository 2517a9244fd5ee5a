/**
 * What the room signs about a package: an in-toto statement (v1) with the digest of every file, and as its predicate how each clip was cut from
 * which recorded segments. Canonical JSON, so that there is one spelling of it.
 */
import { canonicalize, parseStrict, type Json } from '../canonical-json/index.ts';
import type { GapInput, Span } from './model.ts';

export const statementType = 'https://in-toto.io/Statement/v1';
export const predicateType = 'urn:vigil:evidence-export:1';

export interface CutSegment extends Span {
  segmentId: string;
  sha256: string;
  sizeBytes: number;
  factSeq: number;
  /** Bytes of the segment that were taken, and where they stand in the clip. */
  source: Span;
  clip: Span;
  /** What was added to number and decode time of each of its fragments. */
  shift: { sequence: number; ticks: number };
  whole: boolean;
}

export interface ClipStatement {
  /** Below the base folder; null when nothing of the span was recorded. */
  file: string | null;
  cameraId: string;
  label: string;
  asked: Span;
  /** From the first frame to the end of the last; null without footage. */
  contained: Span | null;
  /** Footage before the span that was asked for: a film begins with a key frame. 0 when it begins later. */
  leadInMs: number;
  /** And behind it: fragments are taken whole. */
  tailMs: number;
  headBytes: number;
  indexAt: number;
  segments: CutSegment[];
  gaps: GapInput[];
}

export interface Predicate {
  number: string;
  copy: number;
  exportedAt: number;
  utcOffsetMinutes: number;
  origin: string;
  /** C2SP verifier key. A key inside the package proves nothing: compare its fingerprint. */
  key: string;
  unit: { name: string; url: string; mac: string };
  operator: string;
  /** Of verify.html, as it must be. */
  verifierSha256: string;
  clips: ClipStatement[];
}

export interface FileDigest {
  path: string;
  sha256: string;
}

export interface Statement {
  subject: FileDigest[];
  predicate: Predicate;
}

const spanJson = ({ from, until }: Span): Json => ({ from, until });
const clipJson = (clip: ClipStatement): Json => ({
  file: clip.file, cameraId: clip.cameraId, label: clip.label, asked: spanJson(clip.asked), contained: clip.contained === null ? null : spanJson(clip.contained),
  leadInMs: clip.leadInMs, tailMs: clip.tailMs, headBytes: clip.headBytes, indexAt: clip.indexAt,
  segments: clip.segments.map((one) => ({
    segmentId: one.segmentId, sha256: one.sha256, sizeBytes: one.sizeBytes, from: one.from, until: one.until, factSeq: one.factSeq,
    source: spanJson(one.source), clip: spanJson(one.clip), shift: { sequence: one.shift.sequence, ticks: one.shift.ticks }, whole: one.whole,
  })),
  gaps: clip.gaps.map(({ from, until, reason }) => ({ from, until, reason })),
});

export const formatStatement = ({ subject, predicate }: Statement): string =>
  canonicalize({
    _type: statementType,
    predicateType,
    subject: subject.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicate: { ...predicate, unit: { ...predicate.unit }, clips: predicate.clips.map(clipJson) },
  });

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
class NotAStatement extends Error {}
const must = (fine: boolean): void => {
  if (!fine) throw new NotAStatement();
};
const object = (value: unknown): Members => {
  must(isObject(value));
  return value as Members; // just looked at
};
const list = <T>(value: unknown, read: (item: unknown) => T): T[] => {
  must(Array.isArray(value));
  return (value as unknown[]).map(read); // just looked at
};
const text = (value: unknown): string => {
  must(typeof value === 'string');
  return value as string; // just looked at
};
const whole = (value: unknown): number => {
  must(typeof value === 'number' && Number.isSafeInteger(value));
  return value as number; // just looked at
};
const yes = (value: unknown): boolean => {
  must(typeof value === 'boolean');
  return value as boolean; // just looked at
};
const digest = (value: unknown): string => {
  must(typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));
  return value as string; // just looked at
};
const span = (value: unknown): Span => {
  const { from, until } = object(value);
  return { from: whole(from), until: whole(until) };
};

const cutSegment = (value: unknown): CutSegment => {
  const one = object(value);
  const shift = object(one['shift']);
  return {
    segmentId: text(one['segmentId']), sha256: digest(one['sha256']), sizeBytes: whole(one['sizeBytes']), ...span(one), factSeq: whole(one['factSeq']),
    source: span(one['source']), clip: span(one['clip']), shift: { sequence: whole(shift['sequence']), ticks: whole(shift['ticks']) }, whole: yes(one['whole']),
  };
};

const clipStatement = (value: unknown): ClipStatement => {
  const one = object(value);
  return {
    file: one['file'] === null ? null : text(one['file']), cameraId: text(one['cameraId']), label: text(one['label']), asked: span(one['asked']), contained: one['contained'] === null ? null : span(one['contained']),
    leadInMs: whole(one['leadInMs']), tailMs: whole(one['tailMs']), headBytes: whole(one['headBytes']), indexAt: whole(one['indexAt']),
    segments: list(one['segments'], cutSegment), gaps: list(one['gaps'], (gap) => ({ ...span(gap), reason: text(object(gap)['reason']) })),
  };
};

/** Null for anything but the one spelling of a statement of ours. */
export const parseStatement = (source: string): Statement | null => {
  try {
    const all = object(parseStrict(source));
    const p = object(all['predicate']);
    const unit = object(p['unit']);
    const statement: Statement = {
      subject: list(all['subject'], (item) => ({ path: text(object(item)['name']), sha256: digest(object(object(item)['digest'])['sha256']) })),
      predicate: {
        number: text(p['number']), copy: whole(p['copy']), exportedAt: whole(p['exportedAt']), utcOffsetMinutes: whole(p['utcOffsetMinutes']), origin: text(p['origin']), key: text(p['key']),
        unit: { name: text(unit['name']), url: text(unit['url']), mac: text(unit['mac']) }, operator: text(p['operator']), verifierSha256: digest(p['verifierSha256']), clips: list(p['clips'], clipStatement),
      },
    };
    return formatStatement(statement) === source ? statement : null;
  } catch {
    return null; // not JSON, not canonical, not these members
  }
};
