/** Narrow reads for neighbours. */
import { createHash } from 'node:crypto';
import { canonicalize } from '../../../../formats/canonical-json/index.ts';
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { Caller } from '../identity/index.ts';
import type { ApprovalCase } from './case.ts';
import { holdsWhenGranted } from './controls.ts';
import { deputations } from './deputy-store.ts';
import { actsForAt } from './deputies.ts';
import { doesConcern } from './inbox-store.ts';
import { findCase, tables } from './load.ts';

/** SHA-256 over the canonical JSON of a body, hex: what a grant is a grant of. */
export const bodyDigest = (body: unknown): string => createHash('sha256').update(canonicalize(body)).digest('hex');

/** Also of an instant that is past: what held then is not changed by its end. */
const isGranted = (one: ApprovalCase, at: Instant): boolean => {
  const { state } = one;
  return holdsWhenGranted.allows(() => 'consent' in state && state.grantedAt <= at && at < (state.validUntil ?? Infinity) && at < (state.endedAt ?? Infinity));
};

export const questions = {
  get: findCase,
  /** May the caller open it on the page of approvals? */
  maySee: async (db: Db, caller: Pick<Caller, 'personId' | 'can'>, approvalId: string, at: Instant): Promise<boolean> =>
    caller.can('approvals.all.see') === true || doesConcern(db, approvalId, caller.personId, [caller.personId, ...actsForAt(await deputations(db, at), caller.personId, at)]),
  /** Is exactly this body granted by that request at the instant? */
  isApproved: async (db: Db, approvalId: string, digest: string, at: Instant): Promise<boolean> => {
    const one = await findCase(db, approvalId);
    return one !== null && isGranted(one, at) && bodyDigest(one.body) === digest;
  },
  /** Ids of pending requests in which the person, or somebody for whom they act, holds an open place. */
  openFor: async (db: Db, personId: string, at: Instant): Promise<string[]> => {
    const deciders = [personId, ...actsForAt(await deputations(db, at), personId, at)];
    const rows = await tables(db)
      .selectFrom('approvals.states as s')
      .innerJoin('approvals.steps as p', (join) => join.onRef('p.approval_id', '=', 's.approval_id').onRef('p.round', '=', 's.round').onRef('p.step', '=', 's.step'))
      .innerJoin('approvals.seats as e', (join) => join.onRef('e.approval_id', '=', 's.approval_id').onRef('e.round', '=', 'p.signed_in_round').onRef('e.step', '=', 's.step'))
      .select('s.approval_id').distinct().where('s.state', '=', 'pending').where('e.left_at', 'is', null).where('e.person_id', 'in', deciders).execute();
    return rows.map((row) => row.approval_id);
  },
  /** Grants of a kind that hold at the instant, e.g. exemptions. */
  granted: async (db: Db, kind: string, roomId: string, at: Instant): Promise<ApprovalCase[]> => {
    const rows = await tables(db).selectFrom('approvals.states as s').innerJoin('approvals.requests as r', 'r.approval_id', 's.approval_id')
      .select('s.approval_id').where('r.kind', '=', kind).where('r.room_id', '=', roomId).execute();
    const found = await Promise.all(rows.map((row) => findCase(db, row.approval_id)));
    return found.filter((one) => one !== null).filter((one) => isGranted(one, at));
  },
};
