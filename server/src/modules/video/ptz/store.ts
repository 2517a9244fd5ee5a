/** The only SQL of who turns a camera. */
import { at, type Db, type InstantColumn, type Tx } from '../../../platform/postgres/db.ts';
import type { VideoTables } from '../tables.ts';
import type { Hold } from './hold.ts';

type PtzTables = {
  'video.ptz_holds': { camera_id: string; person_id: string; session_id: string; held_by: string; priority: number; locked: boolean; since_at: InstantColumn; until_at: InstantColumn };
};
const select = (db: Db, cameraId: string) => db.$extendTables<PtzTables>().selectFrom('video.ptz_holds').selectAll().where('camera_id', '=', cameraId);
type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;
const holdOf = (row: Row): Hold => ({
  cameraId: row.camera_id, personId: row.person_id, sessionId: row.session_id, heldBy: row.held_by, priority: row.priority, locked: row.locked, since: row.since_at, until: row.until_at,
});

export const findHold = async (db: Db, cameraId: string): Promise<Hold | null> => {
  const row = await select(db, cameraId).executeTakeFirst();
  return row === undefined ? null : holdOf(row);
};
/** By the row of the camera: two who take it for the first time come one after the other too. */
export const lockHold = async (tx: Tx, cameraId: string): Promise<Hold | null> => {
  await tx.$extendTables<VideoTables>().selectFrom('video.cameras').select('camera_id').where('camera_id', '=', cameraId).forNoKeyUpdate().execute();
  const row = await select(tx, cameraId).executeTakeFirst();
  return row === undefined ? null : holdOf(row);
};
export const saveHold = async (tx: Tx, hold: Hold): Promise<void> => {
  const held = { person_id: hold.personId, session_id: hold.sessionId, held_by: hold.heldBy, priority: hold.priority, locked: hold.locked, since_at: at(hold.since), until_at: at(hold.until) };
  await tx
    .$extendTables<PtzTables>()
    .insertInto('video.ptz_holds')
    .values({ camera_id: hold.cameraId, ...held })
    .onConflict((conflict) => conflict.column('camera_id').doUpdateSet(held))
    .execute();
};
