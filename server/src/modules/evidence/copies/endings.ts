/** How a copy ends: given back to the room, or wiped or destroyed by two people, each under an account of their own. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/evidence-copies.ts';
import type { Instant } from '../../../base/clock.ts';
import { actorOf, requireStepUp, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import { serverActor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { requestMoved } from '../notices.ts';
import { insertStep, lockRequest, saveState } from '../store.ts';
import type { CopiesContext } from './context.ts';
import { overdueFound } from './controls.ts';
import { areTwo, begunActOf, begunEnding, mayConfirm, mayEnd, mayWithdraw, stateOf } from './copy.ts';
import { overdueRequests, packagesOf } from './copy-store.ts';
import { hold, link, momentOf, type Held } from './custody-acts.ts';
import { copyEvents as events } from './events.ts';
import { aboutOf } from './make-copy.ts';
import { pathOf } from './package-file.ts';

interface Ending {
  how: z.output<typeof contract.EndingAct>;
  at: Instant;
  medium: string;
  note: string;
  /** Who began it and is the second hand of it; null: nobody was needed. */
  with: { personId: string; name: string } | null;
}

/** Answers where its file lies: what the room itself kept of it goes once the act stands. */
const finish = async (context: CopiesContext, tx: Tx, caller: Caller, { pack, one }: Held, ending: Ending): Promise<string> => {
  const { how, at, medium, note } = ending;
  const now = context.clock.now();
  const second = ending.with?.name ?? '';
  await link(context, tx, caller, pack, { act: how, at, second, secondId: ending.with?.personId ?? null, medium, note });
  const { siteId, roomId, requestId } = one;
  await context.ledger.append(tx, { event: events.ended, siteId, roomId, actor: actorOf(caller), subject: pack.packageId, at, clauses: one.clauses, body: { ...aboutOf(pack, one.number), name: caller.name, second, how, medium, note } });
  const left = (await packagesOf(tx, requestId)).filter((other) => other.packageId !== pack.packageId && ['making', 'ready', 'handed_over'].includes(stateOf(other)));
  // Destroyed before anybody had it, it is as if none was made.
  const next = left.length > 0 ? one.state : one.state === 'copied' ? ('ready' as const) : one.state === 'delivered' || one.state === 'overdue' ? ('returned' as const) : one.state;
  if (next !== one.state) await saveState(tx, one, { state: next }, now);
  await insertStep(tx, { requestId, act: 'returned', state: next, at: now, by: caller.personId, note: `${pack.number} ${note}`.trim() });
  await context.tellScreens(tx, 'evidence.requests');
  return pathOf(context, pack);
};

/** Given back at once; wiping and destruction wait for a second person: null. */
export const endCopy = async (context: CopiesContext, tx: Tx, caller: Caller, packageId: string, form: z.output<(typeof contract.endCopy)['body']>): Promise<string | null> => {
  const held = await hold(tx, caller, packageId);
  const { pack, one } = held;
  const { how, medium, note } = form;
  const refusal = mayEnd(pack, how);
  if (refusal !== null) throw refusal;
  const at = momentOf(context, pack, form.at);
  // What is wiped or destroyed does not come back: both persons prove again who they are.
  if (how !== 'returned') requireStepUp(caller, context.clock.now());
  if (how === 'returned' || areTwo(null, caller.personId)) return finish(context, tx, caller, held, { how, at, medium, note, with: null });
  await link(context, tx, caller, pack, { act: begunActOf(how), at, medium, note });
  const { siteId, roomId } = one;
  await context.ledger.append(tx, { event: events.endingBegun, siteId, roomId, actor: actorOf(caller), subject: packageId, at, clauses: one.clauses, body: { ...aboutOf(pack, one.number), name: caller.name, how, medium, note } });
  await context.tellScreens(tx, 'evidence.requests');
  return null;
};

export const confirmEnding = async (context: CopiesContext, tx: Tx, caller: Caller, packageId: string): Promise<string> => {
  const held = await hold(tx, caller, packageId);
  const refusal = mayConfirm(held.pack, caller.personId);
  if (refusal !== null) throw refusal;
  requireStepUp(caller, context.clock.now());
  const begun = begunEnding(held.pack);
  if (begun === null) throw new Error(`nobody began to end ${packageId}`);
  const names = await people.personNames(tx, [begun.by]);
  const two = begun.by === caller.personId ? null : { personId: begun.by, name: names.get(begun.by) ?? '' };
  return finish(context, tx, caller, held, { how: begun.how, at: context.clock.now(), medium: begun.medium, note: begun.note, with: two });
};

export const withdrawEnding = async (context: CopiesContext, tx: Tx, caller: Caller, packageId: string): Promise<void> => {
  const { pack, one } = await hold(tx, caller, packageId);
  const begun = begunEnding(pack);
  const refusal = mayWithdraw(pack);
  if (refusal !== null || begun === null) throw refusal ?? new Error(`nobody began to end ${packageId}`);
  await link(context, tx, caller, pack, { act: 'ending_withdrawn' });
  const { siteId, roomId } = one;
  await context.ledger.append(tx, { event: events.endingWithdrawn, siteId, roomId, actor: actorOf(caller), subject: packageId, at: context.clock.now(), body: { ...aboutOf(pack, one.number), name: caller.name, how: begun.how } });
  await context.tellScreens(tx, 'evidence.requests');
};

/** Copies that should be back by now: found, on record, and told once. */
export const sweepReturns = async (context: CopiesContext): Promise<void> => {
  const now = context.clock.now();
  const late = await overdueRequests(context.database.db, now);
  for (const { requestId } of overdueFound.find(() => late)) {
    await context.database.transaction(async (tx) => {
      const one = await lockRequest(tx, requestId);
      if (one === null || one.state !== 'delivered' || one.returnBy === null) return;
      const { siteId, roomId, number, returnBy } = one;
      await saveState(tx, one, { state: 'overdue' }, now);
      await insertStep(tx, { requestId, act: 'overdue', state: 'overdue', at: now, by: 'server', note: '' });
      await context.ledger.append(tx, { event: events.overdue, siteId, roomId, actor: serverActor, subject: requestId, at: now, clauses: one.clauses, body: { requestId, request: number, returnBy } });
      const personIds = [one.applicantId, ...(one.operatorId === null ? [] : [one.operatorId])];
      await context.notices().send(tx, { kind: requestMoved.kind, siteId, roomId, subject: requestId, body: { number, zh: '拷贝逾期未还', en: 'the copies were not given back in time' }, to: { personIds }, at: now });
      await context.tellScreens(tx, 'evidence.requests');
    });
  }
};
