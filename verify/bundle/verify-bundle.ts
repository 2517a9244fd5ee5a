/**
 * Verifies an evidence package with no network, server or database, and without believing anything that is in it: small files first, what was
 * signed, the ledger's proofs, then footage as it streams by. Works in Node and in a page.
 */
import { parseStrict } from '../../formats/canonical-json/index.ts';
import { paths, type ClipStatement } from '../../formats/evidence-bundle/index.ts';
import type { StreamHash } from '../../formats/pure-crypto/index.ts';
import { fromBase64, toHex, type TlogCrypto } from '../../formats/tlog/index.ts';
import { dosTimeOf } from '../../formats/zip/index.ts';
import { concludeBundle, type BundleReport } from './bundle-report.ts';
import { ClipCheck, type SegmentEndBytes } from './clip-check.ts';
import { bundleFinding, type BundleFinding } from './finding.ts';
import { checkAnchors, checkLedger, type Texts } from './ledger-check.ts';
import { PackageReadError, type PackageFile, type PackageSource } from './package-source.ts';
import { checkDerived, checkFiles, checkGaps, openSigned, type Signed } from './statement-check.ts';

export interface BundleVerifierCrypto extends TlogCrypto {
  createSha256: () => StreamHash;
}

export interface VerifyBundleOptions {
  /** Fingerprints or verifier keys that came by another way; without them the reader compares the fingerprint by eye. */
  trustedKeys?: readonly string[];
  /** Checkpoints that somebody outside kept: the text of a file that holds any number of them. */
  anchors?: string;
  /** Bytes read so far, of how many. */
  onProgress?: (doneBytes: number, totalBytes: number) => void;
}

/** Nothing but footage is ever so long. */
const largestText = 256 * 1024 * 1024;
const isFilm = ({ path }: PackageFile): boolean => path.startsWith(paths.video);

const segmentEnds = (text: string): Map<string, SegmentEndBytes> => {
  const ends = new Map<string, SegmentEndBytes>();
  for (const line of text.split('\n').slice(0, -1)) {
    let value: unknown;
    try {
      value = parseStrict(line);
    } catch {
      continue; // the segment whose ends it holds will be found to differ
    }
    if (typeof value !== 'object' || value === null || !('segmentId' in value) || !('head' in value) || !('tail' in value)) continue;
    const { segmentId, head, tail } = value;
    const [before, after] = [typeof head === 'string' ? fromBase64(head) : null, typeof tail === 'string' ? fromBase64(tail) : null];
    if (typeof segmentId === 'string' && before !== null && after !== null) ends.set(segmentId, { head: before, tail: after });
  }
  return ends;
};

class BundleVerifier {
  readonly #crypto: BundleVerifierCrypto;
  readonly #source: PackageSource;
  readonly #options: VerifyBundleOptions;
  readonly #findings: BundleFinding[] = [];
  readonly #digests = new Map<string, string>();
  readonly #small = new Map<string, Uint8Array>();
  readonly #totalBytes: number;
  #doneBytes = 0;

  constructor(crypto: BundleVerifierCrypto, source: PackageSource, options: VerifyBundleOptions) {
    this.#crypto = crypto;
    this.#source = source;
    this.#options = options;
    this.#totalBytes = source.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  async run(): Promise<BundleReport> {
    const { files, base } = this.#source;
    for (const file of files.filter((one) => !isFilm(one))) await this.#readSmall(file);
    const { signed, findings } = openSigned(this.#crypto, this.#text(paths.envelope), this.#options.trustedKeys ?? null);
    this.#findings.push(...findings);
    if (signed !== null && signed.statement.predicate.number !== base) this.#findings.push(bundleFinding('base', { place: base }));
    const recomputed = await this.#readFilms(signed);
    if (signed === null) return this.#conclude(null, { recomputed, anchoredSize: 0, anchorsUsed: 0, head: null });
    this.#findings.push(...checkFiles(signed.statement, files, this.#digests), ...checkDerived(signed, files, this.#digests, this.#text), ...checkGaps(signed.statement));
    this.#checkTime(signed);
    const ledger = checkLedger(this.#crypto, signed.statement, signed.key, this.#text, [...this.#small.keys()]);
    this.#findings.push(...ledger.findings);
    if (ledger.head === null) return this.#conclude(signed, { recomputed, anchoredSize: 0, anchorsUsed: 0, head: null });
    const newestFact = Math.max(0, ...signed.statement.predicate.clips.flatMap(({ segments }) => segments.map(({ factSeq }) => factSeq)));
    const anchored = checkAnchors(this.#crypto, ledger.head, signed.key, this.#text(paths.anchors) ?? '', this.#options.anchors ?? '', newestFact);
    this.#findings.push(...anchored.findings);
    return this.#conclude(signed, { recomputed, anchoredSize: anchored.anchoredSize >= newestFact ? anchored.anchoredSize : 0, anchorsUsed: anchored.used, head: ledger.head });
  }

  readonly #text: Texts = (path) => {
    const bytes = this.#small.get(path);
    if (bytes === undefined) return null;
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return ''; // no text of ours: whoever compares it finds that
    }
  };

  async #readSmall({ path, sizeBytes }: PackageFile): Promise<void> {
    const parts: Uint8Array[] = [];
    const whole = sizeBytes <= largestText && (await this.#stream(path, (bytes) => parts.push(new Uint8Array(bytes))));
    if (!whole) {
      if (sizeBytes > largestText) this.#findings.push(bundleFinding('file_unreadable', { place: path, why: 'too long' }));
      return;
    }
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    this.#small.set(path, bytes);
    this.#digests.set(path, toHex(this.#crypto.sha256(bytes)));
  }

  /** Number of segments whose own hash was found again. */
  async #readFilms(signed: Signed | null): Promise<number> {
    const ends = segmentEnds(this.#text(paths.ends) ?? '');
    let recomputed = 0;
    for (const file of this.#source.files.filter(isFilm)) {
      const clip = signed?.statement.predicate.clips.find((one): one is ClipStatement & { file: string } => one.file === file.path);
      const check = signed === null || clip === undefined ? null : new ClipCheck(clip, file.sizeBytes, signed.statement.predicate, ends, this.#crypto.createSha256);
      const hash = this.#crypto.createSha256();
      const whole = await this.#stream(file.path, (bytes) => {
        hash.update(bytes);
        check?.push(bytes);
      });
      if (whole) this.#digests.set(file.path, toHex(hash.digest()));
      const result = check?.end();
      this.#findings.push(...(result?.findings ?? []));
      recomputed += result?.recomputed ?? 0;
    }
    return recomputed;
  }

  /** False, with its finding, when the file is not whole. */
  async #stream(path: string, take: (bytes: Uint8Array) => void): Promise<boolean> {
    try {
      for await (const bytes of this.#source.read(path)) {
        take(bytes);
        this.#doneBytes += bytes.length;
        this.#options.onProgress?.(this.#doneBytes, this.#totalBytes);
      }
      return true;
    } catch (error) {
      if (!(error instanceof PackageReadError)) throw error;
      this.#findings.push(error.message === 'crc' ? bundleFinding('file_altered', { place: path }) : bundleFinding('file_unreadable', { place: path, why: error.message }));
      return false;
    }
  }

  #checkTime({ statement: { predicate } }: Signed): void {
    const { time } = this.#source;
    const expected = dosTimeOf(predicate.exportedAt, predicate.utcOffsetMinutes);
    if (time !== null && (time.date !== expected.date || time.time !== expected.time)) this.#findings.push(bundleFinding('container_time'));
  }

  #conclude(signed: Signed | null, rest: { recomputed: number; anchoredSize: number; anchorsUsed: number; head: { size: number; signedAt: number } | null }): BundleReport {
    return concludeBundle({
      signed, findings: this.#findings, fileCount: this.#source.files.length, sizeBytes: this.#totalBytes, fromFolder: this.#source.time === null, keyTrusted: this.#options.trustedKeys !== undefined,
      timestamps: this.#source.files.filter(({ path }) => path.startsWith(paths.timestamps)).length, ...rest,
    });
  }
}

/** `source`: a package, or the finding that it is none. */
export const verifyBundle = async (crypto: BundleVerifierCrypto, source: PackageSource | BundleFinding, options: VerifyBundleOptions = {}): Promise<BundleReport> => {
  if ('code' in source) return concludeBundle({ signed: null, findings: [source], fileCount: 0, sizeBytes: 0, fromFolder: false, keyTrusted: false, timestamps: 0, recomputed: 0, anchoredSize: 0, anchorsUsed: 0, head: null });
  return new BundleVerifier(crypto, source, options).run();
};
