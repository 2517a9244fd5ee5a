/** The tables of schema identity as kysely sees them. */
import type { Generated } from 'kysely';
import type { Language } from '../../../../contract/identity.ts';
import type { InstantColumn, NullableInstantColumn } from '../../platform/postgres/db.ts';
import type { EndReason } from './refusals.ts';
import type { ChangeNeeded } from './restriction.ts';

export type SignInProof = 'password' | 'passkey' | 'password_totp' | 'password_recovery';

// A type, not an interface: kysely wants an index signature.
export type IdentityTables = {
  'identity.sites': { site_id: string; name: string; time_zone: string; language: Language; demonstration: boolean; made_at: InstantColumn };
  'identity.rooms': { room_id: string; site_id: string; name: string; made_at: InstantColumn };
  'identity.people': { person_id: string; account: string; account_key: string; language: Language; added_at: InstantColumn; added_by: string };
  'identity.person_details': { person_id: string; number: number; since_at: InstantColumn; name: string; staff_number: string; changed_by: string };
  'identity.deactivations': { person_id: string; from_at: InstantColumn; by_id: string; until_at: NullableInstantColumn; ended_by: string | null };
  'identity.role_grants': {
    grant_id: Generated<number>;
    person_id: string;
    role: string;
    scope_id: string;
    from_at: InstantColumn;
    granted_by: string;
    until_at: NullableInstantColumn;
    ended_by: string | null;
    reason: Generated<string>;
  };
  'identity.posts': { post_id: string; room_id: string; name: string; made_at: InstantColumn };
  'identity.post_holders': {
    post_id: string;
    person_id: string;
    from_at: InstantColumn;
    given_by: string;
    until_at: NullableInstantColumn;
    ended_by: string | null;
  };
  'identity.passwords': { person_id: string; phc: string; since_at: InstantColumn; set_by: string; change_needed: ChangeNeeded | null };
  'identity.sessions': {
    session_id: string;
    token_hash: Buffer;
    person_id: string;
    source: string;
    created_at: InstantColumn;
    seen_at: InstantColumn;
    ended_at: NullableInstantColumn;
    ended_reason: EndReason | null;
    proof: Generated<SignInProof>;
    step_up_at: NullableInstantColumn;
    limited_at: NullableInstantColumn;
    limit_ended_at: NullableInstantColumn;
  };
  'identity.passkeys': {
    passkey_id: string;
    person_id: string;
    credential_id: string;
    public_key: Buffer;
    counter: number;
    transports: string[];
    name: string;
    rp_id: string;
    backed_up: boolean;
    added_at: InstantColumn;
    used_at: NullableInstantColumn;
    removed_at: NullableInstantColumn;
    removed_by: string | null;
  };
  'identity.code_generators': {
    generator_id: string;
    person_id: string;
    sealed_secret: Buffer;
    made_at: InstantColumn;
    confirmed_at: NullableInstantColumn;
    last_counter: number;
    ended_at: NullableInstantColumn;
    ended_by: string | null;
  };
  'identity.sign_in_attempts': { key: string; failures: number; last_at: InstantColumn; free_at: InstantColumn };
  'identity.known_sources': { source: string; person_id: string; last_at: InstantColumn };
  'identity.repeated_acts': { kind: 'denied' | 'sign_in_failed'; key: string; from_at: InstantColumn; repeats: number; what: string };
  'identity.set_up_code': { only_one: Generated<boolean>; phc: string; made_at: InstantColumn; tries_from: InstantColumn; tries: number };
  'identity.people_now': {
    person_id: string;
    account: string;
    account_key: string;
    language: Language;
    name: string;
    staff_number: string;
    active: boolean;
  };
};
