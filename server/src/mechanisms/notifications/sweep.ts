/**
 * Fires deadlines: each in a transaction of its own, under the lock of its alarm or sending, so that an act at the same moment either
 * comes first and the deadline is needless, or comes second and finds it fired. Runs at the start and every two seconds.
 */
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { questions as people } from '../identity/index.ts';
import { serverActor } from '../ledger/index.ts';
import { addStep, lockAlarmById, saveAlarm } from './alarm-store.ts';
import { rungAgain, type Alarm } from './alarm.ts';
import { alarmKindOf, factOf } from './commands/raise-alarm.ts';
import { noteNobody, sendingFact } from './commands/send-notice.ts';
import type { NotificationsContext } from './context.ts';
import { escalation } from './controls.ts';
import { dueDeadlines, fireDeadline, setDeadline, type DueDeadline } from './deadline-store.ts';
import { events } from './events.ts';
import { pauseMs, targetWords, type Rung } from './ladder.ts';
import { alarmTelling } from './matrix.ts';
import { lockSending, saveSending, type Sending } from './notice-store.ts';
import { climb, tellPeople } from './tell.ts';

const atOnce = 200;

const pauseOf = async (context: NotificationsContext, tx: Tx, matter: Alarm | Sending, now: Instant): Promise<number> =>
  pauseMs(await context.limits.number(tx, matter, 'escalation_repeat_minutes', now), matter.round);

/** Nobody answered in the limit: up the ladder, and at its end "nobody could be reached". */
const escalateAlarm = async (context: NotificationsContext, tx: Tx, alarm: Alarm, firedLateMs: number, now: Instant): Promise<void> => {
  const { alarmId, siteId, roomId } = alarm;
  const { ladder, channels, hopMs } = await alarmTelling(context, tx, alarm, alarmKindOf(context, alarm.kind), alarm.severity, now);
  const step = { matter: { alarmId }, place: alarm, channels, ring: alarm.rings, round: alarm.round, now };
  const { reached, empty } = await climb(context, tx, step, escalation.find(() => ladder), alarm.hop);
  for (const rung of empty) {
    await addStep(tx, alarmId, { what: 'nobody_there', at: now, by: serverActor.id, hop: rung.hop, target: rung.targets.join(' ') });
    await noteNobody(context, tx, alarm, rung.targets, rung.hop);
  }
  const about = { siteId, roomId, actor: serverActor, subject: alarmId, at: now };
  if (reached !== null) {
    const { rung, told } = reached;
    await addStep(tx, alarmId, { what: 'escalated', at: now, by: serverActor.id, hop: rung.hop, target: rung.targets.join(' '), lateMs: firedLateMs, detail: { told: told.map(({ personId }) => personId) } });
    await saveAlarm(tx, { ...alarm, hop: rung.hop });
    await setDeadline(tx, { alarmId }, 'answer', hopMs, now);
    await context.ledger.append(tx, { ...about, event: events.alarmEscalated, body: { ...factOf(alarm), hop: rung.hop, target: targetWords(rung.targets, people.roleTitle), told, firedLateMs } });
    return;
  }
  await addStep(tx, alarmId, { what: 'unreached', at: now, by: serverActor.id, hop: ladder.length, lateMs: firedLateMs });
  await saveAlarm(tx, { ...alarm, hop: ladder.length, unreachedAt: now });
  await setDeadline(tx, { alarmId }, 'anew', await pauseOf(context, tx, alarm, now), now);
  await context.ledger.append(tx, { ...about, event: events.alarmUnreached, body: { ...factOf(alarm), hops: ladder.length, round: alarm.round, firedLateMs } });
};

/** The acknowledgement or the shelving ran out and the alarm is still open: it rings again from the first step. */
const ringAgain = async (context: NotificationsContext, tx: Tx, alarm: Alarm, firedLateMs: number, now: Instant): Promise<void> => {
  const rung = rungAgain(alarm, now);
  await addStep(tx, alarm.alarmId, { what: alarm.shelvedUntil === null ? 'rang_again' : 'unshelved', at: now, by: serverActor.id, lateMs: firedLateMs });
  await saveAlarm(tx, rung);
  const { answerMs } = await alarmTelling(context, tx, alarm, alarmKindOf(context, alarm.kind), alarm.severity, now);
  await setDeadline(tx, { alarmId: alarm.alarmId }, 'answer', answerMs, now);
  const about = { siteId: alarm.siteId, roomId: alarm.roomId, actor: serverActor, subject: alarm.alarmId, at: now };
  if (alarm.shelvedUntil === null) await context.ledger.append(tx, { ...about, event: events.alarmRangAgain, body: { ...factOf(alarm), rings: rung.rings, firedLateMs } });
  else await context.ledger.append(tx, { ...about, event: events.alarmUnshelved, body: { ...factOf(alarm), name: '', text: '', rings: rung.rings, firedLateMs } });
};

const fireAlarm = async (context: NotificationsContext, tx: Tx, due: DueDeadline, alarmId: string): Promise<void> => {
  const alarm = await lockAlarmById(tx, alarmId);
  const now = context.clock.now();
  const lateMs = await fireDeadline(tx, due.deadlineId, now);
  if (lateMs === null || alarm === null || alarm.closedAt !== null) return;
  if (due.what === 'again' || due.what === 'unshelve') await ringAgain(context, tx, alarm, lateMs, now);
  else await escalateAlarm(context, tx, due.what === 'anew' ? { ...alarm, hop: 0, round: alarm.round + 1 } : alarm, lateMs, now);
  await context.tellScreens(tx, 'notifications.alarms');
};

interface Next {
  rung: Rung;
  told: { personId: string; name: string }[];
}

/** For a matter of one receiver the same person is told again; else the next of the ladder. */
const nextOfSending = async (context: NotificationsContext, tx: Tx, sending: Sending, now: Instant): Promise<Next | null> => {
  const step = { matter: { sendingId: sending.sendingId }, place: sending, channels: sending.channels, ring: 1, round: sending.round, now };
  if (sending.ladder.length === 0) {
    const hop = sending.hop + 1;
    const told = await tellPeople(context, tx, { ...step, hop }, escalation.find(() => sending.first));
    return told.length === 0 ? null : { rung: { targets: sending.first, hop }, told };
  }
  const { reached, empty } = await climb(context, tx, step, escalation.find(() => sending.ladder), sending.hop);
  for (const rung of empty) await noteNobody(context, tx, sending, rung.targets, rung.hop);
  return reached;
};

const fireSending = async (context: NotificationsContext, tx: Tx, due: DueDeadline, sendingId: string): Promise<void> => {
  const found = await lockSending(tx, sendingId);
  const now = context.clock.now();
  const firedLateMs = await fireDeadline(tx, due.deadlineId, now);
  if (firedLateMs === null || found === null || found.answeredAt !== null || found.answerMs === null) return;
  const sending = due.what === 'anew' ? { ...found, hop: 0, round: found.round + 1 } : found;
  const about = { siteId: sending.siteId, roomId: sending.roomId, actor: serverActor, subject: sendingId, at: now };
  const next = await nextOfSending(context, tx, sending, now);
  if (next !== null) {
    await saveSending(tx, { ...sending, hop: next.rung.hop });
    await setDeadline(tx, { sendingId }, 'answer', found.answerMs, now);
    const body = { ...sendingFact(sending), hop: next.rung.hop, target: targetWords(next.rung.targets, people.roleTitle), told: next.told, firedLateMs };
    await context.ledger.append(tx, { ...about, event: events.noticeEscalated, body });
    return;
  }
  await saveSending(tx, { ...sending, hop: sending.ladder.length, unreachedAt: now });
  await setDeadline(tx, { sendingId }, 'anew', await pauseOf(context, tx, sending, now), now);
  await context.ledger.append(tx, { ...about, event: events.noticeUnreached, body: { ...sendingFact(sending), hops: sending.ladder.length, round: sending.round, firedLateMs } });
};

/** One pass; answers how many deadlines were looked at. One that breaks does not hold up the others. */
export const sweepDeadlines = async (context: NotificationsContext): Promise<number> => {
  const { database, clock, log } = context;
  const due = await dueDeadlines(database.db, clock.now(), atOnce);
  for (const one of due) {
    try {
      await database.transaction(async (tx) => {
        if (one.alarmId !== null) await fireAlarm(context, tx, one, one.alarmId);
        else if (one.sendingId !== null) await fireSending(context, tx, one, one.sendingId);
      });
    } catch (error) {
      log.error('a deadline could not be fired', { deadlineId: one.deadlineId, error });
    }
  }
  return due.length;
};

