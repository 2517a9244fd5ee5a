/** Jobs that look at the recorder's report: states, what became of the poller itself, devices that stay away. */
import type { Instant } from '../../base/clock.ts';
import { hourMs, secondMs } from '../../base/units.ts';
import { serverActor } from '../../mechanisms/ledger/index.ts';
import type { HealthContext, Place } from './context.ts';
import { clockFindings, deviceCase, deviceState, shiftOfTrouble, stateAge } from './controls.ts';
import { forgetDevices, takeReadings } from './commands/take-readings.ts';
import { gradeOf, type Reading, type State } from './device.ts';
import { events } from './events.ts';
import { deviceMissing } from './kinds.ts';
import { caseAfterMs, maxAgeMs, streamLimits } from './limits.ts';
import { readRecorder } from './look-recorder.ts';
import { dropStates, lockStates, makeCase, openTroubles, statesOf } from './store.ts';
import { inOrder, lastedWords } from './words.ts';

export const pollEveryMs = 10 * secondMs;
const pollerOf = ({ roomId }: Place) => ({ deviceId: `poller/${roomId}`.slice(0, 64), kind: 'poller' as const, name: '设备状态巡检' });

/** Devices that the recorder's report is about. */
const reported: ReadonlySet<string> = new Set(['camera', 'recorder', 'storage']);

export const isStale = ({ checkedAt, device }: Pick<State, 'checkedAt' | 'device'>, { now, limitMs, pictureMs, check }: { now: Instant; limitMs: number; pictureMs: number; check: string }): boolean => {
  const slow = device.kind === 'disk' || check === 'disk_health' ? hourMs : ['black', 'bright', 'covered', 'blurred', 'moved', 'colour_cast', 'noise', 'frozen'].includes(check) ? 2 * pictureMs + limitMs : limitMs;
  return stateAge.find(() => (now - checkedAt > slow ? [true] : [])).length > 0;
};

export const createPoller = (context: HealthContext) => {
  const { clock, database } = context;
  let awaySince: Instant | null = null;
  let notedAt: Instant | null = null;

  const forgetGone = async (place: Place, present: ReadonlySet<string>): Promise<void> => {
    const gone = [...new Set((await statesOf(database.db, place.roomId)).filter(({ device }) => reported.has(device.kind) && !present.has(device.deviceId)).map(({ device }) => device.deviceId))];
    if (gone.length === 0) return;
    await database.transaction(async (tx) => {
      await lockStates(tx, place.roomId);
      await forgetDevices(context, tx, place, gone);
      await dropStates(tx, place.roomId, gone);
    });
  };

  /** Once an hour what was looked at is a fact: evidence that somebody looks even when nothing is wrong. */
  const note = async (place: Place, states: readonly State[]): Promise<void> => {
    const now = clock.now();
    if (notedAt !== null && now - notedAt < hourMs) return;
    const byDevice = Map.groupBy(states, ({ device }) => device.deviceId);
    const poor = [...byDevice.values()].filter((all) => gradeOf(all, false) === 'poor').length;
    await database.transaction((tx) => context.ledger.append(tx, { event: events.devicesLooked, ...place, actor: serverActor, subject: place.roomId, body: { devices: byDevice.size, poor, from: notedAt ?? now, until: now }, at: now }));
    notedAt = now;
  };

  const poll = async (): Promise<void> => {
    const place = await context.place(database.db);
    const recorderId = place === null ? null : await context.recorderId(database.db);
    if (place === null || recorderId === null) return;
    const now = clock.now();
    const limits = streamLimits(await context.rules(database.db, place, now));
    const status = context.recorder();
    awaySince = status === null ? (awaySince ?? now) : null;
    const cameras = await context.cameras(database.db, place.roomId);
    const known = new Map((await statesOf(database.db, place.roomId)).map((state) => [`${state.device.deviceId} ${state.check}`, state]));
    const usual = (deviceId: string, check: string): number | null => known.get(`${deviceId} ${check}`)?.usual ?? null;
    const readings = readRecorder({ status, awaySince, recorderId, cameras }, { limits, now, usual });
    const clocks = clockFindings.find(() => readings.filter(({ check }) => check === 'clock'));
    const found: Reading[] = deviceState.find(() => readings.filter(({ check }) => check !== 'clock')).concat(clocks);
    const poller: Reading = { device: pollerOf(place), check: 'offline', seen: 'good', value: null, words: inOrder };
    const states = await takeReadings(context, place, [...found, poller]);
    await forgetGone(place, new Set([recorderId, ...cameras.map(({ cameraId }) => cameraId), ...(status?.storages.map(({ storageId }) => storageId) ?? [...known.values()].filter(({ device }) => device.kind === 'storage').map(({ device }) => device.deviceId))]));
    await note(place, states);
  };

  /** Who looks at the one that looks: another job, on another clock tick, which asks only how old the states are. */
  const watchPoller = async (): Promise<void> => {
    const place = await context.place(database.db);
    if (place === null) return;
    const now = clock.now();
    const limitMs = maxAgeMs(await context.rules(database.db, place, now));
    const own = (await statesOf(database.db, place.roomId)).find(({ device }) => device.kind === 'poller');
    if (own === undefined || stateAge.find(() => (now - own.checkedAt > limitMs ? [true] : [])).length === 0) return;
    const age = lastedWords(now - own.checkedAt);
    await takeReadings(context, place, [{ device: own.device, check: 'offline', seen: 'bad', value: null, since: own.checkedAt, words: { zh: `设备状态已 ${age.zh}没有更新`, en: `no state of a device was renewed for ${age.en}` } }]);
  };

  /** Nothing heard of a device for so long, and no order to take it away: somebody must look for it. */
  const openCases = async (): Promise<void> => {
    const place = await context.place(database.db);
    if (place === null) return;
    const now = clock.now();
    const limitMs = caseAfterMs(await context.rules(database.db, place, now));
    const lasting = (await openTroubles(database.db, place.roomId)).filter((one) => one.kind === 'camera' && one.check === 'offline' && one.caseAt === null && now - one.from >= limitMs);
    for (const { troubleId, deviceId, kind, device, check, words, from, shift, onPost } of deviceCase.find(() => lasting)) {
      await database.transaction(async (tx) => {
        await lockStates(tx, place.roomId);
        if (!(await openTroubles(tx, place.roomId)).some((one) => one.troubleId === troubleId && one.caseAt === null)) return;
        await makeCase(tx, troubleId, now);
        await context.ledger.append(tx, { event: events.deviceMissing, ...place, actor: serverActor, subject: deviceId, body: { troubleId, deviceId, kind, device, check, words, from, shift, onPost }, at: now });
        await context.alarms.raise(tx, { kind: deviceMissing.kind, ...place, subject: deviceId, body: { device, words: { zh: `持续失联（${lastedWords(now - from).zh}），没有拆除、带出申请`, en: `gone for ${lastedWords(now - from).en}, and nobody asked to remove it` } }, at: now, cameraId: deviceId });
      });
    }
  };
  return { poll, watchPoller, openCases };
};

/** Troubles as people see them: with the shift in which they began. */
export const withShift = <T extends { shift: number | null; onPost: readonly string[] }>(trouble: T): T =>
  shiftOfTrouble.find(() => [trouble])[0] ?? { ...trouble, shift: null, onPost: [] };
