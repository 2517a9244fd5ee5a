/** Looks at each ONVIF camera now and then: does it look where it was approved to look, is its clock right? What begins and ends is a fact. */
import { minuteMs } from '../../../base/units.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { cameraLabel, type Camera } from '../camera.ts';
import { serverActor, tellScreens, type VideoContext } from '../context.ts';
import { clockOffsetAllowedMs, looksElsewhere, type OnvifRow } from '../register/entry.ts';
import { clockSet, clockWrong, viewChanged, viewRestored } from '../register/events.ts';
import { lockOnvif, onvifRows, updateOnvif } from '../register/store.ts';
import { camerasOfSite, theRecorder } from '../store.ts';
import { readServiceAddress } from './address.ts';
import { lookByOnvif, type OnvifLook } from './device.ts';

export const watchEveryMs = minuteMs;
/** A camera that hangs keeps its own place only. */
const atOnce = 8;

/** The row after a look; pure. A device that did not answer says nothing about where it looks. */
export const afterLook = (row: OnvifRow, look: OnvifLook, now: number): OnvifRow => {
  const base: OnvifRow = { ...row, outcome: look.outcome, checkedAt: now };
  if (look.outcome !== 'ok' && look.outcome !== 'digest_only') return { ...base, clockOffsetMs: look.clockOffsetMs ?? row.clockOffsetMs };
  const moved = row.approved !== null && look.direction !== null ? looksElsewhere(row.approved, look.direction) : row.movedSince !== null;
  // ONVIF tells whole seconds.
  const wrong = look.clockOffsetMs === null ? row.clockWrongSince !== null : Math.abs(look.clockOffsetMs) > clockOffsetAllowedMs + 1_000;
  return {
    ...base, seen: look.direction ?? row.seen, clockOffsetMs: look.clockOffsetMs, ptz: look.ptz || row.ptz, movedSince: moved ? (row.movedSince ?? now) : null, clockWrongSince: wrong ? (row.clockWrongSince ?? now) : null,
  };
};

const tell = async (context: VideoContext, tx: Tx, camera: Camera, before: OnvifRow, after: OnvifRow): Promise<void> => {
  const { siteId, roomId, cameraId } = camera;
  const who = { siteId, roomId, actor: serverActor, subject: cameraId, at: context.clock.now() };
  const named = { cameraId, camera: cameraLabel(camera) };
  if (before.movedSince === null && after.movedSince !== null) await context.ledger.append(tx, { ...who, event: viewChanged, body: { ...named, turned: after.ptz } });
  if (before.movedSince !== null && after.movedSince === null) await context.ledger.append(tx, { ...who, event: viewRestored, body: named });
  if (before.clockWrongSince === null && after.clockWrongSince !== null) await context.ledger.append(tx, { ...who, event: clockWrong, body: { ...named, seconds: Math.round((after.clockOffsetMs ?? 0) / 1_000) } });
  if (before.clockWrongSince !== null && after.clockWrongSince === null) await context.ledger.append(tx, { ...who, event: clockSet, body: named });
  if (before.outcome !== after.outcome || before.movedSince !== after.movedSince || before.clockWrongSince !== after.clockWrongSince) await tellScreens(context, tx, 'video.cameras');
};

const lookOnce = async (context: VideoContext, camera: Camera, row: OnvifRow): Promise<void> => {
  const allowLocal = context.allowLocal || camera.allowLocal;
  const address = readServiceAddress(row.serviceUrl, allowLocal);
  if (typeof address === 'string') return;
  const password = camera.passwordSealed === null ? null : context.sealer.open(camera.passwordSealed, camera.cameraId);
  const look = await lookByOnvif(address, { username: camera.username, password }, { clock: context.clock, allowLocal });
  await context.database.transaction(async (tx) => {
    // What was approved meanwhile counts.
    const before = await lockOnvif(tx, camera.cameraId);
    if (before === null) return;
    const after = afterLook(before, look, context.clock.now());
    await updateOnvif(tx, after);
    await tell(context, tx, camera, before, after);
  });
};

export const watchOnvif = async (context: VideoContext): Promise<void> => {
  const recorder = await theRecorder(context.database.db);
  if (recorder === null) return;
  const cameras = await camerasOfSite(context.database.db, recorder.siteId);
  const rows = await onvifRows(context.database.db, cameras.map(({ cameraId }) => cameraId));
  const waiting = cameras.filter(({ cameraId }) => rows.has(cameraId));
  const worker = async (): Promise<void> => {
    for (let camera = waiting.shift(); camera !== undefined; camera = waiting.shift()) {
      const row = rows.get(camera.cameraId);
      const { cameraId } = camera;
      if (row !== undefined) await lookOnce(context, camera, row).catch((error: unknown) => context.log.warn('a camera could not be looked at by ONVIF', { cameraId, error }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};
