/** What the alarm is about is over. It stays in the list, quiet, until somebody has acknowledged it. */
import type { OverNote } from '../../../../../contract/alarm-notes.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { serverActor, type Actor } from '../../ledger/index.ts';
import { addStep, lockOpenAlarm, saveAlarm } from '../alarm-store.ts';
import { stateOf, type Alarm } from '../alarm.ts';
import type { NotificationsContext } from '../context.ts';
import { cancelDeadline } from '../deadline-store.ts';
import { events } from '../events.ts';
import { factOf } from './raise-alarm.ts';

export interface AlarmToClear {
  kind: string;
  subject: string;
  at: Instant;
  /** Why it is over; may be empty. */
  note: OverNote | '';
  /** Without it wherever it is open. */
  roomId?: string;
}

/** Over and acknowledged is closed: nobody has to do it by hand. */
export const closeOver = async (context: NotificationsContext, tx: Tx, alarm: Alarm, by: Actor, text: string): Promise<void> => {
  const now = context.clock.now();
  await addStep(tx, alarm.alarmId, { what: 'closed', at: now, by: by.id });
  await saveAlarm(tx, { ...alarm, closedAt: now });
  await cancelDeadline(tx, { alarmId: alarm.alarmId }, now);
  const body = { ...factOf(alarm), verdict: 'over', text, findings: null };
  await context.ledger.append(tx, { event: events.alarmClosed, siteId: alarm.siteId, roomId: alarm.roomId, actor: by, subject: alarm.alarmId, body, at: now });
};

export const clearAlarm = async (context: NotificationsContext, tx: Tx, clear: AlarmToClear): Promise<void> => {
  const alarm = await lockOpenAlarm(tx, clear.roomId ?? null, clear.kind, clear.subject);
  if (alarm === null || alarm.clearedAt !== null) return;
  const now = context.clock.now();
  const cleared = { ...alarm, clearedAt: Math.max(alarm.raisedAt, clear.at) };
  await addStep(tx, alarm.alarmId, { what: 'cleared', at: now, by: serverActor.id, text: clear.note });
  await saveAlarm(tx, cleared);
  // Nobody needs to be woken for what is over.
  await cancelDeadline(tx, { alarmId: alarm.alarmId }, now);
  await context.ledger.append(tx, { event: events.alarmCleared, siteId: alarm.siteId, roomId: alarm.roomId, actor: serverActor, subject: alarm.alarmId, body: { ...factOf(alarm), note: clear.note }, at: clear.at });
  // Somebody has looked at it: with words, or by putting it aside.
  if (stateOf(alarm) !== 'waiting') await closeOver(context, tx, cleared, serverActor, clear.note);
  await context.tellScreens(tx, 'notifications.alarms');
};
