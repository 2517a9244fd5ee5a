/** A restore that the ledger does not know yet: stated as a fact before anything is signed, else the log would fork. */
import { join } from 'node:path';
import { questions as people } from '../mechanisms/identity/index.ts';
import { anchorFilePath, recordRestoreFromFiles, type Ledger } from '../mechanisms/ledger/index.ts';
import type { createVideo } from '../modules/video/index.ts';
import type { Database } from '../platform/postgres/db.ts';
import { pendingRestore, settleRestore } from '../platform/postgres/restore-note.ts';

export interface Restored {
  database: Database;
  ledger: Ledger;
  dataFolder: string;
  video: Pick<ReturnType<typeof createVideo>, 'tellAnew'>;
}

/** True when there was one. Called before the checkpointer starts. */
export const recordPendingRestore = async ({ database, ledger, dataFolder, video }: Restored): Promise<boolean> => {
  const note = pendingRestore(dataFolder);
  if (note === null) return false;
  const place = await people.place(database.db);
  if (place !== null) {
    // The backup brought its own, older signatures; the newer ones that survived name what was lost.
    const replaced = note.keptIn === null ? [] : [join(note.keptIn, 'ledger', 'checkpoints.log')];
    const anchorFiles = [...replaced, anchorFilePath(dataFolder)];
    const { siteId } = place.site;
    await database.transaction((tx) => video.tellAnew(tx, siteId));
    await recordRestoreFromFiles(database, ledger, { siteId, anchorFiles, persons: note.persons, reason: note.reason, actor: { kind: 'process', id: 'terminal' } });
  }
  settleRestore(dataFolder);
  return true;
};
