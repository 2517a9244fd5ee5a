/** The profile as its page needs it: what is approved, what is being written, what it lacks. */
import type { z } from 'zod';
import type { viewProfile as viewProfileEndpoint } from '../../../../contract/parameters.ts';
import { questions as people, type Caller } from '../identity/index.ts';
import type { ParametersContext } from './context.ts';
import { emptyProfile } from './profile.ts';
import { checksOf } from './profile-demands.ts';
import { findDraft, profileInForce, profileVersions } from './profile-store.ts';

export const viewProfile = async (context: ParametersContext, caller: Caller): Promise<z.input<(typeof viewProfileEndpoint)['response']>> => {
  const { database: { db }, clock, shipped } = context;
  const now = clock.now();
  const approved = await profileInForce(db, caller.siteId, now);
  const draft = await findDraft(db, caller.siteId);
  const versions = await profileVersions(db, caller.siteId);
  const names = await people.personNames(db, [...new Set([...versions.map((one) => one.decidedBy), ...(draft === null ? [] : [draft.changedBy])])]);
  const by = (id: string): string => names.get(id) ?? id;
  const everybody = await people.everybody(db, now);
  return {
    approved: approved === null ? null : { version: approved.version, from: approved.from, by: by(approved.decidedBy), profile: approved.profile },
    draft: draft === null ? null : { number: draft.number, changedAt: draft.changedAt, by: by(draft.changedBy), profile: draft.profile },
    checks: await checksOf(context, db, caller, draft?.profile ?? approved?.profile ?? emptyProfile, now),
    versions: versions.map(({ version, from, decidedBy, approvalId }) => ({ version, from, by: by(decidedBy), approvalId })),
    statedPurposes: shipped.packs.flatMap((pack) => pack.purposes.map(({ clause, zh, en, figures }) => ({ clause, zh, en, figures }))),
    figures: [...shipped.figures],
    cameras: [...(await context.cameras(db, caller.siteId, now))],
    people: everybody.filter((person) => person.active).map(({ personId, name }) => ({ personId, name })),
    rooms: (await people.roomsOf(db, caller.siteId)).map(({ roomId, name }) => ({ roomId, name })),
  };
};
