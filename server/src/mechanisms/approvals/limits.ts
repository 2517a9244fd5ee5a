/** Limits of approvals as the room's parameters have them. Pure. */
import { Role } from '../../../../contract/identity.ts';
import { dayMs, hourMs, minuteMs } from '../../base/units.ts';

export interface ApprovalLimits {
  /** Time of a step, ms. */
  stepMs: number;
  urgentStepMs: number;
  /** A returned request waits this long for its applicant, ms. */
  returnedMs: number;
  /** A draft is kept this long after its last change, ms. */
  draftMs: number;
  /** What was granted to be used is used within this time at the longest, ms. */
  grantMs: number;
  /** Papers after a verbal order, ms. */
  papersMs: number;
  /** Whose orders by word of mouth count here, among those whom a kind names. */
  orderLeaders: readonly Role[];
  /** How often a place is handed on or added to, at most. */
  transferMax: number;
  /** Reminders of people, one after the other, ms. */
  remindAgainMs: number;
  /** Shares of a step's time at which it reminds by itself. */
  remindShares: readonly [number, number];
  /** Who hears that a step is past its limit. */
  escalateTo: readonly Role[];
}

/** Parameters of the room at an instant, by name. */
export interface RoomNumbers {
  number(name: string): number;
  list(name: string): readonly string[];
}

export const limitsFrom = (rules: RoomNumbers): ApprovalLimits => {
  const rolesIn = (name: string): Role[] => rules.list(name).flatMap((role) => Role.safeParse(role).data ?? []);
  const first = rules.number('approval_remind_first_share');
  return {
    stepMs: rules.number('approval_step_limit_hours') * hourMs,
    urgentStepMs: rules.number('approval_urgent_step_limit_minutes') * minuteMs,
    returnedMs: rules.number('approval_returned_expires_days') * dayMs,
    draftMs: rules.number('approval_draft_kept_days') * dayMs,
    grantMs: rules.number('approval_grant_valid_hours') * hourMs,
    papersMs: rules.number('papers_after_verbal_order_hours') * hourMs,
    transferMax: rules.number('approval_transfer_max'),
    remindAgainMs: rules.number('approval_remind_again_minutes') * minuteMs,
    remindShares: [first, Math.max(first, rules.number('approval_remind_second_share'))],
    orderLeaders: rolesIn('verbal_order_leaders'),
    escalateTo: rolesIn('approval_escalate_to'),
  };
};
