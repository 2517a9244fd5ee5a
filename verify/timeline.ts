/** Which log (epoch) and which key signed which span of facts: read from the ledger's own facts, with their rules (point 8). */
import { keyChangeMessage, ledgerKinds, originOf, readKeyChanged, readOpened, readRestored, type Fact, type KeyChangedBody, type RestoredBody } from '../formats/fact/index.ts';
import { equalBytes, fromBase64, NoteError, openCheckpoint, parseVerifierKey, utf8, type OpenedCheckpoint, type TlogCrypto, type VerifierKey } from '../formats/tlog/index.ts';
import { finding, type Finding } from './finding.ts';

export interface Epoch {
  origin: string;
  /** First size that this epoch signs: the number of its opening or restoring fact. */
  firstSize: number;
  /** Last size whose facts are still here; Infinity for the current epoch. */
  keptSize: number;
  /** Sizes up to here are admitted as lost; equal to keptSize when nothing is. */
  lostUntil: number;
  /** Keys by the number of the fact that put them in force, in order. */
  keys: { fromSeq: number; key: VerifierKey }[];
}

export interface Restore {
  seq: number;
  keptSize: number;
  lostUntil: number;
  persons: readonly string[];
}

export interface Timeline {
  epochs: Epoch[];
  restores: Restore[];
  findings: Finding[];
  /** Changes that nothing inside can prove: an anchor made after them, given from outside, must cover them. */
  toBeAnchored: { seq: number; origin: string; code: 'restore_unproved' | 'key_change_unproved' }[];
  /** Claims that were embedded in facts: they must match the tree too. */
  claims: OpenedCheckpoint[];
}

const readKey = (crypto: TlogCrypto, text: string, origin: string): VerifierKey | null => {
  try {
    const key = parseVerifierKey(crypto.sha256, text);
    return key.name === origin ? key : null;
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
};

/** The key that must have signed a checkpoint of this size. */
export const keyAt = (epoch: Epoch, size: number): VerifierKey | null => epoch.keys.findLast((entry) => entry.fromSeq <= size)?.key ?? null;

export const openByEpoch = (crypto: TlogCrypto, note: string, epoch: Epoch, size: number, check: 'both' | 'timed' = 'both'): OpenedCheckpoint | 'malformed' | 'unknown_key' | 'wrong_signature' => {
  const key = keyAt(epoch, size);
  return key === null ? 'unknown_key' : openCheckpoint(crypto, note, key, check);
};

class TimelineReader {
  readonly #crypto: TlogCrypto;
  readonly #siteId: string;
  readonly #timeline: Timeline = { epochs: [], restores: [], findings: [], toBeAnchored: [], claims: [] };

  constructor(crypto: TlogCrypto, siteId: string) {
    this.#crypto = crypto;
    this.#siteId = siteId;
  }

  read(facts: readonly Fact[]): Timeline {
    if (facts[0]?.kind !== ledgerKinds.opened || facts[0].seq !== 1) this.#timeline.findings.push(finding('not_opened', {}));
    for (const fact of facts) {
      if (fact.kind === ledgerKinds.opened) this.#opened(fact);
      else if (fact.kind === ledgerKinds.restored) this.#restored(fact);
      else if (fact.kind === ledgerKinds.keyChanged) this.#keyChanged(fact);
      else if (fact.kind === ledgerKinds.clockStepped) this.#timeline.findings.push(finding('clock_stepped', { seq: fact.seq }));
    }
    return this.#timeline;
  }

  #wrong(seq: number, why: string): void {
    this.#timeline.findings.push(finding('ledger_fact_wrong', { seq, why }));
  }

  #opened({ seq, body }: Fact): void {
    const opened = readOpened(body);
    const key = opened === null ? null : readKey(this.#crypto, opened.key, opened.origin);
    if (seq !== 1) this.#wrong(seq, 'a ledger is opened once');
    else if (opened === null || key === null || opened.origin !== originOf(this.#siteId, 1)) this.#wrong(seq, 'origin or key');
    else this.#timeline.epochs.push({ origin: opened.origin, firstSize: 1, keptSize: Number.POSITIVE_INFINITY, lostUntil: Number.POSITIVE_INFINITY, keys: [{ fromSeq: 1, key }] });
  }

  #restored({ seq, body }: Fact): void {
    const restored = readRestored(body);
    const current = this.#timeline.epochs.at(-1);
    if (restored === null || current === undefined) return this.#wrong(seq, 'shape');
    const key = readKey(this.#crypto, restored.key, restored.origin);
    if (key === null || restored.origin !== originOf(this.#siteId, restored.epoch)) return this.#wrong(seq, 'origin or key');
    if (restored.epoch !== this.#timeline.epochs.length + 1) this.#wrong(seq, 'epochs are not in a row');
    if (restored.keptSize !== seq - 1) this.#wrong(seq, 'it does not follow the last fact kept');
    if (new Set(restored.persons).size < 2) this.#wrong(seq, 'two persons are needed');
    this.#checkLastAnchor(seq, restored, current);
    const old = current.keys.findLast((entry) => entry.fromSeq <= restored.keptSize)?.key;
    if (old === undefined || !equalBytes(old.publicKey, key.publicKey)) this.#timeline.toBeAnchored.push({ seq, origin: restored.origin, code: 'restore_unproved' });
    current.keptSize = restored.keptSize;
    current.lostUntil = restored.lostUntil;
    this.#timeline.epochs.push({ origin: restored.origin, firstSize: seq, keptSize: Number.POSITIVE_INFINITY, lostUntil: Number.POSITIVE_INFINITY, keys: [{ fromSeq: seq, key }] });
    this.#timeline.restores.push({ seq, keptSize: restored.keptSize, lostUntil: restored.lostUntil, persons: restored.persons });
    const none = restored.lostUntil === restored.keptSize;
    const from = restored.keptSize + 1;
    const one = finding('restored', { seq });
    this.#timeline.findings.push({
      ...one,
      zh: one.zh.replace('{lost}', none ? '未知有丢失' : `第 ${from} 至 ${restored.lostUntil} 条丢失`),
      en: one.en.replace('{lost}', none ? 'no loss known' : `facts ${from}–${restored.lostUntil} lost`),
    });
    return undefined;
  }

  #checkLastAnchor(seq: number, restored: RestoredBody, current: Epoch): void {
    if (restored.lastAnchor === null) {
      if (restored.lostUntil !== restored.keptSize) this.#wrong(seq, 'a loss without the anchor that shows it');
      return;
    }
    const opened = openByEpoch(this.#crypto, restored.lastAnchor, current, restored.keptSize);
    if (typeof opened === 'string' || opened.origin !== current.origin) return this.#wrong(seq, 'its anchor is not signed by this ledger');
    if (restored.lostUntil !== Math.max(restored.keptSize, opened.size)) this.#wrong(seq, 'the loss is not what its anchor shows');
    if (opened.size <= restored.keptSize) this.#timeline.claims.push(opened);
    return undefined;
  }

  #keyChanged({ seq, body }: Fact): void {
    const changed = readKeyChanged(body);
    const current = this.#timeline.epochs.at(-1);
    const old = current?.keys.at(-1)?.key;
    if (changed === null || current === undefined || old === undefined) return this.#wrong(seq, 'shape');
    const oldStated = readKey(this.#crypto, changed.oldKey, current.origin);
    const next = readKey(this.#crypto, changed.newKey, current.origin);
    if (oldStated === null || next === null || !equalBytes(oldStated.publicKey, old.publicKey)) return this.#wrong(seq, 'keys');
    const handed = this.#handedOver(changed, current.origin, old);
    if (handed === 'by_nobody') this.#timeline.findings.push(finding('key_change_unproved', { seq }));
    if (handed === 'by_persons') this.#timeline.toBeAnchored.push({ seq, origin: current.origin, code: 'key_change_unproved' });
    current.keys.push({ fromSeq: seq, key: next });
    return undefined;
  }

  #handedOver(changed: KeyChangedBody, origin: string, old: VerifierKey): 'by_key' | 'by_persons' | 'by_nobody' {
    if (changed.signature !== null) {
      const signature = fromBase64(changed.signature);
      const message = utf8(keyChangeMessage(origin, changed.oldKey, changed.newKey));
      return signature !== null && this.#crypto.verifyEd25519(old.publicKey, message, signature) ? 'by_key' : 'by_nobody';
    }
    if (new Set(changed.persons).size < 2 || changed.anchor === null) return 'by_nobody';
    const opened = openCheckpoint(this.#crypto, changed.anchor, old);
    if (typeof opened === 'string' || opened.origin !== origin) return 'by_nobody';
    this.#timeline.claims.push(opened);
    return 'by_persons';
  }
}

export const readTimeline = (crypto: TlogCrypto, siteId: string, facts: readonly Fact[]): Timeline => new TimelineReader(crypto, siteId).read(facts);
