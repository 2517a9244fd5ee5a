/** On post and off: who, when, from which console. The room is never left without anybody, and not in the middle of a serious event. */
import { actorOf, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { DutyContext } from '../context.ts';
import { events } from '../events.ts';
import { dutyRefusals as refuse } from '../refusals.ts';
import { endSignOn, insertSignOn, lockLog } from '../shift-store.ts';
import { openThreads } from '../thread-store.ts';
import { ensureShift } from './write-log.ts';

const postOf = async (context: DutyContext, tx: Tx, roomId: string, postId: string): Promise<{ postId: string; name: string }> => {
  const post = (await context.posts.of(tx, roomId)).find((one) => one.postId === postId);
  if (post === undefined) throw refuse('post_unknown');
  return post;
};

export const signOn = async (context: DutyContext, tx: Tx, caller: Caller, postId: string, source: string): Promise<void> => {
  const { siteId, roomId, personId, sessionId, name } = caller;
  const post = await postOf(context, tx, roomId, postId);
  const shift = await ensureShift(context, tx, { siteId, roomId }, actorOf(caller));
  const at = context.clock.now();
  // Who has held the post since the set-up signs on without taking it again.
  const holds = (await people.postHolders(tx, roomId, at)).some((holder) => holder.postId === postId && holder.personId === personId);
  if (!holds) await context.posts.take(tx, { postId, personId, actor: actorOf(caller), at });
  const fresh = await insertSignOn(tx, { shiftId: shift.shiftId, roomId, postId, post: post.name, personId, sessionId, source, at });
  if (!fresh) throw refuse('already_on_post');
  await context.ledger.append(tx, { event: events.signedOn, siteId, roomId, actor: actorOf(caller), subject: personId, body: { postId, post: post.name, name, shiftId: shift.shiftId, source }, at });
  await context.tellScreens(tx, 'duty.log');
};

export const requireNoSeriousEvent = async (tx: Tx, roomId: string): Promise<void> => {
  const open = (await openThreads(tx, roomId)).find((thread) => thread.kind === 'serious');
  if (open !== undefined) throw refuse('serious_event_open', { what: open.what });
};

interface Leaving {
  personId: string;
  name: string;
  forced: boolean;
  reason: string;
}

const leave = async (context: DutyContext, tx: Tx, caller: Caller, postId: string, leaving: Leaving): Promise<void> => {
  const { siteId, roomId } = caller;
  const post = await postOf(context, tx, roomId, postId);
  const at = context.clock.now();
  const holders = (await people.postHolders(tx, roomId, at)).filter((holder) => holder.postId === postId);
  if (!holders.some((holder) => holder.personId === leaving.personId)) throw refuse('not_on_post');
  if (!holders.some((holder) => holder.personId !== leaving.personId)) throw refuse('last_on_post');
  const shift = await ensureShift(context, tx, { siteId, roomId }, actorOf(caller));
  await context.posts.relieve(tx, { postId, personId: leaving.personId, actor: actorOf(caller), at, forced: leaving.forced, reason: leaving.reason });
  await endSignOn(tx, { postId, personId: leaving.personId, at, by: caller.personId, reason: leaving.reason });
  const body = { postId, post: post.name, name: leaving.name, shiftId: shift.shiftId, forced: leaving.forced, reason: leaving.reason };
  await context.ledger.append(tx, { event: events.signedOff, siteId, roomId, actor: actorOf(caller), subject: leaving.personId, body, at });
  await context.tellScreens(tx, 'duty.log');
};

export const signOff = async (context: DutyContext, tx: Tx, caller: Caller, postId: string): Promise<void> => {
  await lockLog(tx, caller.roomId);
  await requireNoSeriousEvent(tx, caller.roomId);
  await leave(context, tx, caller, postId, { personId: caller.personId, name: caller.name, forced: false, reason: '' });
};

/** A leader who must: also during an event, with the reason; the room is not emptied by it either. */
export const relieve = async (context: DutyContext, tx: Tx, caller: Caller, postId: string, form: { personId: string; reason: string }): Promise<void> => {
  await lockLog(tx, caller.roomId);
  const name = (await people.personNames(tx, [form.personId])).get(form.personId) ?? form.personId;
  await leave(context, tx, caller, postId, { personId: form.personId, name, forced: true, reason: form.reason });
};
