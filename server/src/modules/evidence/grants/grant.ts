/** What a grant is, and whether it covers what somebody wants to see. Pure. */
import type { Instant } from '../../../base/clock.ts';

export type GrantMode = 'monitor_views' | 'requester_in_room' | 'remote';
export type GrantEnd = 'revoked' | 'finished';

export interface Grant {
  grantId: string;
  requestId: string;
  /** Number of the request, as people say it. */
  number: string;
  approvalId: string;
  siteId: string;
  roomId: string;
  /** Nobody named: whoever holds the post. */
  personIds: readonly string[];
  cameraIds: readonly string[];
  from: Instant;
  until: Instant;
  /** Null: anywhere. */
  postId: string | null;
  post: string | null;
  validFrom: Instant;
  validUntil: Instant;
  mode: GrantMode;
  givenAt: Instant;
  givenBy: string;
  endedAt: Instant | null;
  endedBy: string | null;
  endedHow: GrantEnd | null;
  endedNote: string | null;
}

/** In force, whoever asks. */
export const holdsNow = (grant: Pick<Grant, 'validFrom' | 'validUntil' | 'endedAt'>, at: Instant): boolean => grant.endedAt === null && grant.validFrom <= at && at < grant.validUntil;

/** The whole span lies in it: a wider one is refused, not cut. */
export const covers = (grant: Pick<Grant, 'cameraIds' | 'from' | 'until'>, asked: { cameraId: string; from: Instant; until: Instant }): boolean =>
  grant.cameraIds.includes(asked.cameraId) && grant.from <= asked.from && asked.until <= grant.until;
