/** Turning a camera by ONVIF: decided under the row of its hold, recorded when a person takes it in hand, then asked of the camera. */
import type { PtzState } from '../../../../../contract/wall.ts';
import type { Instant } from '../../../base/clock.ts';
import { minuteMs } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import { cameraLabel, type Camera } from '../camera.ts';
import { actorOf, type VideoContext } from '../context.ts';
import { refuse as refuseVideo } from '../errors.ts';
import { requireUncovered } from '../layouts/wall.ts';
import { readServiceAddress } from '../onvif/address.ts';
import { turnByOnvif, type Turn } from '../onvif/turn.ts';
import type { OnvifRow } from '../register/entry.ts';
import { onvifRows } from '../register/store.ts';
import { findCamera } from '../store.ts';
import { ptzLocked, ptzReleased, ptzTaken } from './events.ts';
import { blocks, holdMs, priorityOf, standing, type Hold } from './hold.ts';
import { refuse } from './refusals.ts';
import { findHold, lockHold, saveHold } from './store.ts';

const signed = (caller: Caller): string => `${caller.name} ${caller.staffNumber}`.trim();
const isStop = ({ pan, tilt, zoom }: Turn): boolean => pan === 0 && tilt === 0 && zoom === 0;

const holdView = (caller: Caller, hold: Hold | null): PtzState['hold'] => (hold === null ? null : { by: hold.heldBy, mine: hold.personId === caller.personId, locked: hold.locked, since: hold.since, until: hold.until });
const stateOf = (caller: Caller, turns: boolean, hold: Hold | null, now: Instant): PtzState => ({
  turns, hold: holdView(caller, standing(hold, now)),
});

interface Turning {
  camera: Camera;
  onvif: OnvifRow;
}
const find = async (context: VideoContext, caller: Caller, cameraId: string): Promise<{ camera: Camera; onvif: OnvifRow | null }> => {
  const camera = await findCamera(context.database.db, caller.roomId, cameraId);
  if (camera === null) throw refuseVideo('camera_unknown');
  const row = (await onvifRows(context.database.db, [cameraId])).get(cameraId) ?? null;
  return { camera, onvif: row?.ptz === true ? row : null };
};
const requireTurning = async (context: VideoContext, caller: Caller, cameraId: string): Promise<Turning> => {
  await requireUncovered(context, caller, cameraId);
  const { camera, onvif } = await find(context, caller, cameraId);
  if (onvif === null) throw refuse('does_not_turn');
  return { camera, onvif };
};

export const seePtz = async (context: VideoContext, caller: Caller, cameraId: string): Promise<PtzState> => {
  const { onvif } = await find(context, caller, cameraId);
  return stateOf(caller, onvif !== null, await findHold(context.database.db, cameraId), context.clock.now());
};

/** One after the other under the row of the hold; answers the hold as it is now. */
const take = (context: VideoContext, caller: Caller, { camera }: Turning, lock: { minutes: number } | null): Promise<Hold> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const { siteId, roomId, personId, sessionId } = caller;
    const { cameraId } = camera;
    const before = standing(await lockHold(tx, cameraId), now);
    const priority = priorityOf(caller.roles);
    if (before !== null && blocks(before, { personId, priority })) {
      const minutes = Math.max(1, Math.ceil((before.until - now) / minuteMs));
      throw before.locked ? refuse('locked', { name: before.heldBy, minutes }) : refuse('held', { name: before.heldBy });
    }
    const mine = before?.personId === personId ? before : null;
    const keepsLock = lock === null && mine?.locked === true;
    const until = keepsLock ? mine.until : now + (lock === null ? holdMs : Math.max(1, lock.minutes * minuteMs));
    const hold: Hold = { cameraId, personId, sessionId, heldBy: signed(caller), priority, locked: keepsLock || (lock !== null && lock.minutes > 0), since: mine?.since ?? now, until };
    await saveHold(tx, hold);
    const who = { siteId, roomId, actor: actorOf(caller), subject: cameraId, at: now };
    const named = { cameraId, camera: cameraLabel(camera), name: hold.heldBy };
    if (lock === null && mine === null) await context.ledger.append(tx, { ...who, event: ptzTaken, body: { ...named, before: before?.heldBy ?? null } });
    if (lock !== null && lock.minutes > 0) await context.ledger.append(tx, { ...who, event: ptzLocked, body: { ...named, until } });
    if (lock?.minutes === 0 && mine !== null) await context.ledger.append(tx, { ...who, event: ptzReleased, body: named });
    return hold;
  });

export const turnCamera = async (context: VideoContext, caller: Caller, cameraId: string, turn: Turn): Promise<PtzState> => {
  const turning = await requireTurning(context, caller, cameraId);
  const hold = await take(context, caller, turning, null);
  const { camera, onvif } = turning;
  const allowLocal = context.allowLocal || camera.allowLocal;
  const address = readServiceAddress(onvif.serviceUrl, allowLocal);
  if (typeof address === 'string') throw refuse('does_not_turn');
  const password = camera.passwordSealed === null ? null : context.sealer.open(camera.passwordSealed, camera.cameraId);
  const done = await turnByOnvif(address, { username: camera.username, password }, { allowLocal, profileToken: onvif.profileToken }, isStop(turn) ? null : turn);
  if (!done) throw refuse('camera_silent');
  return stateOf(caller, true, hold, context.clock.now());
};

/** Minutes 0: let go at once. */
export const lockPtz = async (context: VideoContext, caller: Caller, cameraId: string, minutes: number): Promise<PtzState> => {
  const turning = await requireTurning(context, caller, cameraId);
  const hold = await take(context, caller, turning, { minutes });
  return stateOf(caller, true, minutes === 0 ? null : hold, context.clock.now());
};
