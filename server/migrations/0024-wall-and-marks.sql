-- The wall and what people mark: layouts of a post, the cover when outsiders are in the room, bookmarks, words written to a snapshot,
-- the footage around it, who turns a camera, and which consoles may receive pictures.

create table video.wall_layouts (
  layout_id text primary key check (layout_id ~ '^wall_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  post_name text not null check (length(post_name) <= 64),
  name text not null check (length(name) between 1 and 40),
  shape integer not null check (shape in (1, 4, 6, 8, 9, 13, 16, 25, 36)),
  places text[] not null check (cardinality(places) <= 256),
  pinned text[] not null check (cardinality(pinned) <= 36),
  tour_seconds integer check (tour_seconds between 5 and 600),
  guest boolean not null,
  kept_at timestamptz(3) not null,
  kept_by text not null check (length(kept_by) <= 200),
  removed_at timestamptz(3),
  row_version integer not null default 1 check (row_version >= 1)
);
comment on table video.wall_layouts is 'A layout of the wall that a post has saved: how many pictures, which camera where, whether they take turns.';
comment on column video.wall_layouts.layout_id is 'Id, wall_…';
comment on column video.wall_layouts.site_id is 'Site';
comment on column video.wall_layouts.room_id is 'Room whose cameras it shows';
comment on column video.wall_layouts.post_name is 'Post that it belongs to, by its name; empty: saved by somebody without a post, for the whole room';
comment on column video.wall_layouts.name is 'What people call it, e.g. 夜间';
comment on column video.wall_layouts.shape is 'Pictures on one screen; 6, 8 and 13 have one large picture among small ones';
comment on column video.wall_layouts.places is 'Cameras in the order of the places, an empty text where a place is left free; what goes past one screen stands on the next';
comment on column video.wall_layouts.pinned is 'Cameras that keep their place when the screens take turns';
comment on column video.wall_layouts.tour_seconds is 'Seconds until the next screen (轮巡); null: it does not turn by itself';
comment on column video.wall_layouts.guest is 'What remains visible while outsiders are in the room; one for each post';
comment on column video.wall_layouts.kept_at is 'When it was last saved';
comment on column video.wall_layouts.kept_by is 'Who saved it last, name and staff number as shown then';
comment on column video.wall_layouts.removed_at is 'When it was removed; null: in use';
comment on column video.wall_layouts.row_version is 'Grows with each change; guards against lost updates';
create unique index wall_layouts_by_name on video.wall_layouts (room_id, post_name, name) where removed_at is null;
create unique index wall_layouts_guest on video.wall_layouts (room_id, post_name) where guest and removed_at is null;

create table video.wall_covers (
  cover_id text primary key check (cover_id ~ '^cov_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  session_id text not null,
  person_id text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3),
  shown text[] not null,
  check (until_at is null or until_at >= from_at)
);
comment on table video.wall_covers is 'A console covered its wall because outsiders were in the room. While it is covered its session gets the pictures of the guest layout only.';
comment on column video.wall_covers.cover_id is 'Id, cov_…';
comment on column video.wall_covers.site_id is 'Site';
comment on column video.wall_covers.room_id is 'Room';
comment on column video.wall_covers.session_id is 'Session whose windows are covered';
comment on column video.wall_covers.person_id is 'Who covered it';
comment on column video.wall_covers.from_at is 'From when';
comment on column video.wall_covers.until_at is 'Until when, not included; null: still covered';
comment on column video.wall_covers.shown is 'Cameras of the guest layout at that time; empty: nothing remained visible';
create unique index wall_covers_open on video.wall_covers (session_id) where until_at is null;

create table video.bookmarks (
  bookmark_id text primary key check (bookmark_id ~ '^bmk_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  camera_id text not null references video.cameras,
  frame_at timestamptz(3) not null,
  kind text not null check (kind in ('bookmark', 'suspicious')),
  note text not null check (length(note) <= 500),
  made_at timestamptz(3) not null,
  person_id text not null,
  made_by text not null check (length(made_by) <= 200),
  struck_at timestamptz(3),
  struck_by text check (length(struck_by) <= 200),
  struck_reason text check (length(struck_reason) between 1 and 500),
  check ((struck_at is null) = (struck_by is null) and (struck_at is null) = (struck_reason is null))
);
comment on table video.bookmarks is 'A moment of a camera that somebody marked, live or in playback. It is struck, never deleted.';
comment on column video.bookmarks.bookmark_id is 'Id, bmk_…';
comment on column video.bookmarks.site_id is 'Site';
comment on column video.bookmarks.room_id is 'Room';
comment on column video.bookmarks.camera_id is 'Camera';
comment on column video.bookmarks.frame_at is 'Moment that is marked (UTC)';
comment on column video.bookmarks.kind is 'bookmark: to be found again; suspicious: something that looked suspicious (可疑情况)';
comment on column video.bookmarks.note is 'What the person wrote; empty: nothing';
comment on column video.bookmarks.made_at is 'When it was marked';
comment on column video.bookmarks.person_id is 'Who marked it';
comment on column video.bookmarks.made_by is 'Name and staff number as shown then';
comment on column video.bookmarks.struck_at is 'When it was struck; null: it stands';
comment on column video.bookmarks.struck_by is 'Who struck it, name and staff number as shown then';
comment on column video.bookmarks.struck_reason is 'Why it was struck';
create index bookmarks_of_camera on video.bookmarks (room_id, camera_id, frame_at);

create table video.snapshot_notes (
  note_id text primary key check (note_id ~ '^snn_[0-9a-hjkmnp-tv-z]{26}$'),
  snapshot_id text not null references video.snapshots,
  note text not null check (length(note) between 1 and 500),
  written_at timestamptz(3) not null,
  person_id text not null,
  written_by text not null check (length(written_by) <= 200)
);
comment on table video.snapshot_notes is 'Words written to a snapshot after it was taken. The snapshot itself never changes; what was written is never changed either.';
comment on column video.snapshot_notes.note_id is 'Id, snn_…';
comment on column video.snapshot_notes.snapshot_id is 'The snapshot';
comment on column video.snapshot_notes.note is 'What the person wrote';
comment on column video.snapshot_notes.written_at is 'When it was written';
comment on column video.snapshot_notes.person_id is 'Who wrote it';
comment on column video.snapshot_notes.written_by is 'Name and staff number as shown then';
create index snapshot_notes_of on video.snapshot_notes (snapshot_id, written_at);

create table video.snapshot_clips (
  snapshot_id text primary key references video.snapshots,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  check (until_at > from_at)
);
comment on table video.snapshot_clips is 'Footage that belongs to a snapshot: the seconds before and after its picture, of the same camera. The footage itself stays where it is and under its own term.';
comment on column video.snapshot_clips.snapshot_id is 'The snapshot';
comment on column video.snapshot_clips.from_at is 'Beginning of the footage';
comment on column video.snapshot_clips.until_at is 'End of the footage, not included';

create table video.ptz_holds (
  camera_id text primary key references video.cameras,
  person_id text not null,
  session_id text not null,
  held_by text not null check (length(held_by) <= 200),
  priority integer not null check (priority between 1 and 9),
  locked boolean not null,
  since_at timestamptz(3) not null,
  until_at timestamptz(3) not null check (until_at > since_at)
);
comment on table video.ptz_holds is 'Who turns a camera now. A hold ends by itself; an ended one may still stand here.';
comment on column video.ptz_holds.camera_id is 'The camera';
comment on column video.ptz_holds.person_id is 'Who turns it';
comment on column video.ptz_holds.session_id is 'From which session';
comment on column video.ptz_holds.held_by is 'Name and staff number as shown then';
comment on column video.ptz_holds.priority is 'Rank of that person for turning; a higher one takes over';
comment on column video.ptz_holds.locked is 'Kept on purpose, so that the camera stays as it is';
comment on column video.ptz_holds.since_at is 'Since when';
comment on column video.ptz_holds.until_at is 'Until when it holds by itself';

create table video.consoles (
  console_id text primary key check (console_id ~ '^con_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  name text not null check (length(name) between 1 and 64),
  token_sha256 bytea not null unique check (length(token_sha256) = 32),
  reason text not null check (length(reason) <= 500),
  registered_at timestamptz(3) not null,
  registered_by text not null check (length(registered_by) <= 200),
  until_at timestamptz(3) check (until_at > registered_at),
  removed_at timestamptz(3),
  removed_reason text check (length(removed_reason) between 1 and 500),
  check ((removed_at is null) = (removed_reason is null))
);
comment on table video.consoles is 'Computers that may receive pictures of the room. From the first one on, others receive none.';
comment on column video.consoles.console_id is 'Id, con_…';
comment on column video.consoles.site_id is 'Site';
comment on column video.consoles.room_id is 'Room';
comment on column video.consoles.name is 'What people call it, e.g. 一号台';
comment on column video.consoles.token_sha256 is 'SHA-256 of the secret that its browser keeps; the secret itself stands nowhere here';
comment on column video.consoles.reason is 'Why it may, for one that may for a time only; empty: a console of the room';
comment on column video.consoles.registered_at is 'When it was registered';
comment on column video.consoles.registered_by is 'Who registered it, name and staff number as shown then';
comment on column video.consoles.until_at is 'When its right ends by itself; null: it does not';
comment on column video.consoles.removed_at is 'When it was removed; null: it still may';
comment on column video.consoles.removed_reason is 'Why it was removed';
create index consoles_of_room on video.consoles (room_id) where removed_at is null;

grant select, insert on video.wall_layouts, video.wall_covers, video.bookmarks, video.snapshot_notes, video.snapshot_clips, video.ptz_holds, video.consoles to vigil_app;
grant update (name, shape, places, pinned, tour_seconds, guest, kept_at, kept_by, removed_at, row_version) on video.wall_layouts to vigil_app;
grant update (until_at) on video.wall_covers to vigil_app;
grant update (struck_at, struck_by, struck_reason) on video.bookmarks to vigil_app;
grant update (person_id, session_id, held_by, priority, locked, since_at, until_at) on video.ptz_holds to vigil_app;
grant update (removed_at, removed_reason) on video.consoles to vigil_app;

-- A snapshot is never altered, only annotated: the owner of the schema cannot either.
create function video.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '抓拍及其说明只能添加，不能改动。 A snapshot and what was written to it only grow; they are not changed.' using errcode = 'insufficient_privilege';
end
$$;
comment on function video.refuse_change() is 'Refuses whatever statement fired it.';
create trigger snapshots_append_only before update or delete on video.snapshots for each row execute function video.refuse_change();
create trigger snapshots_no_truncate before truncate on video.snapshots for each statement execute function video.refuse_change();
create trigger snapshot_notes_append_only before update or delete on video.snapshot_notes for each row execute function video.refuse_change();
create trigger snapshot_notes_no_truncate before truncate on video.snapshot_notes for each statement execute function video.refuse_change();
create trigger snapshot_clips_append_only before update or delete on video.snapshot_clips for each row execute function video.refuse_change();
create trigger snapshot_clips_no_truncate before truncate on video.snapshot_clips for each statement execute function video.refuse_change();
