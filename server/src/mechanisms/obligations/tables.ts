/** Row shapes of the schema `obligations`; the meaning of each column stands in the migration. */
import type { ColumnType } from 'kysely';
import type { FindingOutcome, ObligationState } from '../../../../contract/obligations.ts';
import type { Role } from '../../../../contract/identity.ts';
import type { InstantColumn, NullableInstantColumn } from '../../platform/postgres/db.ts';
import type { DeadlineKind } from './obligation.ts';

/** Written as JSON text, read parsed. */
type JsonColumn<T> = ColumnType<T, string, never>;

// A type, not an interface: kysely's $extendTables asks for an index signature.
export type ObligationTables = {
  'obligations.forms': { form: string; version: number; digest: string; definition: JsonColumn<unknown>; issued_at: InstantColumn };
  'obligations.obligations': {
    obligation_id: string; site_id: string; room_id: string; kind: string; title_zh: string; title_en: string; window_key: string; subject: string;
    from_at: InstantColumn; until_at: InstantColumn; grace_until_at: InstantColumn; form: string; form_version: number; fields: string[]; assignees: Role[]; reviewers: Role[]; clauses: string[];
    made_at: InstantColumn; made_by: string; state: ObligationState; late: boolean; row_version: number;
  };
  'obligations.changes': {
    obligation_id: string; number: number; at: InstantColumn; recorded_at: InstantColumn; state: ObligationState; late: boolean; by_id: string; reason: string; reference: string | null; fired_late_ms: number | null;
  };
  'obligations.deadlines': { obligation_id: string; what: DeadlineKind; number: number; due_at: InstantColumn; fired_at: NullableInstantColumn; cleared_at: NullableInstantColumn };
  'obligations.submissions': { submission_id: string; obligation_id: string; number: number; at: InstantColumn; by_id: string; late: boolean; reason: string; answers: JsonColumn<unknown>; digest: string };
  'obligations.photos': { obligation_id: string; field: string; sha256: string; content_type: 'image/jpeg' | 'image/png'; size_bytes: number; kept_at: InstantColumn; kept_by: string };
  'obligations.reviews': { submission_id: string; at: InstantColumn; by_id: string; outcome: 'agreed' | 'returned'; comment: string };
  'obligations.findings': { finding_id: string; submission_id: string; obligation_id: string; room_id: string; field: string; what_zh: string; what_en: string; note: string; at: InstantColumn; by_id: string };
  'obligations.finding_closings': { finding_id: string; at: InstantColumn; by_id: string; result: string; outcome: FindingOutcome };
  'obligations.finding_charges': {
    finding_id: string; number: number; owner_id: string | null; owner_roles: Role[]; due_at: InstantColumn; set_at: InstantColumn; set_by: string; fired_at: NullableInstantColumn; cleared_at: NullableInstantColumn;
  };
  'obligations.beginnings': { obligation_id: string; number: number; at: InstantColumn; by_id: string };
  'obligations.waiver_requests': { obligation_id: string; approval_id: string; asked_at: InstantColumn; asked_by: string; ended_at: NullableInstantColumn };
  'obligations.special_days': { site_id: string; day: ColumnType<string, string, never>; number: number; kind: 'holiday' | 'working' | 'ordinary'; name: string; said_at: InstantColumn; said_by: string };
  'obligations.plans': { room_id: string; kind: string; active: boolean; planned_until_at: InstantColumn };
};
