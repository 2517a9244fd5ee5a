/** Plans of the floors: put in, looked at by those who may know, cameras placed on them. */
import * as contract from '../../../../../contract/cameras.ts';
import { newId } from '../../../base/ids.ts';
import { mebibyte } from '../../../base/units.ts';
import { guarded, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Bytes } from '../../../platform/http/route.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, tellScreens, type VideoContext } from '../context.ts';
import { refuse as refuseVideo } from '../errors.ts';
import { pictureSizeOf, pictureTypeOf } from '../picture-type.ts';
import { planAdded, planPlaced, planRemoved } from '../register/events.ts';
import { refuse } from '../register/refusals.ts';
import { keptPicture, recordPositionsSeen, seesPositions } from '../register/views.ts';
import { camerasOfRoom } from '../store.ts';
import { findPlan, insertPlan, lockPlan, placesOf, plansOfRoom, setPlaces, takePlanAway, type Plan } from './store.ts';

const maxPictureBytes = 8 * mebibyte;

const requireKnowing = (caller: Caller): void => {
  if (!seesPositions(caller)) throw refuse('positions_hidden');
};

const listPlans = async (context: VideoContext, caller: Caller): Promise<contract.FloorPlan[]> => {
  requireKnowing(caller);
  const { db } = context.database;
  const plans = await plansOfRoom(db, caller.roomId);
  const places = await placesOf(db, plans.map(({ planId }) => planId));
  if (places.length > 0) await recordPositionsSeen(context, caller, caller.roomId, { what: 'plans', cameras: places.length, name: plans.map(({ name }) => name).join('、') });
  return plans.map(({ planId, name, width, height }) => ({
    planId, name, width, height, places: places.filter((one) => one.planId === planId).map(({ cameraId, x, y, direction, angle }) => ({ cameraId, x, y, direction, angle })),
  }));
};

const addPlan = async (context: VideoContext, caller: Caller, name: string, picture: Buffer): Promise<string> => {
  if (picture.length > maxPictureBytes) throw refuseVideo('picture_too_large');
  const contentType = pictureTypeOf(picture);
  const size = pictureSizeOf(picture);
  const sha256 = await context.blobs.put(picture);
  const { siteId, roomId } = caller;
  const planId = newId('plan', context.clock);
  await context.database.transaction(async (tx) => {
    const at = context.clock.now();
    await insertPlan(tx, { planId, siteId, roomId, name, sha256, contentType, ...size }, { at, by: caller.personId });
    await context.ledger.append(tx, { event: planAdded, siteId, roomId, actor: actorOf(caller), subject: planId, body: { planId, name, sha256 }, at });
    await tellScreens(context, tx, 'video.cameras');
  });
  return planId;
};

const picture = async (context: VideoContext, caller: Caller, planId: string): Promise<Bytes> => {
  requireKnowing(caller);
  const plan = await findPlan(context.database.db, caller.roomId, planId);
  if (plan === null) throw refuse('plan_unknown');
  return keptPicture(context, plan.sha256, plan.contentType);
};

const requirePlan = async (tx: Tx, caller: Caller, planId: string): Promise<Plan> => {
  const plan = await lockPlan(tx, caller.roomId, planId);
  if (plan === null) throw refuse('plan_unknown');
  return plan;
};

const place = (context: VideoContext, caller: Caller, planId: string, places: readonly contract.PlanPlace[]): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { name } = await requirePlan(tx, caller, planId);
    const known = new Set<string>((await camerasOfRoom(tx, caller.roomId)).map(({ cameraId }) => cameraId));
    if (places.some(({ cameraId }) => !known.has(cameraId)) || new Set(places.map(({ cameraId }) => cameraId)).size !== places.length) throw refuse('place_camera_unknown');
    await setPlaces(tx, planId, places);
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: planPlaced, siteId, roomId, actor: actorOf(caller), subject: planId, body: { planId, name, count: places.length }, at: context.clock.now() });
    await tellScreens(context, tx, 'video.cameras');
  });

const remove = (context: VideoContext, caller: Caller, planId: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { name } = await requirePlan(tx, caller, planId);
    const at = context.clock.now();
    await takePlanAway(tx, planId, at);
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: planRemoved, siteId, roomId, actor: actorOf(caller), subject: planId, body: { planId, name }, at });
    await tellScreens(context, tx, 'video.cameras');
  });

export const planRoutes = (context: VideoContext) => [
  guarded(contract.listPlans, 'video.positions.see', async (_call, caller) => ({ plans: await listPlans(context, caller) })),
  guarded(contract.addPlan, 'video.cameras.manage', async ({ body }, caller) => ({ planId: await addPlan(context, caller, body.name, Buffer.from(body.picture, 'base64')) }), { bodyLimitBytes: 12 * mebibyte }),
  guarded(contract.planPicture, 'video.positions.see', async ({ params }, caller) => picture(context, caller, params.planId)),
  guarded(contract.placeCameras, 'video.cameras.manage', async ({ params, body }, caller) => {
    await place(context, caller, params.planId, body.places);
    return {};
  }),
  guarded(contract.removePlan, 'video.cameras.manage', async ({ params }, caller) => {
    await remove(context, caller, params.planId);
    return {};
  }),
];
