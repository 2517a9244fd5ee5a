/** A person acknowledges an alarm, or closes it. Both need words; of two at the same moment one decides and the other is told. */
import { minuteMs } from '../../../base/units.ts';
import type { Refusal } from '../../../base/refusal.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import { addStep, lockAlarm, saveAlarm } from '../alarm-store.ts';
import { lateBy, missingFindings, whyNotAcknowledge, whyNotClose, type Alarm, type Findings } from '../alarm.ts';
import type { NotificationsContext } from '../context.ts';
import { ackOnPost, findingsNeeded, lateness, textNeeded } from '../controls.ts';
import { cancelDeadline, setDeadline } from '../deadline-store.ts';
import { events } from '../events.ts';
import { ackValidMs, alarmTelling } from '../matrix.ts';
import { notificationsRefusals as refuse } from '../refusals.ts';
import { closeOver } from './clear-alarm.ts';
import { alarmKindOf, factOf } from './raise-alarm.ts';

export const requireText = (text: string): void => textNeeded.refuse(() => (text.trim() === '' ? refuse('text_needed', {}, { fields: [{ path: 'text', ...refuse('text_needed').sentence }] }) : null));

export const locked = async (tx: Tx, caller: Caller, alarmId: string): Promise<Alarm> => {
  const alarm = await lockAlarm(tx, caller.roomId, alarmId);
  if (alarm === null) throw refuse('alarm_unknown');
  return alarm;
};

/** Why this person does not acknowledge here and now; null: they may. */
export const whyNoPost = async (context: NotificationsContext, db: Db, caller: Caller): Promise<Refusal | null> =>
  caller.post === null && (await context.ackNeedsPost(db, caller, context.clock.now())) ? refuse('post_needed') : null;
const requirePost = async (context: NotificationsContext, tx: Tx, caller: Caller): Promise<void> => {
  const no = await whyNoPost(context, tx, caller);
  ackOnPost.refuse(() => no);
};

export const acknowledgeAlarm = async (context: NotificationsContext, tx: Tx, caller: Caller, alarmId: string, text: string): Promise<void> => {
  requireText(text);
  await requirePost(context, tx, caller);
  const alarm = await locked(tx, caller, alarmId);
  const no = whyNotAcknowledge(alarm);
  if (no !== null) throw no;
  const kind = alarmKindOf(context, alarm.kind);
  const now = context.clock.now();
  const { answerMs } = await alarmTelling(context, tx, alarm, kind, alarm.severity, alarm.ringsSince);
  const lateMs = lateness.find(() => [lateBy(alarm.ringsSince, answerMs, now)])[0] ?? 0;
  const validMs = await ackValidMs(context, tx, alarm, now);
  const until = now + validMs;
  const answered = { ...alarm, acknowledgedUntil: until, unreachedAt: null };
  await addStep(tx, alarmId, { what: 'acknowledged', at: now, by: caller.personId, text, lateMs, until });
  await saveAlarm(tx, answered);
  await setDeadline(tx, { alarmId }, 'again', validMs, now);
  const body = { ...factOf(alarm), name: caller.name, text, lateMs, lateMinutes: Math.ceil(lateMs / minuteMs), until };
  await context.ledger.append(tx, { event: events.alarmAcknowledged, siteId: alarm.siteId, roomId: alarm.roomId, actor: actorOf(caller), subject: alarmId, body, at: now });
  if (alarm.clearedAt !== null) await closeOver(context, tx, answered, actorOf(caller), text);
  await context.tellScreens(tx, 'notifications.alarms');
};

export interface Closing {
  verdict: 'real' | 'false';
  text: string;
  findings?: Findings | undefined;
}

export const closeAlarm = async (context: NotificationsContext, tx: Tx, caller: Caller, alarmId: string, closing: Closing): Promise<void> => {
  requireText(closing.text);
  const alarm = await locked(tx, caller, alarmId);
  const kind = alarmKindOf(context, alarm.kind);
  const no = whyNotClose(alarm, kind.clearsItself);
  if (no !== null) throw no;
  if (alarm.class === 'fire' && closing.verdict === 'false') {
    const missing = findingsNeeded.find(() => missingFindings(closing.findings));
    if (missing.length > 0) throw refuse('findings_needed', { zh: missing.map(({ zh }) => zh).join('、'), en: missing.map(({ en }) => en).join(', ') });
  }
  const now = context.clock.now();
  const findings = closing.findings ?? null;
  await addStep(tx, alarmId, { what: 'closed', at: now, by: caller.personId, text: closing.text, detail: { verdict: closing.verdict, findings } });
  await saveAlarm(tx, { ...alarm, closedAt: now });
  await cancelDeadline(tx, { alarmId }, now);
  const body = { ...factOf(alarm), verdict: closing.verdict, text: closing.text, findings };
  await context.ledger.append(tx, { event: events.alarmClosed, siteId: alarm.siteId, roomId: alarm.roomId, actor: actorOf(caller), subject: alarmId, body, at: now });
  await context.tellScreens(tx, 'notifications.alarms');
};
