/** Approvals: who asked, who must agree, what is granted, for how long (lifecycle 1). */
export { createApprovals, type Approvals } from './create-approvals.ts';
export type { ApprovalPeople, ApprovalsOptions, Place } from './context.ts';
export { limitsFrom, type ApprovalLimits } from './limits.ts';
export { declareApprovalKind, neverBeforeSigned, type AnyApprovalKind, type ApprovalContext, type ApprovalDetail, type ApprovalKind, type ApprovalStep, type ApprovedApproval, type Emergency, type EndedApproval } from './kind.ts';
export type { Submission } from './commands/submit.ts';
export type { SigningSlot } from './signing.ts';
export { bodyDigest, questions } from './questions.ts';
export { verifySignature } from './statement.ts';
export type { ApprovalCase } from './case.ts';
export type { Consent } from './consent.ts';
export { approvalsControls } from './controls.ts';
export { approvalsJudges } from './judges.ts';
export { approvalsEvents } from './events.ts';
export { approvalsRefusals } from './refusals.ts';
export { approvalsVerbs } from './verbs.ts';
