/** Puts the archive together. */
import { dayMs, hourMs } from '../../../base/units.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { archiveKinds, type OrderDoor } from './approvals.ts';
import { itemIds } from './archive-store.ts';
import type { ArchiveContext } from './context.ts';
import { sweepOverdue } from './custody-commands.ts';
import { dropFiles, strayFolders } from './item-files.ts';
import { bodyOfOrder } from './order-commands.ts';
import { archiveRoutes } from './routes.ts';

/** Bytes without an item, of a filing that was broken off or an item that was destroyed, do not stay. */
const sweepStrays = async (context: ArchiveContext): Promise<void> => {
  const known = new Set((await itemIds(context.database.db)).filter(({ destroyed }) => !destroyed).map(({ itemId }) => itemId));
  for (const itemId of await strayFolders(context, dayMs, known, context.clock.now())) await dropFiles(context, itemId);
};

export const createArchive = (context: ArchiveContext) => {
  const door: OrderDoor = {
    rules: (db: Db, place, at) => context.rules(db, place, at),
    bodyOf: (tx: Tx, roomId, { itemId, orderId }) => bodyOfOrder(context, tx, roomId, itemId, orderId),
  };
  return {
    routes: archiveRoutes(context),
    approvalKinds: archiveKinds(() => door),
    jobs: [
      { name: 'evidence.archive_overdue', everyMs: hourMs, run: () => sweepOverdue(context) },
      { name: 'evidence.archive_strays', everyMs: dayMs, run: () => sweepStrays(context) },
    ],
  };
};
export type Archive = ReturnType<typeof createArchive>;
