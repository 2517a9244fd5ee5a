/** The tables of schema parameters as kysely sees them. */
import type { ColumnType, Generated } from 'kysely';
import type { InstantColumn, NullableInstantColumn } from '../../platform/postgres/db.ts';

/** jsonb: read as what was written, written as its text. */
type JsonColumn = ColumnType<unknown, string, string>;

interface Decided {
  decided_at: InstantColumn;
  decided_by: string;
  approval_id: string | null;
}
interface Ending {
  until_at: NullableInstantColumn;
  ended_by: string | null;
}

// A type, not an interface: kysely wants an index signature.
export type ParametersTables = {
  'parameters.changes': { change_id: Generated<number>; site_id: string; at: InstantColumn };
  'parameters.packs': {
    digest: string; pack_id: string; version: number; document: JsonColumn; signed_by: string | null; own_approval_id: string | null; stored_at: InstantColumn; stored_by: string;
  };
  'parameters.adoptions': Decided & Ending & { adoption_id: string; site_id: string; room_id: string | null; node_id: string | null; digest: string; from_at: InstantColumn };
  'parameters.settlements': Decided & {
    settlement_id: Generated<number>; site_id: string; room_id: string | null; conflict_id: string; option_key: string; chosen: JsonColumn; clause_ids: string[]; reason: string;
    from_at: InstantColumn;
  };
  'parameters.waivers': Decided & Ending & {
    waiver_id: string; site_id: string; room_id: string | null; pack_id: string; clause_id: string; reason: string; from_at: InstantColumn; review_at: InstantColumn;
  };
  'parameters.site_values': Decided & {
    value_id: Generated<number>; site_id: string; room_id: string | null; name: string; value: JsonColumn; reason: string; from_at: InstantColumn;
  };
  'parameters.opt_outs': Omit<Decided, 'approval_id'> & Ending & {
    opt_out_id: string; site_id: string; room_id: string; adoption_id: string; reason: string; from_at: InstantColumn; approval_id: string;
  };
  'parameters.profiles': Decided & { site_id: string; version: number; profile: JsonColumn; from_at: InstantColumn };
  'parameters.profile_drafts': { site_id: string; number: number; profile: JsonColumn; changed_at: InstantColumn; changed_by: string };
  'parameters.rulings': {
    ruling_id: string; site_id: string; pack_id: string; clause_id: string; unit: string; question: string; ruling: string; given_at: InstantColumn; given_by: string;
  };
};
