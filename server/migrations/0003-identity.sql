-- People, roles, posts, sessions, passwords, set-up. A change of a right is a row with who and when; the app role may end such a row once
-- (the columns until_at and ended_by), never rewrite or delete it.
create schema identity;
comment on schema identity is 'Who is this, which post do they hold now, may they do this here and now.';
grant usage on schema identity to vigil_app;

create table identity.sites (
  site_id text primary key check (site_id ~ '^site_[0-9a-hjkmnp-tv-z]{26}$'),
  name text not null check (length(name) between 1 and 64),
  time_zone text not null,
  language text not null check (language in ('zh-CN', 'en')),
  demonstration boolean not null,
  made_at timestamptz(3) not null
);
comment on table identity.sites is 'A place with rooms of its own, e.g. a coach station; the unit of the ledger.';
comment on column identity.sites.site_id is 'Id, site_…';
comment on column identity.sites.name is 'Name as on its sign, e.g. 东门客运站';
comment on column identity.sites.time_zone is 'IANA time zone of its calendar and screens, e.g. Asia/Shanghai';
comment on column identity.sites.language is 'Language before somebody has signed in';
comment on column identity.sites.demonstration is 'True for a demonstration room; never changes';
comment on column identity.sites.made_at is 'When it was set up';
grant select, insert on identity.sites to vigil_app;

create table identity.rooms (
  room_id text primary key check (room_id ~ '^room_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  name text not null check (length(name) between 1 and 64),
  made_at timestamptz(3) not null
);
comment on table identity.rooms is 'A monitoring room 监控室 of a site.';
comment on column identity.rooms.room_id is 'Id, room_…';
comment on column identity.rooms.site_id is 'Site that it belongs to';
comment on column identity.rooms.name is 'Name, e.g. 一号监控室';
comment on column identity.rooms.made_at is 'When it was set up';
grant select, insert on identity.rooms to vigil_app;

create table identity.people (
  person_id text primary key check (person_id ~ '^per_[0-9a-hjkmnp-tv-z]{26}$'),
  account text not null check (length(account) between 2 and 64),
  account_key text not null unique,
  language text not null check (language in ('zh-CN', 'en')),
  added_at timestamptz(3) not null,
  added_by text not null
);
comment on table identity.people is 'A person with a personal account. Accounts are never shared, reused or deleted.';
comment on column identity.people.person_id is 'Id, per_…';
comment on column identity.people.account is 'What the person types to sign in, as first written';
comment on column identity.people.account_key is 'The account in NFKC and lower case; unique';
comment on column identity.people.language is 'Language of the screens, the person''s own choice';
comment on column identity.people.added_at is 'When the account was made';
comment on column identity.people.added_by is 'Person or process that made it';
grant select, insert on identity.people to vigil_app;
grant update (language) on identity.people to vigil_app;

create table identity.person_details (
  person_id text not null references identity.people,
  number integer not null check (number >= 1),
  since_at timestamptz(3) not null,
  name text not null check (length(name) between 1 and 64),
  staff_number text not null check (length(staff_number) <= 32),
  changed_by text not null,
  primary key (person_id, number)
);
comment on table identity.person_details is 'Name and staff number of a person, one row for each change; the highest number holds.';
comment on column identity.person_details.person_id is 'Whose';
comment on column identity.person_details.number is 'Counts the changes of one person from 1';
comment on column identity.person_details.since_at is 'Valid since';
comment on column identity.person_details.name is 'Name, e.g. 王建国';
comment on column identity.person_details.staff_number is 'Staff number 工号, shown in the watermark; empty when there is none';
comment on column identity.person_details.changed_by is 'Person or process that wrote it';
grant select, insert on identity.person_details to vigil_app;

create table identity.deactivations (
  person_id text not null references identity.people,
  from_at timestamptz(3) not null,
  by_id text not null,
  until_at timestamptz(3),
  ended_by text,
  primary key (person_id, from_at),
  check ((until_at is null) = (ended_by is null))
);
comment on table identity.deactivations is 'Spans in which a person may not sign in; at most one is open.';
comment on column identity.deactivations.person_id is 'Whose account';
comment on column identity.deactivations.from_at is 'Deactivated at';
comment on column identity.deactivations.by_id is 'Person or process that deactivated it';
comment on column identity.deactivations.until_at is 'Activated again at; null: still deactivated';
comment on column identity.deactivations.ended_by is 'Person or process that activated it again';
create unique index deactivations_open on identity.deactivations (person_id) where until_at is null;
grant select, insert on identity.deactivations to vigil_app;
grant update (until_at, ended_by) on identity.deactivations to vigil_app;

create table identity.role_grants (
  grant_id bigint generated always as identity primary key,
  person_id text not null references identity.people,
  role text not null check (role ~ '^[a-z_]{3,40}$'),
  scope_id text not null check (scope_id ~ '^(site|room)_'),
  from_at timestamptz(3) not null,
  granted_by text not null,
  until_at timestamptz(3) check (until_at >= from_at),
  ended_by text,
  check (until_at is not null or ended_by is null)
);
comment on table identity.role_grants is 'A role that a person has in a site or room during a span.';
comment on column identity.role_grants.grant_id is 'Number of the grant';
comment on column identity.role_grants.person_id is 'Who has it';
comment on column identity.role_grants.role is 'Role of contract/identity.ts, e.g. shift_leader 班长';
comment on column identity.role_grants.scope_id is 'Site or room where it holds; a site includes its rooms';
comment on column identity.role_grants.from_at is 'Holds from';
comment on column identity.role_grants.granted_by is 'Person or process that granted it';
comment on column identity.role_grants.until_at is 'Holds until, exclusive; null: open';
comment on column identity.role_grants.ended_by is 'Person or process that ended it; null with an end: the end was given at the start';
create index role_grants_person on identity.role_grants (person_id);
create unique index role_grants_open on identity.role_grants (person_id, role, scope_id) where until_at is null;
grant select, insert on identity.role_grants to vigil_app;
grant update (until_at, ended_by) on identity.role_grants to vigil_app;

create table identity.posts (
  post_id text primary key check (post_id ~ '^post_[0-9a-hjkmnp-tv-z]{26}$'),
  room_id text not null references identity.rooms,
  name text not null check (length(name) between 1 and 64),
  made_at timestamptz(3) not null
);
comment on table identity.posts is 'A post 岗位 of a room that somebody holds, e.g. 值班席.';
comment on column identity.posts.post_id is 'Id, post_…';
comment on column identity.posts.room_id is 'Room of the post';
comment on column identity.posts.name is 'Name of the post';
comment on column identity.posts.made_at is 'When it was set up';
grant select, insert on identity.posts to vigil_app;

create table identity.post_holders (
  post_id text not null references identity.posts,
  person_id text not null references identity.people,
  from_at timestamptz(3) not null,
  given_by text not null,
  until_at timestamptz(3) check (until_at >= from_at),
  ended_by text,
  primary key (post_id, person_id, from_at),
  check ((until_at is null) = (ended_by is null))
);
comment on table identity.post_holders is 'Who holds a post during a span. A session of a holder is not ended by a clock.';
comment on column identity.post_holders.post_id is 'The post';
comment on column identity.post_holders.person_id is 'Who holds it';
comment on column identity.post_holders.from_at is 'Holds from';
comment on column identity.post_holders.given_by is 'Person or process that gave it';
comment on column identity.post_holders.until_at is 'Held until, exclusive; null: now';
comment on column identity.post_holders.ended_by is 'Person or process that ended it';
create index post_holders_person on identity.post_holders (person_id) where until_at is null;
grant select, insert on identity.post_holders to vigil_app;
grant update (until_at, ended_by) on identity.post_holders to vigil_app;

create table identity.passwords (
  person_id text primary key references identity.people,
  phc text not null check (phc like '$argon2id$%'),
  since_at timestamptz(3) not null,
  set_by text not null
);
comment on table identity.passwords is 'The present password of a person; earlier hashes are not kept, their changes are facts.';
comment on column identity.passwords.person_id is 'Whose';
comment on column identity.passwords.phc is 'argon2id with its parameters and salt, PHC string';
comment on column identity.passwords.since_at is 'Set at';
comment on column identity.passwords.set_by is 'Person or process that set it';
grant select, insert on identity.passwords to vigil_app;
grant update (phc, since_at, set_by) on identity.passwords to vigil_app;

create table identity.sessions (
  session_id text primary key check (session_id ~ '^ses_[0-9a-hjkmnp-tv-z]{26}$'),
  token_hash bytea not null unique check (length(token_hash) = 32),
  person_id text not null references identity.people,
  source text not null,
  created_at timestamptz(3) not null,
  seen_at timestamptz(3) not null,
  ended_at timestamptz(3),
  ended_reason text check (ended_reason in ('signed_out', 'idle', 'password_changed', 'deactivated', 'recovered')),
  check ((ended_at is null) = (ended_reason is null))
);
comment on table identity.sessions is 'One signed-in browser. Rows stay after the end.';
comment on column identity.sessions.session_id is 'Id, ses_…; stands in facts, opens nothing';
comment on column identity.sessions.token_hash is 'SHA-256 of the 32 random bytes in the cookie';
comment on column identity.sessions.person_id is 'Who signed in';
comment on column identity.sessions.source is 'Network address at sign-in';
comment on column identity.sessions.created_at is 'Signed in at';
comment on column identity.sessions.seen_at is 'Last request, to the minute';
comment on column identity.sessions.ended_at is 'Ended at; null: open';
comment on column identity.sessions.ended_reason is 'Why it ended';
create index sessions_open on identity.sessions (person_id) where ended_at is null;
create index sessions_ended on identity.sessions (ended_at) where ended_at is not null;
grant select, insert on identity.sessions to vigil_app;
grant update (seen_at, ended_at, ended_reason) on identity.sessions to vigil_app;

create table identity.sign_in_attempts (
  key text primary key,
  failures integer not null check (failures >= 0),
  last_at timestamptz(3) not null,
  free_at timestamptz(3) not null
);
comment on table identity.sign_in_attempts is 'Throttle of sign-in: failures of a source, and of a source on one account. Never of an account.';
comment on column identity.sign_in_attempts.key is '"source <address>" or "pair <address> <20 bits of the hash of what was typed as account>"';
comment on column identity.sign_in_attempts.failures is 'Attempts not yet followed by a success; fades after an hour of rest';
comment on column identity.sign_in_attempts.last_at is 'Last attempt that was let through';
comment on column identity.sign_in_attempts.free_at is 'Next attempt is let through from';
grant select, insert, update, delete on identity.sign_in_attempts to vigil_app;

create table identity.known_sources (
  source text not null,
  person_id text not null references identity.people,
  last_at timestamptz(3) not null,
  primary key (source, person_id)
);
comment on table identity.known_sources is 'Where a person has signed in before: others'' failures from there do not slow them.';
comment on column identity.known_sources.source is 'Network address';
comment on column identity.known_sources.person_id is 'Who signed in from it';
comment on column identity.known_sources.last_at is 'Last success; forgotten after 30 days';
grant select, insert, update, delete on identity.known_sources to vigil_app;

create table identity.repeated_acts (
  kind text not null check (kind in ('denied', 'sign_in_failed')),
  key text not null,
  from_at timestamptz(3) not null,
  repeats integer not null check (repeats >= 0),
  what jsonb not null,
  primary key (kind, key)
);
comment on table identity.repeated_acts is 'Acts of the current minute whose repetitions are counted, not written one by one; the count becomes a fact when the minute is over.';
comment on column identity.repeated_acts.kind is 'Which act';
comment on column identity.repeated_acts.key is 'What makes two of them the same: session and act, or source and account';
comment on column identity.repeated_acts.from_at is 'Start of the minute: when the first one became a fact';
comment on column identity.repeated_acts.repeats is 'Repetitions after the first';
comment on column identity.repeated_acts.what is 'What the fact about the repetitions must say';
grant select, insert, update, delete on identity.repeated_acts to vigil_app;

create table identity.set_up_code (
  only_one boolean primary key default true check (only_one),
  phc text not null,
  made_at timestamptz(3) not null,
  tries_from timestamptz(3) not null,
  tries integer not null check (tries >= 0)
);
comment on table identity.set_up_code is 'The one-time code of a new machine; the row goes with its use.';
comment on column identity.set_up_code.only_one is 'Always true: there is one code at a time';
comment on column identity.set_up_code.phc is 'argon2id of the eight digits';
comment on column identity.set_up_code.made_at is 'Made at; renewed at each start while the machine is new';
comment on column identity.set_up_code.tries_from is 'Start of the minute in which tries are counted';
comment on column identity.set_up_code.tries is 'Tries in that minute, at most 5';
grant select, insert, update, delete on identity.set_up_code to vigil_app;

create view identity.people_now as
select p.person_id, p.account, p.account_key, p.language, d.name, d.staff_number,
       not exists (select from identity.deactivations x where x.person_id = p.person_id and x.until_at is null) as active
from identity.people p
cross join lateral (
  select name, staff_number from identity.person_details where person_id = p.person_id order by number desc limit 1
) d;
comment on view identity.people_now is 'Each person as they are now.';
comment on column identity.people_now.person_id is 'Id, per_…';
comment on column identity.people_now.account is 'What the person types to sign in';
comment on column identity.people_now.account_key is 'The account in NFKC and lower case';
comment on column identity.people_now.language is 'Language of the screens';
comment on column identity.people_now.name is 'Present name';
comment on column identity.people_now.staff_number is 'Present staff number';
comment on column identity.people_now.active is 'May sign in';
grant select on identity.people_now to vigil_app;
