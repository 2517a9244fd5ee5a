/** Takes what was seen over: states, troubles that begin and end with their facts, alarms, faults. One transaction under the lock of the room's states. */
import type { HealthCheck } from '../../../../../contract/health.ts';
import { PictureCheck } from '../../../../../contract/health.ts';
import { newId } from '../../../base/ids.ts';
import { serverActor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { HealthContext, Place } from '../context.ts';
import { alarmOfTrouble, faultOfTrouble, obstructionTask } from '../controls.ts';
import { stepOf, type Device, type Reading, type State } from '../device.ts';
import { events } from '../events.ts';
import { deviceTrouble, pictureTrouble, systemTrouble } from '../kinds.ts';
import { endTrouble, insertTrouble, lockStates, openTroubles, saveStates, statesOf, type TroubleRow } from '../store.ts';
import { checkWords } from '../words.ts';

const keyOf = (deviceId: string, check: HealthCheck): string => `${deviceId} ${check}`;
const isPicture = (check: HealthCheck): boolean => PictureCheck.safeParse(check).success;

/** Which alarm rings; null: the recorder's own alarm says it already (app/machine-alarms.ts). */
export const alarmKindOf = ({ kind }: Device, check: HealthCheck): string | null => {
  if (isPicture(check)) return pictureTrouble.kind;
  if (kind === 'storage' || kind === 'recorder' || (kind === 'camera' && check === 'offline')) return null;
  return kind === 'camera' || kind === 'time_server' ? deviceTrouble.kind : systemTrouble.kind;
};

/** What stands in the duty log as the name of the fault: the same trouble again is the same fault while it is open. */
export const faultName = (device: string, check: HealthCheck): string => `${device} · ${checkWords[check].zh}`.slice(0, 200);
const gradeOfFault = ({ kind }: Device, check: HealthCheck): 'A' | 'B' | 'C' => (kind === 'recorder' ? 'A' : isPicture(check) || check === 'clock' ? 'C' : 'B');

const begin = async (context: HealthContext, tx: Tx, place: Place, state: State): Promise<void> => {
  const { device, check, words, since, still } = state;
  const now = context.clock.now();
  const { shift, names } = await context.onDuty(tx, place.roomId, now);
  const one: TroubleRow = { troubleId: newId('trb', context.clock), ...place, deviceId: device.deviceId, kind: device.kind, device: device.name, check, words, from: since, until: null, shift, onPost: names, still, caseAt: null };
  await insertTrouble(tx, one);
  const { troubleId } = one;
  const about = { troubleId, deviceId: device.deviceId, kind: device.kind, device: device.name, check, words };
  await context.ledger.append(tx, { event: events.troubleBegun, ...place, actor: serverActor, subject: device.deviceId, body: { ...about, from: since, still, shift, onPost: names }, at: now });
  const kind = alarmKindOf(device, check);
  const cameraId = device.kind === 'camera' ? device.deviceId : null;
  for (const raised of alarmOfTrouble.find(() => (kind === null ? [] : [kind]))) await context.alarms.raise(tx, { kind: raised, ...place, subject: `${device.deviceId}/${check}`, body: { device: device.name, words }, at: since, cameraId });
  for (const grade of faultOfTrouble.find(() => [gradeOfFault(device, check)])) await context.openFault(tx, place, { what: faultName(device.name, check), text: words.zh, grade, cameraId });
  for (const camera of obstructionTask.find(() => (check === 'covered' ? [device.name] : []))) await context.clearingTask(tx, place, { camera, troubleId, at: now });
};

const end = async (context: HealthContext, tx: Tx, place: Place, trouble: TroubleRow): Promise<void> => {
  const until = context.clock.now();
  await endTrouble(tx, trouble.troubleId, until);
  const { troubleId, deviceId, kind, device, check, words, from } = trouble;
  await context.ledger.append(tx, { event: events.troubleOver, ...place, actor: serverActor, subject: deviceId, body: { troubleId, deviceId, kind, device, check, words, from, until }, at: until });
  const rung = alarmKindOf({ deviceId, kind, name: device }, check);
  if (rung !== null) await context.alarms.clear(tx, { kind: rung, subject: `${deviceId}/${check}`, at: until, note: '', roomId: place.roomId });
};

/** `readings` may be of any devices; what they do not speak of stays as it is. */
export const takeReadings = async (context: HealthContext, place: Place, readings: readonly Reading[]): Promise<State[]> =>
  context.database.transaction(async (tx) => {
    await lockStates(tx, place.roomId);
    const known = new Map((await statesOf(tx, place.roomId)).map((state) => [keyOf(state.device.deviceId, state.check), state]));
    const open = new Map((await openTroubles(tx, place.roomId)).map((one) => [keyOf(one.deviceId, one.check), one]));
    const now = context.clock.now();
    const steps = readings.map((reading) => stepOf(known.get(keyOf(reading.device.deviceId, reading.check)) ?? null, reading, now));
    await saveStates(tx, place.roomId, steps.map(({ state }) => state));
    for (const { state, change } of steps) {
      const trouble = open.get(keyOf(state.device.deviceId, state.check));
      if (change === 'began' && trouble === undefined) await begin(context, tx, place, state);
      if (change === 'over' && trouble !== undefined) await end(context, tx, place, trouble);
    }
    return steps.map(({ state }) => state);
  });

/** Devices that are no longer there: their states go, what was wrong with them is over. */
export const forgetDevices = async (context: HealthContext, tx: Tx, place: Place, deviceIds: readonly string[]): Promise<void> => {
  for (const trouble of await openTroubles(tx, place.roomId)) if (deviceIds.includes(trouble.deviceId)) await end(context, tx, place, trouble);
};
