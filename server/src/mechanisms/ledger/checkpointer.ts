/**
 * Signs the tree head: each minute, and at once after a sensitive fact (points 4 and 6). Before the first signature it rebuilds
 * the tree from the facts and compares it with what was signed before: it never signs a history that contradicts an earlier signature.
 */
import { hashSize, CompactRange, equalBytes, openCheckpoint, parseVerifierKey, signCheckpoint, type OpenedCheckpoint } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import type { Clock, Instant, Timer } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Sentence } from '../../base/refusal.ts';
import { minuteMs, secondMs } from '../../base/units.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import { isDatabaseAway } from '../../platform/postgres/db.ts';
import type { AnchorFile } from './anchor-file.ts';
import { serverActor } from './append.ts';
import { ledgerClockStepped } from './events.ts';
import { namedKey, type LedgerKey } from './key.ts';
import type { Ledger } from './ledger.ts';
import { ledgerRefusals } from './refusals.ts';
import { foldStanding, type Standing } from './standing.ts';
import { lockLedger, readHead, readLastCheckpoint, readLeaves, readSites, readStandingFacts, writeCheckpoint, type CheckpointReason } from './store.ts';

/** Why nothing is signed any more; a person must look. */
export type Trouble = 'facts_missing' | 'facts_altered' | 'key_unknown';

const troubleSentences: Readonly<Record<Trouble, Sentence>> = {
  facts_missing: {
    zh: '数据库中的记录少于已签名的数目：数据库可能是从备份恢复的。请用 vigil restore 登记恢复，或运行 vigil verify-ledger。',
    en: 'The database holds fewer facts than were signed: it may have been restored from a backup. Record the restore with vigil restore, or run vigil verify-ledger.',
  },
  facts_altered: { zh: '记录与已签名的内容不符，账本可能被篡改。请运行 vigil verify-ledger。', en: 'The facts do not match what was signed: the ledger may have been altered. Run vigil verify-ledger.' },
  key_unknown: { zh: '签名密钥不是账本所登记的密钥。请恢复原密钥文件，或登记更换密钥。', en: 'The signing key is not the one that the ledger names. Bring back the key file, or record a key change.' },
};

/** A step back by less is normal clock discipline. */
const clockToleranceMs = 2 * secondMs;
/** Small enough that a page never holds up the server's other work for long. */
const leavesAtOnce = 4_000;

interface Tree {
  origin: string;
  range: CompactRange;
}

export interface SignedCheckpoint {
  note: string;
  size: number;
  root: Uint8Array;
  signedAt: Instant;
}

export interface Checkpointer {
  /** Starts heartbeat and listening. The first round, which rebuilds the tree, goes on behind; `idle()` waits for it. */
  start(): Promise<void>;
  /** Signs a last time and stops. */
  stop(): Promise<void>;
  /** Signs the head of a site now. Throws a Refusal while it is in trouble. */
  sign(siteId: string, reason: CheckpointReason): Promise<SignedCheckpoint>;
  /** Per site that is not signed any more: why. */
  troubles(): ReadonlyMap<string, Sentence & { code: Trouble }>;
  /** Resolves when nothing is under way; for tests and orderly stops. */
  idle(): Promise<void>;
}

export interface CheckpointerOptions {
  database: Database;
  ledger: Ledger;
  clock: Clock;
  key: LedgerKey;
  anchors: AnchorFile;
  log: Log;
}

class Signer implements Checkpointer {
  readonly #o: CheckpointerOptions;
  readonly #trees = new Map<string, Tree>();
  readonly #troubles = new Map<string, Sentence & { code: Trouble }>();
  readonly #clockBehind = new Set<string>();
  #queue: Promise<unknown> = Promise.resolve();
  #timer: Timer | null = null;
  #deafen: (() => Promise<void>) | null = null;

  constructor(options: CheckpointerOptions) {
    this.#o = options;
  }

  async start(): Promise<void> {
    const { database, clock } = this.#o;
    this.#deafen = await database.listen('vigil_ledger', (siteId) => void this.#enqueue(() => this.#attempt(siteId, 'sensitive')), () => void this.#round('heartbeat'));
    this.#timer = clock.every(minuteMs, () => void this.#round('heartbeat'));
    void this.#round('heartbeat'); // a long ledger takes seconds to rebuild; the room does not wait for it
  }

  async stop(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
    await this.#deafen?.().catch(() => undefined);
    await this.#round('stop');
  }

  sign(siteId: string, reason: CheckpointReason): Promise<SignedCheckpoint> {
    return this.#enqueue(() => this.#sign(siteId, reason));
  }

  troubles(): ReadonlyMap<string, Sentence & { code: Trouble }> {
    return this.#troubles;
  }

  async idle(): Promise<void> {
    await this.#queue;
  }

  /** One thing at a time: the trees are shared. */
  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(work, work);
    this.#queue = run.catch(() => undefined);
    return run;
  }

  #round(reason: CheckpointReason): Promise<void> {
    return this.#enqueue(async () => {
      let sites: string[];
      try {
        sites = await readSites(this.#o.database.db);
      } catch (error) {
        this.#failed('sites', error);
        return;
      }
      for (const siteId of sites) await this.#attempt(siteId, reason);
    });
  }

  async #attempt(siteId: string, reason: CheckpointReason): Promise<void> {
    try {
      await this.#sign(siteId, reason);
    } catch (error) {
      this.#failed(siteId, error);
    }
  }

  #failed(siteId: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (isDatabaseAway(error)) this.#o.log.warn('ledger not signed: the database is away', { siteId });
    else this.#o.log.error('ledger not signed', { siteId, error: message });
  }

  #trouble(siteId: string, code: Trouble): never {
    const sentence = troubleSentences[code];
    if (this.#troubles.get(siteId)?.code !== code) this.#o.log.error('ledger signing stopped', { siteId, code, why: sentence.en });
    this.#troubles.set(siteId, { code, ...sentence });
    this.#trees.delete(siteId); // what is looked at next is looked at whole
    throw ledgerRefusals('not_signing', { why: `${sentence.zh} / ${sentence.en}` });
  }

  async #sign(siteId: string, reason: CheckpointReason): Promise<SignedCheckpoint> {
    const { database, clock, anchors } = this.#o;
    await this.#catchUp(database.db, siteId); // the long part of a first round happens outside the lock
    const { signed, changed, behindMs } = await database.transaction(async (tx) => {
      await lockLedger(tx, siteId);
      return this.#signLocked(tx, siteId, reason);
    });
    this.#troubles.delete(siteId);
    // After the commit: the file must never name facts that a crash could still take back.
    if (changed || reason !== 'heartbeat') anchors.append(signed.note);
    if (behindMs <= clockToleranceMs) this.#clockBehind.delete(siteId);
    else if (!this.#clockBehind.has(siteId)) {
      this.#clockBehind.add(siteId); // once a step, not once a minute
      await this.#recordStep(siteId, behindMs, signed.signedAt, clock.now());
    }
    return signed;
  }

  async #standing(db: Db, siteId: string): Promise<Standing> {
    const standing = foldStanding(await readStandingFacts(db, siteId));
    if (standing === null) throw ledgerRefusals('not_opened');
    return standing;
  }

  async #signLocked(tx: Tx, siteId: string, reason: CheckpointReason): Promise<{ signed: SignedCheckpoint; changed: boolean; behindMs: number }> {
    const { clock, key } = this.#o;
    const { standing, range } = await this.#catchUp(tx, siteId);
    if (standing.key !== namedKey(standing.origin, key.publicKey)) this.#trouble(siteId, 'key_unknown');
    const head = await readHead(tx, siteId);
    const last = await readLastCheckpoint(tx, siteId);
    if (head === null) throw ledgerRefusals('not_opened');
    if (head.seq < range.size) this.#trouble(siteId, 'facts_missing');
    const now = clock.now();
    const known = Math.max(head.recordedAt, last?.signedAt ?? 0);
    // Whole seconds, rounded up past what is recorded, so that no fact is younger than the signature over it.
    const signedAt = Math.max(Math.floor(now / secondMs), Math.ceil(known / secondMs)) * secondMs;
    const root = range.root();
    const note = signCheckpoint(nodeCrypto, key, { origin: standing.origin, size: range.size, root, extensions: [] }, signedAt);
    await writeCheckpoint(tx, siteId, { ordinal: (last?.ordinal ?? 0) + 1, size: range.size, signedAt, note, reason });
    return { signed: { note, size: range.size, root, signedAt }, changed: last === null || last.size !== range.size || !last.note.startsWith(`${standing.origin}\n`), behindMs: known - now };
  }

  /** Brings the tree up to the facts there are, checking it against what was signed before when it starts from nothing. */
  async #catchUp(db: Db, siteId: string): Promise<{ standing: Standing; range: CompactRange }> {
    const standing = await this.#standing(db, siteId);
    const known = this.#trees.get(siteId);
    const fresh = known === undefined || known.origin !== standing.origin;
    const tree: Tree = fresh ? { origin: standing.origin, range: new CompactRange(nodeCrypto.sha256) } : known;
    const signed = fresh ? await this.#signedBefore(db, siteId, standing) : [];
    for (;;) {
      const page = await readLeaves(db, siteId, tree.range.size, leavesAtOnce);
      for (const { seq, leafHash } of page) {
        if (seq !== tree.range.size + 1 || leafHash.length !== hashSize) this.#trouble(siteId, 'facts_missing');
        tree.range.append(leafHash);
        for (const head of signed) if (head.size === seq && !equalBytes(head.root, tree.range.root())) this.#trouble(siteId, 'facts_altered');
      }
      if (page.length < leavesAtOnce) break;
    }
    if (signed.some((head) => head.size > tree.range.size)) this.#trouble(siteId, 'facts_missing');
    this.#trees.set(siteId, tree);
    return { standing, range: tree.range };
  }

  /** The newest signatures of this log: the database's, and the file's, which a database administrator does not reach. */
  async #signedBefore(db: Db, siteId: string, standing: Standing): Promise<OpenedCheckpoint[]> {
    const { publicKey } = parseVerifierKey(nodeCrypto.sha256, standing.key);
    const notes = [this.#o.anchors.last(standing.origin), (await readLastCheckpoint(db, siteId))?.note ?? null];
    return notes.flatMap((note) => {
      const opened = note === null ? 'malformed' : openCheckpoint(nodeCrypto, note, { name: standing.origin, publicKey });
      return typeof opened === 'string' ? [] : [opened];
    });
  }

  async #recordStep(siteId: string, behindMs: number, signedAt: Instant, at: Instant): Promise<void> {
    await this.#o.database.transaction((tx) => this.#o.ledger.append(tx, { event: ledgerClockStepped, siteId, roomId: null, actor: serverActor, subject: siteId, body: { behindMs, signedAt }, at }));
  }
}

export const createCheckpointer = (options: CheckpointerOptions): Checkpointer => new Signer(options);
