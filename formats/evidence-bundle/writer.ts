/** Writes an evidence package as one stream: footage first, then all that follows from it, the signature, and the list of the list. */
import { canonicalize } from '../canonical-json/index.ts';
import { parseFact } from '../fact/index.ts';
import { formatVerifierKey, parseCheckpointText, parseNote, toBase64, toHex, utf8, verifierKey } from '../tlog/index.ts';
import { dosTimeOf, nameFault, ZipWriter } from '../zip/index.ts';
import { bagInfoText, bagitText, paths, payloadManifest, subjectsOf, tagManifest } from './bag.ts';
import { ClipStream, type ClipFacts, type SegmentEnds } from './clip-stream.ts';
import { formatEnvelope, preAuthenticated } from './dsse.ts';
import { BundleError, segmentsFactKind, type BundleCrypto, type BundleInput } from './model.ts';
import type { BundlePlan, PlannedClip } from './plan.ts';
import { factPath, fingerprintOf, gapsText, keyPem, policyText, proofPath, readmeText } from './proof-files.ts';
import { reportHtml } from './report.ts';
import { formatStatement, type ClipStatement, type FileDigest, type Predicate } from './statement.ts';

export interface WrittenFile extends FileDigest {
  sizeBytes: number;
}

export interface BundleSummary {
  /** Of the whole ZIP, hex: for the printed note. */
  sha256: string;
  sizeBytes: number;
  /** Below the base folder, in the order of the archive. */
  files: WrittenFile[];
  clips: ClipStatement[];
  fingerprint: string;
  verifierSha256: string;
}

export interface BundleWriting {
  /** To be read once, from end to end. Throws BundleError when a segment is not what the ledger says. */
  bytes: AsyncIterable<Uint8Array>;
  /** When `bytes` has ended; throws before. */
  summary(): BundleSummary;
}

const checkFacts = (plan: BundlePlan, input: BundleInput): void => {
  const listed = new Map<string, string>();
  for (const { seq, canonical } of input.facts) {
    const fact = parseFact(canonical);
    if (fact.seq !== seq || fact.kind !== segmentsFactKind) throw new BundleError('fact_differs', String(seq));
    const segments = fact.body['segments'];
    for (const one of Array.isArray(segments) ? (segments as readonly unknown[]) : []) {
      if (typeof one === 'object' && one !== null && 'segmentId' in one && 'sha256' in one) listed.set(`${seq} ${String(one.segmentId)}`, String(one.sha256));
    }
  }
  for (const { segment } of plan.clips.flatMap(({ parts }) => parts)) {
    const recorded = listed.get(`${segment.factSeq} ${segment.segmentId}`);
    if (recorded === undefined) throw new BundleError('fact_missing', segment.segmentId);
    if (recorded !== segment.sha256) throw new BundleError('fact_differs', segment.segmentId);
  }
};

const clipStatement = ({ path, clip, gaps }: PlannedClip, facts: ClipFacts | null): ClipStatement => {
  const contained = facts?.contained ?? null;
  return {
    file: path, cameraId: clip.cameraId, label: clip.label, asked: { from: clip.from, until: clip.until }, contained,
    leadInMs: contained === null ? 0 : Math.max(0, clip.from - contained.from),
    tailMs: contained === null ? 0 : Math.max(0, contained.until - clip.until),
    headBytes: facts?.headBytes ?? 0, indexAt: facts?.indexAt ?? 0, segments: facts?.segments ?? [], gaps,
  };
};

class BundleWriter {
  readonly #crypto: BundleCrypto;
  readonly #plan: BundlePlan;
  readonly #input: BundleInput;
  readonly #zip: ZipWriter;
  readonly #files: WrittenFile[] = [];
  readonly #clips: ClipStatement[] = [];
  readonly #ends: SegmentEnds[] = [];
  #whole: string | null = null;

  constructor(crypto: BundleCrypto, plan: BundlePlan, input: BundleInput) {
    this.#crypto = crypto;
    this.#plan = plan;
    this.#input = input;
    this.#zip = new ZipWriter({ crc32: crypto.crc32, time: dosTimeOf(input.at, input.utcOffsetMinutes) });
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    checkFacts(this.#plan, this.#input);
    const whole = this.#crypto.createSha256('whole');
    for await (const bytes of this.#parts()) {
      whole.update(bytes);
      yield bytes;
    }
    this.#whole = toHex(await whole.digest());
  }

  summary(): BundleSummary {
    if (this.#whole === null) throw new Error('the package is not written yet');
    const { crypto, input } = { crypto: this.#crypto, input: this.#input };
    return { sha256: this.#whole, sizeBytes: this.#zip.sizeBytes, files: this.#files, clips: this.#clips, fingerprint: fingerprintOf(crypto.sha256, input.signer.publicKey), verifierSha256: toHex(crypto.sha256(input.verifierPage)) };
  }

  async *#parts(): AsyncGenerator<Uint8Array> {
    for (const planned of this.#plan.clips) yield* this.#clip(planned);
    const predicate = this.#predicate();
    for (const [path, content] of this.#beside(predicate)) yield* this.#file(path, content);
    const payload = this.#files.filter(({ path }) => path.startsWith('data/'));
    yield* this.#file(paths.info, bagInfoText(predicate, { sizeBytes: payload.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), count: payload.length }));
    yield* this.#file(paths.manifest, payloadManifest(this.#files));
    const statement = utf8(formatStatement({ subject: subjectsOf(this.#files), predicate }));
    const signature = await this.#input.signer.sign(preAuthenticated(statement));
    yield* this.#file(paths.envelope, formatEnvelope({ payload: statement, keyId: toHex(this.#crypto.sha256(this.#input.signer.publicKey)), signature }));
    yield* this.#file(paths.tagManifest, tagManifest(this.#files));
    yield this.#zip.end();
  }

  async *#clip(planned: PlannedClip): AsyncGenerator<Uint8Array> {
    const { path } = planned;
    if (path === null) {
      this.#clips.push(clipStatement(planned, null));
      return;
    }
    const stream = new ClipStream(this.#crypto, this.#input, { ...planned, path });
    const hash = this.#crypto.createSha256('file');
    const hashed = async function* (): AsyncGenerator<Uint8Array> {
      for await (const bytes of stream.bytes()) {
        hash.update(bytes);
        yield bytes;
      }
    };
    const { sizeBytes } = yield* this.#zip.streamed(`${this.#plan.number}/${path}`, stream.mostBytes, hashed());
    this.#files.push({ path, sizeBytes, sha256: toHex(await hash.digest()) });
    const facts = stream.facts();
    this.#clips.push(clipStatement(planned, facts));
    this.#ends.push(...facts.ends);
  }

  #predicate(): Predicate {
    const { number, copy, at, utcOffsetMinutes, origin, unit, operator, signer, verifierPage } = this.#input;
    const key = formatVerifierKey(verifierKey(this.#crypto.sha256, origin, signer.publicKey));
    return { number, copy, exportedAt: at, utcOffsetMinutes, origin, key, unit, operator, verifierSha256: toHex(this.#crypto.sha256(verifierPage)), clips: this.#clips };
  }

  /** Everything but footage and what depends on all the rest. */
  #beside(predicate: Predicate): [path: string, content: string | Uint8Array][] {
    const { records, custody, facts, checkpoint, anchors = [], timestamps = [], verifierPage, signer, report } = this.#input;
    const fingerprint = fingerprintOf(this.#crypto.sha256, signer.publicKey);
    const head = parseCheckpointText(parseNote(checkpoint).text);
    const clips = this.#files.filter(({ path }) => path.startsWith(paths.video));
    return [
      ...records.map(({ name, text }): [string, string] => [`${paths.records}${name}`, text]),
      [paths.gaps, gapsText(predicate.clips)],
      [paths.report, reportHtml({ predicate, details: report, fingerprint, files: clips, checkpoint: { origin: head.origin, size: head.size, rootHex: toHex(head.root) } })],
      [paths.custody, custody],
      ...facts.flatMap(({ seq, canonical, proof }): [string, string][] => [[factPath(seq), canonical], [proofPath(seq), proof]]),
      [paths.checkpoint, checkpoint],
      [paths.anchors, anchors.map(({ checkpoint: note, consistency }) => `${canonicalize({ checkpoint: note, consistency: consistency.map(toBase64) })}\n`).join('')],
      [paths.ends, this.#ends.map(({ segmentId, head: before, tail }) => `${canonicalize({ segmentId, head: before, tail })}\n`).join('')],
      [paths.policy, policyText(predicate.key)],
      [paths.key, keyPem(signer.publicKey)],
      ...timestamps.map(({ name, bytes }): [string, Uint8Array] => [`${paths.timestamps}${name}`, bytes]),
      [paths.verifier, verifierPage],
      [paths.readme, readmeText(predicate, fingerprint)],
      [paths.bagit, bagitText],
    ];
  }

  #file(path: string, content: string | Uint8Array): Uint8Array[] {
    const bytes = typeof content === 'string' ? utf8(content) : content;
    if (nameFault(`${this.#plan.number}/${path}`) !== null) throw new BundleError('name', path);
    const parts = this.#zip.whole(`${this.#plan.number}/${path}`, bytes);
    this.#files.push({ path, sizeBytes: bytes.length, sha256: toHex(this.#crypto.sha256(bytes)) });
    return parts;
  }
}

/** `plan` comes from the same input. Nothing is read before `bytes` is. */
export const writeBundle = (crypto: BundleCrypto, plan: BundlePlan, input: BundleInput): BundleWriting => {
  const writer = new BundleWriter(crypto, plan, input);
  return { bytes: writer.bytes(), summary: () => writer.summary() };
};

/** What is left for small files and records in the size of a package, beside its footage. */
export const besideBytes = (plan: BundlePlan, input: Pick<BundleInput, 'records' | 'facts' | 'verifierPage'>): number => {
  const segments = plan.clips.reduce((sum, { parts }) => sum + parts.length, 0);
  const texts = [...input.records.map(({ text }) => text), ...input.facts.flatMap(({ canonical, proof }) => [canonical, proof])].reduce((sum, text) => sum + 3 * text.length, 0);
  return 262_144 + input.verifierPage.length + texts + segments * 8_192 + Math.ceil(plan.footageBytes / 6);
};
