/**
 * Who may look at recorded footage now. A grant of an approved request comes first, so that what is seen under it is written under it. Else the
 * role decides, where the adopted rules ask for no request; and where they do, whoever watches live may look back a little: it is the same
 * watch that goes on (README, "Who may look without a request").
 */
import type { Instant } from '../../../base/clock.ts';
import { Refusal, type Sentence } from '../../../base/refusal.ts';
import { minuteMs } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import type { GrantsContext } from './context.ts';
import { onlyWithRight, whileGrantHolds, withinGrant } from './controls.ts';
import { covered, holdsNow, within, type Grant } from './grant.ts';
import { grantsFor } from './grant-store.ts';
import { grantRefusals as refuse } from './refusals.ts';

export interface PlayAsked {
  caller: Caller;
  cameraId: string;
  from: Instant;
  until: Instant;
  at: Instant;
  openedAt: Instant;
  what: 'timeline' | 'footage' | 'picture';
  clip: boolean;
}

export interface PlayAnswer {
  grantId: string | null;
  request: string | null;
  endsAt: Instant | null;
  from: Instant;
  until: Instant;
}

/** Neither role nor grant. */
interface Denied {
  denied: Sentence;
}

/** The texts that forbid looking without a permission: adopted and not waived, they ask for a request whatever the room's own value says. */
const askingClauses = ['BUS-1.4.4', 'BUS-1.4.8', 'BUS-2.4.1', 'BRN-6.1', 'SCH-3.1.2', 'SCH-3.1.3', 'SCH-3.1.4'];

const byRole = ({ from, until }: { from: Instant; until: Instant }): PlayAnswer => ({ grantId: null, request: null, endsAt: null, from, until });

const needsRequest = (rules: Rules): boolean => rules.flag('playback_needs_request') || rules.citeAll(askingClauses).length > 0;

/** Of the grants that concern this person: one that covers what is asked, else why none does. */
const fromGrants = async (context: GrantsContext, db: Db, asked: PlayAsked): Promise<PlayAnswer | Refusal | null> => {
  const { caller, at } = asked;
  const known = await grantsFor(db, caller.roomId, caller.personId, at);
  const standing = known.filter((grant) => whileGrantHolds.allows(() => holdsNow(grant, at)));
  const covering = standing.filter((grant) => withinGrant.allows(() => covered(grant, asked) !== null));
  const here = covering.find((grant) => grant.atPost);
  if (here !== undefined && asked.what === 'picture') return refuse('grant_shows_only');
  if (here !== undefined) return { grantId: here.grantId, request: here.number, endsAt: here.validUntil, ...(covered(here, asked) ?? { from: asked.from, until: asked.until }) };
  const [elsewhere] = covering;
  if (elsewhere !== undefined) return refuse('grant_elsewhere', { number: elsewhere.number, post: elsewhere.post ?? '' });
  const [other] = standing;
  return other === undefined ? null : refuse('outside_grant_span', { number: other.number, cameras: await named(context, db, other) });
};

const named = async (context: GrantsContext, db: Db, grant: Grant): Promise<string> => {
  const names = await context.cameraNames(db, grant.cameraIds);
  return grant.cameraIds.map((id) => names.get(id) ?? id).join('、');
};

/** By role: yes, or what stands in the way. */
const fromRole = async (context: GrantsContext, db: Db, asked: PlayAsked): Promise<PlayAnswer | Denied | Refusal> => {
  const { caller, at, openedAt, what, clip } = asked;
  const may = caller.can('video.footage.play');
  if (may !== true) return { denied: may };
  // Where footage is and where it is missing shows nobody anything; who fills in a request must know it.
  if (what === 'timeline') return byRole(asked);
  const rules = await context.rules(db, caller, at);
  if (!needsRequest(rules)) return byRole(asked);
  const minutes = rules.number('duty_replay_minutes');
  const isWatch = caller.can('video.live.watch') === true;
  const recent = isWatch ? within({ from: openedAt - minutes * minuteMs, until: Number.POSITIVE_INFINITY }, asked, clip) : null;
  return recent === null ? refuse('needs_request', { minutes }) : byRole(recent);
};

export const mayPlay = async (context: GrantsContext, db: Db, asked: PlayAsked): Promise<PlayAnswer | Denied | Refusal> => {
  const granted = await fromGrants(context, db, asked);
  if (granted !== null && !(granted instanceof Refusal)) return granted;
  const role = await fromRole(context, db, asked);
  if (!(role instanceof Refusal) && !('denied' in role)) return role;
  // Who holds a grant is told about the grant; everybody else about their role.
  const refusal = granted ?? role;
  return onlyWithRight.allows(() => false) ? byRole(asked) : refusal;
};
