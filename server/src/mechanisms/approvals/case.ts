/** One request with everything that a decision about it needs to know. Pure types; the store loads it, the lifecycle decides on it. */
import type { Role } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Asked, AskedSeat, CaseSignature, Consent } from './consent.ts';

export interface Seat extends AskedSeat {
  personId: string;
  /** Order of signing. */
  place: number;
  /** Within the place: below 0 decides before it, above 0 after it. */
  turn: number;
  hops: number;
  cameBy: 'submission' | 'transfer' | 'assignment' | 'addition';
  /** The approver who asked this person besides; null: laid down. */
  addedBy: string | null;
}

export type CaseState =
  | { name: 'pending'; escalated: 'late' | 'vacant' | null }
  | { name: 'returned' | 'rejected' | 'withdrawn' | 'expired' }
  | { name: 'approved' | 'in_use' | 'closed' | 'lapsed' | 'revoked'; consent: Consent; grantedAt: Instant; validUntil: Instant | null; /** When it was closed, lapsed or revoked. */ endedAt: Instant | null };

/** A file that belongs to what is asked. */
export interface Attachment {
  name: string;
  /** Of its bytes, hex. */
  sha256: string;
  sizeBytes: number;
}

export interface ApprovalCase extends Asked {
  approvalId: string;
  number: number;
  kind: string;
  kindVersion: number;
  siteId: string;
  roomId: string;
  subject: string;
  submittedAt: Instant;
  expiresAt: Instant;
  round: number;
  /** The present step, or the last one. */
  step: number;
  /** Counts the changes of its state. */
  version: number;
  state: CaseState;
  body: unknown;
  reason: string;
  summary: Sentence;
  clauses: readonly string[];
  /** Part of what is signed. */
  attachments: readonly Attachment[];
  /** Of each step those of the round whose signatures count for it. */
  seats: readonly Seat[];
  signatures: readonly CaseSignature[];
  /** The newest act, for "handled by". */
  lastMove: { actorId: string; act: string } | null;
}

/** People as they are now: those who left or lost their role cannot decide, whatever was laid down. */
export interface Standing {
  name: string;
  active: boolean;
  roles: readonly Role[];
}
export type People = ReadonlyMap<string, Standing>;

/** Where it stands, as people call it. */
export const stateWords: Readonly<Record<CaseState['name'], Sentence>> = {
  pending: { zh: '审批中', en: 'pending' },
  returned: { zh: '已退回', en: 'returned' },
  rejected: { zh: '已拒绝', en: 'rejected' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  expired: { zh: '已过期', en: 'expired' },
  approved: { zh: '已批准', en: 'approved' },
  in_use: { zh: '使用中', en: 'in use' },
  closed: { zh: '已结束', en: 'closed' },
  lapsed: { zh: '未使用已失效', en: 'lapsed unused' },
  revoked: { zh: '已撤销', en: 'revoked' },
};

/** What was done, in the trail. */
export const actWords = {
  submitted: { zh: '提交', en: 'submitted' },
  resubmitted: { zh: '重新提交', en: 'submitted again' },
  agreed: { zh: '同意', en: 'agreed' },
  rejected: { zh: '拒绝', en: 'refused' },
  returned: { zh: '退回', en: 'returned' },
  transferred: { zh: '转交', en: 'handed on' },
  assigned: { zh: '指定审批人', en: 'assigned an approver' },
  added_before: { zh: '加签（前）', en: 'asked a signature before' },
  added_after: { zh: '加签（后）', en: 'asked a signature after' },
  delegated: { zh: '委派征求意见', en: 'asked for an opinion' },
  opined: { zh: '回复意见', en: 'gave the opinion' },
  removed: { zh: '减签', en: 'no longer asks' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  reminded: { zh: '催办', en: 'reminded' },
  escalated: { zh: '上报', en: 'escalated' },
  expired: { zh: '过期', en: 'expired' },
  used: { zh: '开始使用', en: 'used' },
  closed: { zh: '结束', en: 'closed' },
  lapsed: { zh: '失效', en: 'lapsed' },
  revoked: { zh: '撤销', en: 'revoked' },
} as const satisfies Record<string, Sentence>;
export type ActName = keyof typeof actWords;
export const isActName = (text: string): text is ActName => Object.hasOwn(actWords, text);
