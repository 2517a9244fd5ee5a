/**
 * Reading the acts is an act (ledger-and-evidence.md point 7), yet reading must not flood what is read: the first reading of a question is a
 * fact at once, repetitions and further pages within ten minutes are counted in the database and become one fact when they are over.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import type { AuditQuestion } from '../../../../contract/audit.ts';
import type { Instant } from '../../base/clock.ts';
import { minuteMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import { at, type Tx } from '../../platform/postgres/db.ts';
import type { AuditContext } from './context.ts';
import { actsRead } from './events.ts';
import { askedOf, keyOf } from './question.ts';

const windowMs = 10 * minuteMs;

const Reading = z.object({
  siteId: z.string(), roomId: z.string(), personId: z.string(), sessionId: z.string(), post: z.string().nullable(),
  asked: z.object({
    personId: z.string().nullable(), cameraId: z.string().nullable(), group: z.string().nullable(), kind: z.string().nullable(), text: z.string().nullable(), seqs: z.string().nullable(),
    from: z.number().nullable(), until: z.number().nullable(),
  }),
  fromSeq: z.number(), untilSeq: z.number(), count: z.number(),
});
type Reading = z.output<typeof Reading>;

const append = (context: AuditContext, tx: Tx, reading: Reading, times: number, now: Instant) => {
  const { siteId, roomId, personId, sessionId, post, asked, fromSeq, untilSeq, count } = reading;
  return context.ledger.append(tx, {
    event: actsRead, siteId, roomId, actor: { kind: 'person', id: personId, sessionId, post }, subject: asked.personId ?? asked.cameraId ?? siteId,
    body: { ...asked, fromSeq, untilSeq, count, times }, at: now,
  });
};

/** Before anything is shown: what could not be recorded is not read. */
export const recordRead = async (context: AuditContext, caller: Caller, question: AuditQuestion, seqs: readonly number[]): Promise<void> => {
  const { siteId, roomId, personId, sessionId, post } = caller;
  const now = context.clock.now();
  const key = keyOf(question);
  const fresh: Reading = { siteId, roomId, personId, sessionId, post, asked: askedOf(question), fromSeq: Math.min(...seqs, Number.MAX_SAFE_INTEGER), untilSeq: Math.max(...seqs, 0), count: seqs.length };
  if (seqs.length === 0) fresh.fromSeq = 0;
  await context.database.transaction(async (tx) => {
    await sql`insert into audit.counted_reads (person_id, question_key, from_at, repeats, read) values (${personId}, ${key}, 'epoch', 0, ${JSON.stringify(fresh)}::jsonb) on conflict do nothing`.execute(tx);
    const { rows } = await sql<{ fromAt: Instant; repeats: number; read: unknown }>`
      select from_at as "fromAt", repeats, read from audit.counted_reads where person_id = ${personId} and question_key = ${key} for update`.execute(tx);
    const [row] = rows;
    if (row === undefined) throw new Error('a counted reading vanished under its lock');
    if (row.fromAt <= now && now - row.fromAt < windowMs) {
      const before = Reading.parse(row.read);
      const wider = row.repeats === 0 ? fresh : { ...fresh, fromSeq: Math.min(before.fromSeq, fresh.fromSeq), untilSeq: Math.max(before.untilSeq, fresh.untilSeq), count: before.count + fresh.count };
      await sql`update audit.counted_reads set repeats = repeats + 1, read = ${JSON.stringify(wider)}::jsonb where person_id = ${personId} and question_key = ${key}`.execute(tx);
      return;
    }
    await sql`update audit.counted_reads set from_at = ${at(now)}, repeats = 0, read = ${JSON.stringify(fresh)}::jsonb where person_id = ${personId} and question_key = ${key}`.execute(tx);
    if (row.repeats > 0) await append(context, tx, Reading.parse(row.read), row.repeats, now);
    await append(context, tx, fresh, 1, now);
  });
};

/** Turns the counts of past windows into facts. */
export const flushReads = (context: AuditContext): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const { rows } = await sql<{ repeats: number; read: unknown }>`
      delete from audit.counted_reads where from_at <= ${at(now - windowMs)} or from_at > ${at(now)} returning repeats, read`.execute(tx);
    for (const row of rows) if (row.repeats > 0) await append(context, tx, Reading.parse(row.read), row.repeats, now);
  });

