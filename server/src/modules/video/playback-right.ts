/**
 * May this person look at this footage now? Asked at the opening of a playback and again at each of its requests, so that a right that ended
 * gives nothing more. Evidence fills the slot; without it the role alone decides.
 */
import type { Instant } from '../../base/clock.ts';
import { Refusal, type Sentence } from '../../base/refusal.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { VideoContext } from './context.ts';

export interface PlayQuestion {
  caller: Caller;
  cameraId: string;
  from: Instant;
  until: Instant;
  at: Instant;
  /** When the looking began: what was allowed then by its distance from now does not age away under the eyes of who looks. */
  openedAt: Instant;
  /** timeline: where footage is, no picture. picture: to keep one, which a right to look does not give. */
  what: 'timeline' | 'footage' | 'picture';
  /** As much of the span as the right covers will do. */
  clip: boolean;
}

export interface PlayRight {
  /** Null: by the role of the person. */
  grantId: string | null;
  /** Number of the request, as people say it. */
  request: string | null;
  /** When it ends by itself; null: with the role. */
  endsAt: Instant | null;
  /** The footage that it covers, within what was asked. */
  from: Instant;
  until: Instant;
}

/** Not by role, and nothing else speaks for it: the same answer as at any other door. */
export interface Denied {
  denied: Sentence;
}

export type MayPlay = (db: Db, question: PlayQuestion) => Promise<PlayRight | Denied | Refusal>;

export const byRole = ({ from, until }: Pick<PlayQuestion, 'from' | 'until'>): PlayRight => ({ grantId: null, request: null, endsAt: null, from, until });

export const roleDecides: MayPlay = async (_db, question) => {
  const answer = question.caller.can('video.footage.play');
  return answer === true ? byRole(question) : { denied: answer };
};

/** Throws what stands in the way, once it is on record. */
export const requireRight = async (context: VideoContext, mayPlay: MayPlay, question: PlayQuestion): Promise<PlayRight> => {
  const answer = await mayPlay(context.database.db, question);
  if (!(answer instanceof Refusal) && !('denied' in answer)) return answer;
  const reason = answer instanceof Refusal ? answer.sentence : answer.denied;
  const recorded = await context.deny(question.caller, `playback ${question.what} ${question.cameraId}`, reason, 'video.footage.play');
  throw answer instanceof Refusal ? answer : recorded;
};

/** Under what somebody looked, as the ledger says it. */
export const basisOf = ({ request }: Pick<PlayRight, 'request'>) =>
  request === null ? { zh: '按岗位职责', en: 'by role' } : { zh: `凭申请 ${request}`, en: `under request ${request}` };
