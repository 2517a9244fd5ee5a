/** Sections are confirmed over what the machine measured; the shift is signed over everything that stands in it, and read by a leader. */
import { createHash } from 'node:crypto';
import type { SectionName } from '../../../../../contract/duty.ts';
import { canonicalize } from '../../../../../formats/canonical-json/index.ts';
import { actorOf, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { writeCarried } from '../carried.ts';
import type { DutyContext } from '../context.ts';
import { hazards } from '../controls.ts';
import { entriesOf } from '../entry-store.ts';
import { events } from '../events.ts';
import { measuredNow } from '../measured.ts';
import { missingOf } from '../missing.ts';
import { dutyRefusals as refuse } from '../refusals.ts';
import { pointsOf, sectionRules } from '../sections.ts';
import { answersOf, closeShiftRow, findShift, insertAnswer, insertReview, lockLog, openShift, signOnsBetween, type Shift } from '../shift-store.ts';
import { openThread } from './threads.ts';
import { ensureShift, requireWords } from './write-log.ts';

export const answerSection = async (context: DutyContext, tx: Tx, caller: Caller, section: SectionName, form: { text: string; checks: Record<string, boolean> }): Promise<void> => {
  requireWords(form.text);
  const { siteId, roomId, personId } = caller;
  const { missing, wrong } = pointsOf(section, form.checks);
  if (missing.length > 0) throw refuse('points_missing', { zh: missing.map(({ zh }) => zh).join('、'), en: missing.map(({ en }) => en).join(', ') });
  const shift = await ensureShift(context, tx, { siteId, roomId }, actorOf(caller));
  const seen = (await measuredNow(context, tx, shift))[section];
  const at = context.clock.now();
  const known = new Set(sectionRules[section].points.map(({ key }) => key));
  const checks = Object.fromEntries(Object.entries(form.checks).filter(([key]) => known.has(key)));
  await insertAnswer(tx, { shiftId: shift.shiftId, section, at, by: personId, text: form.text, checks, seen });
  const { title } = sectionRules[section];
  await context.ledger.append(tx, { event: events.sectionConfirmed, siteId, roomId, actor: actorOf(caller), subject: shift.shiftId, body: { shiftId: shift.shiftId, section, title, text: form.text, checks, measured: seen }, at });
  for (const point of hazards.find(() => wrong)) await openThread(context, tx, { siteId, roomId }, actorOf(caller), { kind: 'hazard', grade: 'B', what: `不合格：${point.zh}`, text: form.text });
  await context.tellScreens(tx, 'duty.log');
};

const mostLines = 10_000;

/** Hex of SHA-256 over all that is signed: lines, sections, who was on post. */
const digestOf = async (tx: Tx, shift: Shift): Promise<{ digest: string; lines: number }> => {
  const lines = (await entriesOf(tx, shift.roomId, { shiftId: shift.shiftId, limit: mostLines })).reverse();
  const sections = await answersOf(tx, shift.shiftId);
  const onPost = await signOnsBetween(tx, shift.roomId, shift.openedAt, Number.MAX_SAFE_INTEGER / 2);
  const signed: unknown = JSON.parse(JSON.stringify({ shiftId: shift.shiftId, number: shift.number, lines, sections, onPost: onPost.map(({ post, personId, onAt }) => ({ post, personId, onAt })) }));
  return { digest: createHash('sha256').update(canonicalize(signed)).digest('hex'), lines: lines.length };
};

/** Refused with the names of what is missing. The next shift is open at once: the room has a log at every moment. */
export const closeShift = async (context: DutyContext, tx: Tx, caller: Caller, remark: string): Promise<{ shiftId: string; digest: string }> => {
  const { siteId, roomId, personId, name } = caller;
  await lockLog(tx, roomId);
  const shift = await openShift(tx, roomId);
  if (shift === null) throw refuse('no_shift');
  const missing = await missingOf(context, tx, shift);
  if (missing.length > 0) throw refuse('sections_blank', { zh: missing.map(({ zh }) => zh).join('；'), en: missing.map(({ en }) => en).join('; ') });
  await writeCarried(context, tx, { siteId, roomId });
  const { digest, lines } = await digestOf(tx, shift);
  const at = context.clock.now();
  await closeShiftRow(tx, shift.shiftId, { at, by: personId, remark, digest });
  const { shiftId, number } = shift;
  await context.ledger.append(tx, { event: events.shiftClosed, siteId, roomId, actor: actorOf(caller), subject: shiftId, body: { shiftId, number, name, remark, digest, entries: lines }, at });
  await ensureShift(context, tx, { siteId, roomId }, actorOf(caller));
  await context.tellScreens(tx, 'duty.log');
  return { shiftId, digest };
};

export const reviewShift = async (context: DutyContext, tx: Tx, caller: Caller, shiftId: string, remark: string): Promise<void> => {
  const { siteId, roomId, personId, name } = caller;
  const shift = await findShift(tx, roomId, shiftId);
  if (shift?.closedAt == null) throw refuse('shift_unknown');
  if (shift.closedBy === personId) throw refuse('own_shift');
  const at = context.clock.now();
  if (!(await insertReview(tx, { shiftId, at, by: personId, remark }))) throw refuse('reviewed');
  await context.ledger.append(tx, { event: events.shiftReviewed, siteId, roomId, actor: actorOf(caller), subject: shiftId, body: { shiftId, number: shift.number, name, remark }, at });
  await context.tellScreens(tx, 'duty.log');
};

