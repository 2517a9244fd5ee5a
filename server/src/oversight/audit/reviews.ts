/** Reviews of the acts by those who manage the room: who signed that they looked at which period, and which months nobody has looked at. */
import type { listReviews, signReview } from '../../../../contract/audit.ts';
import type { z } from 'zod';
import type { Period } from '../../base/judge.ts';
import { actorOf, type Caller } from '../../mechanisms/identity/index.ts';
import type { ToldFact } from '../../mechanisms/ledger/index.ts';
import { placeOf, type AuditContext } from './context.ts';
import { reviewAfterReading } from './controls.ts';
import { reviewSigned } from './events.ts';
import { isCovered, monthsOver } from './months.ts';
import { auditRefusals } from './refusals.ts';

const mostFacts = 1_000;
const mostMonths = 24;
/** The clauses that a signed review is evidence of. */
const reviewClauses = ['TEN-10.4', 'ART-13.1.5'];

const periodIn = (fact: ToldFact): Period | null => {
  const { from, until } = fact.body;
  return typeof from === 'number' && typeof until === 'number' ? { from, until } : null;
};

const signed = async (context: AuditContext, siteId: string): Promise<ToldFact[]> => context.questions.facts(context.database.db, { siteId, kind: reviewSigned.kind, limit: mostFacts });

export const viewReviews = async (context: AuditContext, caller: Caller): Promise<z.input<typeof listReviews.response>> => {
  const { db } = context.database;
  const { siteId } = caller;
  const facts = await signed(context, siteId);
  const names = await context.namesOf(db, [...new Set(facts.map((fact) => fact.actor.id))]);
  const periods = facts.flatMap((fact) => periodIn(fact) ?? []);
  const [opening] = await context.questions.facts(db, { siteId, kind: 'ledger.opened', limit: 1 });
  const months = opening === undefined ? [] : monthsOver(opening.at, context.clock.now(), await context.timeZone(db), mostMonths);
  return {
    reviews: facts.map((fact) => {
      const body = reviewSigned.body.safeParse({ ...fact.body, note: typeof fact.body['note'] === 'string' ? fact.body['note'] : '' });
      if (!body.success) throw new Error(`fact ${fact.seq} is no review`);
      const { from, until, outcome, note, acts, method } = body.data;
      return { seq: fact.seq, from, until, outcome, note, acts, method, signedAt: fact.at, by: names.get(fact.actor.id) ?? fact.actor.id };
    }),
    due: months.filter((month) => !isCovered(month, periods)),
  };
};

/** Whether this person has asked for all acts of the period, unfiltered: a review of what nobody looked at is worth nothing. */
const hasRead = async (context: AuditContext, caller: Caller, { from, until }: Period): Promise<boolean> => {
  const reads = await context.questions.facts(context.database.db, { siteId: caller.siteId, kind: 'audit.acts_read', actorId: caller.personId, from: until, limit: mostFacts });
  return reads.some(({ body }) => {
    const narrowed = ['personId', 'cameraId', 'group', 'kind', 'text', 'seqs'].some((name) => body[name] !== null);
    const begins = typeof body['from'] === 'number' ? body['from'] : 0;
    const ends = typeof body['until'] === 'number' ? body['until'] : Number.MAX_SAFE_INTEGER;
    return !narrowed && begins <= from && ends >= until;
  });
};

export const signPeriod = async (context: AuditContext, caller: Caller, { from, until, outcome, note }: z.output<typeof signReview.body>): Promise<{ seq: number }> => {
  const { siteId, roomId } = caller;
  const now = context.clock.now();
  if (until <= from) throw auditRefusals('span_empty');
  if (until > now) throw auditRefusals('review_too_early');
  if (outcome === 'with_findings' && note === '') throw auditRefusals('review_note_missing', {}, { fields: [{ path: 'note', zh: '请写明问题。', en: 'Say what the findings are.' }] });
  await reviewAfterReading.refuseLater(async () => ((await hasRead(context, caller, { from, until })) ? null : auditRefusals('review_unread')));
  const { db } = context.database;
  const acts = await context.questions.count(db, { siteId, from, until });
  const untilSeq = await context.questions.newest(db, siteId);
  const clauses = await context.cite(db, placeOf(caller), reviewClauses, now);
  const body = { from, until, outcome, note, acts, untilSeq, method: 'step_up' };
  const { seq } = await context.database.transaction((tx) => context.ledger.append(tx, { event: reviewSigned, siteId, roomId, actor: actorOf(caller), subject: siteId, body, at: now, clauses }));
  return { seq };
};
