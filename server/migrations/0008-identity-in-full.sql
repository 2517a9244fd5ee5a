-- Identity in full: passkeys, one-time codes, step-up and limited sessions, passwords that must be changed, titles of a site, people brought in by
-- file, device credentials, qualifications. What somebody added is ended once, never rewritten or deleted.
alter table identity.passwords
  add column change_needed text check (change_needed in ('first', 'set_by_other', 'disclosed'));
comment on column identity.passwords.change_needed is 'Why it must be changed before anything else may be done: first = made for a new account, set_by_other = set by an administrator, disclosed = reported as known to others; null: it need not';
grant update (change_needed) on identity.passwords to vigil_app;

alter table identity.sessions drop constraint sessions_ended_reason_check;
alter table identity.sessions
  add constraint sessions_ended_reason_check check (ended_reason in ('signed_out', 'idle', 'password_changed', 'deactivated', 'recovered', 'relieved', 'signed_in_elsewhere', 'factor_reset', 'ended_by_person')),
  add column proof text not null default 'password' check (proof in ('password', 'passkey', 'password_totp', 'password_recovery')),
  add column step_up_at timestamptz(3),
  add column limited_at timestamptz(3),
  add column limit_ended_at timestamptz(3),
  add check (limit_ended_at is null or limited_at is not null);
comment on column identity.sessions.ended_reason is 'Why it ended; relieved = the post was handed over, signed_in_elsewhere = a newer sign-in took its place, factor_reset = an administrator removed the second factor, ended_by_person = ended from another session of the same person';
comment on column identity.sessions.proof is 'What the sign-in was proved with';
comment on column identity.sessions.step_up_at is 'Last proof that the person themselves sits here: sign-in or a later one; null: none since a limited sign-in';
comment on column identity.sessions.limited_at is 'Since when it is a second console of a person on post, which may do nothing until it proves the person; null: never was';
comment on column identity.sessions.limit_ended_at is 'When that proof was given; null: still limited, or never was';
grant update (step_up_at, limited_at, limit_ended_at) on identity.sessions to vigil_app;

create table identity.passkeys (
  passkey_id text primary key check (passkey_id ~ '^pky_[0-9a-hjkmnp-tv-z]{26}$'),
  person_id text not null references identity.people,
  credential_id text not null unique check (length(credential_id) between 16 and 1400),
  public_key bytea not null,
  counter bigint not null check (counter >= 0),
  transports text[] not null,
  name text not null check (length(name) between 1 and 64),
  rp_id text not null check (length(rp_id) between 1 and 253),
  backed_up boolean not null,
  added_at timestamptz(3) not null,
  used_at timestamptz(3),
  removed_at timestamptz(3),
  removed_by text,
  check ((removed_at is null) = (removed_by is null))
);
comment on table identity.passkeys is 'A passkey of a person: a key that their own device holds and releases after a fingerprint or PIN.';
comment on column identity.passkeys.passkey_id is 'Id, pky_…';
comment on column identity.passkeys.person_id is 'Whose';
comment on column identity.passkeys.credential_id is 'Id that the authenticator gave, base64url';
comment on column identity.passkeys.public_key is 'COSE public key';
comment on column identity.passkeys.counter is 'Signature counter last seen; 0 when the device does not count';
comment on column identity.passkeys.transports is 'How the browser reaches it, e.g. internal, usb';
comment on column identity.passkeys.name is 'The person''s own name for it';
comment on column identity.passkeys.rp_id is 'Host name that it belongs to, from VIGIL_ORIGIN';
comment on column identity.passkeys.backed_up is 'The device keeps a copy of it in an account of its maker';
comment on column identity.passkeys.added_at is 'Added at';
comment on column identity.passkeys.used_at is 'Last used at; null: never';
comment on column identity.passkeys.removed_at is 'Removed at; null: valid';
comment on column identity.passkeys.removed_by is 'Person or process that removed it';
create index passkeys_person on identity.passkeys (person_id) where removed_at is null;
grant select, insert on identity.passkeys to vigil_app;
grant update (counter, used_at, removed_at, removed_by) on identity.passkeys to vigil_app;

create table identity.challenges (
  challenge text primary key check (length(challenge) between 32 and 128),
  purpose text not null check (purpose in ('register', 'sign_in', 'step_up')),
  session_id text,
  made_at timestamptz(3) not null
);
comment on table identity.challenges is 'Random values that a passkey must sign, each once and within five minutes.';
comment on column identity.challenges.challenge is '32 random bytes, base64url';
comment on column identity.challenges.purpose is 'What the answer may be used for';
comment on column identity.challenges.session_id is 'Session that asked; null for a sign-in';
comment on column identity.challenges.made_at is 'Made at';
create index challenges_made on identity.challenges (made_at);
grant select, insert, delete on identity.challenges to vigil_app;

create table identity.code_generators (
  generator_id text primary key check (generator_id ~ '^otp_[0-9a-hjkmnp-tv-z]{26}$'),
  person_id text not null references identity.people,
  sealed_secret bytea not null,
  made_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  last_counter bigint not null check (last_counter >= 0),
  ended_at timestamptz(3),
  ended_by text,
  check ((ended_at is null) = (ended_by is null))
);
comment on table identity.code_generators is 'A generator of one-time codes (TOTP, RFC 6238) on a phone of the person.';
comment on column identity.code_generators.generator_id is 'Id, otp_…';
comment on column identity.code_generators.person_id is 'Whose';
comment on column identity.code_generators.sealed_secret is '20 random bytes, sealed under a key outside the database';
comment on column identity.code_generators.made_at is 'Begun at';
comment on column identity.code_generators.confirmed_at is 'A first right code was given at; null: not in use yet';
comment on column identity.code_generators.last_counter is 'Time step (30 s) of the last accepted code: an earlier or equal one is refused';
comment on column identity.code_generators.ended_at is 'Removed or replaced at; null: valid';
comment on column identity.code_generators.ended_by is 'Person or process that ended it';
create unique index code_generators_confirmed on identity.code_generators (person_id) where confirmed_at is not null and ended_at is null;
create unique index code_generators_begun on identity.code_generators (person_id) where confirmed_at is null and ended_at is null;
grant select, insert on identity.code_generators to vigil_app;
grant update (confirmed_at, last_counter, ended_at, ended_by) on identity.code_generators to vigil_app;

create table identity.recovery_codes (
  generator_id text not null references identity.code_generators,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz(3),
  primary key (generator_id, code_hash)
);
comment on table identity.recovery_codes is 'Codes for who has lost the phone, each good once, void with their generator.';
comment on column identity.recovery_codes.generator_id is 'The generator that they stand in for';
comment on column identity.recovery_codes.code_hash is 'SHA-256 of 80 random bits';
comment on column identity.recovery_codes.used_at is 'Used at; null: unused';
grant select, insert on identity.recovery_codes to vigil_app;
grant update (used_at) on identity.recovery_codes to vigil_app;

create table identity.standing_alarms (
  kind text not null check (kind in ('second_console', 'password_overdue_on_post')),
  subject text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) check (until_at >= from_at),
  primary key (kind, subject, from_at)
);
comment on table identity.standing_alarms is 'Alarms that identity raised and that still stand, so that each is raised once and cleared when its cause is gone.';
comment on column identity.standing_alarms.kind is 'Which alarm';
comment on column identity.standing_alarms.subject is 'Person that it concerns';
comment on column identity.standing_alarms.from_at is 'Raised at';
comment on column identity.standing_alarms.until_at is 'Cause gone at; null: stands';
create unique index standing_alarms_open on identity.standing_alarms (kind, subject) where until_at is null;
grant select, insert on identity.standing_alarms to vigil_app;
grant update (until_at) on identity.standing_alarms to vigil_app;

alter table identity.role_grants
  add column reason text not null default '' check (length(reason) <= 200);
comment on column identity.role_grants.reason is 'Why it was granted, in the words of who granted it; empty: none given';

create table identity.site_titles (
  title_id text primary key check (title_id ~ '^ttl_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  role text not null check (role ~ '^[a-z_]{3,40}$'),
  title_zh text not null check (length(title_zh) between 1 and 32),
  title_en text not null check (length(title_en) between 1 and 48),
  from_at timestamptz(3) not null,
  by_id text not null,
  until_at timestamptz(3) check (until_at >= from_at),
  ended_by text,
  check ((until_at is null) = (ended_by is null))
);
comment on table identity.site_titles is 'What a site calls a role, shown instead of the standard title and understood when people are brought in by file.';
comment on column identity.site_titles.title_id is 'Id, ttl_…';
comment on column identity.site_titles.site_id is 'Site that uses the title';
comment on column identity.site_titles.role is 'Role of contract/identity.ts that it means';
comment on column identity.site_titles.title_zh is 'Title in Chinese, e.g. 调度员';
comment on column identity.site_titles.title_en is 'Title in English, e.g. dispatcher';
comment on column identity.site_titles.from_at is 'Used from';
comment on column identity.site_titles.by_id is 'Person that set it';
comment on column identity.site_titles.until_at is 'Used until, exclusive; null: now';
comment on column identity.site_titles.ended_by is 'Person that ended or replaced it';
create unique index site_titles_open on identity.site_titles (site_id, role) where until_at is null;
grant select, insert on identity.site_titles to vigil_app;
grant update (until_at, ended_by) on identity.site_titles to vigil_app;

create table identity.device_credentials (
  credential_id text primary key check (credential_id ~ '^dcr_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  device text not null check (length(device) between 1 and 64),
  kind text not null check (kind in ('computer', 'recorder', 'camera', 'network', 'other')),
  account text not null check (length(account) <= 128),
  added_at timestamptz(3) not null,
  added_by text not null,
  retired_at timestamptz(3),
  retired_by text,
  check ((retired_at is null) = (retired_by is null))
);
comment on table identity.device_credentials is 'The account of a device or computer whose password the room answers for.';
comment on column identity.device_credentials.credential_id is 'Id, dcr_…';
comment on column identity.device_credentials.site_id is 'Site of the device';
comment on column identity.device_credentials.device is 'Which device, e.g. 值班台电脑 1';
comment on column identity.device_credentials.kind is 'What it is';
comment on column identity.device_credentials.account is 'Account on the device; empty when it has none';
comment on column identity.device_credentials.added_at is 'Listed since';
comment on column identity.device_credentials.added_by is 'Person that listed it';
comment on column identity.device_credentials.retired_at is 'Taken from the list at; null: in use';
comment on column identity.device_credentials.retired_by is 'Person that took it from the list';
grant select, insert on identity.device_credentials to vigil_app;
grant update (retired_at, retired_by) on identity.device_credentials to vigil_app;

create table identity.device_passwords (
  credential_id text not null references identity.device_credentials,
  number integer not null check (number >= 1),
  owner_id text not null references identity.people,
  sealed_password bytea,
  signs integer not null check (signs >= 0),
  score integer check (score between 0 and 4),
  since_at timestamptz(3) not null,
  set_by text not null,
  primary key (credential_id, number)
);
comment on table identity.device_passwords is 'Each password that a device has had, sealed and never shown; the highest number holds. Without one the device is open.';
comment on column identity.device_passwords.credential_id is 'Whose account';
comment on column identity.device_passwords.number is 'Counts the changes of one account from 1';
comment on column identity.device_passwords.owner_id is 'Person who answers for it';
comment on column identity.device_passwords.sealed_password is 'The password, sealed under a key outside the database; null: the device has no password';
comment on column identity.device_passwords.signs is 'Its length in characters; 0 when there is none';
comment on column identity.device_passwords.score is 'Strength when it was set: 0 guessed at once … 4 strong; null: no password';
comment on column identity.device_passwords.since_at is 'Set on the device at';
comment on column identity.device_passwords.set_by is 'Person that recorded it';
grant select, insert on identity.device_passwords to vigil_app;

create table identity.disclosures (
  disclosure_id text primary key check (disclosure_id ~ '^dis_[0-9a-hjkmnp-tv-z]{26}$'),
  person_id text references identity.people,
  credential_id text references identity.device_credentials,
  reported_at timestamptz(3) not null,
  reported_by text not null,
  text text not null check (length(text) <= 400),
  answered_at timestamptz(3),
  check ((person_id is null) <> (credential_id is null))
);
comment on table identity.disclosures is 'A report that somebody else knows a password: it must be changed.';
comment on column identity.disclosures.disclosure_id is 'Id, dis_…';
comment on column identity.disclosures.person_id is 'Person whose password it is; null: that of a device';
comment on column identity.disclosures.credential_id is 'Device account whose password it is; null: that of a person';
comment on column identity.disclosures.reported_at is 'Reported at';
comment on column identity.disclosures.reported_by is 'Person that reported it';
comment on column identity.disclosures.text is 'What happened, as reported';
comment on column identity.disclosures.answered_at is 'The password was changed at; null: not yet';
grant select, insert on identity.disclosures to vigil_app;
grant update (answered_at) on identity.disclosures to vigil_app;

create table identity.qualifications (
  qualification_id text primary key check (qualification_id ~ '^qua_[0-9a-hjkmnp-tv-z]{26}$'),
  person_id text not null references identity.people,
  kind text not null check (kind in ('console_training', 'guard_certificate', 'fire_control_certificate', 'background_check', 'confidentiality_training', 'other')),
  number text not null check (length(number) <= 64),
  valid_from timestamptz(3) not null,
  valid_until timestamptz(3) check (valid_until > valid_from),
  scan_sha256 text check (scan_sha256 ~ '^[0-9a-f]{64}$'),
  scan_type text check (scan_type in ('image/jpeg', 'image/png', 'application/pdf')),
  checked_by text not null references identity.people,
  added_at timestamptz(3) not null,
  withdrawn_at timestamptz(3),
  withdrawn_by text,
  check ((scan_sha256 is null) = (scan_type is null)),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
comment on table identity.qualifications is 'A certificate or training of a person, thin: what, until when, who has seen the paper.';
comment on column identity.qualifications.qualification_id is 'Id, qua_…';
comment on column identity.qualifications.person_id is 'Whose';
comment on column identity.qualifications.kind is 'What it is; console_training is what a parameter may demand before somebody uses the console';
comment on column identity.qualifications.number is 'Number on the paper; empty when it has none';
comment on column identity.qualifications.valid_from is 'Valid from';
comment on column identity.qualifications.valid_until is 'Valid until, exclusive; null: without end';
comment on column identity.qualifications.scan_sha256 is 'Hash of the scan as kept among the files; null: none';
comment on column identity.qualifications.scan_type is 'Media type of the scan';
comment on column identity.qualifications.checked_by is 'Person who has seen the original';
comment on column identity.qualifications.added_at is 'Recorded at';
comment on column identity.qualifications.withdrawn_at is 'No longer counts since; null: counts';
comment on column identity.qualifications.withdrawn_by is 'Person that withdrew it';
create index qualifications_person on identity.qualifications (person_id) where withdrawn_at is null;
grant select, insert on identity.qualifications to vigil_app;
grant update (withdrawn_at, withdrawn_by) on identity.qualifications to vigil_app;

create table identity.device_scans (
  site_id text not null references identity.sites,
  at timestamptz(3) not null,
  devices integer not null check (devices >= 0),
  found integer not null check (found >= 0),
  primary key (site_id, at)
);
comment on table identity.device_scans is 'When the passwords of all listed devices were looked at for factory, weak, missing and overdue ones.';
comment on column identity.device_scans.site_id is 'Site whose devices were looked at';
comment on column identity.device_scans.at is 'Looked at';
comment on column identity.device_scans.devices is 'How many devices';
comment on column identity.device_scans.found is 'How many of them had something wrong';
grant select, insert on identity.device_scans to vigil_app;
