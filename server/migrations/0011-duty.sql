-- Duty: who is on post, and the log of each shift. What was entered stays as it was entered; corrections are lines of their own.

create schema duty;
comment on schema duty is 'Posts signed on and off, the shift log with its sections, faults and serious events as threads of it.';
grant usage on schema duty to vigil_app;

create function duty.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '值班记录只能追加，不能修改或删除 / the duty log only grows: nothing in it is changed or deleted' using errcode = 'insufficient_privilege';
end
$$;
comment on function duty.refuse_change() is 'Refuses whatever statement fired it.';

create table duty.shifts (
  shift_id text primary key check (shift_id ~ '^shf_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  number integer not null check (number >= 1),
  opened_at timestamptz(3) not null,
  opened_by text not null,
  closed_at timestamptz(3),
  closed_by text,
  remark text check (length(remark) <= 2000),
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  unique (room_id, number),
  check ((closed_at is null) = (closed_by is null) and (closed_at is null) = (digest is null) and (closed_at is null) = (remark is null))
);
comment on table duty.shifts is 'A shift log of a room, from its opening to its signing; exactly one is open.';
comment on column duty.shifts.shift_id is 'Id, shf_…';
comment on column duty.shifts.site_id is 'Site';
comment on column duty.shifts.room_id is 'Room';
comment on column duty.shifts.number is 'Counts the shift logs of the room from 1';
comment on column duty.shifts.opened_at is 'When it was opened';
comment on column duty.shifts.opened_by is 'Person who signed on first, or the server';
comment on column duty.shifts.closed_at is 'When it was closed and signed; null: open';
comment on column duty.shifts.closed_by is 'Person who signed it';
comment on column duty.shifts.remark is 'Words of who closed it; may be empty';
comment on column duty.shifts.digest is 'SHA-256 over the entries and sections as they were signed, hex';
create unique index shifts_open on duty.shifts (room_id) where closed_at is null;
grant select, insert on duty.shifts to vigil_app;
grant update (closed_at, closed_by, remark, digest) on duty.shifts to vigil_app;

create function duty.only_closing() returns trigger language plpgsql as $$
begin
  if old.closed_at is null and new.closed_at is not null then return new; end if;
  raise exception '已签的班次不能修改 / a signed shift is not changed' using errcode = 'insufficient_privilege';
end
$$;
comment on function duty.only_closing() is 'Lets the one closing of a shift pass, and no other change.';
create trigger shifts_close_once before update on duty.shifts for each row execute function duty.only_closing();

create table duty.sign_ons (
  sign_on_id bigint generated always as identity primary key,
  shift_id text not null references duty.shifts,
  room_id text not null,
  post_id text not null,
  post text not null,
  person_id text not null,
  session_id text not null,
  source text not null,
  on_at timestamptz(3) not null,
  off_at timestamptz(3) check (off_at >= on_at),
  off_by text,
  reason text check (length(reason) <= 500),
  check ((off_at is null) = (off_by is null) and (off_at is null) = (reason is null))
);
comment on table duty.sign_ons is 'Who was on which post, since when, from which console, until when.';
comment on column duty.sign_ons.sign_on_id is 'Number';
comment on column duty.sign_ons.shift_id is 'Shift log that was open then';
comment on column duty.sign_ons.room_id is 'Room';
comment on column duty.sign_ons.post_id is 'The post';
comment on column duty.sign_ons.post is 'Name of the post at that time';
comment on column duty.sign_ons.person_id is 'Who';
comment on column duty.sign_ons.session_id is 'Session of the console';
comment on column duty.sign_ons.source is 'Network address of the console';
comment on column duty.sign_ons.on_at is 'Signed on at';
comment on column duty.sign_ons.off_at is 'Signed off or relieved at; null: on post';
comment on column duty.sign_ons.off_by is 'The person, or who relieved them';
comment on column duty.sign_ons.reason is 'Why a leader relieved them; empty: an ordinary end';
create unique index sign_ons_open on duty.sign_ons (post_id, person_id) where off_at is null;
grant select, insert on duty.sign_ons to vigil_app;
grant update (off_at, off_by, reason) on duty.sign_ons to vigil_app;

create table duty.entries (
  entry_id text primary key check (entry_id ~ '^ent_[0-9a-hjkmnp-tv-z]{26}$'),
  shift_id text not null references duty.shifts,
  room_id text not null,
  number bigint not null check (number >= 1),
  type text not null check (type in ('event', 'alarm', 'fault', 'visitor', 'equipment', 'message', 'fire_panel')),
  event_at timestamptz(3) not null,
  entered_at timestamptz(3) not null,
  by_id text not null,
  source text not null check (source in ('person', 'system')),
  text_zh text not null check (length(text_zh) between 1 and 2000),
  text_en text not null check (length(text_en) between 1 and 2000),
  late_ms bigint not null check (late_ms >= 0),
  camera_id text,
  subject text,
  needs_words boolean not null,
  corrects text references duty.entries,
  strikes boolean not null,
  unique (room_id, number),
  check (corrects is not null or not strikes),
  check (source = 'system' or not needs_words)
);
comment on table duty.entries is 'Lines of the duty log. A line is never changed: a correction is a line that names the one it corrects.';
comment on column duty.entries.entry_id is 'Id, ent_…';
comment on column duty.entries.shift_id is 'Shift log in which it stands';
comment on column duty.entries.room_id is 'Room';
comment on column duty.entries.number is 'Place in the log of the room, from 1 without a gap';
comment on column duty.entries.type is 'event, alarm, fault, visitor, equipment, message or fire panel';
comment on column duty.entries.event_at is 'When it happened';
comment on column duty.entries.entered_at is 'When it was entered';
comment on column duty.entries.by_id is 'Person, or the server';
comment on column duty.entries.source is 'person: written by somebody; system: entered by the machine';
comment on column duty.entries.text_zh is 'What it says; a person''s words stand in both columns as they were written';
comment on column duty.entries.text_en is 'The same in English for lines of the machine';
comment on column duty.entries.late_ms is 'Delay from event to entry in ms where it was longer than the room allows; 0: in time';
comment on column duty.entries.camera_id is 'Camera that it is about; null: none';
comment on column duty.entries.subject is 'Id of the alarm, fault, snapshot or serious event that it belongs to; null: none';
comment on column duty.entries.needs_words is 'True for what the machine saw and a person must write about before the shift is closed';
comment on column duty.entries.corrects is 'Line that this one corrects; null: an ordinary line';
comment on column duty.entries.strikes is 'True: the corrected line no longer holds; it stays readable, struck through';
create index entries_by_shift on duty.entries (shift_id, number);
create index entries_by_time on duty.entries (room_id, event_at);
create index entries_by_subject on duty.entries (subject) where subject is not null;
grant select, insert on duty.entries to vigil_app;
create trigger entries_append_only before update or delete on duty.entries for each row execute function duty.refuse_change();
create trigger entries_no_truncate before truncate on duty.entries for each statement execute function duty.refuse_change();

create table duty.section_answers (
  shift_id text not null references duty.shifts,
  section text not null check (section ~ '^[a-z_]{3,40}$'),
  number integer not null check (number >= 1),
  at timestamptz(3) not null,
  by_id text not null,
  text text not null check (length(text) between 1 and 2000),
  checks jsonb not null,
  seen jsonb not null,
  primary key (shift_id, section, number)
);
comment on table duty.section_answers is 'A section of the shift log, confirmed in words over what the machine had measured; one row for each time, the newest holds.';
comment on column duty.section_answers.shift_id is 'Shift log';
comment on column duty.section_answers.section is 'Which section';
comment on column duty.section_answers.number is 'Counts the answers from 1';
comment on column duty.section_answers.at is 'When';
comment on column duty.section_answers.by_id is 'Person who confirmed it';
comment on column duty.section_answers.text is 'In their words';
comment on column duty.section_answers.checks is 'Points of the section: in order or not';
comment on column duty.section_answers.seen is 'What the machine had measured and showed at that moment';
grant select, insert on duty.section_answers to vigil_app;
create trigger section_answers_append_only before update or delete on duty.section_answers for each row execute function duty.refuse_change();
create trigger section_answers_no_truncate before truncate on duty.section_answers for each statement execute function duty.refuse_change();

create table duty.threads (
  thread_id text primary key check (thread_id ~ '^(flt|sev)_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  kind text not null check (kind in ('fault', 'hazard', 'serious')),
  grade text not null check (grade in ('A', 'B', 'C', 'serious', 'major')),
  what text not null check (length(what) between 1 and 200),
  camera_id text,
  happened_at timestamptz(3) not null,
  opened_at timestamptz(3) not null,
  opened_by text not null,
  check ((kind = 'serious') = (grade in ('serious', 'major')))
);
comment on table duty.threads is 'A fault, a hazard or a serious event: opened once, followed by steps, closed by a step.';
comment on column duty.threads.thread_id is 'Id, flt_… for faults and hazards, sev_… for serious events';
comment on column duty.threads.site_id is 'Site';
comment on column duty.threads.room_id is 'Room';
comment on column duty.threads.kind is 'fault, hazard or serious event';
comment on column duty.threads.grade is 'Faults: A paralysis, B degraded, C minor. Serious events: serious or major';
comment on column duty.threads.what is 'Device or event, as people call it';
comment on column duty.threads.camera_id is 'Camera that it is about; null: none';
comment on column duty.threads.happened_at is 'When it happened';
comment on column duty.threads.opened_at is 'When it was opened here';
comment on column duty.threads.opened_by is 'Person, or the server';
create index threads_of_room on duty.threads (room_id, opened_at);
grant select, insert on duty.threads to vigil_app;
create trigger threads_append_only before update or delete on duty.threads for each row execute function duty.refuse_change();

create table duty.thread_steps (
  thread_id text not null references duty.threads,
  number integer not null check (number >= 1),
  what text not null check (what in ('opened', 'noted', 'handled', 'reported', 'overdue', 'closed')),
  at timestamptz(3) not null,
  by_id text not null,
  text text not null check (length(text) <= 2000),
  primary key (thread_id, number)
);
comment on table duty.thread_steps is 'What happened to a thread, one row for each step; never changed.';
comment on column duty.thread_steps.thread_id is 'Which thread';
comment on column duty.thread_steps.number is 'Counts from 1';
comment on column duty.thread_steps.what is 'opened, noted, handled, reported to whom it concerns, report overdue, closed';
comment on column duty.thread_steps.at is 'When';
comment on column duty.thread_steps.by_id is 'Person, or the server';
comment on column duty.thread_steps.text is 'In words; empty for steps of the machine';
create unique index thread_steps_once on duty.thread_steps (thread_id, what) where what in ('opened', 'handled', 'overdue', 'closed');
grant select, insert on duty.thread_steps to vigil_app;
create trigger thread_steps_append_only before update or delete on duty.thread_steps for each row execute function duty.refuse_change();

create table duty.reviews (
  shift_id text primary key references duty.shifts,
  at timestamptz(3) not null,
  by_id text not null,
  remark text not null check (length(remark) <= 2000)
);
comment on table duty.reviews is 'A leader has read a signed shift log.';
comment on column duty.reviews.shift_id is 'Shift log';
comment on column duty.reviews.at is 'When';
comment on column duty.reviews.by_id is 'Person, never the one who signed it';
comment on column duty.reviews.remark is 'In their words; may be empty';
grant select, insert on duty.reviews to vigil_app;
create trigger reviews_append_only before update or delete on duty.reviews for each row execute function duty.refuse_change();
