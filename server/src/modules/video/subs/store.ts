/** The only SQL of small streams; the rows are those of the register. */
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import type { RegisterTables } from '../register/store.ts';

export interface StoredSub {
  shownUrl: string;
  sealed: Buffer;
}

export const subsOf = async (db: Db, cameraIds: readonly string[]): Promise<ReadonlyMap<string, StoredSub>> => {
  if (cameraIds.length === 0) return new Map();
  const rows = await db.$extendTables<RegisterTables>().selectFrom('video.camera_register').select(['camera_id', 'sub_shown_url', 'sub_address_sealed']).where('camera_id', 'in', cameraIds).execute();
  return new Map(rows.flatMap((row) => (row.sub_shown_url === null || row.sub_address_sealed === null ? [] : [[row.camera_id, { shownUrl: row.sub_shown_url, sealed: row.sub_address_sealed }]])));
};

/** Kept beside what somebody is typing into the entry: it does not overtake it. */
export const setSub = async (tx: Tx, cameraId: string, sub: StoredSub | null): Promise<void> => {
  await tx.$extendTables<RegisterTables>().updateTable('video.camera_register').set({ sub_shown_url: sub?.shownUrl ?? null, sub_address_sealed: sub?.sealed ?? null }).where('camera_id', '=', cameraId).execute();
};
