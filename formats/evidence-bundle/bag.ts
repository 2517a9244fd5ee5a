/** The texts of a bag (RFC 8493), each computed from what is in it: the verifier computes them again. */
import { localDate } from './local-time.ts';
import type { FileDigest, Predicate } from './statement.ts';

export const paths = {
  bagit: 'bagit.txt',
  info: 'bag-info.txt',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
  records: 'data/records/',
  gaps: 'data/records/gaps.json',
  video: 'data/video/',
  report: 'data/report/说明书.html',
  envelope: 'proof/export.dsse.json',
  ends: 'proof/segment-ends.jsonl',
  facts: 'proof/facts/',
  checkpoint: 'proof/checkpoint',
  anchors: 'proof/anchors.jsonl',
  policy: 'proof/policy.txt',
  key: 'proof/room-key.pem',
  timestamps: 'proof/tsa/',
  custody: 'custody/custody.jsonl',
  verifier: 'verify.html',
  readme: 'README.zh-CN.txt',
} as const;

export const bagitText = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** One line: a label's value may not break it. */
const line = (value: string): string => value.replaceAll(/\s+/gu, ' ').trim();

export const bagInfoText = (p: Pick<Predicate, 'number' | 'copy' | 'exportedAt' | 'utcOffsetMinutes' | 'unit' | 'operator'>, payload: { sizeBytes: number; count: number }): string =>
  [
    `Source-Organization: ${line(p.unit.name)}`,
    `Contact-Name: ${line(p.operator)}`,
    `External-Identifier: ${p.number}`,
    `Bag-Count: 1 of 1`,
    `Bagging-Date: ${localDate(p.exportedAt, p.utcOffsetMinutes)}`,
    `Bag-Software-Agent: Vigil`,
    `Payload-Oxum: ${payload.sizeBytes}.${payload.count}`,
    `Vigil-Copy: ${p.copy}`,
    '',
  ].join('\n');

const byPath = (a: FileDigest, b: FileDigest): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
const manifestText = (files: readonly FileDigest[]): string => files.toSorted(byPath).map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');

const isPayload = (path: string): boolean => path.startsWith('data/');

export const payloadManifest = (files: readonly FileDigest[]): string => manifestText(files.filter(({ path }) => isPayload(path)));

/** Of everything outside data/ but itself. */
export const tagManifest = (files: readonly FileDigest[]): string => manifestText(files.filter(({ path }) => !isPayload(path) && path !== paths.tagManifest));

/** The statement names every file but its own envelope and the list that holds the envelope's hash. */
export const isSubject = (path: string): boolean => path !== paths.envelope && path !== paths.tagManifest;

/** Sorted as the statement lists them. */
export const subjectsOf = (files: readonly FileDigest[]): FileDigest[] => files.filter(({ path }) => isSubject(path)).toSorted(byPath);
