/**
 * Denials and failed sign-ins are facts, yet nobody may flood the ledger with them: the first of a kind in a minute is written at once, its
 * repetitions are counted in the database and become one fact when the minute is over.
 */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../../base/clock.ts';
import { minuteMs } from '../../base/units.ts';
import { at, type Tx } from '../../platform/postgres/db.ts';
import { serverActor } from '../ledger/index.ts';
import type { IdentityContext } from './context.ts';
import { events } from './events.ts';

const place = { siteId: z.string(), roomId: z.string().nullable() };
const Denied = z.object({ kind: z.literal('denied'), ...place, personId: z.string(), sessionId: z.string(), post: z.string().nullable(), name: z.string(), what: z.string(), verb: z.string().nullable() });
const SignInFailed = z.object({ kind: z.literal('sign_in_failed'), ...place, source: z.string(), tag: z.string(), personId: z.string().nullable() });
const RepeatedAct = z.discriminatedUnion('kind', [Denied, SignInFailed]);
export type RepeatedAct = z.infer<typeof RepeatedAct>;

const windowMs = minuteMs;

/** Failed sign-ins are told apart by what was typed, not by whether it exists: the time of the answer must not say so. */
const keyOf = (act: RepeatedAct): string => (act.kind === 'denied' ? `${act.sessionId} ${act.what} ${act.verb ?? ''}` : `${act.source} ${act.tag}`);

const append = async (context: IdentityContext, tx: Tx, act: RepeatedAct, times: number, now: Instant): Promise<void> => {
  const { siteId, roomId } = act;
  if (act.kind === 'denied') {
    const actor = { kind: 'person', id: act.personId, sessionId: act.sessionId, post: act.post } as const;
    const body = { name: act.name, what: act.what, verb: act.verb, times };
    await context.ledger.append(tx, { event: events.denied, siteId, roomId, actor, subject: act.personId, body, at: now });
    return;
  }
  const body = { source: act.source, accountKnown: act.personId !== null, times };
  await context.ledger.append(tx, { event: events.signInFailed, siteId, roomId, actor: serverActor, subject: act.personId ?? 'unknown', body, at: now });
};

/** Writes or counts one act, in a transaction of its own: nothing that was refused can take its record with it. */
export const recordRepeated = (context: IdentityContext, act: RepeatedAct): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const key = keyOf(act);
    await sql`
      insert into identity.repeated_acts (kind, key, from_at, repeats, what)
      values (${act.kind}, ${key}, 'epoch', 0, ${JSON.stringify(act)}::jsonb) on conflict do nothing`.execute(tx);
    const { rows } = await sql<{ from_at: Instant; repeats: number }>`
      select from_at, repeats from identity.repeated_acts where kind = ${act.kind} and key = ${key} for update`.execute(tx);
    const row = rows[0];
    if (row === undefined) throw new Error('a counted act vanished under its lock');
    const sameMinute = row.from_at <= now && now - row.from_at < windowMs;
    if (sameMinute) {
      await sql`update identity.repeated_acts set repeats = repeats + 1 where kind = ${act.kind} and key = ${key}`.execute(tx);
      return;
    }
    await sql`
      update identity.repeated_acts set from_at = ${at(now)}, repeats = 0, what = ${JSON.stringify(act)}::jsonb
      where kind = ${act.kind} and key = ${key}`.execute(tx);
    if (row.repeats > 0) await append(context, tx, act, row.repeats, now);
    await append(context, tx, act, 1, now);
  });

/** Turns the counts of past minutes into facts. */
export const flushRepeated = (context: IdentityContext): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const { rows } = await sql<{ repeats: number; what: unknown }>`
      delete from identity.repeated_acts where from_at <= ${at(now - windowMs)} or from_at > ${at(now)} returning repeats, what`.execute(tx);
    for (const row of rows) if (row.repeats > 0) await append(context, tx, RepeatedAct.parse(row.what), row.repeats, now);
  });
