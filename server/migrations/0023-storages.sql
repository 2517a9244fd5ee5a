-- Storages in full: weight and state of each, footage that goes from one to another, what verification found and how far it is, how full
-- they were, and whether footage is foreseen to be kept for as long as it must be.

alter table video.storages
  add column weight integer not null default 1 check (weight between 1 and 100),
  add column state text not null default 'in_use' check (state in ('in_use', 'emptying', 'retired')),
  add column state_since timestamptz(3),
  add column room_made_at timestamptz(3),
  add column refused_told_at timestamptz(3),
  add column row_version integer not null default 1 check (row_version >= 1);
comment on column video.storages.weight is 'Share of the cameras beside the other storages, 1 to 100';
comment on column video.storages.state is 'in_use: cameras are recorded to it; emptying: its footage goes to the others, nothing new comes; retired: no longer used';
comment on column video.storages.state_since is 'Since when it is in this state; null: since it was added';
comment on column video.storages.room_made_at is 'When footage was last deleted to make room; the next look waits until the disk tells its new size; null: never';
comment on column video.storages.refused_told_at is 'When it was last said that the rule in force lets nothing be deleted here; null: never';
comment on column video.storages.row_version is 'Grows with each change by a person; guards against lost updates';
create unique index storages_path on video.storages (recorder_id, path) where state <> 'retired';

alter table video.garbage drop constraint garbage_reason_check;
alter table video.garbage add constraint garbage_reason_check check (reason in ('retention', 'space', 'space_below_term', 'destruction'));
comment on column video.garbage.reason is 'Why it is deleted: its time is over; space was needed and it was past its term; space was needed and it was not (a breach); destruction was approved';

create table video.deletions (
  deletion_id text primary key check (deletion_id ~ '^del_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  decided_at timestamptz(3) not null,
  reason text not null check (reason in ('retention', 'space', 'space_below_term', 'destruction')),
  segments integer not null check (segments > 0),
  size_bytes bigint not null check (size_bytes > 0),
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  camera_ids text[] not null check (cardinality(camera_ids) > 0),
  check (until_at > from_at)
);
comment on table video.deletions is 'Decisions to delete footage, each with what it was about. Which files are still awaited stands in video.garbage.';
comment on column video.deletions.deletion_id is 'Id, del_…';
comment on column video.deletions.site_id is 'Site whose footage it was';
comment on column video.deletions.decided_at is 'When it was decided';
comment on column video.deletions.reason is 'Why, as in video.garbage';
comment on column video.deletions.segments is 'Number of segments';
comment on column video.deletions.size_bytes is 'Their bytes';
comment on column video.deletions.from_at is 'First moment that any of them covered';
comment on column video.deletions.until_at is 'First moment that none of them covered';
comment on column video.deletions.camera_ids is 'Cameras whose footage it was';
create index deletions_by_time on video.deletions (site_id, decided_at);
alter table video.garbage add column deletion_id text references video.deletions;
comment on column video.garbage.deletion_id is 'Decision that it belongs to; null: from before decisions were kept';
create index garbage_of_deletion on video.garbage (deletion_id);

-- Pages of all rows in the order of the files: verification and vigil fsck.
create index segments_by_file on video.segments (storage_id collate "C", path collate "C");

create table video.moves (
  segment_id text primary key,
  from_storage_id text not null references video.storages,
  storage_id text not null references video.storages,
  path text not null,
  size_bytes bigint not null check (size_bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  state text not null check (state in ('planned', 'leftover', 'stuck')),
  leftover_storage_id text references video.storages,
  planned_at timestamptz(3) not null,
  ordered_at timestamptz(3),
  outcome text check (outcome in ('missing', 'altered', 'failed')),
  detail text not null default '' check (length(detail) <= 1000),
  check ((state = 'leftover') = (leftover_storage_id is not null)),
  check ((state = 'stuck') = (outcome is not null)),
  check (from_storage_id <> storage_id)
);
comment on table video.moves is 'Segments on their way to another storage. The row goes when only one file is left; held footage moves like any other.';
comment on column video.moves.segment_id is 'The segment';
comment on column video.moves.from_storage_id is 'Where it lies';
comment on column video.moves.storage_id is 'Where it goes';
comment on column video.moves.path is 'Path inside either folder';
comment on column video.moves.size_bytes is 'Bytes of its file';
comment on column video.moves.sha256 is 'Hash that the copy must have';
comment on column video.moves.state is 'planned: the copy is awaited; leftover: one of the two files is to be deleted; stuck: it could not be copied';
comment on column video.moves.leftover_storage_id is 'Where the file lies that is to be deleted; null unless leftover';
comment on column video.moves.planned_at is 'When the move was decided';
comment on column video.moves.ordered_at is 'When the recorder was last told; null: not yet';
comment on column video.moves.outcome is 'Why it is stuck; null unless stuck';
comment on column video.moves.detail is 'For technicians; empty: nothing to say';
create index moves_to_order on video.moves (state, ordered_at);

create table video.verification (
  site_id text not null,
  cycle integer not null check (cycle >= 1),
  began_at timestamptz(3) not null,
  ended_at timestamptz(3),
  storage_id text not null default '',
  path text not null default '',
  files bigint not null default 0 check (files >= 0),
  size_bytes bigint not null default 0 check (size_bytes >= 0),
  found integer not null default 0 check (found >= 0),
  files_of_cycle bigint not null check (files_of_cycle >= 0),
  bytes_of_cycle bigint not null check (bytes_of_cycle >= 0),
  looked_at timestamptz(3) not null,
  primary key (site_id, cycle)
);
comment on table video.verification is 'Verification of all footage by its hashes: one row for each cycle, of which the newest goes on or has ended.';
comment on column video.verification.site_id is 'The site';
comment on column video.verification.cycle is 'Number of the cycle, from 1';
comment on column video.verification.began_at is 'When it began';
comment on column video.verification.ended_at is 'When it ended; null: it goes on';
comment on column video.verification.storage_id is 'Where the last verified file lies; empty: none yet';
comment on column video.verification.path is 'Its path: the cycle goes on behind it; empty: none yet';
comment on column video.verification.files is 'Files verified in this cycle';
comment on column video.verification.size_bytes is 'Bytes verified in this cycle';
comment on column video.verification.found is 'Files of this cycle that were missing or altered';
comment on column video.verification.files_of_cycle is 'Files that there were when the cycle began';
comment on column video.verification.bytes_of_cycle is 'Bytes that there were when the cycle began';
comment on column video.verification.looked_at is 'When it last went on: the next step may cost as much as the time since allows';

create table video.damaged (
  segment_id text primary key,
  camera_id text not null references video.cameras,
  storage_id text not null,
  path text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  what text not null check (what in ('missing', 'unreadable', 'wrong_size', 'wrong_hash')),
  found_at timestamptz(3) not null,
  cleared_at timestamptz(3),
  check (until_at > from_at)
);
comment on table video.damaged is 'Footage whose file was found missing or altered, each named.';
comment on column video.damaged.segment_id is 'The segment';
comment on column video.damaged.camera_id is 'Camera that sent it';
comment on column video.damaged.storage_id is 'Folder it should lie in';
comment on column video.damaged.path is 'Path inside the folder';
comment on column video.damaged.from_at is 'First moment it covers';
comment on column video.damaged.until_at is 'First moment it no longer covers';
comment on column video.damaged.what is 'What was found';
comment on column video.damaged.found_at is 'When it was found';
comment on column video.damaged.cleared_at is 'When a later look found the file whole again; null: not so far';

create table video.storage_fill (
  storage_id text not null references video.storages,
  at timestamptz(3) not null,
  footage_bytes bigint not null check (footage_bytes >= 0),
  free_bytes bigint not null check (free_bytes >= 0),
  total_bytes bigint not null check (total_bytes >= 0),
  primary key (storage_id, at)
);
comment on table video.storage_fill is 'How full each storage was, four times a day for 90 days: the past half of the plot of the forecast.';
comment on column video.storage_fill.storage_id is 'The storage';
comment on column video.storage_fill.at is 'When it was looked at';
comment on column video.storage_fill.footage_bytes is 'Bytes of footage by the rows';
comment on column video.storage_fill.free_bytes is 'Bytes free on its file system';
comment on column video.storage_fill.total_bytes is 'Bytes of its file system';

create table video.storage_outlook (
  site_id text primary key,
  short_since timestamptz(3),
  told_at timestamptz(3) not null
);
comment on table video.storage_outlook is 'Whether the storages are foreseen to hold footage for as long as it must be kept: one row for each site, so that begin and end are told once.';
comment on column video.storage_outlook.site_id is 'The site';
comment on column video.storage_outlook.short_since is 'Since when they are foreseen not to; null: they are enough';
comment on column video.storage_outlook.told_at is 'When this last changed';

grant select, insert, update, delete on video.moves, video.storage_fill, video.storage_outlook to vigil_app;
grant select, insert, update on video.verification, video.damaged to vigil_app;
grant select, insert on video.deletions to vigil_app;

-- A row changes its storage along a move that was decided, and in nothing else.
create function video.moves_only() returns trigger language plpgsql as $$
begin
  if not exists (select from video.moves m where m.segment_id = new.segment_id and m.from_storage_id = old.storage_id and m.storage_id = new.storage_id) then
    raise exception '录像 % 没有移动决定 / no move of footage % was decided', new.segment_id, new.segment_id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
comment on function video.moves_only() is 'Refuses another storage for a segment that is not on its way there.';
create trigger segments_move before update of storage_id on video.segments for each row execute function video.moves_only();
grant update (storage_id) on video.segments to vigil_app;
