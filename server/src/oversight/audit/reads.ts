/**
 * Reading the acts is an act (ledger-and-evidence.md point 7), yet reading must not flood what is read: the first reading of a question is a
 * fact at once, repetitions and further pages within ten minutes are counted in the database and become one fact when they are over.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AuditQuestion } from '../../../../contract/audit.ts';
import type { listFacts } from '../../../../contract/ledger.ts';
import { canonicalize } from '../../../../formats/canonical-json/index.ts';
import type { Instant } from '../../base/clock.ts';
import { minuteMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import { at, type Tx } from '../../platform/postgres/db.ts';
import type { AuditContext } from './context.ts';
import { actsRead, ledgerRead } from './events.ts';
import { askedOf, keyOf } from './question.ts';

const windowMs = 10 * minuteMs;

const place = { siteId: z.string(), roomId: z.string(), personId: z.string(), sessionId: z.string(), post: z.string().nullable() };
const shown = { fromSeq: z.number(), untilSeq: z.number(), count: z.number() };
/** Two screens show facts: the acts as people ask about them, and the ledger entry by entry. */
const Reading = z.discriminatedUnion('view', [
  z.object({
    view: z.literal('acts'), ...place, ...shown,
    asked: z.object({
      personId: z.string().nullable(), cameraId: z.string().nullable(), group: z.string().nullable(), kind: z.string().nullable(), text: z.string().nullable(), seqs: z.string().nullable(),
      from: z.number().nullable(), until: z.number().nullable(),
    }),
  }),
  z.object({ view: z.literal('ledger'), ...place, ...shown, asked: z.object({ kind: z.string().nullable(), subject: z.string().nullable(), personId: z.string().nullable(), from: z.number().nullable(), until: z.number().nullable() }) }),
]);
type Reading = z.output<typeof Reading>;
/** A row that was counted before the ledger was counted here says no view. */
const kept = (read: unknown): Reading => Reading.parse({ view: 'acts', ...z.looseObject({}).parse(read) });

const append = (context: AuditContext, tx: Tx, reading: Reading, times: number, now: Instant) => {
  const { siteId, roomId, personId, sessionId, post, fromSeq, untilSeq, count } = reading;
  const common = { siteId, roomId, actor: { kind: 'person', id: personId, sessionId, post }, at: now } as const;
  const seen = { fromSeq, untilSeq, count, times };
  return reading.view === 'ledger'
    ? context.ledger.append(tx, { ...common, event: ledgerRead, subject: reading.asked.subject ?? siteId, body: { ...reading.asked, ...seen } })
    : context.ledger.append(tx, { ...common, event: actsRead, subject: reading.asked.personId ?? reading.asked.cameraId ?? siteId, body: { ...reading.asked, ...seen } });
};

const spanOf = (seqs: readonly number[]): { fromSeq: number; untilSeq: number; count: number } => ({ fromSeq: seqs.length === 0 ? 0 : Math.min(...seqs), untilSeq: Math.max(...seqs, 0), count: seqs.length });
const whoOf = ({ siteId, roomId, personId, sessionId, post }: Caller) => ({ siteId, roomId, personId, sessionId, post });

export const recordRead = (context: AuditContext, caller: Caller, question: AuditQuestion, seqs: readonly number[]): Promise<void> =>
  record(context, keyOf(question), { view: 'acts', ...whoOf(caller), ...spanOf(seqs), asked: askedOf(question) });

type LedgerQuestion = Omit<z.output<typeof listFacts.query>, 'before'>;

export const recordLedgerRead = (context: AuditContext, caller: Caller, { kind, subject, actorId, from, until }: LedgerQuestion, seqs: readonly number[]): Promise<void> => {
  const asked = { kind: kind ?? null, subject: subject ?? null, personId: actorId ?? null, from: from ?? null, until: until ?? null };
  const key = createHash('sha256').update(canonicalize({ view: 'ledger', ...asked })).digest('hex');
  return record(context, key, { view: 'ledger', ...whoOf(caller), ...spanOf(seqs), asked });
};

/** Before anything is shown: what could not be recorded is not read. */
const record = async (context: AuditContext, key: string, fresh: Reading): Promise<void> => {
  const { personId } = fresh;
  const now = context.clock.now();
  await context.database.transaction(async (tx) => {
    await sql`insert into audit.counted_reads (person_id, question_key, from_at, repeats, read) values (${personId}, ${key}, 'epoch', 0, ${JSON.stringify(fresh)}::jsonb) on conflict do nothing`.execute(tx);
    const { rows } = await sql<{ fromAt: Instant; repeats: number; read: unknown }>`
      select from_at as "fromAt", repeats, read from audit.counted_reads where person_id = ${personId} and question_key = ${key} for update`.execute(tx);
    const [row] = rows;
    if (row === undefined) throw new Error('a counted reading vanished under its lock');
    if (row.fromAt <= now && now - row.fromAt < windowMs) {
      const before = kept(row.read);
      const wider = row.repeats === 0 ? fresh : { ...fresh, fromSeq: Math.min(before.fromSeq, fresh.fromSeq), untilSeq: Math.max(before.untilSeq, fresh.untilSeq), count: before.count + fresh.count };
      await sql`update audit.counted_reads set repeats = repeats + 1, read = ${JSON.stringify(wider)}::jsonb where person_id = ${personId} and question_key = ${key}`.execute(tx);
      return;
    }
    await sql`update audit.counted_reads set from_at = ${at(now)}, repeats = 0, read = ${JSON.stringify(fresh)}::jsonb where person_id = ${personId} and question_key = ${key}`.execute(tx);
    if (row.repeats > 0) await append(context, tx, kept(row.read), row.repeats, now);
    await append(context, tx, fresh, 1, now);
  });
};

/** Turns the counts of past windows into facts. */
export const flushReads = (context: AuditContext): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const { rows } = await sql<{ repeats: number; read: unknown }>`
      delete from audit.counted_reads where from_at <= ${at(now - windowMs)} or from_at > ${at(now)} returning repeats, read`.execute(tx);
    for (const row of rows) if (row.repeats > 0) await append(context, tx, kept(row.read), row.repeats, now);
  });

