/** Important positions: added and removed by a person, each a fact. */
import { newId } from '../../../base/ids.ts';
import { actorOf, type Caller } from '../../../mechanisms/identity/index.ts';
import type { RoundsContext } from '../context.ts';
import { events } from '../events.ts';
import { positionMissed } from '../kinds.ts';
import { roundsRefusals as refuse } from '../refusals.ts';
import { insertPosition, lockPosition, positionsOf, removePositionRow } from '../store.ts';

export const addPosition = (context: RoundsContext, caller: Caller, form: { cameraId: string; name: string; postId: string | null; intervalMinutes: number | null }): Promise<string> =>
  context.database.transaction(async (tx) => {
    const { siteId, roomId, personId } = caller;
    const { cameraId, name, postId, intervalMinutes } = form;
    const camera = (await context.cameras(tx, roomId)).find((one) => one.cameraId === cameraId);
    if (camera === undefined) throw refuse('camera_unknown');
    if (postId !== null && !(await context.posts(tx, roomId)).some((post) => post.postId === postId)) throw refuse('post_unknown');
    const taken = (await positionsOf(tx, roomId)).find((one) => one.cameraId === cameraId);
    if (taken !== undefined) throw refuse('position_twice', { name: taken.name });
    const positionId = newId('pos', context.clock);
    const at = context.clock.now();
    await insertPosition(tx, { positionId, siteId, roomId, cameraId, name, postId, intervalMinutes, addedAt: at, sweptUntil: at }, personId);
    await context.ledger.append(tx, { event: events.positionAdded, siteId, roomId, actor: actorOf(caller), subject: positionId, body: { positionId, position: name, camera: camera.camera, cameraId, intervalMinutes, postId }, at });
    return positionId;
  });

export const removePosition = (context: RoundsContext, caller: Caller, positionId: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const { siteId, roomId } = caller;
    const position = await lockPosition(tx, roomId, positionId);
    if (position === null) throw refuse('position_unknown');
    const at = context.clock.now();
    const camera = (await context.cameras(tx, roomId)).find(({ cameraId }) => cameraId === position.cameraId)?.camera ?? '';
    await removePositionRow(tx, positionId, at);
    await context.alarms.clear(tx, { kind: positionMissed.kind, subject: positionId, at, note: '', roomId });
    await context.ledger.append(tx, { event: events.positionRemoved, siteId, roomId, actor: actorOf(caller), subject: positionId, body: { positionId, position: position.name, camera }, at });
  });
