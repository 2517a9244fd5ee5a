-- Health: the state of every device and of its pictures, what was wrong when, how a picture looks when it is right, and what else is watched.

create schema health;
comment on schema health is 'State of the devices of a room, their troubles, reference pictures, time servers and power supplies.';
grant usage on schema health to vigil_app;

create function health.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '设备记录只能追加，不能修改或删除 / records of devices only grow: nothing in them is changed or deleted' using errcode = 'insufficient_privilege';
end
$$;
comment on function health.refuse_change() is 'Refuses whatever statement fired it.';

create table health.states (
  room_id text not null references identity.rooms,
  device_id text not null check (length(device_id) between 1 and 64),
  check_name text not null check (check_name ~ '^[a-z]+(_[a-z]+)*$'),
  device_kind text not null check (device_kind in ('camera', 'recorder', 'storage', 'disk', 'machine', 'time_server', 'ups', 'poller')),
  device_name text not null check (length(device_name) between 1 and 100),
  state text not null check (state in ('good', 'bad', 'unknown')),
  value double precision,
  usual double precision,
  words_zh text not null check (length(words_zh) <= 300),
  words_en text not null check (length(words_en) <= 300),
  in_a_row integer not null check (in_a_row >= 1),
  seen text not null check (seen in ('good', 'bad', 'unknown')),
  since timestamptz(3) not null,
  checked_at timestamptz(3) not null check (checked_at >= since),
  first_at timestamptz(3) not null,
  still_sha256 bytea check (length(still_sha256) = 32),
  primary key (room_id, device_id, check_name)
);
comment on table health.states is 'What each check of each device said last, and since when. A cache of the last look: what began and ended stands in troubles and in the ledger.';
comment on column health.states.room_id is 'Room';
comment on column health.states.device_id is 'Camera, recorder, storage or other device';
comment on column health.states.check_name is 'HealthCheck of contract/health.ts';
comment on column health.states.device_kind is 'What it is';
comment on column health.states.device_name is 'What people call it, as it was at the last look';
comment on column health.states.state is 'good, bad, or unknown: it could not be told';
comment on column health.states.value is 'What was measured, in the unit of the check; null: nothing';
comment on column health.states.usual is 'What this device has when it is well, moving slowly with it; null: not known yet';
comment on column health.states.words_zh is 'What was found, Chinese';
comment on column health.states.words_en is 'What was found, English';
comment on column health.states.in_a_row is 'How many looks in a row saw what `seen` says: a state changes only when it was confirmed';
comment on column health.states.seen is 'What the last look saw; the state follows when it was confirmed';
comment on column health.states.since is 'Since when it is in this state';
comment on column health.states.checked_at is 'When it was last looked at: the age of the state';
comment on column health.states.first_at is 'When it was looked at for the first time: availability counts from then';
comment on column health.states.still_sha256 is 'Picture of the last look, in the blob folder; null: none';
grant select, insert, update on health.states to vigil_app;
-- A device that went out of use has no state any more; its troubles stay.
grant delete on health.states to vigil_app;

create table health.troubles (
  trouble_id text primary key check (trouble_id ~ '^trb_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  device_id text not null check (length(device_id) between 1 and 64),
  device_kind text not null check (device_kind in ('camera', 'recorder', 'storage', 'disk', 'machine', 'time_server', 'ups', 'poller')),
  device_name text not null check (length(device_name) between 1 and 100),
  check_name text not null check (check_name ~ '^[a-z]+(_[a-z]+)*$'),
  words_zh text not null check (length(words_zh) <= 300),
  words_en text not null check (length(words_en) <= 300),
  from_at timestamptz(3) not null,
  until_at timestamptz(3) check (until_at >= from_at),
  shift_number integer check (shift_number >= 1),
  on_post text[] not null,
  still_sha256 bytea check (length(still_sha256) = 32),
  case_at timestamptz(3) check (case_at >= from_at)
);
comment on table health.troubles is 'Each time that something was wrong with a device, from when to when, with the shift that was on duty when it began.';
comment on column health.troubles.trouble_id is 'Id, trb_…';
comment on column health.troubles.site_id is 'Site';
comment on column health.troubles.room_id is 'Room';
comment on column health.troubles.device_id is 'Device';
comment on column health.troubles.device_kind is 'What it is';
comment on column health.troubles.device_name is 'What people called it then';
comment on column health.troubles.check_name is 'HealthCheck of contract/health.ts';
comment on column health.troubles.words_zh is 'What was found, Chinese';
comment on column health.troubles.words_en is 'What was found, English';
comment on column health.troubles.from_at is 'When it began';
comment on column health.troubles.until_at is 'When it was over; null: it goes on';
comment on column health.troubles.shift_number is 'Shift log that was open when it began; null: none was';
comment on column health.troubles.on_post is 'Who was on post when it began, by name';
comment on column health.troubles.still_sha256 is 'Picture that shows it, in the blob folder; null: none';
comment on column health.troubles.case_at is 'When it had lasted so long that the device counts as missing; null: not yet, or it does not count so';
create unique index troubles_open on health.troubles (room_id, device_id, check_name) where until_at is null;
create index troubles_by_time on health.troubles (room_id, from_at desc);
grant select, insert, update (until_at, case_at) on health.troubles to vigil_app;

create function health.only_ending() returns trigger language plpgsql as $$
begin
  if old.until_at is null and (new.until_at is not null or (old.case_at is null and new.case_at is not null)) then return new; end if;
  raise exception '已结束的设备异常不能修改 / a trouble that is over is not changed' using errcode = 'insufficient_privilege';
end
$$;
comment on function health.only_ending() is 'Lets a trouble end, or become a case, once, and nothing else.';
create trigger troubles_end_once before update on health.troubles for each row execute function health.only_ending();
create trigger troubles_stay before delete on health.troubles for each row execute function health.refuse_change();
create trigger troubles_stay_all before truncate on health.troubles for each statement execute function health.refuse_change();

create table health.picture_references (
  reference_id text primary key check (reference_id ~ '^ref_[0-9a-hjkmnp-tv-z]{26}$'),
  room_id text not null references identity.rooms,
  camera_id text not null references video.cameras,
  measures jsonb not null,
  still_sha256 bytea not null check (length(still_sha256) = 32),
  note text not null check (length(note) <= 200),
  kept_at timestamptz(3) not null,
  kept_by text not null references identity.people
);
comment on table health.picture_references is 'How the picture of a camera looks when it is right, as a person has confirmed. The newest few count: by day and by night it looks otherwise.';
comment on column health.picture_references.reference_id is 'Id, ref_…';
comment on column health.picture_references.room_id is 'Room';
comment on column health.picture_references.camera_id is 'Camera';
comment on column health.picture_references.measures is 'Measures and fingerprint of the picture (server/src/modules/health/picture/measure.ts)';
comment on column health.picture_references.still_sha256 is 'The picture, in the blob folder';
comment on column health.picture_references.note is 'Words of who kept it, such as 夜间; may be empty';
comment on column health.picture_references.kept_at is 'When it was kept';
comment on column health.picture_references.kept_by is 'Person who confirmed it';
create index picture_references_newest on health.picture_references (camera_id, kept_at desc);
grant select, insert on health.picture_references to vigil_app;
create trigger picture_references_stay before update or delete on health.picture_references for each row execute function health.refuse_change();
create trigger picture_references_stay_all before truncate on health.picture_references for each statement execute function health.refuse_change();

create table health.sources (
  source_id text primary key check (source_id ~ '^src_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  kind text not null check (kind in ('time_server', 'ups')),
  name text not null check (length(name) between 1 and 64),
  host text not null check (length(host) between 1 and 255),
  port integer not null check (port between 1 and 65535),
  unit text not null check (unit ~ '^[A-Za-z0-9._-]{0,64}$'),
  added_at timestamptz(3) not null,
  added_by text not null references identity.people,
  removed_at timestamptz(3) check (removed_at >= added_at)
);
comment on table health.sources is 'What else is asked how it is: time servers (SNTP) and power supplies (NUT).';
comment on column health.sources.source_id is 'Id, src_…';
comment on column health.sources.site_id is 'Site';
comment on column health.sources.room_id is 'Room';
comment on column health.sources.kind is 'time_server: SNTP over UDP; ups: NUT over TCP';
comment on column health.sources.name is 'What people call it';
comment on column health.sources.host is 'Name or address on the network';
comment on column health.sources.port is 'UDP or TCP port';
comment on column health.sources.unit is 'Name of the supply at its NUT server; empty for time servers';
comment on column health.sources.added_at is 'When it was added';
comment on column health.sources.added_by is 'Person who added it';
comment on column health.sources.removed_at is 'When it was removed; null: in use';
grant select, insert, update (removed_at) on health.sources to vigil_app;
