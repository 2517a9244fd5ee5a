-- Copies: every closed segment in a second folder on another device, backups of the room itself, and drills that restore from them.

create table video.copy_places (
  place_id text primary key check (place_id ~ '^cpl_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  path text not null check (length(path) between 2 and 500),
  state text not null default 'in_use' check (state in ('in_use', 'retired')),
  added_at timestamptz(3) not null,
  retired_at timestamptz(3),
  fault text check (length(fault) <= 1000),
  fault_since timestamptz(3),
  check ((state = 'retired') = (retired_at is not null)),
  check ((fault is null) = (fault_since is null))
);
comment on table video.copy_places is 'Folders for copies, each with its identity file; one is in use at a time.';
comment on column video.copy_places.place_id is 'Id, cpl_…; stands in the identity file';
comment on column video.copy_places.site_id is 'Site';
comment on column video.copy_places.path is 'Absolute folder on the machine of the room';
comment on column video.copy_places.state is 'in_use: copies go there; retired: what lies there stays, nothing new comes';
comment on column video.copy_places.added_at is 'When it was taken into use';
comment on column video.copy_places.retired_at is 'When it was taken out of use; null: in use';
comment on column video.copy_places.fault is 'Why nothing can be written there now; null: it can';
comment on column video.copy_places.fault_since is 'Since when; null: no fault';
create unique index copy_places_in_use on video.copy_places (site_id) where state = 'in_use';

create table video.copies (
  segment_id text primary key,
  camera_id text not null references video.cameras,
  place_id text references video.copy_places,
  path text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  size_bytes bigint not null check (size_bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  state text not null default 'waiting' check (state in ('waiting', 'copied', 'damaged', 'lost', 'ending')),
  copied_at timestamptz(3),
  checked_at timestamptz(3),
  check (until_at > from_at),
  check ((state in ('copied', 'damaged')) <= (place_id is not null and copied_at is not null))
);
comment on table video.copies is 'One row for each segment that is to be copied: waiting, copied, or what became of it.';
comment on column video.copies.segment_id is 'The segment';
comment on column video.copies.camera_id is 'Its camera';
comment on column video.copies.place_id is 'Where the copy lies; null: nowhere yet';
comment on column video.copies.path is 'Path inside the folder, the same as in the storage';
comment on column video.copies.from_at is 'First moment it covers';
comment on column video.copies.until_at is 'First moment it no longer covers';
comment on column video.copies.size_bytes is 'Bytes';
comment on column video.copies.sha256 is 'Hash taken when it was recorded: what the copy must have';
comment on column video.copies.state is 'waiting: not copied yet; copied: read again after the write and equal; damaged: found missing or altered later; lost: the original was gone or altered before it could be copied; ending: to be deleted';
comment on column video.copies.copied_at is 'When the copy was known to be whole; null: not yet';
comment on column video.copies.checked_at is 'When it was last read again and compared; null: not since it was copied';
create index copies_waiting on video.copies (from_at, segment_id) where state = 'waiting';
create index copies_to_end on video.copies (segment_id) where state = 'ending';
create index copies_to_check on video.copies (checked_at nulls first) where state = 'copied';
create index copies_unsound on video.copies (camera_id, from_at) where state in ('waiting', 'damaged', 'lost');

create table video.copies_left_out (
  camera_id text primary key references video.cameras,
  reason text not null check (length(reason) between 1 and 500),
  since timestamptz(3) not null,
  person_id text not null
);
comment on table video.copies_left_out is 'Cameras that a person left out of the copies: their footage waits and is listed.';
comment on column video.copies_left_out.camera_id is 'The camera';
comment on column video.copies_left_out.reason is 'Why';
comment on column video.copies_left_out.since is 'Since when';
comment on column video.copies_left_out.person_id is 'Who left it out';

create table video.backup_runs (
  run_id text primary key check (run_id ~ '^bkr_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  place_id text not null references video.copy_places,
  began_at timestamptz(3) not null,
  ended_at timestamptz(3),
  asked_by text,
  file text not null,
  size_bytes bigint check (size_bytes > 0),
  sha256 bytea check (length(sha256) = 32),
  state text not null default 'running' check (state in ('running', 'good', 'failed', 'damaged', 'deleted')),
  detail text not null default '' check (length(detail) <= 1000),
  checked_at timestamptz(3),
  check ((state = 'running') = (ended_at is null)),
  check ((state in ('good', 'damaged', 'deleted')) <= (size_bytes is not null and sha256 is not null))
);
comment on table video.backup_runs is 'Backups of the room itself (database, ledger, keys, settings, documents), each with its result.';
comment on column video.backup_runs.run_id is 'Id, bkr_…';
comment on column video.backup_runs.site_id is 'Site';
comment on column video.backup_runs.place_id is 'Folder it went to';
comment on column video.backup_runs.began_at is 'When it began';
comment on column video.backup_runs.ended_at is 'When it ended; null: it runs';
comment on column video.backup_runs.asked_by is 'Person who asked for it; null: the schedule';
comment on column video.backup_runs.file is 'Name of its file inside the folder';
comment on column video.backup_runs.size_bytes is 'Bytes of its file; null: none';
comment on column video.backup_runs.sha256 is 'Hash of its file; null: none';
comment on column video.backup_runs.state is 'running; good: written and read again; failed; damaged: found missing or altered later; deleted: newer ones took its place';
comment on column video.backup_runs.detail is 'For technicians: why it failed; empty: nothing to say';
comment on column video.backup_runs.checked_at is 'When its file was last read again and compared; null: not since it was written';
create index backup_runs_by_time on video.backup_runs (site_id, began_at);

create table video.restore_drills (
  drill_id text primary key check (drill_id ~ '^rdr_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  at timestamptz(3) not null,
  person_id text not null,
  segment_id text not null,
  camera_id text not null references video.cameras,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  size_bytes bigint not null check (size_bytes > 0),
  took_ms integer not null check (took_ms >= 0),
  expected_sha256 bytea not null check (length(expected_sha256) = 32),
  found_sha256 bytea check (length(found_sha256) = 32),
  plays boolean not null,
  outcome text not null check (outcome in ('equal', 'differs', 'missing')),
  check ((outcome = 'equal') = (found_sha256 is not null and found_sha256 = expected_sha256))
);
comment on table video.restore_drills is 'Drills: a segment chosen by chance, restored from its copy, compared and looked into.';
comment on column video.restore_drills.drill_id is 'Id, rdr_…';
comment on column video.restore_drills.site_id is 'Site';
comment on column video.restore_drills.at is 'When it was done';
comment on column video.restore_drills.person_id is 'Who did it';
comment on column video.restore_drills.segment_id is 'Segment that was restored';
comment on column video.restore_drills.camera_id is 'Its camera';
comment on column video.restore_drills.from_at is 'First moment it covers';
comment on column video.restore_drills.until_at is 'First moment it no longer covers';
comment on column video.restore_drills.size_bytes is 'Bytes';
comment on column video.restore_drills.took_ms is 'Milliseconds from the choice to the comparison';
comment on column video.restore_drills.expected_sha256 is 'Hash taken when it was recorded';
comment on column video.restore_drills.found_sha256 is 'Hash of what was restored; null: there was nothing to restore';
comment on column video.restore_drills.plays is 'It is footage that a player can read from its first to its last fragment';
comment on column video.restore_drills.outcome is 'equal: bytes as recorded; differs; missing';
create index restore_drills_by_time on video.restore_drills (site_id, at);

create table video.backup_troubles (
  site_id text not null,
  what text not null check (what in ('no_place', 'place_fault', 'copies_behind', 'copy_damaged', 'run_missed', 'run_failed', 'run_damaged', 'drill_overdue', 'drill_failed')),
  subject text not null,
  since timestamptz(3) not null,
  primary key (site_id, what, subject)
);
comment on table video.backup_troubles is 'What is wrong with copies and backups now, so that begin and end are told once each.';
comment on column video.backup_troubles.site_id is 'Site';
comment on column video.backup_troubles.what is 'What is wrong';
comment on column video.backup_troubles.subject is 'Camera it is about, or the site';
comment on column video.backup_troubles.since is 'Since when it is known';

grant select, insert, update on video.copy_places, video.backup_runs to vigil_app;
grant select, insert, update, delete on video.copies, video.copies_left_out, video.backup_troubles to vigil_app;
grant select, insert on video.restore_drills to vigil_app;

-- A segment that becomes a row is to be copied; where no folder for copies is in use there is nothing to wait for.
create function video.segment_to_copy() returns trigger language plpgsql as $$
begin
  insert into video.copies (segment_id, camera_id, path, from_at, until_at, size_bytes, sha256)
    select new.segment_id, new.camera_id, new.path, new.from_at, new.until_at, new.size_bytes, new.sha256
    from video.cameras c join video.copy_places p on p.site_id = c.site_id and p.state = 'in_use' where c.camera_id = new.camera_id
    on conflict do nothing;
  return new;
end
$$;
comment on function video.segment_to_copy() is 'Notes each new segment as one to be copied.';
create trigger segments_copied after insert on video.segments for each row execute function video.segment_to_copy();

-- What is deleted because its time is over, or by approval, goes in the copy too. A full disk is no reason: then the copy stays to its term.
create function video.copy_ends_too() returns trigger language plpgsql as $$
begin
  if new.reason = 'space_below_term' then
    update video.copies set state = 'lost' where segment_id = new.segment_id and state = 'waiting';
  else
    update video.copies set state = 'ending' where segment_id = new.segment_id;
  end if;
  return new;
end
$$;
comment on function video.copy_ends_too() is 'Ends the copy of what is deleted for good.';
create trigger garbage_ends_copies after insert on video.garbage for each row execute function video.copy_ends_too();
