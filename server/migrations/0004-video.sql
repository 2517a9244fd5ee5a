-- Cameras, footage, gaps, watching, snapshots. The order of a close and of a deletion stands in recorder/README.md and server/src/modules/video/README.md.
create schema video;
comment on schema video is 'Cameras, recorded footage and who looked at it.';

create table video.cameras (
  camera_id text primary key check (camera_id ~ '^cam_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  number integer not null check (number between 1 and 9999),
  name text not null check (length(name) between 1 and 64),
  url text not null check (url ~ '^rtsps?://' and url !~ '^[a-z]+://[^/]*@'),
  username text,
  password_sealed bytea,
  record boolean not null default true,
  retention_days integer not null check (retention_days >= retention_floor_days),
  retention_floor_days integer not null check (retention_floor_days >= 0),
  allow_local boolean not null default false,
  added_at timestamptz(3) not null,
  added_by text not null,
  retired_at timestamptz(3),
  retired_by text,
  retired_reason text,
  row_version integer not null default 1,
  check ((retired_at is null) = (retired_by is null))
);
comment on table video.cameras is 'One camera of a room. History of its changes is in the ledger; a retired camera keeps its row for its footage.';
comment on column video.cameras.camera_id is 'Id, cam_…';
comment on column video.cameras.site_id is 'Site that owns the footage';
comment on column video.cameras.room_id is 'Room whose people watch it';
comment on column video.cameras.number is 'Number on the wall, unique among the cameras in use of a room';
comment on column video.cameras.name is 'Field name, e.g. 行包房';
comment on column video.cameras.url is 'RTSP address without credentials';
comment on column video.cameras.username is 'User at the camera; null: none asked';
comment on column video.cameras.password_sealed is 'Password at the camera, AES-256-GCM under a key outside the database; never shown again';
comment on column video.cameras.record is 'False after an act that stopped recording';
comment on column video.cameras.retention_days is 'Days footage is kept, then it must be deleted';
comment on column video.cameras.retention_floor_days is 'Days footage must be kept at least (Decree 799 art. 17: 30)';
comment on column video.cameras.allow_local is 'Loopback or link-local address allowed by the machine''s setting when it was added';
comment on column video.cameras.added_at is 'When it was registered';
comment on column video.cameras.added_by is 'Person or process that registered it';
comment on column video.cameras.retired_at is 'When it was taken out of use; null: in use';
comment on column video.cameras.retired_by is 'Person who retired it';
comment on column video.cameras.retired_reason is 'Why it was retired';
comment on column video.cameras.row_version is 'Grows with each change; guards against lost updates';
create unique index cameras_number on video.cameras (room_id, number) where retired_at is null;

create table video.recorders (
  recorder_id text primary key check (recorder_id ~ '^rec_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  config_version integer not null default 1 check (config_version >= 1),
  journal_seq bigint not null default 0 check (journal_seq >= 0),
  added_at timestamptz(3) not null
);
comment on table video.recorders is 'A recorder process and how far its journal was taken over.';
comment on column video.recorders.recorder_id is 'Id, rec_…';
comment on column video.recorders.site_id is 'Site it records for';
comment on column video.recorders.config_version is 'Version of the wanted configuration; grows with each camera change';
comment on column video.recorders.journal_seq is 'Last journal entry whose rows and facts are committed';
comment on column video.recorders.added_at is 'When it was set up';

create table video.storages (
  storage_id text primary key check (storage_id ~ '^sto_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  recorder_id text not null references video.recorders,
  path text not null,
  added_at timestamptz(3) not null
);
comment on table video.storages is 'A folder that holds footage, recognised by its identity file.';
comment on column video.storages.storage_id is 'Id written in the folder''s identity file';
comment on column video.storages.site_id is 'Site written in the identity file';
comment on column video.storages.recorder_id is 'Recorder that writes to it';
comment on column video.storages.path is 'Absolute folder on the recorder''s machine';
comment on column video.storages.added_at is 'When it was added';

create table video.segments (
  segment_id text primary key check (segment_id ~ '^seg_[0-9a-hjkmnp-tv-z]{26}$'),
  camera_id text not null references video.cameras,
  storage_id text not null references video.storages,
  path text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  size_bytes bigint not null check (size_bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  frames integer not null check (frames > 0),
  key_frames integer not null check (key_frames > 0),
  codec text not null,
  width integer not null,
  height integer not null,
  run_id text not null,
  camera_clock_offset_ms double precision,
  packets_lost integer not null default 0,
  recovered boolean not null default false,
  check (until_at > from_at),
  unique (storage_id, path)
);
comment on table video.segments is 'One closed file of footage. Invariant: each row has its file of this size and hash (vigil fsck).';
comment on column video.segments.segment_id is 'Id, seg_…';
comment on column video.segments.camera_id is 'Camera that sent it';
comment on column video.segments.storage_id is 'Folder it lies in';
comment on column video.segments.path is 'Path inside the storage folder';
comment on column video.segments.from_at is 'First moment covered (UTC, recorder''s clock discipline)';
comment on column video.segments.until_at is 'First moment no longer covered';
comment on column video.segments.size_bytes is 'Bytes of the file';
comment on column video.segments.sha256 is 'SHA-256 of the file, taken when it was closed';
comment on column video.segments.frames is 'Frames in it';
comment on column video.segments.key_frames is 'Key frames in it';
comment on column video.segments.codec is 'RFC 6381 name, e.g. avc1.640028';
comment on column video.segments.width is 'Picture width in pixels';
comment on column video.segments.height is 'Picture height in pixels';
comment on column video.segments.run_id is 'Unbroken connection it belongs to: consecutive segments of one run join without a gap';
comment on column video.segments.camera_clock_offset_ms is 'Camera''s own clock minus ours, ms: a claim, never used to place footage';
comment on column video.segments.packets_lost is 'RTP packets missing in it';
comment on column video.segments.recovered is 'Taken up after a crash, up to the last whole fragment';
create index segments_by_time on video.segments (camera_id, from_at);

create table video.garbage (
  segment_id text primary key,
  camera_id text not null,
  storage_id text not null,
  path text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  size_bytes bigint not null,
  sha256 bytea not null,
  reason text not null check (reason in ('retention', 'space', 'destruction')),
  decided_at timestamptz(3) not null,
  ordered_at timestamptz(3),
  failed_detail text
);
comment on table video.garbage is 'Segments whose deletion is decided and whose file may still lie on disk. The row goes when the unlink is known.';
comment on column video.garbage.segment_id is 'The segment it was';
comment on column video.garbage.camera_id is 'Camera that sent it';
comment on column video.garbage.storage_id is 'Folder its file lies in';
comment on column video.garbage.path is 'Path inside the folder';
comment on column video.garbage.from_at is 'First moment it covered';
comment on column video.garbage.until_at is 'First moment it no longer covered';
comment on column video.garbage.size_bytes is 'Bytes of its file';
comment on column video.garbage.sha256 is 'Hash of its file';
comment on column video.garbage.reason is 'Why it is deleted: retention ended, space was needed, destruction was approved';
comment on column video.garbage.decided_at is 'When the deletion was decided';
comment on column video.garbage.ordered_at is 'When the recorder was last told';
comment on column video.garbage.failed_detail is 'Why the last try failed; null: not yet tried';

create table video.gaps (
  gap_id text primary key check (gap_id ~ '^gap_[0-9a-hjkmnp-tv-z]{26}$'),
  camera_id text not null references video.cameras,
  from_at timestamptz(3) not null,
  until_at timestamptz(3),
  reason text not null,
  detail text not null,
  alarmed_at timestamptz(3),
  check (until_at is null or until_at >= from_at)
);
comment on table video.gaps is 'Time for which a camera has no footage, with its reason: every missing second is shown.';
comment on column video.gaps.gap_id is 'Id, gap_…';
comment on column video.gaps.camera_id is 'Camera that has no footage';
comment on column video.gaps.from_at is 'First missing moment';
comment on column video.gaps.until_at is 'First moment with footage again; null: still missing';
comment on column video.gaps.reason is 'GapReason of contract/recorder.ts';
comment on column video.gaps.detail is 'For technicians: what was seen on the wire or on disk';
comment on column video.gaps.alarmed_at is 'When it had lasted recording_gap_alarm_seconds; null: shorter so far';
create index gaps_by_time on video.gaps (camera_id, from_at);
create index gaps_open on video.gaps (camera_id) where until_at is null;

create table video.camera_states (
  camera_id text primary key references video.cameras,
  state text not null check (state in ('off', 'connecting', 'recording', 'lost')),
  detail text not null,
  since timestamptz(3) not null
);
comment on table video.camera_states is 'Last state that the recorder reported, for screens while the recorder is away.';
comment on column video.camera_states.camera_id is 'The camera';
comment on column video.camera_states.state is 'off, connecting, recording or lost';
comment on column video.camera_states.detail is 'For technicians';
comment on column video.camera_states.since is 'Since when';

create table video.playbacks (
  playback_id text primary key check (playback_id ~ '^pbk_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  camera_id text not null references video.cameras,
  person_id text not null,
  session_id text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  opened_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  closed_at timestamptz(3),
  check (until_at > from_at)
);
comment on table video.playbacks is 'A permission to read footage that was used: one person, one camera, one span. The fact is written before the first byte is served.';
comment on column video.playbacks.playback_id is 'Id, pbk_…';
comment on column video.playbacks.site_id is 'Site';
comment on column video.playbacks.room_id is 'Room of the person who looked';
comment on column video.playbacks.camera_id is 'Camera looked at';
comment on column video.playbacks.person_id is 'Who looked';
comment on column video.playbacks.session_id is 'In which session';
comment on column video.playbacks.from_at is 'Start of the footage that may be read';
comment on column video.playbacks.until_at is 'End of the footage that may be read';
comment on column video.playbacks.opened_at is 'When it was opened';
comment on column video.playbacks.expires_at is 'After this it must be opened again';
comment on column video.playbacks.closed_at is 'When it was closed; null: open or expired';

create table video.watched (
  watched_id text primary key check (watched_id ~ '^wat_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  camera_id text not null references video.cameras,
  person_id text not null,
  session_id text not null,
  playback_id text references video.playbacks,
  from_at timestamptz(3) not null,
  until_at timestamptz(3),
  seen_at timestamptz(3) not null,
  check (until_at is null or until_at >= from_at)
);
comment on table video.watched is 'Each interval of a camera that somebody watched: live (playback_id null) by the wall clock, in playback by the footage''s own time.';
comment on column video.watched.watched_id is 'Id, wat_…';
comment on column video.watched.site_id is 'Site';
comment on column video.watched.room_id is 'Room of the person who watched';
comment on column video.watched.camera_id is 'Camera watched';
comment on column video.watched.person_id is 'Who watched';
comment on column video.watched.session_id is 'In which session';
comment on column video.watched.playback_id is 'Playback it belongs to; null: live';
comment on column video.watched.from_at is 'First moment seen';
comment on column video.watched.until_at is 'First moment no longer seen; null: still watching';
comment on column video.watched.seen_at is 'Last time the server knew that it went on; ends the interval after a crash';
create index watched_by_camera on video.watched (camera_id, from_at);
create index watched_open on video.watched (watched_id) where until_at is null;

create table video.snapshots (
  snapshot_id text primary key check (snapshot_id ~ '^snp_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  camera_id text not null references video.cameras,
  frame_at timestamptz(3) not null,
  taken_at timestamptz(3) not null,
  person_id text not null,
  taken_by text not null,
  source text not null check (source in ('live', 'playback')),
  note text not null,
  content_type text not null check (content_type in ('image/jpeg', 'image/png')),
  sha256 bytea not null check (length(sha256) = 32),
  size_bytes integer not null check (size_bytes > 0)
);
comment on table video.snapshots is 'Pictures taken from live or playback. The picture lies in the blob folder under its hash; neither is ever changed.';
comment on column video.snapshots.snapshot_id is 'Id, snp_…';
comment on column video.snapshots.site_id is 'Site';
comment on column video.snapshots.room_id is 'Room';
comment on column video.snapshots.camera_id is 'Camera';
comment on column video.snapshots.frame_at is 'Moment shown in the picture (UTC)';
comment on column video.snapshots.taken_at is 'When it was taken';
comment on column video.snapshots.person_id is 'Who took it';
comment on column video.snapshots.taken_by is 'Name and staff number as shown then';
comment on column video.snapshots.source is 'live or playback';
comment on column video.snapshots.note is 'What the person wrote';
comment on column video.snapshots.content_type is 'image/jpeg or image/png';
comment on column video.snapshots.sha256 is 'SHA-256 of the picture';
comment on column video.snapshots.size_bytes is 'Bytes of the picture';
create index snapshots_by_time on video.snapshots (room_id, taken_at desc);

grant usage on schema video to vigil_app;
grant select, insert, update, delete on all tables in schema video to vigil_app;
revoke update, delete on video.snapshots from vigil_app;
revoke update on video.segments from vigil_app;
revoke delete on video.cameras, video.gaps, video.watched, video.playbacks, video.recorders, video.storages from vigil_app;
