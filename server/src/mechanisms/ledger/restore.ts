/** A restore as the ledger's first act afterwards (point 8): finds the newest signature that survived anywhere, and states what is lost. */
import { openCheckpoint, parseVerifierKey } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import type { Database } from '../../platform/postgres/db.ts';
import { anchorFile } from './anchor-file.ts';
import type { Actor, Appended } from './append.ts';
import type { Ledger } from './ledger.ts';
import { ledgerRefusals } from './refusals.ts';
import { foldStanding } from './standing.ts';
import { lockLedger, readStandingFacts } from './store.ts';

export interface RestoreAct {
  siteId: string;
  /** Files of checkpoints that may know more than the backup: the one that was replaced, copies on other machines, typed-in QR codes. */
  anchorFiles: readonly string[];
  /** Two different people. */
  persons: readonly string[];
  reason: string;
  actor: Actor;
}

/**
 * Call it after a restore and before the checkpointer starts: from then on the old log is closed. Without it the next
 * signature would contradict those that others keep, and every verifier would say "altered".
 */
export const recordRestoreFromFiles = (database: Database, ledger: Ledger, restore: RestoreAct): Promise<Appended> =>
  database.transaction(async (tx) => {
    const { siteId, anchorFiles, persons, reason, actor } = restore;
    await lockLedger(tx, siteId);
    const standing = foldStanding(await readStandingFacts(tx, siteId));
    if (standing === null) throw ledgerRefusals('not_opened');
    const { publicKey } = parseVerifierKey(nodeCrypto.sha256, standing.key);
    let lastAnchor: string | null = null;
    let largest = 0;
    for (const file of anchorFiles) {
      const note = anchorFile(file).last(standing.origin);
      const opened = note === null ? 'malformed' : openCheckpoint(nodeCrypto, note, { name: standing.origin, publicKey });
      if (typeof opened === 'string' || opened.size < largest) continue;
      largest = opened.size;
      lastAnchor = note;
    }
    return ledger.recordRestore(tx, { siteId, lastAnchor, persons, reason, actor });
  });
