/** Giving, revoking and finishing grants, each a row and a fact in the transaction of whoever calls; every server hears of an end. */
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { questions as people } from '../../../mechanisms/identity/index.ts';
import type { Actor } from '../../../mechanisms/ledger/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { endedChannel, type GrantsContext, type Place } from './context.ts';
import { events } from './events.ts';
import type { GrantEnd, GrantMode } from './grant.ts';
import { endGrant, insertGrant, lockGrant } from './grant-store.ts';
import { grantRefusals as refuse } from './refusals.ts';

export interface NewGrant extends Place {
  requestId: string;
  approvalId: string;
  personIds: readonly string[];
  cameraIds: readonly string[];
  from: Instant;
  until: Instant;
  place: { postId: string } | 'anywhere';
  validFrom: Instant;
  validUntil: Instant;
  mode: GrantMode;
  actor: Actor;
}

export const give = async (context: GrantsContext, tx: Tx, wanted: NewGrant): Promise<string> => {
  const now = context.clock.now();
  const { requestId, approvalId, siteId, roomId, personIds, cameraIds, from, until, validFrom, validUntil, mode, actor } = wanted;
  const postId = wanted.place === 'anywhere' ? null : wanted.place.postId;
  if (personIds.length === 0 && postId === null) throw refuse('grant_nobody');
  if (validUntil <= validFrom || validUntil <= now) throw refuse('grant_time_wrong');
  const grantId = newId('vgr', context.clock);
  await insertGrant(tx, { grantId, requestId, approvalId, siteId, roomId, personIds, cameraIds, from, until, postId, validFrom, validUntil, mode, givenAt: now, givenBy: actor.id, endedAt: null, endedBy: null, endedHow: null, endedNote: null });
  const made = await lockGrant(tx, grantId);
  if (made === null) throw refuse('grant_unknown');
  const [names, cameras] = [await people.personNames(tx, [...personIds]), await context.cameraNames(tx, cameraIds)];
  const who = personIds.length === 0 ? `“${made.post ?? ''}”` : personIds.map((id) => names.get(id) ?? id).join('、');
  const body = { grantId, requestId, number: made.number, approvalId, personIds: [...personIds], people: who, cameraIds: [...cameraIds], cameras: cameraIds.map((id) => cameras.get(id) ?? id).join('、'), from, until, post: made.post, validFrom, validUntil, mode };
  await context.ledger.append(tx, { event: events.given, siteId, roomId, actor, subject: grantId, body, at: now });
  return grantId;
};

const end = async (context: GrantsContext, tx: Tx, given: { grantId: string; how: GrantEnd; note: string; actor: Actor }): Promise<void> => {
  const grant = await lockGrant(tx, given.grantId);
  if (grant === null) throw refuse('grant_unknown');
  // What has ended is ended: a second word about it changes nothing.
  if (grant.endedAt !== null) return;
  const now = context.clock.now();
  await endGrant(tx, grant.grantId, { how: given.how, note: given.note, by: given.actor.id, at: now });
  const { grantId, requestId, number, siteId, roomId } = grant;
  await context.ledger.append(tx, { event: events.ended, siteId, roomId, actor: given.actor, subject: grantId, body: { grantId, requestId, number, how: given.how, note: given.note }, at: now });
  await context.database.notify(tx, endedChannel, grantId);
};

export const revoke = (context: GrantsContext, tx: Tx, given: { grantId: string; reason: string; actor: Actor }): Promise<void> => end(context, tx, { grantId: given.grantId, how: 'revoked', note: given.reason, actor: given.actor });
export const finish = (context: GrantsContext, tx: Tx, given: { grantId: string; actor: Actor }): Promise<void> => end(context, tx, { ...given, how: 'finished', note: '' });
