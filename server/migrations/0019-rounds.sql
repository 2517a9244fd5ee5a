-- Watch rounds: important positions, what was really looked at and marked, and what was missed.

create schema rounds;
comment on schema rounds is 'Watch rounds over important positions: what is due, what was looked at, what was missed.';
grant usage on schema rounds to vigil_app;

create function rounds.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '巡看记录只能追加，不能修改或删除 / records of watch rounds only grow: nothing in them is changed or deleted' using errcode = 'insufficient_privilege';
end
$$;
comment on function rounds.refuse_change() is 'Refuses whatever statement fired it.';

create table rounds.positions (
  position_id text primary key check (position_id ~ '^pos_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  camera_id text not null references video.cameras,
  name text not null check (length(name) between 1 and 64),
  post_id text check (post_id ~ '^post_[0-9a-hjkmnp-tv-z]{26}$'),
  interval_minutes integer check (interval_minutes between 1 and 1440),
  added_at timestamptz(3) not null,
  added_by text not null references identity.people,
  removed_at timestamptz(3) check (removed_at >= added_at),
  swept_until timestamptz(3) not null check (swept_until >= added_at)
);
comment on table rounds.positions is 'An important position (重点部位) that is looked at again and again through one camera.';
comment on column rounds.positions.position_id is 'Id, pos_…';
comment on column rounds.positions.site_id is 'Site';
comment on column rounds.positions.room_id is 'Room whose people look';
comment on column rounds.positions.camera_id is 'Camera that shows it';
comment on column rounds.positions.name is 'What people call it';
comment on column rounds.positions.post_id is 'Post that looks after it; null: whoever is on duty';
comment on column rounds.positions.interval_minutes is 'Looked at once in so many minutes; null: as the rules of the room say';
comment on column rounds.positions.added_at is 'From when it is due';
comment on column rounds.positions.added_by is 'Person who added it';
comment on column rounds.positions.removed_at is 'From when it is no longer due; null: in use';
comment on column rounds.positions.swept_until is 'Windows that ended before have been judged';
create unique index positions_camera on rounds.positions (room_id, camera_id) where removed_at is null;
grant select, insert, update (removed_at, swept_until) on rounds.positions to vigil_app;

create table rounds.marks (
  mark_id text primary key check (mark_id ~ '^mrk_[0-9a-hjkmnp-tv-z]{26}$'),
  position_id text not null references rounds.positions,
  room_id text not null references identity.rooms,
  camera_id text not null references video.cameras,
  person_id text not null references identity.people,
  by_name text not null check (length(by_name) between 1 and 64),
  mark text not null check (mark in ('observed', 'abnormal')),
  text text not null check (length(text) <= 2000),
  marked_at timestamptz(3) not null,
  watched_ms integer not null check (watched_ms >= 0),
  rushed boolean not null,
  entry_id text references duty.entries,
  check ((mark = 'abnormal') = (entry_id is not null))
);
comment on table rounds.marks is 'Each mark that somebody set after looking at a position.';
comment on column rounds.marks.mark_id is 'Id, mrk_…';
comment on column rounds.marks.position_id is 'Position';
comment on column rounds.marks.room_id is 'Room';
comment on column rounds.marks.camera_id is 'Camera';
comment on column rounds.marks.person_id is 'Who looked';
comment on column rounds.marks.by_name is 'Their name then';
comment on column rounds.marks.mark is 'observed: nothing to say; abnormal: see the line of the duty log';
comment on column rounds.marks.text is 'What was seen; may be empty where nothing was';
comment on column rounds.marks.marked_at is 'When it was marked';
comment on column rounds.marks.watched_ms is 'How long the picture was really on that person''s screen since the mark before, at most one interval, ms';
comment on column rounds.marks.rushed is 'Shorter than the room asks for';
comment on column rounds.marks.entry_id is 'Line of the duty log that it led to; null: none';
create index marks_by_time on rounds.marks (room_id, marked_at);
create index marks_of_position on rounds.marks (position_id, marked_at);
grant select, insert on rounds.marks to vigil_app;
create trigger marks_stay before update or delete on rounds.marks for each row execute function rounds.refuse_change();
create trigger marks_stay_all before truncate on rounds.marks for each statement execute function rounds.refuse_change();

create table rounds.windows (
  position_id text not null references rounds.positions,
  room_id text not null references identity.rooms,
  name text not null check (length(name) between 1 and 64),
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null check (until_at > from_at),
  outcome text not null check (outcome in ('viewed', 'rushed', 'missed')),
  mark_id text references rounds.marks,
  on_post text[] not null,
  shift_number integer check (shift_number >= 1),
  primary key (position_id, from_at),
  check ((outcome = 'missed') = (mark_id is null))
);
comment on table rounds.windows is 'Each turn of a position that has ended, and what became of it.';
comment on column rounds.windows.position_id is 'Position';
comment on column rounds.windows.room_id is 'Room';
comment on column rounds.windows.name is 'What people called the position then';
comment on column rounds.windows.from_at is 'Beginning of the turn';
comment on column rounds.windows.until_at is 'End of the turn, not included';
comment on column rounds.windows.outcome is 'viewed: looked at long enough and marked; rushed: marked after too short a look; missed: not marked';
comment on column rounds.windows.mark_id is 'The mark that counts; null: none';
comment on column rounds.windows.on_post is 'Who was on post when the turn ended, by name';
comment on column rounds.windows.shift_number is 'Shift log that was open when the turn ended; null: none was';
create index windows_by_time on rounds.windows (room_id, until_at);
grant select, insert on rounds.windows to vigil_app;
create trigger windows_stay before update or delete on rounds.windows for each row execute function rounds.refuse_change();
create trigger windows_stay_all before truncate on rounds.windows for each statement execute function rounds.refuse_change();
