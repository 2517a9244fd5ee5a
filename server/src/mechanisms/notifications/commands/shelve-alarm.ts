/** Puts an alarm aside: until when, why and by whom; for a shift at most, never one that calls for help. It comes back by itself, or when a person brings it back. */
import type { Instant } from '../../../base/clock.ts';
import { hourMs } from '../../../base/units.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import { addStep, saveAlarm } from '../alarm-store.ts';
import { rungAgain, whyNotShelve } from '../alarm.ts';
import type { NotificationsContext } from '../context.ts';
import { shelfLimit } from '../controls.ts';
import { setDeadline } from '../deadline-store.ts';
import { events } from '../events.ts';
import type { Place } from '../limits.ts';
import { notificationsRefusals as refuse } from '../refusals.ts';
import { locked, requireText } from './answer-alarm.ts';
import { factOf, startWaiting } from './raise-alarm.ts';

/** 11-23 11:07 */
const clock = (at: Instant, timeZone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at).slice(5);

/** The end of the shift that is on; where none is written down, the longest shift. */
export const latestShelving = async (context: NotificationsContext, db: Db, place: Place, now: Instant): Promise<Instant> => {
  const longest = now + (await context.limits.number(db, place, 'max_shift_hours', now)) * hourMs;
  return Math.min(longest, (await context.shiftEnd(db, place, now)) ?? longest);
};

export const shelveAlarm = async (context: NotificationsContext, tx: Tx, caller: Caller, alarmId: string, form: { until: Instant; text: string }): Promise<void> => {
  requireText(form.text);
  const alarm = await locked(tx, caller, alarmId);
  const no = whyNotShelve(alarm);
  if (no !== null) throw no;
  const now = context.clock.now();
  const timeZone = await context.timeZone(tx);
  const latest = await latestShelving(context, tx, alarm, now);
  const wrong = refuse('shelf_limit', { until: clock(latest, timeZone) }, { fields: [{ path: 'until', ...refuse('shelf_limit', { until: clock(latest, timeZone) }).sentence }] });
  if (form.until <= now) throw wrong;
  shelfLimit.refuse(() => (form.until > latest ? wrong : null));
  const { until, text } = form;
  await addStep(tx, alarmId, { what: 'shelved', at: now, by: caller.personId, text, until });
  await saveAlarm(tx, { ...alarm, acknowledgedUntil: null, shelvedUntil: until, unreachedAt: null });
  await setDeadline(tx, { alarmId }, 'unshelve', until - now, now);
  const body = { ...factOf(alarm), name: caller.name, text, until, untilText: clock(until, timeZone) };
  await context.ledger.append(tx, { event: events.alarmShelved, siteId: alarm.siteId, roomId: alarm.roomId, actor: actorOf(caller), subject: alarmId, body, at: now });
  await context.tellScreens(tx, 'notifications.alarms');
};

export const unshelveAlarm = async (context: NotificationsContext, tx: Tx, caller: Caller, alarmId: string, text: string): Promise<void> => {
  requireText(text);
  const alarm = await locked(tx, caller, alarmId);
  if (alarm.closedAt !== null) throw refuse('alarm_closed');
  if (alarm.shelvedUntil === null) throw refuse('not_shelved');
  const now = context.clock.now();
  const rung = rungAgain(alarm, now);
  await addStep(tx, alarmId, { what: 'unshelved', at: now, by: caller.personId, text });
  await saveAlarm(tx, rung);
  await startWaiting(context, tx, alarm);
  const body = { ...factOf(alarm), name: caller.name, text, rings: rung.rings, firedLateMs: 0 };
  await context.ledger.append(tx, { event: events.alarmUnshelved, siteId: alarm.siteId, roomId: alarm.roomId, actor: actorOf(caller), subject: alarmId, body, at: now });
  await context.tellScreens(tx, 'notifications.alarms');
};
