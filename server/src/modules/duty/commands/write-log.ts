/** Lines of the log: written by people, or by the machine. Under the lock of the log, in the open shift; one is opened when there is none. */
import type { EntryType } from '../../../../../contract/duty.ts';
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Sentence } from '../../../base/refusal.ts';
import { minuteMs, secondMs } from '../../../base/units.ts';
import { actorOf, type Caller } from '../../../mechanisms/identity/index.ts';
import { serverActor, type Actor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { DutyContext, Place } from '../context.ts';
import { lateMark } from '../controls.ts';
import { findEntry, insertEntry, struckOf, type Entry } from '../entry-store.ts';
import { events } from '../events.ts';
import { abnormality } from '../kinds.ts';
import { dutyRefusals as refuse } from '../refusals.ts';
import { insertShift, lockLog, openShift, type Shift } from '../shift-store.ts';

export const ensureShift = async (context: DutyContext, tx: Tx, place: Place, actor: Actor): Promise<Shift> => {
  await lockLog(tx, place.roomId);
  const open = await openShift(tx, place.roomId);
  if (open !== null) return open;
  const shiftId = newId('shf', context.clock);
  const at = context.clock.now();
  const number = await insertShift(tx, { shiftId, ...place, by: actor.id, at });
  await context.ledger.append(tx, { event: events.shiftOpened, ...place, actor, subject: shiftId, body: { shiftId, number }, at });
  const opened = await openShift(tx, place.roomId);
  if (opened === null) throw new Error('the shift that was opened is not there');
  return opened;
};

export interface NewEntry {
  type: EntryType;
  text: Sentence;
  eventAt: Instant;
  actor: Actor;
  /** Whose words these are. */
  source: 'person' | 'system';
  cameraId?: string | null;
  subject?: string | null;
  needsWords?: boolean;
  corrects?: string | null;
  strikes?: boolean;
}

/** How late a line comes, ms, where that is more than the room allows; 0: in time. Pure. */
export const latenessOf = (eventAt: Instant, enteredAt: Instant, allowedMs: number): number => (enteredAt - eventAt > allowedMs ? enteredAt - eventAt : 0);

const longestText = 2_000;
const fitting = (text: string): string => text.slice(0, longestText);

/** Notes a line and its fact. The machine is never late: what it notes stands at once or when the server is back. */
export const note = async (context: DutyContext, tx: Tx, place: Place, entry: NewEntry): Promise<string> => {
  const shift = await ensureShift(context, tx, place, serverActor);
  const enteredAt = context.clock.now();
  const allowedMs = (await context.number(tx, place, 'log_entry_max_delay_minutes', enteredAt)) * minuteMs;
  const lateMs = entry.source === 'system' ? 0 : (lateMark.find(() => [latenessOf(entry.eventAt, enteredAt, allowedMs)])[0] ?? 0);
  const entryId = newId('ent', context.clock);
  const { type, eventAt, source, subject = null, corrects = null, strikes = false } = entry;
  const text = { zh: fitting(entry.text.zh), en: fitting(entry.text.en) };
  const { shiftId } = shift;
  const number = await insertEntry(tx, { entryId, shiftId, roomId: place.roomId, type, eventAt, enteredAt, by: entry.actor.id, source, text, lateMs, cameraId: entry.cameraId ?? null, subject, needsWords: entry.needsWords ?? false, corrects, strikes });
  const body = { entryId, shiftId, number, type, eventAt, source, text, lateMs, subject, corrects, strikes };
  await context.ledger.append(tx, { event: events.entryMade, ...place, actor: entry.actor, subject: entryId, body, at: enteredAt });
  await context.tellScreens(tx, 'duty.log');
  return entryId;
};

/** Clocks of browsers may run ahead a little. */
const aheadMs = 5 * secondMs;
export const eventTime = (context: DutyContext, at: Instant | undefined): Instant => {
  const now = context.clock.now();
  if (at !== undefined && at > now + aheadMs) throw refuse('time_wrong', {}, { fields: [{ path: 'eventAt', ...refuse('time_wrong').sentence }] });
  return Math.min(at ?? now, now);
};
export const requireWords = (text: string): void => {
  if (text.trim() === '') throw refuse('text_needed', {}, { fields: [{ path: 'text', ...refuse('text_needed').sentence }] });
};
export const requireCamera = async (context: DutyContext, tx: Tx, roomId: string, cameraId: string | null | undefined): Promise<void> => {
  if (cameraId != null && (await context.cameraName(tx, roomId, cameraId)) === null) throw refuse('camera_unknown');
};

export interface WrittenEntry {
  type: EntryType;
  text: string;
  eventAt?: Instant | undefined;
  cameraId?: string | null | undefined;
  subject?: string | null | undefined;
  report: boolean;
}

export const addEntry = async (context: DutyContext, tx: Tx, caller: Caller, form: WrittenEntry): Promise<string> => {
  requireWords(form.text);
  const eventAt = eventTime(context, form.eventAt);
  const { siteId, roomId } = caller;
  await requireCamera(context, tx, roomId, form.cameraId);
  const text = { zh: form.text, en: form.text };
  const entryId = await note(context, tx, { siteId, roomId }, { type: form.type, text, eventAt, actor: actorOf(caller), source: 'person', cameraId: form.cameraId ?? null, subject: form.subject ?? null });
  if (form.report) await context.notices.send(tx, { kind: abnormality.kind, siteId, roomId, subject: entryId, body: { what: caller.name, text: form.text }, at: eventAt, by: actorOf(caller) });
  return entryId;
};

/** Nothing is edited: an addendum or a correction is a line of its own that names the other. */
export const addAddendum = async (context: DutyContext, tx: Tx, caller: Caller, entryId: string, form: { text: string; strike: boolean }): Promise<string> => {
  requireWords(form.text);
  const { siteId, roomId } = caller;
  await lockLog(tx, roomId);
  const entry: Entry | null = await findEntry(tx, roomId, entryId);
  if (entry === null) throw refuse('entry_unknown');
  const shift = await openShift(tx, roomId);
  if (form.strike && entry.shiftId !== shift?.shiftId) throw refuse('entry_of_signed_shift');
  if (form.strike && (await struckOf(tx, [entryId])).has(entryId)) throw refuse('already_struck');
  const text = { zh: form.text, en: form.text };
  return note(context, tx, { siteId, roomId }, { type: entry.type, text, eventAt: context.clock.now(), actor: actorOf(caller), source: 'person', cameraId: entry.cameraId, subject: entry.subject, corrects: entryId, strikes: form.strike });
};
