-- Regulation packs, adoptions, settled conflicts, waivers, values, the site's profile. Nothing is rewritten: the newest row that is in force
-- holds; what has an end gets it once (until_at and by whom).
create schema parameters;
comment on schema parameters is 'Which rule and value binds this room at this moment, from which clause, since when.';
grant usage on schema parameters to vigil_app;

create table parameters.changes (
  change_id bigint generated always as identity primary key,
  site_id text not null references identity.sites,
  at timestamptz(3) not null
);
comment on table parameters.changes is 'One row for each change of a site''s rules: readers see by the highest number whether what they hold is still true.';
comment on column parameters.changes.change_id is 'Grows with each change';
comment on column parameters.changes.site_id is 'Site whose rules changed';
comment on column parameters.changes.at is 'When it was written';
create index changes_site on parameters.changes (site_id, change_id);
grant select, insert on parameters.changes to vigil_app;

create table parameters.packs (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  pack_id text not null check (pack_id ~ '^[a-z0-9-]{1,40}$'),
  version integer not null check (version >= 1),
  document jsonb not null,
  signed_by text,
  own_approval_id text,
  stored_at timestamptz(3) not null,
  stored_by text not null,
  check (signed_by is null or own_approval_id is null)
);
comment on table parameters.packs is 'Texts of regulation packs as they were adopted or imported; a text never changes, another text is another row.';
comment on column parameters.packs.digest is 'SHA-256 over the canonical text without its signature, hexadecimal';
comment on column parameters.packs.pack_id is 'Name of the pack, e.g. brn';
comment on column parameters.packs.version is 'Version of the pack, from 1';
comment on column parameters.packs.document is 'The pack with its clauses';
comment on column parameters.packs.signed_by is 'Name of the key that signed it; null: unsigned, taken over as the site''s own';
comment on column parameters.packs.own_approval_id is 'Approval by which two persons took an unsigned pack over; null: signed';
comment on column parameters.packs.stored_at is 'When it came in';
comment on column parameters.packs.stored_by is 'Person or process that brought it in';
grant select, insert on parameters.packs to vigil_app;

create table parameters.adoptions (
  adoption_id text primary key check (adoption_id ~ '^ado_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  room_id text references identity.rooms,
  node_id text,
  digest text not null references parameters.packs,
  from_at timestamptz(3) not null,
  decided_at timestamptz(3) not null,
  decided_by text not null,
  approval_id text,
  until_at timestamptz(3) check (until_at >= from_at),
  ended_by text,
  check (room_id is null or node_id is null),
  check ((until_at is null) = (ended_by is null))
);
comment on table parameters.adoptions is 'A pack in force for a site, a branch or a room during a span.';
comment on column parameters.adoptions.adoption_id is 'Id, ado_…';
comment on column parameters.adoptions.site_id is 'Site that adopted it';
comment on column parameters.adoptions.room_id is 'The only room that it binds; null: more than one';
comment on column parameters.adoptions.node_id is 'Branch or project of the profile whose rooms it binds; null with room_id null: the whole site, and rooms made later';
comment on column parameters.adoptions.digest is 'Text of the pack';
comment on column parameters.adoptions.from_at is 'In force from; a regulation in force from its day of issue begins with that day';
comment on column parameters.adoptions.decided_at is 'When it was decided';
comment on column parameters.adoptions.decided_by is 'Who asked for it, person or process';
comment on column parameters.adoptions.approval_id is 'Approval by which it was decided; null: at the set-up of the room';
comment on column parameters.adoptions.until_at is 'In force until, exclusive; null: open';
comment on column parameters.adoptions.ended_by is 'Person or process that ended it';
create index adoptions_site on parameters.adoptions (site_id);
grant select, insert on parameters.adoptions to vigil_app;
grant update (until_at, ended_by) on parameters.adoptions to vigil_app;

create table parameters.settlements (
  settlement_id bigint generated always as identity primary key,
  site_id text not null references identity.sites,
  room_id text references identity.rooms,
  conflict_id text not null,
  option_key text not null,
  chosen jsonb not null,
  clause_ids text[] not null,
  reason text not null check (length(reason) between 1 and 2000),
  from_at timestamptz(3) not null,
  decided_at timestamptz(3) not null,
  decided_by text not null,
  approval_id text
);
comment on table parameters.settlements is 'How a contradiction between clauses was settled; the newest that is in force holds.';
comment on column parameters.settlements.settlement_id is 'Number of the settlement';
comment on column parameters.settlements.site_id is 'Site';
comment on column parameters.settlements.room_id is 'Room for which it holds; null: the whole site';
comment on column parameters.settlements.conflict_id is 'Conflict of packs/conflicts.yaml, e.g. X01, or the parameter that had no order';
comment on column parameters.settlements.option_key is 'Option that was chosen';
comment on column parameters.settlements.chosen is 'Values of parameters that the option sets, by name';
comment on column parameters.settlements.clause_ids is 'Clauses whose say about these parameters is over';
comment on column parameters.settlements.reason is 'Why it was settled so';
comment on column parameters.settlements.from_at is 'In force from';
comment on column parameters.settlements.decided_at is 'When it was decided';
comment on column parameters.settlements.decided_by is 'Who asked for it, person or process';
comment on column parameters.settlements.approval_id is 'Approval by which it was decided; null: at the set-up of the room';
create index settlements_site on parameters.settlements (site_id);
grant select, insert on parameters.settlements to vigil_app;

create table parameters.waivers (
  waiver_id text primary key check (waiver_id ~ '^wai_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  room_id text references identity.rooms,
  pack_id text not null,
  clause_id text not null,
  reason text not null check (length(reason) between 1 and 2000),
  from_at timestamptz(3) not null,
  review_at timestamptz(3) not null check (review_at > from_at),
  decided_at timestamptz(3) not null,
  decided_by text not null,
  approval_id text,
  until_at timestamptz(3) check (until_at >= from_at),
  ended_by text,
  check ((until_at is null) = (ended_by is null))
);
comment on table parameters.waivers is 'A clause set aside until its review date; after that it binds again by itself.';
comment on column parameters.waivers.waiver_id is 'Id, wai_…';
comment on column parameters.waivers.site_id is 'Site';
comment on column parameters.waivers.room_id is 'Room for which it holds; null: the whole site';
comment on column parameters.waivers.pack_id is 'Pack of the clause';
comment on column parameters.waivers.clause_id is 'Clause that is set aside';
comment on column parameters.waivers.reason is 'Why it is set aside';
comment on column parameters.waivers.from_at is 'Set aside from';
comment on column parameters.waivers.review_at is 'Reviewed by then; the clause binds again at this instant unless a new waiver was signed';
comment on column parameters.waivers.decided_at is 'When it was decided';
comment on column parameters.waivers.decided_by is 'Who asked for it, person or process';
comment on column parameters.waivers.approval_id is 'Approval by which it was decided; null: at the set-up of the room';
comment on column parameters.waivers.until_at is 'Withdrawn at; null: not withdrawn';
comment on column parameters.waivers.ended_by is 'Person or process that withdrew it';
create index waivers_site on parameters.waivers (site_id);
grant select, insert on parameters.waivers to vigil_app;
grant update (until_at, ended_by) on parameters.waivers to vigil_app;

create table parameters.site_values (
  value_id bigint generated always as identity primary key,
  site_id text not null references identity.sites,
  room_id text references identity.rooms,
  name text not null check (name ~ '^[a-z][a-z0-9_]*(@[A-Z0-9]{3}-[A-Z0-9.]+)?$'),
  value jsonb not null,
  reason text not null check (length(reason) between 1 and 2000),
  from_at timestamptz(3) not null,
  decided_at timestamptz(3) not null,
  decided_by text not null,
  approval_id text,
  check (from_at >= decided_at)
);
comment on table parameters.site_values is 'Values that the site set or confirmed; the newest that is in force holds. None begins before it was decided.';
comment on column parameters.site_values.value_id is 'Number of the row';
comment on column parameters.site_values.site_id is 'Site';
comment on column parameters.site_values.room_id is 'Room for which it holds; null: the whole site';
comment on column parameters.site_values.name is 'Parameter of packs/catalogue.yaml, or name@CLAUSE';
comment on column parameters.site_values.value is 'The value, in the unit of the catalogue';
comment on column parameters.site_values.reason is 'Why it was set';
comment on column parameters.site_values.from_at is 'In force from';
comment on column parameters.site_values.decided_at is 'When it was decided';
comment on column parameters.site_values.decided_by is 'Who asked for it, person or process';
comment on column parameters.site_values.approval_id is 'Approval by which it was decided; null: at the set-up of the room';
create index site_values_site on parameters.site_values (site_id, name);
grant select, insert on parameters.site_values to vigil_app;

create table parameters.opt_outs (
  opt_out_id text primary key check (opt_out_id ~ '^opt_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  adoption_id text not null references parameters.adoptions,
  reason text not null check (length(reason) between 1 and 2000),
  from_at timestamptz(3) not null,
  decided_at timestamptz(3) not null,
  decided_by text not null,
  approval_id text not null,
  until_at timestamptz(3) check (until_at >= from_at),
  ended_by text,
  check ((until_at is null) = (ended_by is null))
);
comment on table parameters.opt_outs is 'An approved exception: a room that does not follow what its site or branch adopted.';
comment on column parameters.opt_outs.opt_out_id is 'Id, opt_…';
comment on column parameters.opt_outs.site_id is 'Site';
comment on column parameters.opt_outs.room_id is 'Room that is let off';
comment on column parameters.opt_outs.adoption_id is 'Adoption that does not bind it';
comment on column parameters.opt_outs.reason is 'Why';
comment on column parameters.opt_outs.from_at is 'Let off from';
comment on column parameters.opt_outs.decided_at is 'When it was decided';
comment on column parameters.opt_outs.decided_by is 'Who asked for it';
comment on column parameters.opt_outs.approval_id is 'Approval by which it was decided: there is none without';
comment on column parameters.opt_outs.until_at is 'Let off until, exclusive; null: open';
comment on column parameters.opt_outs.ended_by is 'Person or process that ended it';
create index opt_outs_site on parameters.opt_outs (site_id);
grant select, insert on parameters.opt_outs to vigil_app;
grant update (until_at, ended_by) on parameters.opt_outs to vigil_app;

create table parameters.profiles (
  site_id text not null references identity.sites,
  version integer not null check (version >= 1),
  profile jsonb not null,
  from_at timestamptz(3) not null,
  decided_at timestamptz(3) not null,
  decided_by text not null,
  approval_id text,
  primary key (site_id, version),
  check (from_at >= decided_at)
);
comment on table parameters.profiles is 'Approved versions of the site''s profile; the highest that is in force holds.';
comment on column parameters.profiles.site_id is 'Site';
comment on column parameters.profiles.version is 'Counts from 1';
comment on column parameters.profiles.profile is 'Kind of site, areas, purposes, department, responsible head, interpreter, systems, organisation, groups of equipment';
comment on column parameters.profiles.from_at is 'In force from';
comment on column parameters.profiles.decided_at is 'When it was approved';
comment on column parameters.profiles.decided_by is 'Who submitted it, person or process';
comment on column parameters.profiles.approval_id is 'Approval that signed it; null: at the set-up of the room';
grant select, insert on parameters.profiles to vigil_app;

create table parameters.profile_drafts (
  site_id text primary key references identity.sites,
  number integer not null check (number >= 1),
  profile jsonb not null,
  changed_at timestamptz(3) not null,
  changed_by text not null
);
comment on table parameters.profile_drafts is 'The profile as it is being written; it binds nobody before it is approved.';
comment on column parameters.profile_drafts.site_id is 'Site';
comment on column parameters.profile_drafts.number is 'Grows with each change, so that two writers do not overwrite each other unseen';
comment on column parameters.profile_drafts.profile is 'The profile as written so far';
comment on column parameters.profile_drafts.changed_at is 'Last changed';
comment on column parameters.profile_drafts.changed_by is 'Who changed it last';
grant select, insert, update on parameters.profile_drafts to vigil_app;

create table parameters.rulings (
  ruling_id text primary key check (ruling_id ~ '^rul_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  pack_id text not null,
  clause_id text not null,
  unit text not null check (length(unit) between 1 and 120),
  question text not null check (length(question) between 1 and 2000),
  ruling text not null check (length(ruling) between 1 and 4000),
  given_at timestamptz(3) not null,
  given_by text not null
);
comment on table parameters.rulings is 'Rulings of the unit that interprets a regulation, shown beside the clause. Never changed: a later ruling stands beside the earlier.';
comment on column parameters.rulings.ruling_id is 'Id, rul_…';
comment on column parameters.rulings.site_id is 'Site';
comment on column parameters.rulings.pack_id is 'Pack of the clause';
comment on column parameters.rulings.clause_id is 'Clause that is interpreted';
comment on column parameters.rulings.unit is 'Unit that gave it, the interpreter of the pack at that time';
comment on column parameters.rulings.question is 'What was asked';
comment on column parameters.rulings.ruling is 'What it says';
comment on column parameters.rulings.given_at is 'When';
comment on column parameters.rulings.given_by is 'Person who entered it';
create index rulings_site on parameters.rulings (site_id, clause_id);
grant select, insert on parameters.rulings to vigil_app;
