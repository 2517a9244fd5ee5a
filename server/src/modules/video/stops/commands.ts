/** Stops carried out: begun by a person within the approved window, over at its end by themselves, sooner by a person. */
import type { StopScope } from '../../../../../contract/stops.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Sentence } from '../../../base/refusal.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import type { Actor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, serverActor, tellScreens, type VideoContext } from '../context.ts';
import { bumpConfig, camerasOfRoom, camerasOfSite } from '../store.ts';
import { stopsNeedWindow } from './controls.ts';
import { recorderRestarted, recordingResumed, recordingStopped, stopUnused } from './events.ts';
import { refuse } from './refusals.ts';
import { begin, drop, end, insertRestart, lockOpenStops, openStops, type Stop } from './store.ts';
import { bodyOf } from './told.ts';

export interface WhatStops {
  scope: StopScope;
  cameraId: string | null;
}

const noWindow: Sentence = { zh: '现在没有获准的停录时段。请先申请停录，获准后在时段内执行；本次请求已记录。', en: 'No stop is approved for this moment. Ask for one and carry it out within its window; this attempt is on record.' };

/** Is it about the same? A camera is covered by a stop that names it, not by one of the whole room that was asked for something else. Pure. */
export const covers = (stop: Pick<Stop, 'scope' | 'cameraIds' | 'from' | 'until'>, { scope, cameraId }: WhatStops, now: Instant): boolean =>
  stop.scope === scope && now >= stop.from && now < stop.until && (scope !== 'camera' || (cameraId !== null && stop.cameraIds.includes(cameraId)));

/** Refused without an approved window, and on record: outside of the transaction, which would take the record back. */
export const requireWindow = (context: VideoContext, caller: Caller, what: readonly WhatStops[]): Promise<void> =>
  stopsNeedWindow.refuseLater(async () => {
    const now = context.clock.now();
    const open = (await openStops(context.database.db)).filter(({ siteId }) => siteId === caller.siteId);
    return open.some((stop) => what.some((one) => covers(stop, one, now))) ? null : context.deny(caller, 'video.stop', noWindow, 'video.stop.run');
  });

const fact = async (context: VideoContext, tx: Tx, stop: Stop) => ({ siteId: stop.siteId, roomId: stop.roomId, subject: stop.stopId, at: context.clock.now(), body: await bodyOf(tx, stop) });

export const beginStop = async (context: VideoContext, tx: Tx, caller: Caller, what: WhatStops): Promise<{ stopId: string; until: Instant }> => {
  const now = context.clock.now();
  await bumpConfig(tx, caller.siteId);
  const matching = (await lockOpenStops(tx, caller.siteId)).filter((stop) => covers(stop, what, now));
  const stop = matching.find(({ state }) => state === 'granted');
  if (stop === undefined) throw matching.length > 0 ? refuse('running_already') : refuse('unknown');
  if (stop.signerIds.includes(caller.personId)) throw refuse('by_signer');
  const inUse = (stop.scope === 'room' ? await camerasOfRoom(tx, stop.roomId) : await camerasOfSite(tx, stop.siteId)).map(({ cameraId }) => cameraId);
  const cameraIds = stop.scope === 'camera' ? stop.cameraIds : inUse;
  await begin(tx, stop.stopId, { by: caller.personId, cameraIds, now });
  await context.ledger.append(tx, { ...(await fact(context, tx, { ...stop, cameraIds })), event: recordingStopped, actor: actorOf(caller) });
  await tellScreens(context, tx, 'video.cameras');
  return { stopId: stop.stopId, until: stop.until };
};

export const endStop = async (context: VideoContext, tx: Tx, stop: Stop, ending: 'window' | 'person' | 'revoked', actor: Actor): Promise<void> => {
  const told = await fact(context, tx, stop);
  await bumpConfig(tx, stop.siteId);
  await end(tx, stop.stopId, ending, ending === 'window' ? Math.min(told.at, stop.until) : told.at);
  await context.ledger.append(tx, { ...told, body: { ...told.body, ending }, event: recordingResumed, actor });
  await tellScreens(context, tx, 'video.cameras');
};

export const endStopEarly = async (context: VideoContext, tx: Tx, caller: Caller, stopId: string): Promise<void> => {
  const stop = (await lockOpenStops(tx, caller.siteId)).find((one) => one.stopId === stopId && one.state === 'running');
  if (stop === undefined) throw refuse('unknown');
  await endStop(context, tx, stop, 'person', actorOf(caller));
};

export const dropUnused = async (context: VideoContext, tx: Tx, stop: Stop, why: 'lapsed' | 'revoked'): Promise<void> => {
  await drop(tx, stop.stopId, why);
  const told = await fact(context, tx, stop);
  await context.ledger.append(tx, { ...told, body: { ...told.body, ending: why }, event: stopUnused, actor: serverActor });
};

/** What has come to its end: the recorder records again by itself, here it is written down. Answers how many. */
export const endOver = async (context: VideoContext): Promise<number> => {
  const due = (await openStops(context.database.db)).filter(({ until }) => until <= context.clock.now());
  for (const { siteId, stopId } of due) {
    await context.database.transaction(async (tx) => {
      const stop = (await lockOpenStops(tx, siteId)).find((one) => one.stopId === stopId);
      if (stop === undefined) return;
      await (stop.state === 'running' ? endStop(context, tx, stop, 'window', serverActor) : dropUnused(context, tx, stop, 'lapsed'));
    });
  }
  return due.length;
};

/** Recorded first, then asked of the recorder: a restart is known to have been ordered even where nobody answers. */
export const restartRecorder = async (context: VideoContext, caller: Caller, reason: string): Promise<void> => {
  await context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const stop = (await lockOpenStops(tx, caller.siteId)).find((one) => one.scope !== 'camera' && now >= one.from && now < one.until);
    if (stop === undefined) throw refuse('unknown');
    if (stop.signerIds.includes(caller.personId)) throw refuse('by_signer');
    const { siteId, roomId, name, personId } = caller;
    await insertRestart(tx, { siteId, stopId: stop.stopId, personId, name, reason }, now);
    await context.ledger.append(tx, { event: recorderRestarted, siteId, roomId, actor: actorOf(caller), subject: stop.stopId, body: { stopId: stop.stopId, approvalId: stop.approvalId, name, reason }, at: now });
  });
  await context.recorder.restart();
};
