/** The tables of schema approvals as kysely sees them. */
import type { Generated } from 'kysely';
import type { InstantColumn, NullableInstantColumn } from '../../platform/postgres/db.ts';
import type { CaseState, Seat } from './case.ts';
import type { CaseSignature } from './consent.ts';
import type { DeadlineKind } from './deadlines.ts';
import type { StepMode } from './kind.ts';

// A type, not an interface: kysely wants an index signature.
export type ApprovalsTables = {
  'approvals.requests': {
    approval_id: string; number: Generated<number>; kind: string; kind_version: number; protected: boolean; site_id: string; room_id: string;
    applicant_id: string; executor_id: string | null; subject: string; submitted_at: InstantColumn; expires_at: InstantColumn;
  };
  'approvals.rounds': {
    approval_id: string; round: number; body: unknown; reason: string; summary_zh: string; summary_en: string; clauses: string[]; opened_at: InstantColumn; opened_by: string;
  };
  'approvals.steps': {
    approval_id: string; round: number; step: number; key: string; title_zh: string; title_en: string; mode: StepMode; roles: string[]; people: string[];
    needs: number; limit_ms: number; signed_in_round: number;
  };
  'approvals.seats': {
    approval_id: string; round: number; step: number; seat: number; person_id: string; place: number; hops: number; came_by: Seat['cameBy'];
    came_at: InstantColumn; left_at: NullableInstantColumn; left_by: string | null;
  };
  'approvals.signatures': {
    approval_id: string; round: number; step: number; seat: number; person_id: string; on_behalf_of: string | null; decision: 'approve' | 'reject'; comment: string;
    signed: Buffer; digest: Generated<Buffer>; method: CaseSignature['method']; credential_id: string | null; evidence: string; signed_at: InstantColumn;
  };
  'approvals.states': {
    approval_id: string; state: CaseState['name']; round: number; step: number; escalated: 'late' | 'vacant' | null; version: number;
    granted_at: NullableInstantColumn; valid_until: NullableInstantColumn; changed_at: InstantColumn;
  };
  'approvals.moves': {
    approval_id: string; number: number; act: string; at: InstantColumn; actor_id: string; on_behalf_of: string | null; round: number; step: number | null;
    from_state: string | null; to_state: string; reason: string; to_person: string | null; late_ms: number | null;
  };
  'approvals.deadlines': {
    deadline_id: Generated<number>; approval_id: string; kind: DeadlineKind; due_at: InstantColumn; fired_at: NullableInstantColumn; cleared_at: NullableInstantColumn;
  };
  'approvals.deputies': {
    deputy_id: string; person_id: string; deputy_person_id: string; from_at: InstantColumn; until_at: InstantColumn; reason: string; named_at: InstantColumn;
    ended_at: NullableInstantColumn; ended_by: string | null;
  };
};
