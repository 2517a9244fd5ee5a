/** The page of holds: who holds what footage, why, until when, how much. */
import type { z } from 'zod';
import type { Hold as HoldView, listHolds } from '../../../../../contract/evidence-holds.ts';
import type { Role } from '../../../../../contract/identity.ts';
import type { Instant } from '../../../base/clock.ts';
import { questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import type { HoldsContext } from './context.ts';
import { sharePercent, stateOf, type Hold } from './hold.ts';
import { activeHolds, endedHolds, heldSpans } from './hold-store.ts';

const owners: readonly Role[] = ['security_department', 'leader', 'room_manager', 'video_custodian'];
const askers: readonly Role[] = ['requester', 'duty_operator', 'monitor', 'shift_leader', 'duty_manager', 'room_manager', 'video_custodian', 'security_department', 'leader', 'technician', 'guard_captain'];
const endedShown = 50;

interface Names {
  people: ReadonlyMap<string, string>;
  cameras: ReadonlyMap<string, string>;
}

const nameIn = ({ people: known }: Names, id: string): string => known.get(id) ?? id;

const shown = async (context: HoldsContext, db: Db, hold: Hold, names: Names, now: Instant): Promise<HoldView> => {
  const size = hold.endedAt === null ? await context.footage.touched(db, hold.cameraIds.map((cameraId) => ({ cameraId, from: hold.from, until: hold.until }))) : { segments: 0, sizeBytes: 0 };
  const named = (personId: string) => ({ personId, name: nameIn(names, personId) });
  const { holdId, requestId, number, from, until, reason, placedAt, decideBy, confirmedAt, confirmedBy, ownerId, reviewAt, space, endedAt, endedHow, endedNote, endedBy } = hold;
  return {
    holdId, requestId, number, state: stateOf(hold), requester: named(hold.requesterId), cameras: hold.cameraIds.map((id) => names.cameras.get(id) ?? id), from, until, reason, ...size, placedAt,
    decideBy: confirmedAt === null ? decideBy : null, owner: ownerId === null ? null : named(ownerId), confirmedBy: confirmedBy === null ? null : nameIn(names, confirmedBy), confirmedAt, reviewAt,
    reviewIsDue: endedAt === null && reviewAt !== null && reviewAt <= now, space, endedAt, endedHow, endedNote, endedBy: endedBy === null ? null : nameIn(names, endedBy),
  };
};

export const holdsPage = async (context: HoldsContext, caller: Caller): Promise<z.input<typeof listHolds.response>> => {
  const { database: { db }, clock, footage } = context;
  const now = clock.now();
  const rules = await context.rules(db, caller, now);
  const active = await activeHolds(db, caller.roomId);
  const over = await endedHolds(db, caller.roomId, endedShown);
  const all = [...active, ...over];
  const ids = all.flatMap((one) => [one.requesterId, one.ownerId, one.confirmedBy, one.endedBy].filter((id) => id !== null));
  const names: Names = { people: await people.personNames(db, [...new Set(ids)]), cameras: await footage.cameraNames(db, [...new Set(all.flatMap((one) => one.cameraIds))]) };
  const showAll = (holds: readonly Hold[]): Promise<HoldView[]> => Promise.all(holds.map((hold) => shown(context, db, hold, names, now)));
  const { sizeBytes } = await footage.touched(db, await heldSpans(db, caller.siteId, { confirmed: true }));
  const storageBytes = context.storageBytes();
  const listed = (found: readonly { personId: string; name: string }[]) => found.map(({ personId, name }) => ({ personId, name }));
  return {
    holds: await showAll(active), ended: await showAll(over),
    share: { heldBytes: sizeBytes, storageBytes, percent: sharePercent(sizeBytes, storageBytes), limitPercent: rules.number('hold_share_percent') },
    owners: listed(await people.peopleWithRoles(db, caller, owners, now)), requesters: listed(await people.peopleWithRoles(db, caller, askers, now)),
    reviewDays: rules.number('hold_review_days'), undecidedHours: rules.number('hold_undecided_hours'), quotaHours: rules.number('hold_quota_camera_hours'), now,
  };
};
