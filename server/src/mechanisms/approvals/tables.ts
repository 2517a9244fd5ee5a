/** The tables of schema approvals as kysely sees them. */
import type { ColumnType, Generated } from 'kysely';
import type { InstantColumn, NullableInstantColumn } from '../../platform/postgres/db.ts';
import type { Attachment, CaseState, Seat } from './case.ts';
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
    approval_id: string; round: number; body: unknown; reason: string; summary_zh: string; summary_en: string; clauses: string[]; attachments: ColumnType<Attachment[], string>; opened_at: InstantColumn; opened_by: string;
  };
  'approvals.steps': {
    approval_id: string; round: number; step: number; key: string; title_zh: string; title_en: string; mode: StepMode; roles: string[]; people: string[];
    needs: number; limit_ms: number; signed_in_round: number;
  };
  'approvals.seats': {
    approval_id: string; round: number; step: number; seat: number; person_id: string; place: number; turn: number; hops: number; came_by: Seat['cameBy'];
    added: Seat['added']; added_by: string | null;
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
  'approvals.files': { sha256: string; person_id: string; content_type: string; size_bytes: number; kept_at: InstantColumn };
  'approvals.drafts': {
    draft_id: string; person_id: string; site_id: string; room_id: string; kind: string; content: ColumnType<Record<string, unknown>, string, string>; reason: string;
    attachments: ColumnType<Attachment[], string, string>; changed_at: InstantColumn;
  };
  'approvals.orders': {
    order_id: string; number: Generated<number>; kind: string; site_id: string; room_id: string; what: string; reason: string; leader_id: string; recorded_by: string; ordered_at: InstantColumn;
    recorded_at: InstantColumn; papers_due_at: InstantColumn; papered_at: NullableInstantColumn; breached_at: NullableInstantColumn; breach_why: 'late' | 'refused' | null;
  };
  'approvals.order_papers': { approval_id: string; order_id: string; filed_at: InstantColumn };
};
