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

interface Span {
  from: Instant;
  until: Instant;
}

/** What of the asked span lies in the right; null: nothing, or not the whole where the whole was asked for. */
export const within = (right: Span, asked: Span, clip: boolean): Span | null => {
  const [from, until] = [Math.max(right.from, asked.from), Math.min(right.until, asked.until)];
  if (until <= from) return null;
  return clip || (from === asked.from && until === asked.until) ? { from, until } : null;
};

export const covered = (grant: Pick<Grant, 'cameraIds' | 'from' | 'until'>, asked: Span & { cameraId: string; clip: boolean }): Span | null =>
  grant.cameraIds.includes(asked.cameraId) ? within(grant, asked, asked.clip) : null;
