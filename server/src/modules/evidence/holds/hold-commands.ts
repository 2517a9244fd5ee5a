/** Placing, confirming, extending and ending holds. Each is a row and a fact in the transaction of whoever calls. */
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { dayMs, hourMs, secondMs } from '../../../base/units.ts';
import { questions as people } from '../../../mechanisms/identity/index.ts';
import { serverActor, type Actor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { HoldsContext, Place } from './context.ts';
import { events } from './events.ts';
import { cameraHours, quotaSecondsOf, sharePercent, stateOf, type Hold, type HoldEnd } from './hold.ts';
import { confirmRow, endRow, extendRow, givenQuota, heldSpans, holdsOfRequest, insertHold, insertQuota, lockHold, lockHoldOf, lockHolds, markReviewTold, provisionalSeconds, reviewsDue, undecided } from './hold-store.ts';
import { reviewDue, undecidedEnded } from './notices.ts';
import { holdRefusals as refuse } from './refusals.ts';
import { holdDeciders } from './verbs.ts';

const hourSeconds = hourMs / secondMs;
const longestQuotaDays = 31;
const mostExtraHours = 24 * 14;

export interface NewHold extends Place {
  requestId: string;
  requesterId: string;
  cameraIds: readonly string[];
  from: Instant;
  until: Instant;
  reason: string;
  actor: Actor;
}

const spansOf = ({ cameraIds, from, until }: Pick<Hold, 'cameraIds' | 'from' | 'until'>) => cameraIds.map((cameraId) => ({ cameraId, from, until }));

const spanFact = async (context: HoldsContext, tx: Tx, hold: Pick<Hold, 'cameraIds' | 'from' | 'until'>) => {
  const names = await context.footage.cameraNames(tx, hold.cameraIds);
  return { cameraIds: [...hold.cameraIds], cameras: hold.cameraIds.map((id) => names.get(id) ?? id).join('、'), from: hold.from, until: hold.until };
};

const words = (text: string): string => {
  const kept = text.trim();
  if (kept === '') throw refuse('hold_reason_needed');
  return kept;
};

const deciderTitles = () => {
  const titles = holdDeciders.map((role) => people.roleTitle(role));
  return { whoZh: titles.map(({ zh }) => zh).join('、'), whoEn: titles.map(({ en }) => en).join(' or ') };
};

const checkQuota = async (context: HoldsContext, tx: Tx, hold: NewHold, now: Instant): Promise<void> => {
  const base = (await context.rules(tx, hold, now)).number('hold_quota_camera_hours');
  const quota = Math.max(base, (await givenQuota(tx, hold.roomId, hold.requesterId, now)) ?? 0);
  const used = await provisionalSeconds(tx, hold.roomId, hold.requesterId);
  const asked = quotaSecondsOf(hold);
  if (used + asked > quota * hourSeconds) throw refuse('hold_quota', { used: cameraHours(used), asked: cameraHours(asked), quota, ...deciderTitles() });
};

const write = async (context: HoldsContext, tx: Tx, hold: NewHold, more: Pick<Hold, 'decideBy'> & Partial<Hold>): Promise<string> => {
  const holdId = newId('hld', context.clock);
  const { requestId, siteId, roomId, requesterId, from, until } = hold;
  const made = { confirmedAt: null, confirmedBy: null, ownerId: null, reviewAt: null, space: '', reason: hold.reason, ...more };
  await insertHold(tx, {
    holdId, requestId, siteId, roomId, requesterId, cameraIds: hold.cameraIds, from, until, quotaSeconds: quotaSecondsOf(hold), placedAt: context.clock.now(), placedBy: hold.actor.id,
    reviewToldAt: null, endedAt: null, endedBy: null, endedHow: null, endedNote: null, ...made,
  });
  return holdId;
};

/** At the submission of a request, in its transaction. The lock comes first: what a deletion has not decided by now stays. */
export const place = async (context: HoldsContext, tx: Tx, hold: NewHold): Promise<string> => {
  await lockHolds(tx);
  const now = context.clock.now();
  await checkQuota(context, tx, hold, now);
  const decideBy = now + (await context.rules(tx, hold, now)).number('hold_undecided_hours') * hourMs;
  const reason = words(hold.reason);
  const holdId = await write(context, tx, hold, { decideBy, reason });
  const size = await context.footage.touched(tx, spansOf(hold));
  const { requestId, siteId, roomId, actor } = hold;
  await context.ledger.append(tx, { event: events.placed, siteId, roomId, actor, subject: holdId, body: { holdId, requestId, ...(await spanFact(context, tx, hold)), ...size, reason, decideBy }, at: now });
  await context.tellScreens(tx, 'evidence.holds');
  return holdId;
};

export interface Confirmation {
  reason: string;
  ownerId: string;
  reviewAt: Instant;
  /** Where room was made, when held footage takes more than its share. */
  space?: string;
  actor: Actor;
}

const checkReview = async (context: HoldsContext, tx: Tx, where: Place, reviewAt: Instant, now: Instant): Promise<void> => {
  const days = (await context.rules(tx, where, now)).number('hold_review_days');
  if (reviewAt <= now || reviewAt > now + days * dayMs) throw refuse('hold_review_wrong', { days }, { fields: [{ path: 'reviewAt', zh: '请另选日期', en: 'choose another date' }] });
};

/** Share of the storage that all confirmed holds take with this one; refused beyond the limit unless room was named. */
const checkShare = async (context: HoldsContext, tx: Tx, hold: Hold, space: string, now: Instant): Promise<number | null> => {
  const others = await heldSpans(tx, hold.siteId, { confirmed: true });
  const { sizeBytes } = await context.footage.touched(tx, [...others, ...spansOf(hold)]);
  const percent = sharePercent(sizeBytes, context.storageBytes());
  const share = (await context.rules(tx, hold, now)).number('hold_share_percent');
  if (percent !== null && percent > share && space === '') throw refuse('hold_space', { percent, share }, { fields: [{ path: 'space', zh: '请写明在哪里腾出空间', en: 'say where room was made' }] });
  return percent;
};

export const confirmHold = async (context: HoldsContext, tx: Tx, hold: Hold, given: Confirmation): Promise<string> => {
  const now = context.clock.now();
  const { holdId, requestId, siteId, roomId } = hold;
  const reason = words(given.reason);
  const space = (given.space ?? '').trim();
  await checkReview(context, tx, hold, given.reviewAt, now);
  const [owner] = await people.peopleStanding(tx, hold, [given.ownerId], now);
  if (owner === undefined || !owner.active) throw refuse('hold_owner_unknown', {}, { fields: [{ path: 'ownerId', zh: '请另选负责人', en: 'choose another owner' }] });
  const percent = await checkShare(context, tx, hold, space, now);
  await confirmRow(tx, holdId, { reason, ownerId: given.ownerId, reviewAt: given.reviewAt, space, by: given.actor.id, at: now });
  const size = await context.footage.touched(tx, spansOf(hold));
  const body = { holdId, requestId, ...(await spanFact(context, tx, hold)), ...size, reason, ownerId: given.ownerId, owner: owner.name, reviewAt: given.reviewAt, sharePercent: percent, space };
  await context.ledger.append(tx, { event: events.confirmed, siteId, roomId, actor: given.actor, subject: holdId, body, at: now });
  await context.tellScreens(tx, 'evidence.holds');
  return holdId;
};

/** With the approval of the request. One that was confirmed before stays as it is; one that ended undecided is placed again for what is left. */
export const confirm = async (context: HoldsContext, tx: Tx, given: Confirmation & { requestId: string }): Promise<string> => {
  await lockHolds(tx);
  const last = (await lockHoldOf(tx, given.requestId)) ?? (await holdsOfRequest(tx, given.requestId)).at(-1);
  if (last === undefined) throw refuse('hold_unknown');
  if (stateOf(last) === 'confirmed') return last.holdId;
  const now = context.clock.now();
  const latest = now + (await context.rules(tx, last, now)).number('hold_review_days') * dayMs;
  if (last.endedAt !== null) await write(context, tx, { ...last, actor: given.actor }, { decideBy: now });
  const standing = await lockHoldOf(tx, given.requestId);
  if (standing === null) throw refuse('hold_unknown');
  return confirmHold(context, tx, standing, { ...given, reviewAt: Math.min(given.reviewAt, latest) });
};

export const endHold = async (context: HoldsContext, tx: Tx, hold: Hold, end: { how: HoldEnd; note: string; actor: Actor }): Promise<void> => {
  const now = context.clock.now();
  await endRow(tx, hold.holdId, { how: end.how, note: end.note, by: end.actor.id, at: now });
  const { holdId, requestId, siteId, roomId } = hold;
  const body = { holdId, requestId, ...(await spanFact(context, tx, hold)), how: end.how, note: end.note };
  await context.ledger.append(tx, { event: events.ended, siteId, roomId, actor: end.actor, subject: holdId, body, at: now });
  await context.tellScreens(tx, 'evidence.holds');
};

const known: readonly string[] = ['rejected', 'withdrawn', 'undecided', 'released'] satisfies HoldEnd[];
const isEnd = (text: string): text is HoldEnd => known.includes(text);

/** With the end of the request: `why` is one of the known ends, or words. Where nothing is held any more nothing happens. */
export const release = async (context: HoldsContext, tx: Tx, given: { requestId: string; why: string; actor: Actor }): Promise<void> => {
  const hold = await lockHoldOf(tx, given.requestId);
  if (hold === null) return;
  await endHold(context, tx, hold, isEnd(given.why) ? { how: given.why, note: '', actor: given.actor } : { how: 'released', note: given.why, actor: given.actor });
};

/** A hold of the room by its id, for an act on the page. */
export const standingHold = async (tx: Tx, roomId: string, holdId: string): Promise<Hold> => {
  const hold = await lockHold(tx, roomId, holdId);
  if (hold === null) throw refuse('hold_unknown');
  if (stateOf(hold) === 'ended') throw refuse('hold_over');
  return hold;
};

export const releaseByPerson = async (context: HoldsContext, tx: Tx, where: Place, given: { holdId: string; reason: string; actor: Actor }): Promise<void> => {
  const hold = await standingHold(tx, where.roomId, given.holdId);
  await endHold(context, tx, hold, { how: 'released', note: words(given.reason), actor: given.actor });
};

export const confirmByPerson = async (context: HoldsContext, tx: Tx, where: Place, given: Confirmation & { holdId: string }): Promise<void> => {
  await lockHolds(tx);
  const hold = await standingHold(tx, where.roomId, given.holdId);
  if (hold.confirmedAt !== null) throw refuse('hold_confirmed');
  await confirmHold(context, tx, hold, given);
};

/** More time to decide for a provisional hold, a later review for a confirmed one. */
export const extend = async (context: HoldsContext, tx: Tx, where: Place, given: { holdId: string; until: Instant; reason: string; actor: Actor }): Promise<void> => {
  const hold = await standingHold(tx, where.roomId, given.holdId);
  const now = context.clock.now();
  const reason = words(given.reason);
  const isProvisional = hold.confirmedAt === null;
  const before = (isProvisional ? hold.decideBy : hold.reviewAt) ?? now;
  if (isProvisional) {
    if (given.until <= Math.max(before, now) || given.until > Math.max(before, now) + mostExtraHours * hourMs) throw refuse('hold_decide_wrong', { hours: mostExtraHours }, { fields: [{ path: 'until', zh: '请另选期限', en: 'choose another limit' }] });
    await extendRow(tx, hold.holdId, { decideBy: given.until });
  } else {
    await checkReview(context, tx, where, given.until, now);
    await extendRow(tx, hold.holdId, { reviewAt: given.until });
  }
  const { holdId, requestId, siteId, roomId } = hold;
  const body = { holdId, requestId, what: isProvisional ? 'decide_by' : 'review_at', before, after: given.until, reason };
  await context.ledger.append(tx, { event: events.extended, siteId, roomId, actor: given.actor, subject: holdId, body, at: now });
  await context.tellScreens(tx, 'evidence.holds');
};

export const giveQuota = async (context: HoldsContext, tx: Tx, where: Place, given: { personId: string; cameraHours: number; validUntil: Instant; reason: string; actor: Actor }): Promise<void> => {
  const now = context.clock.now();
  const reason = words(given.reason);
  if (given.validUntil <= now || given.validUntil > now + longestQuotaDays * dayMs) throw refuse('hold_quota_wrong', { days: longestQuotaDays });
  const [person] = await people.peopleStanding(tx, where, [given.personId], now);
  if (person === undefined) throw refuse('hold_owner_unknown');
  await insertQuota(tx, { ...given, roomId: where.roomId, reason, by: given.actor.id, at: now });
  const { personId, cameraHours: hours, validUntil } = given;
  await context.ledger.append(tx, { event: events.quotaGiven, ...where, actor: given.actor, subject: personId, body: { personId, name: person.name, cameraHours: hours, validUntil, reason }, at: now });
  await context.tellScreens(tx, 'evidence.holds');
};

/** Each minute: what nobody decided in time ends, and those who could have decided are told; owners are told of reviews. */
export const sweepHolds = (context: HoldsContext): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    for (const hold of await undecided(tx, now)) {
      await endHold(context, tx, hold, { how: 'undecided', note: '', actor: serverActor });
      const { cameras } = await spanFact(context, tx, hold);
      await context.notices().send(tx, { kind: undecidedEnded.kind, siteId: hold.siteId, roomId: hold.roomId, subject: hold.holdId, body: { number: hold.number, cameras } });
    }
    for (const hold of await reviewsDue(tx, now)) {
      const { holdId, requestId, siteId, roomId, ownerId, reviewAt, number } = hold;
      if (ownerId === null || reviewAt === null) continue;
      await markReviewTold(tx, holdId, now);
      await context.ledger.append(tx, { event: events.reviewDue, siteId, roomId, actor: serverActor, subject: holdId, body: { holdId, requestId, reviewAt, ownerId }, at: now });
      const { cameras } = await spanFact(context, tx, hold);
      await context.notices().send(tx, { kind: reviewDue.kind, siteId, roomId, subject: holdId, body: { number, cameras }, to: { personIds: [ownerId] } });
    }
  });
