/** Raises an alarm: one open one for each kind and subject, so that what comes twice is counted and rings once. */
import type { Severity } from '../../../../../contract/notifications.ts';
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { serverActor, type Actor } from '../../ledger/index.ts';
import { addStep, insertAlarm, lockOpenAlarm, saveAlarm, type NewAlarm } from '../alarm-store.ts';
import type { Alarm } from '../alarm.ts';
import type { NotificationsContext } from '../context.ts';
import { telling } from '../controls.ts';
import { setDeadline } from '../deadline-store.ts';
import { events } from '../events.ts';
import type { AlarmKind } from '../kinds.ts';
import { isAtConsole } from '../ladder.ts';
import { alarmTelling } from '../matrix.ts';
import { tellPeople } from '../tell.ts';

export interface AlarmToRaise {
  kind: string;
  siteId: string;
  roomId: string;
  /** Id of what it is about. */
  subject: string;
  body: unknown;
  /** When it happened. */
  at: Instant;
  cameraId?: string | null;
  /** Graver or lighter than the kind's own. */
  severity?: Severity;
  by?: Actor;
}

export const factOf = (alarm: Pick<Alarm, 'alarmId' | 'kind' | 'class' | 'title' | 'sentence'>) => ({ alarmId: alarm.alarmId, kind: alarm.kind, class: alarm.class, title: alarm.title, sentence: alarm.sentence });

export const alarmKindOf = (context: NotificationsContext, kind: string): AlarmKind => {
  const found = context.kinds.get(kind);
  if (found?.is !== 'alarm') throw new Error(`alarm kind ${kind} is not declared`);
  return found;
};

const again = async (context: NotificationsContext, tx: Tx, alarm: Alarm, raise: AlarmToRaise, by: Actor): Promise<void> => {
  const now = context.clock.now();
  const times = alarm.times + 1;
  await addStep(tx, alarm.alarmId, { what: 'again', at: now, by: by.id });
  await saveAlarm(tx, { ...alarm, times, lastAt: Math.max(alarm.lastAt, raise.at), clearedAt: null });
  // What was over has come back before anybody looked: it waits for an answer again.
  if (alarm.clearedAt !== null) await startWaiting(context, tx, alarm);
  await context.ledger.append(tx, { event: events.alarmRaisedAgain, siteId: alarm.siteId, roomId: alarm.roomId, actor: by, subject: alarm.alarmId, body: { ...factOf(alarm), times }, at: raise.at });
};

/** The answer is due after the limit of the matrix or of the class. */
export const startWaiting = async (context: NotificationsContext, tx: Tx, alarm: Pick<Alarm, 'alarmId' | 'siteId' | 'roomId' | 'kind' | 'severity'>): Promise<void> => {
  const now = context.clock.now();
  const { answerMs } = await alarmTelling(context, tx, alarm, alarmKindOf(context, alarm.kind), alarm.severity, now);
  await setDeadline(tx, { alarmId: alarm.alarmId }, 'answer', answerMs, now);
};

const tellAtOnce = async (context: NotificationsContext, tx: Tx, alarm: NewAlarm, kind: AlarmKind, clauses: readonly string[]): Promise<void> => {
  const now = context.clock.now();
  const { first, channels } = await alarmTelling(context, tx, alarm, kind, alarm.severity, now);
  const targets = telling.find(() => first.filter((target) => !isAtConsole(target)));
  if (targets.length === 0) return;
  const step = { matter: { alarmId: alarm.alarmId }, place: alarm, channels, ring: 1, hop: 0, round: 1, now };
  const told = await tellPeople(context, tx, step, targets);
  if (told.length === 0) return;
  await addStep(tx, alarm.alarmId, { what: 'escalated', at: now, by: serverActor.id, target: targets.join(' '), detail: { told: told.map(({ personId }) => personId) } });
  const body = { sendingId: alarm.alarmId, kind: alarm.kind, title: alarm.title, sentence: alarm.sentence, about: alarm.subject, severity: alarm.severity, told, channels: [...channels], answerSeconds: null };
  await context.ledger.append(tx, { event: events.noticeSent, siteId: alarm.siteId, roomId: alarm.roomId, actor: serverActor, subject: alarm.alarmId, body, at: now, clauses });
};

export const raiseAlarm = async (context: NotificationsContext, tx: Tx, raise: AlarmToRaise): Promise<string> => {
  const kind = alarmKindOf(context, raise.kind);
  const by = raise.by ?? serverActor;
  const body: unknown = kind.body.parse(raise.body);
  const open = await lockOpenAlarm(tx, raise.roomId, raise.kind, raise.subject);
  await context.tellScreens(tx, 'notifications.alarms');
  if (open !== null) {
    await again(context, tx, open, raise, by);
    return open.alarmId;
  }
  const alarm: NewAlarm = {
    alarmId: newId('alm', context.clock), siteId: raise.siteId, roomId: raise.roomId, kind: raise.kind, class: kind.class, severity: raise.severity ?? kind.severity, subject: raise.subject,
    cameraId: raise.cameraId ?? null, title: kind.title, sentence: kind.sentence(body), body, raisedAt: raise.at, enteredAt: context.clock.now(), raisedBy: by.id,
  };
  // Somebody else raised the same at the same moment: theirs is open by now.
  if (!(await insertAlarm(tx, alarm))) return raiseAlarm(context, tx, raise);
  await addStep(tx, alarm.alarmId, { what: 'raised', at: alarm.enteredAt, by: by.id });
  const fact = { ...factOf(alarm), about: alarm.subject, cameraId: alarm.cameraId, severity: alarm.severity };
  const clauses = await context.limits.cite(tx, alarm, kind.clauses, alarm.enteredAt);
  await context.ledger.append(tx, { event: events.alarmRaised, siteId: alarm.siteId, roomId: alarm.roomId, actor: by, subject: alarm.alarmId, body: fact, at: raise.at, clauses });
  await startWaiting(context, tx, alarm);
  await tellAtOnce(context, tx, alarm, kind, clauses);
  return alarm.alarmId;
};
