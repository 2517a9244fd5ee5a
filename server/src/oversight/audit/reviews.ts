/** Reviews of the acts by those who manage the room: who signed that they looked at which period, and which months nobody has looked at. */
import type { listReviews, prepareReview, signReview } from '../../../../contract/audit.ts';
import type { z } from 'zod';
import { toHex } from '../../../../formats/tlog/index.ts';
import type { Period } from '../../base/judge.ts';
import { actorOf, type Caller } from '../../mechanisms/identity/index.ts';
import type { ToldFact } from '../../mechanisms/ledger/index.ts';
import { placeOf, type AuditContext } from './context.ts';
import { reviewAfterReading } from './controls.ts';
import { reviewSigned } from './events.ts';
import { isCovered, monthsOver } from './months.ts';
import { auditRefusals } from './refusals.ts';
import { digestOf, isVerified, type ReviewStatement } from './review-statement.ts';

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
    reviews: await Promise.all(facts.map(async (fact) => {
      const erased = typeof fact.body['note'] !== 'string';
      const body = reviewSigned.body.safeParse({ ...fact.body, note: erased ? '' : fact.body['note'] });
      if (!body.success) throw new Error(`fact ${fact.seq} is no review`);
      const { from, until, outcome, note, acts, method, digest } = body.data;
      const verified = await isVerified({ ...body.data, siteId, personId: fact.actor.id }, erased, context.signing.check);
      return { seq: fact.seq, from, until, outcome, note, acts, method, digest: digest ?? null, verified, signedAt: fact.at, by: names.get(fact.actor.id) ?? fact.actor.id };
    })),
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

type ReviewForm = z.output<typeof prepareReview.body>;

/** Refuses what cannot be signed, before anything is asked of the person; answers what the signature will stand under. */
const statementFor = async (context: AuditContext, caller: Caller, form: ReviewForm, head: { size: number; root: Uint8Array }): Promise<ReviewStatement> => {
  const { from, until, outcome, note } = form;
  const acts = await context.questions.count(context.database.db, { siteId: caller.siteId, from, until });
  return { siteId: caller.siteId, personId: caller.personId, from, until, outcome, note, acts, size: head.size, root: toHex(head.root) };
};

const refuseUnfit = async (context: AuditContext, caller: Caller, { from, until, outcome, note }: ReviewForm): Promise<void> => {
  if (until <= from) throw auditRefusals('span_empty');
  if (until > context.clock.now()) throw auditRefusals('review_too_early');
  if (outcome === 'with_findings' && note === '') throw auditRefusals('review_note_missing', {}, { fields: [{ path: 'note', zh: '请写明问题。', en: 'Say what the findings are.' }] });
  await reviewAfterReading.refuseLater(async () => ((await hasRead(context, caller, { from, until })) ? null : auditRefusals('review_unread')));
};

export const preparePeriod = async (context: AuditContext, caller: Caller, form: ReviewForm): Promise<z.input<typeof prepareReview.response>> => {
  await refuseUnfit(context, caller, form);
  const head = await context.checkpointer.sign(caller.siteId, 'sensitive');
  const statement = await statementFor(context, caller, form, head);
  const digest = digestOf(statement);
  return { digest, acts: statement.acts, size: statement.size, rootHash: statement.root, ...(await context.signing.options(context.database.db, { caller, digest })) };
};

export const signPeriod = async (context: AuditContext, caller: Caller, { size, assertion, ...form }: z.output<typeof signReview.body>): Promise<{ seq: number }> => {
  await refuseUnfit(context, caller, form);
  const { siteId, roomId } = caller;
  const { db } = context.database;
  const now = context.clock.now();
  const head = await context.questions.headOf(db, siteId, size);
  // Signed before the period was over, the head says nothing about all of it.
  if (head === null || head.signedAt < form.until) throw auditRefusals('review_stale');
  const statement = await statementFor(context, caller, form, head);
  const digest = digestOf(statement);
  const untilSeq = await context.questions.newest(db, siteId);
  const clauses = await context.cite(db, placeOf(caller), reviewClauses, now);
  const { from, until, outcome, note, acts, root } = statement;
  const { seq } = await context.database.transaction(async (tx) => {
    const { method, credentialId, evidence } = await context.signing.verify(tx, { caller, digest, assertion });
    const body = { from, until, outcome, note, acts, untilSeq, method, digest, size, root, credentialId, evidence };
    return context.ledger.append(tx, { event: reviewSigned, siteId, roomId, actor: actorOf(caller), subject: siteId, body, at: now, clauses });
  });
  return { seq };
};
