/** The ledger's commands: append, erase, restore, change of key. Each takes a Tx, so that an act and its state stand or fall together. */
import { keyChangeMessage, originOf, type KeyChangedBody } from '../../../../formats/fact/index.ts';
import { openCheckpoint, parseVerifierKey, toBase64, utf8, type VerifierKey } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import type { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { serverActor, writeActs, type Act, type Actor, type Appended } from './append.ts';
import { ledgerErased, ledgerKeyChanged, ledgerOpened, ledgerRestored } from './events.ts';
import { namedKey, type LedgerKey } from './key.ts';
import { ledgerRefusals } from './refusals.ts';
import { foldStanding, type Standing } from './standing.ts';
import { eraseValue, readHead, readStandingFacts } from './store.ts';

export interface Ledger {
  /** Writes one act. The first act of a site opens its ledger. */
  append<Body extends z.ZodType>(tx: Tx, act: Act<Body>): Promise<Appended>;
  /** Writes acts of one site in the order given, in one statement. Build each with `act(...)` to have its body checked. */
  appendMany(tx: Tx, acts: readonly Act[]): Promise<Appended[]>;
  /** Removes a personal value and its salt; the fact and every proof stay. The erasure is a fact itself. */
  erase(tx: Tx, erasure: { siteId: string; seq: number; path: string; reason: string; actor: Actor }): Promise<Appended>;
  /** States that the database was restored from a backup: starts the next epoch. Required before signing goes on. */
  recordRestore(tx: Tx, restore: { siteId: string; lastAnchor: string | null; persons: readonly string[]; reason: string; actor: Actor }): Promise<Appended>;
  /** Hands over to a new key: signed by the old one, or by two persons with a fresh anchor when the old one is lost. The new key signs from here on. */
  recordKeyChange(tx: Tx, change: { siteId: string; newKey: LedgerKey; actor: Actor; by: { oldKey: LedgerKey } | { persons: readonly string[]; anchor: string } }): Promise<Appended>;
}

/** Type-checks one act of a batch. */
export const act = <Body extends z.ZodType>(one: Act<Body>): Act => one;

const first = (appended: readonly Appended[]): Appended => {
  const [only] = appended;
  if (only === undefined) throw new Error('the ledger took no fact');
  return only;
};

const twoPersons = (persons: readonly string[]): string[] => {
  const distinct = [...new Set(persons)];
  if (distinct.length < 2) throw ledgerRefusals('two_persons');
  return distinct;
};

const requireStanding = async (tx: Tx, siteId: string): Promise<Standing> => {
  const standing = foldStanding(await readStandingFacts(tx, siteId));
  if (standing === null) throw ledgerRefusals('not_opened');
  return standing;
};

const openedBy = (note: string, key: VerifierKey): { size: number } => {
  const opened = openCheckpoint(nodeCrypto, note, key);
  if (typeof opened === 'string' || opened.origin !== key.name) throw ledgerRefusals('anchor_wrong');
  return opened;
};

export const createLedger = (options: { clock: Clock; key: LedgerKey }): Ledger => {
  const { clock, key } = options;

  const appendMany = async (tx: Tx, acts: readonly Act[]): Promise<Appended[]> => {
    const siteId = acts[0]?.siteId;
    if (siteId === undefined) return [];
    const written = await writeActs(tx, siteId, clock.now(), acts);
    if (written.length > 0) return written;
    const origin = originOf(siteId, 1);
    const opening: Act = act({ event: ledgerOpened, siteId, roomId: null, actor: serverActor, subject: siteId, body: { origin, key: namedKey(origin, key.publicKey) }, at: clock.now() });
    await writeActs(tx, siteId, clock.now(), [opening], 'genesis'); // nothing when another transaction was first
    return writeActs(tx, siteId, clock.now(), acts);
  };

  const append: Ledger['append'] = async (tx, one) => first(await appendMany(tx, [act(one)]));

  const erase: Ledger['erase'] = async (tx, { siteId, seq, path, reason, actor }) => {
    const now = clock.now();
    const erased = await eraseValue(tx, siteId, seq, path, now);
    if (erased === null) throw ledgerRefusals('value_unknown', { seq, path });
    return append(tx, { event: ledgerErased, siteId, roomId: null, actor, subject: `${siteId}/${seq}`, body: { seq, path, retentionClass: erased.retentionClass, reason }, at: now });
  };

  const recordRestore: Ledger['recordRestore'] = async (tx, { siteId, lastAnchor, persons, reason, actor }) => {
    const standing = await requireStanding(tx, siteId);
    const head = await readHead(tx, siteId);
    const keptSize = head?.seq ?? 0;
    const anchored = lastAnchor === null ? 0 : openedBy(lastAnchor, parseVerifierKey(nodeCrypto.sha256, standing.key)).size;
    const epoch = standing.epoch + 1;
    const origin = originOf(siteId, epoch);
    const body = { epoch, origin, key: namedKey(origin, key.publicKey), keptSize, lostUntil: Math.max(keptSize, anchored), lastAnchor, persons: twoPersons(persons), reason };
    return append(tx, { event: ledgerRestored, siteId, roomId: null, actor, subject: origin, body, at: clock.now() });
  };

  const recordKeyChange: Ledger['recordKeyChange'] = async (tx, { siteId, newKey, actor, by }) => {
    const { origin, key: oldKey } = await requireStanding(tx, siteId);
    const named = namedKey(origin, newKey.publicKey);
    const handed: KeyChangedBody =
      'oldKey' in by
        ? { oldKey, newKey: named, signature: toBase64(by.oldKey.sign(utf8(keyChangeMessage(origin, oldKey, named)))), persons: [], anchor: null }
        : { oldKey, newKey: named, signature: null, persons: twoPersons(by.persons), anchor: by.anchor };
    if (handed.anchor !== null) openedBy(handed.anchor, parseVerifierKey(nodeCrypto.sha256, oldKey));
    return append(tx, { event: ledgerKeyChanged, siteId, roomId: null, actor, subject: origin, body: { ...handed, persons: [...handed.persons] }, at: clock.now() });
  };

  return { append, appendMany, erase, recordRestore, recordKeyChange };
};
