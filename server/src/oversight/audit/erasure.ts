/**
 * Entries of the ledger stay for ever; the personal values beside them may be erased once their term is over and not a day before. The order is
 * a fact, a job carries it out in small steps, and the certificate says which values are gone.
 */
import { createHash } from 'node:crypto';
import type { eraseOldActs } from '../../../../contract/audit.ts';
import type { z } from 'zod';
import { dayMs } from '../../base/units.ts';
import { actorOf, type Caller } from '../../mechanisms/identity/index.ts';
import { serverActor, type ToldFact } from '../../mechanisms/ledger/index.ts';
import { placeOf, type AuditContext } from './context.ts';
import { keptForTerm } from './controls.ts';
import { erasureOrdered, valuesExpired } from './events.ts';
import { auditRefusals } from './refusals.ts';

const atOnce = 500;
const mostOrders = 100;

export const orderErasure = async (context: AuditContext, caller: Caller, { until, reason }: z.output<typeof eraseOldActs.body>): Promise<{ seq: number }> => {
  const { siteId, roomId } = caller;
  const { db } = context.database;
  const now = context.clock.now();
  const { days, clauses } = await context.retention(db, placeOf(caller), now);
  const newest = now - days * dayMs;
  keptForTerm.refuse(() => (until <= newest ? null : auditRefusals('before_term', { days, day: new Date(newest).toISOString().slice(0, 10) })));
  const body = { until, retentionDays: days, reason };
  const { seq } = await context.database.transaction((tx) => context.ledger.append(tx, { event: erasureOrdered, siteId, roomId, actor: actorOf(caller), subject: siteId, body, at: now, clauses }));
  return { seq };
};

/** Orders without their certificate, oldest first. */
const openOrders = async (context: AuditContext, siteId: string): Promise<ToldFact[]> => {
  const { db } = context.database;
  const orders = await context.questions.facts(db, { siteId, kind: erasureOrdered.kind, limit: mostOrders });
  const done = await context.questions.facts(db, { siteId, kind: valuesExpired.kind, limit: mostOrders });
  const certified = new Set(done.map(({ body }) => body['orderSeq']));
  return orders.filter(({ seq }) => !certified.has(seq)).toReversed();
};

const carryOut = async (context: AuditContext, order: ToldFact): Promise<void> => {
  const { siteId, roomId } = order;
  const until = Number(order.body['until']);
  const hash = createHash('sha256');
  let count = 0;
  const seqs: number[] = [];
  for (;;) {
    const due = await context.questions.personalValuesBefore(context.database.db, siteId, until, atOnce);
    if (due.length === 0) break;
    await context.database.transaction(async (tx) => {
      for (const { seq, path } of due) {
        await context.ledger.erase(tx, { siteId, seq, path, reason: `第 ${order.seq} 条：期满 / term over, entry ${order.seq}`, actor: serverActor });
        hash.update(`${seq} ${path}\n`);
        seqs.push(seq);
      }
    });
    count += due.length;
  }
  const body = { orderSeq: order.seq, until, count, fromSeq: Math.min(...seqs, Number.MAX_SAFE_INTEGER), untilSeq: Math.max(...seqs, 0), sha256: hash.digest('hex') };
  if (seqs.length === 0) body.fromSeq = 0;
  await context.database.transaction((tx) =>
    context.ledger.append(tx, { event: valuesExpired, siteId, roomId, actor: serverActor, subject: siteId, body, at: context.clock.now(), clauses: order.clauses }),
  );
};

export const carryOutErasures = async (context: AuditContext, siteId: string): Promise<void> => {
  for (const order of await openOrders(context, siteId)) await carryOut(context, order);
};
