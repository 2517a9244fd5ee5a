/** Reads for screens: the board of devices, troubles, the self-check. */
import type * as z from 'zod';
import type * as contract from '../../../../contract/health.ts';
import { dayMs, secondMs } from '../../base/units.ts';
import { may, questions as people, type Caller } from '../../mechanisms/identity/index.ts';
import type { MachineClock, Sources } from './ask-sources.ts';
import type { Rules } from '../../mechanisms/parameters/index.ts';
import type { HealthContext } from './context.ts';
import { availability, gradeOf, type State } from './device.ts';
import { maxAgeMs, pictureIntervalMs } from './limits.ts';
import { isStale, withShift } from './poll-devices.ts';
import { readingsOf, selfCheckForm, selfCheckOf } from './self-check.ts';
import { healthVerbs } from './verbs.ts';
import { referencesOf, sourcesOf, statesOf, troublesBetween, type TroubleRow } from './store.ts';
import { checkWords, kindWords, noFfmpeg } from './words.ts';

const mostTroubles = 300;
const monthDays = 30;
/** Enough to count each second of a month of outages; a device that fails more often is at zero anyway. */
const mostCounted = 20_000;

const downTime: ReadonlySet<string> = new Set(['offline', 'usable']);

export const checkView = (state: State, stale: boolean): contract.CheckView => {
  const { check, state: is, words, since, checkedAt, still } = state;
  return { check, title: checkWords[check], state: is, words, since, checkedAt, stale, still };
};

const clockView = (clock: MachineClock | null, rules: Rules): contract.MachineClock | null => (clock === null ? null : { ...clock, wrong: Math.abs(clock.offsetMs) > rules.number('max_clock_offset_seconds') * secondMs });
export const machineClockView = async (context: HealthContext, caller: Caller, sources: Sources): Promise<z.output<typeof contract.machineClock.response>> => {
  const { db } = context.database;
  const rules = await context.rules(db, caller, context.clock.now());
  return { clock: clockView(await sources.clock(), rules), isAsked: (await sourcesOf(db, caller.roomId)).some(({ kind }) => kind === 'time_server') };
};

/** A poller that stopped must not fill in "in order": what is too old is not known. */
export const selfCheckView = async (context: HealthContext, caller: Caller): Promise<z.output<typeof contract.selfCheck.response>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const rules = await context.rules(db, caller, now);
  const ages = { now, limitMs: maxAgeMs(rules), pictureMs: pictureIntervalMs(rules) };
  const states = (await statesOf(db, caller.roomId)).map((state): State => (state.state === 'good' && isStale(state, { ...ages, check: state.check }) ? { ...state, state: 'unknown' } : state));
  return { form: selfCheckForm, items: selfCheckOf(states), readings: readingsOf(states), at: now };
};

const onlyCameras = { zh: '只有摄像机有基准画面。', en: 'Only cameras have a reference picture.' };

export const boardView = async (context: HealthContext, caller: Caller, more: { picturesUnavailable: boolean; sources: Sources }): Promise<z.output<typeof contract.board.response>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const rules = await context.rules(db, caller, now);
  const [limitMs, pictureMs, target] = [maxAgeMs(rules), pictureIntervalMs(rules), rules.number('availability_target_percent')];
  const states = await statesOf(db, caller.roomId);
  const byDevice = Map.groupBy(states, ({ device }) => device.deviceId);
  const month = { from: now - monthDays * dayMs, until: now };
  const downs = Map.groupBy((await troublesBetween(db, caller.roomId, { ...month, limit: mostCounted })).filter(({ check }) => downTime.has(check)), ({ deviceId }) => deviceId);
  const references = await referencesOf(db, [...byDevice.keys()].filter((id) => id.startsWith('cam_')));
  const mayKeep: contract.DeviceView['can']['keepReference'] = may(caller.roles, healthVerbs['health.reference.keep']);
  const devices = [...byDevice].map(([deviceId, all]): contract.DeviceView => {
    const [first] = all;
    if (first === undefined) throw new Error('a group without a state');
    const { kind, name } = first.device;
    const stale = all.map((state) => isStale(state, { now, limitMs, pictureMs, check: state.check }));
    const watchedSince = Math.min(...all.map(({ firstAt }) => firstAt));
    const lost = downs.get(deviceId) ?? [];
    const availableDay = availability(lost, { from: now - dayMs, until: now }, watchedSince);
    const availableMonth = availability(lost, month, watchedSince);
    return {
      deviceId, kind, kindTitle: kindWords[kind], name, grade: gradeOf(all, stale.some(Boolean)), checks: all.map((state, i) => checkView(state, stale[i] === true)), availableDay, availableMonth,
      belowTarget: (availableDay ?? 100) < target, referenceAt: references.get(deviceId)?.[0]?.keptAt ?? null, can: { keepReference: kind !== 'camera' ? onlyCameras : mayKeep },
    };
  });
  const counted = devices.filter(({ kind, availableDay }) => availableDay !== null && ['camera', 'recorder', 'storage'].includes(kind));
  const availableDay = counted.length === 0 ? null : Math.round((counted.reduce((sum, one) => sum + (one.availableDay ?? 0), 0) / counted.length) * 1_000) / 1_000;
  const poor = devices.filter(({ grade }) => grade === 'poor').length;
  return {
    devices, now, maxAgeSeconds: limitMs / 1_000, picturesUnavailable: more.picturesUnavailable ? noFfmpeg : null,
    clock: clockView(await more.sources.clock(), rules),
    room: { availableDay, targetPercent: target, degraded: poor > 0 || (availableDay ?? 100) < target, bad: states.filter(({ state }) => state === 'bad').length, poor, fair: devices.filter(({ grade }) => grade === 'fair').length },
  };
};

export const troubleView = (row: TroubleRow): contract.Trouble => {
  const { troubleId, deviceId, kind, device, check, words, from, until, still, shift, onPost } = withShift(row);
  return { troubleId, deviceId, kind, device, check, title: checkWords[check], words, from, until, still, shift, onPost };
};

export const troublesView = async (context: HealthContext, caller: Caller, { days, deviceId }: { days: number; deviceId?: string | undefined }): Promise<z.output<typeof contract.troubles.response>> => {
  const now = context.clock.now();
  const rows = await troublesBetween(context.database.db, caller.roomId, { from: now - days * dayMs, until: now + 1, deviceId, limit: mostTroubles + 1 });
  return { troubles: rows.slice(0, mostTroubles).map(troubleView), more: rows.length > mostTroubles };
};

export const sourcesView = async (context: HealthContext, caller: Caller): Promise<z.output<typeof contract.sources.response>> => {
  const rows = await sourcesOf(context.database.db, caller.roomId);
  const names = await people.personNames(context.database.db, rows.map(({ addedBy }) => addedBy));
  return { sources: rows.map((row) => ({ ...row, addedBy: names.get(row.addedBy) ?? '' })), can: { manage: may(caller.roles, healthVerbs['health.sources.manage']) } };
};
