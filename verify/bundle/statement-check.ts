/** Envelope, signature, lists: that the files are those that were signed, no fewer and no more, and that what follows from them is there as it must be. */
import {
  bagInfoText, bagitText, fingerprintOf, gapsText, isSubject, keyPem, parseEnvelope, parseStatement, paths, payloadManifest, policyText, preAuthenticated, readmeText, tagManifest, uncovered, type FileDigest, type Statement,
} from '../../formats/evidence-bundle/index.ts';
import { NoteError, parseVerifierKey, toHex, type TlogCrypto, type VerifierKey } from '../../formats/tlog/index.ts';
import { bundleFinding, type BundleFinding } from './finding.ts';
import type { Texts } from './ledger-check.ts';
import type { PackageFile } from './package-source.ts';

export interface Signed {
  statement: Statement;
  key: VerifierKey;
  fingerprint: string;
}

/** Fingerprints in any grouping, or C2SP verifier keys. */
const isTrusted = (crypto: TlogCrypto, key: VerifierKey, trusted: readonly string[]): boolean =>
  trusted.some((one) => {
    if (one.replaceAll(/[^0-9a-f]/gi, '').toLowerCase() === toHex(crypto.sha256(key.publicKey))) return true;
    try {
      return toHex(parseVerifierKey(crypto.sha256, one.trim()).publicKey) === toHex(key.publicKey);
    } catch (error) {
      if (error instanceof NoteError) return false;
      throw error;
    }
  });

/** What was signed, and by whom; null when there is nothing that could be compared with. */
export const openSigned = (crypto: TlogCrypto, envelopeText: string | null, trusted: readonly string[] | null): { signed: Signed | null; findings: BundleFinding[] } => {
  const fault = (place: string) => ({ signed: null, findings: [bundleFinding('statement', { place })] });
  if (envelopeText === null) return { signed: null, findings: [bundleFinding('file_missing', { place: paths.envelope })] };
  const envelope = parseEnvelope(envelopeText);
  if (envelope === null) return fault(paths.envelope);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(envelope.payload);
  } catch {
    return fault('UTF-8');
  }
  const statement = parseStatement(text);
  if (statement === null) return fault('in-toto');
  let key: VerifierKey;
  try {
    key = parseVerifierKey(crypto.sha256, statement.predicate.key);
  } catch (error) {
    if (error instanceof NoteError) return fault(error.message);
    throw error;
  }
  const fingerprint = fingerprintOf(crypto.sha256, key.publicKey);
  const findings: BundleFinding[] = [];
  const signedWell = key.name === statement.predicate.origin && envelope.keyId === toHex(crypto.sha256(key.publicKey)) && crypto.verifyEd25519(key.publicKey, preAuthenticated(envelope.payload), envelope.signature);
  if (!signedWell) findings.push(bundleFinding('signature', { place: paths.envelope }));
  if (trusted !== null && !isTrusted(crypto, key, trusted)) findings.push(bundleFinding('key_not_trusted', { fingerprint }));
  return { signed: { statement, key, fingerprint }, findings };
};

/** Files that are there against files that were signed. `digests` lacks those that could not be read. */
export const checkFiles = (statement: Statement, files: readonly PackageFile[], digests: ReadonlyMap<string, string>): BundleFinding[] => {
  const findings: BundleFinding[] = [];
  const signed = new Map(statement.subject.map(({ path, sha256 }) => [path, sha256]));
  if (signed.size !== statement.subject.length) findings.push(bundleFinding('statement', { place: 'subject' }));
  for (const [path, sha256] of signed) {
    const actual = digests.get(path);
    if (!files.some((file) => file.path === path)) findings.push(bundleFinding('file_missing', { place: path }));
    else if (actual !== undefined && actual !== sha256) findings.push(bundleFinding('file_altered', { place: path }));
  }
  for (const { path } of files) if (isSubject(path) && !signed.has(path)) findings.push(bundleFinding('file_added', { place: path }));
  if (!files.some(({ path }) => path === paths.tagManifest)) findings.push(bundleFinding('file_missing', { place: paths.tagManifest }));
  return findings;
};

/** Texts that follow from the statement are made again and compared. */
export const checkDerived = ({ statement, key, fingerprint }: Signed, files: readonly PackageFile[], digests: ReadonlyMap<string, string>, texts: Texts): BundleFinding[] => {
  const { predicate, subject } = statement;
  const payload = files.filter(({ path }) => path.startsWith('data/'));
  const envelope: FileDigest[] = [{ path: paths.envelope, sha256: digests.get(paths.envelope) ?? '' }];
  const expected: [path: string, text: string][] = [
    [paths.bagit, bagitText],
    [paths.info, bagInfoText(predicate, { sizeBytes: payload.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), count: payload.length })],
    [paths.manifest, payloadManifest(subject)],
    [paths.tagManifest, tagManifest([...subject, ...envelope])],
    [paths.gaps, gapsText(predicate.clips)],
    [paths.policy, policyText(predicate.key)],
    [paths.key, keyPem(key.publicKey)],
    [paths.readme, readmeText(predicate, fingerprint)],
  ];
  const findings = expected.flatMap(([path, text]) => {
    const found = texts(path);
    return found !== null && found !== text ? [bundleFinding('file_contradicts', { place: path })] : [];
  });
  for (const path of [paths.report, paths.custody, paths.verifier, paths.anchors, paths.ends]) if (!subject.some((one) => one.path === path)) findings.push(bundleFinding('file_missing', { place: path }));
  if (subject.find(({ path }) => path === paths.verifier)?.sha256 !== predicate.verifierSha256) findings.push(bundleFinding('file_contradicts', { place: paths.verifier }));
  const films = new Set(predicate.clips.flatMap(({ file }) => (file === null ? [] : [file])));
  for (const { path } of subject) if (path.startsWith(paths.video) && !films.has(path)) findings.push(bundleFinding('file_contradicts', { place: path }));
  for (const path of films) if (!subject.some((one) => one.path === path)) findings.push(bundleFinding('file_missing', { place: path }));
  return findings;
};

/** Holes are what the segments leave open of what was asked for; a camera whose picture changed has several files and one list. */
export const checkGaps = ({ predicate }: Statement): BundleFinding[] => {
  const groups = Map.groupBy(predicate.clips, ({ cameraId, asked }) => `${cameraId} ${asked.from} ${asked.until}`);
  return [...groups.values()].flatMap((clips) => {
    const [first] = clips;
    if (first === undefined) return [];
    const segments = clips.flatMap((clip) => clip.segments).toSorted((a, b) => a.from - b.from);
    const spans = (list: readonly { from: number; until: number }[]): string => JSON.stringify(list.map(({ from, until }) => [from, until]));
    const honest = spans(uncovered(first.asked, segments)) === spans(clips.flatMap(({ gaps }) => gaps)) && clips.every(({ file, contained, segments: own }) => (file === null) === (contained === null) && (file === null) === (own.length === 0));
    return honest ? [] : [bundleFinding('gap_undisclosed', { place: first.label })];
  });
};
