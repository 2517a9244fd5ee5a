/** The only SQL of plans and of the places of cameras on them. */
import type { PlanPlace } from '../../../../../contract/cameras.ts';
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type InstantColumn, type NullableInstantColumn, type Tx } from '../../../platform/postgres/db.ts';

type PlanTables = {
  'video.floor_plans': {
    plan_id: string; site_id: string; room_id: string; name: string; sha256: Buffer; content_type: 'image/jpeg' | 'image/png'; width: number; height: number; added_at: InstantColumn; added_by: string; removed_at: NullableInstantColumn;
  };
  'video.plan_places': { plan_id: string; camera_id: string; x: number; y: number; direction: number; angle: number };
  'video.cameras': { camera_id: string; retired_at: NullableInstantColumn };
};

export interface Plan {
  planId: string;
  siteId: string;
  roomId: string;
  name: string;
  sha256: string;
  contentType: 'image/jpeg' | 'image/png';
  width: number;
  height: number;
}

const tables = (db: Db) => db.$extendTables<PlanTables>();
const select = (db: Db, roomId: string) =>
  tables(db).selectFrom('video.floor_plans').select(['plan_id', 'site_id', 'room_id', 'name', 'sha256', 'content_type', 'width', 'height']).where('room_id', '=', roomId).where('removed_at', 'is', null);
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];
const planOf = (row: Row): Plan => ({
  planId: row.plan_id, siteId: row.site_id, roomId: row.room_id, name: row.name, sha256: row.sha256.toString('hex'), contentType: row.content_type, width: row.width, height: row.height,
});

export const plansOfRoom = async (db: Db, roomId: string): Promise<Plan[]> => (await select(db, roomId).orderBy('added_at').execute()).map(planOf);
export const findPlan = async (db: Db, roomId: string, planId: string): Promise<Plan | null> => {
  const row = await select(db, roomId).where('plan_id', '=', planId).executeTakeFirst();
  return row === undefined ? null : planOf(row);
};
export const lockPlan = async (tx: Tx, roomId: string, planId: string): Promise<Plan | null> => {
  const row = await select(tx, roomId).where('plan_id', '=', planId).forUpdate().executeTakeFirst();
  return row === undefined ? null : planOf(row);
};

/** Places of cameras in use. */
export const placesOf = async (db: Db, planIds: readonly string[]): Promise<(PlanPlace & { planId: string })[]> => {
  if (planIds.length === 0) return [];
  const rows = await tables(db).selectFrom('video.plan_places as p').innerJoin('video.cameras as c', 'c.camera_id', 'p.camera_id')
    .select(['p.plan_id', 'p.camera_id', 'p.x', 'p.y', 'p.direction', 'p.angle']).where('p.plan_id', 'in', planIds).where('c.retired_at', 'is', null).orderBy('p.camera_id').execute();
  return rows.map(({ plan_id: planId, camera_id: cameraId, x, y, direction, angle }) => ({ planId, cameraId, x, y, direction, angle }));
};

export const insertPlan = async (tx: Tx, plan: Plan, added: { at: Instant; by: string }): Promise<void> => {
  await tables(tx).insertInto('video.floor_plans').values({
    plan_id: plan.planId, site_id: plan.siteId, room_id: plan.roomId, name: plan.name, sha256: Buffer.from(plan.sha256, 'hex'), content_type: plan.contentType, width: plan.width, height: plan.height,
    added_at: at(added.at), added_by: added.by, removed_at: null,
  }).execute();
};
export const takePlanAway = async (tx: Tx, planId: string, removedAt: Instant): Promise<void> => {
  await tables(tx).updateTable('video.floor_plans').set({ removed_at: at(removedAt) }).where('plan_id', '=', planId).execute();
};
export const setPlaces = async (tx: Tx, planId: string, places: readonly PlanPlace[]): Promise<void> => {
  await tables(tx).deleteFrom('video.plan_places').where('plan_id', '=', planId).execute();
  if (places.length === 0) return;
  await tables(tx).insertInto('video.plan_places').values(places.map(({ cameraId, x, y, direction, angle }) => ({ plan_id: planId, camera_id: cameraId, x, y, direction, angle }))).execute();
};
