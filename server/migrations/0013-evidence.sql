-- Requests for footage: who asked to see or copy what, who agreed, who looked, what came of it. What was asked, done and found only grows.

create schema evidence;
comment on schema evidence is 'Requests to see or copy footage, their viewings and results; holds, grants and copies.';
grant usage on schema evidence to vigil_app;

create function evidence.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '调阅记录只能追加，不能修改或删除 / records of footage requests only grow: nothing in them is changed or deleted' using errcode = 'insufficient_privilege';
end
$$;
comment on function evidence.refuse_change() is 'Refuses whatever statement fired it.';

create table evidence.requests (
  request_id text primary key check (request_id ~ '^freq_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  year integer not null check (year between 2000 and 9999),
  count integer not null check (count >= 1),
  number text not null check (number ~ '^DY-[0-9]{4}-[0-9]{6}$'),
  type text not null check (type in ('view', 'copy')),
  follows text references evidence.requests check (follows <> request_id),
  applicant_id text not null references identity.people,
  viewer_group text not null check (viewer_group in ('colleague', 'tour', 'outsider', 'authority')),
  viewer text check (length(viewer) between 1 and 100),
  viewer_paper text check (length(viewer_paper) between 1 and 200),
  department text not null check (length(department) between 1 and 100),
  unit text not null check (length(unit) between 1 and 100),
  position text not null check (length(position) <= 100),
  phone text not null check (length(phone) <= 40),
  leader_id text references identity.people,
  place text not null check (length(place) <= 200),
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null check (until_at > from_at),
  reason_class text not null check (reason_class in ('work', 'own_loss', 'dispute', 'accident', 'staff_matter', 'crime', 'other')),
  reason text not null check (length(reason) between 1 and 2000),
  paper_number text check (length(paper_number) between 1 and 100),
  mode text not null check (mode in ('monitor_views', 'requester_in_room', 'remote')),
  purpose text check (length(purpose) between 1 and 1000),
  receiver text check (length(receiver) between 1 and 200),
  copies integer check (copies between 1 and 20),
  return_by timestamptz(3),
  existing jsonb not null,
  clauses text[] not null,
  submitted_at timestamptz(3) not null,
  unique (room_id, year, count),
  unique (room_id, number),
  check ((type = 'copy') = (purpose is not null) and (type = 'copy') = (receiver is not null) and (type = 'copy') = (copies is not null)),
  check (type = 'copy' or return_by is null),
  check (viewer_group = 'colleague' or (viewer is not null and viewer_paper is not null)),
  check (viewer_group <> 'authority' or paper_number is not null)
);
comment on table evidence.requests is 'A request to see footage or to have a copy of it, as it was asked; never changed.';
comment on column evidence.requests.request_id is 'Id, freq_…';
comment on column evidence.requests.site_id is 'Site';
comment on column evidence.requests.room_id is 'Room whose cameras are asked for';
comment on column evidence.requests.year is 'Year of the submission in the site''s time';
comment on column evidence.requests.count is 'Counts the requests of the room in that year from 1, without a hole';
comment on column evidence.requests.number is 'Number that people say, made of year and count';
comment on column evidence.requests.type is 'view: to see; copy: to have a copy. One never stands for the other';
comment on column evidence.requests.follows is 'Earlier request that this one goes on from, e.g. the viewing before a copy; null: none';
comment on column evidence.requests.applicant_id is 'Who asks, with their own account';
comment on column evidence.requests.viewer_group is 'For whom: colleague, visitor on a tour, somebody from outside, or an authority';
comment on column evidence.requests.viewer is 'Name of the person for whom it is asked; null: the applicant';
comment on column evidence.requests.viewer_paper is 'Their identity paper as shown, e.g. kind and number; null: the applicant, known by account';
comment on column evidence.requests.department is 'Department that asks';
comment on column evidence.requests.unit is 'Unit or company that asks';
comment on column evidence.requests.position is 'Position of the applicant; empty: not said';
comment on column evidence.requests.phone is 'Telephone; empty: not said';
comment on column evidence.requests.leader_id is 'Leader of the asking department, who is told the result; null: not named';
comment on column evidence.requests.place is 'Place, in words; empty: the cameras say it';
comment on column evidence.requests.from_at is 'Start of the footage';
comment on column evidence.requests.until_at is 'End of the footage, not included';
comment on column evidence.requests.reason_class is 'Class of the reason';
comment on column evidence.requests.reason is 'Reason in the applicant''s words';
comment on column evidence.requests.paper_number is 'Number of the legal paper; null: none';
comment on column evidence.requests.mode is 'How it is seen, as the rules of the room said at the submission';
comment on column evidence.requests.purpose is 'What the copy is for; null: a viewing';
comment on column evidence.requests.receiver is 'Who shall receive the copy; null: a viewing';
comment on column evidence.requests.copies is 'How many copies; null: a viewing';
comment on column evidence.requests.return_by is 'When the copy must be back or destroyed; null: not promised';
comment on column evidence.requests.existing is 'What existed of the footage at the submission: for each camera ms recorded, missing, never recorded and past its retention';
comment on column evidence.requests.clauses is 'Clauses in force that asked for this, pack@version#clause';
comment on column evidence.requests.submitted_at is 'When it was submitted';
create index requests_of_applicant on evidence.requests (applicant_id, submitted_at desc);
create index requests_of_room on evidence.requests (room_id, submitted_at desc, request_id);
grant select, insert on evidence.requests to vigil_app;
create trigger requests_append_only before update or delete on evidence.requests for each row execute function evidence.refuse_change();
create trigger requests_no_truncate before truncate on evidence.requests for each statement execute function evidence.refuse_change();

create table evidence.request_cameras (
  request_id text not null references evidence.requests,
  place integer not null check (place >= 0),
  camera_id text not null references video.cameras,
  camera text not null check (length(camera) between 1 and 200),
  primary key (request_id, camera_id),
  unique (request_id, place)
);
comment on table evidence.request_cameras is 'Cameras of a request, in the order in which they were asked for.';
comment on column evidence.request_cameras.request_id is 'The request';
comment on column evidence.request_cameras.place is 'Order, from 0';
comment on column evidence.request_cameras.camera_id is 'The camera';
comment on column evidence.request_cameras.camera is 'Its number and name at that time';
grant select, insert on evidence.request_cameras to vigil_app;
create trigger request_cameras_append_only before update or delete on evidence.request_cameras for each row execute function evidence.refuse_change();
create trigger request_cameras_no_truncate before truncate on evidence.request_cameras for each statement execute function evidence.refuse_change();

create table evidence.request_states (
  request_id text primary key references evidence.requests,
  state text not null check (state in ('approving', 'ready', 'viewing', 'copied', 'delivered', 'recorded', 'returned', 'overdue', 'closed', 'rejected', 'withdrawn', 'expired', 'lapsed', 'revoked', 'frozen')),
  row_version integer not null check (row_version >= 1),
  approval_id text unique references approvals.requests,
  hold_id text,
  operator_id text references identity.people,
  valid_until timestamptz(3),
  write_back_by timestamptz(3),
  changed_at timestamptz(3) not null
);
comment on table evidence.request_states is 'Where a request stands now.';
comment on column evidence.request_states.request_id is 'The request';
comment on column evidence.request_states.state is 'State of its life';
comment on column evidence.request_states.row_version is 'Counts its changes from 1';
comment on column evidence.request_states.approval_id is 'The approval that was asked for it; null only inside the transaction that submits it';
comment on column evidence.request_states.hold_id is 'Hold on the footage; null: there was nothing to hold';
comment on column evidence.request_states.operator_id is 'Who took it on in the room; null: nobody yet';
comment on column evidence.request_states.valid_until is 'Until when the approval may be used; null: not approved';
comment on column evidence.request_states.write_back_by is 'Until when the result must be written: the end of the shift in which it was looked at; null: not looked at';
comment on column evidence.request_states.changed_at is 'When it came into this state';
create index request_states_open on evidence.request_states (state) where state in ('approving', 'ready', 'viewing', 'recorded');
grant select, insert on evidence.request_states to vigil_app;
grant update (state, row_version, approval_id, hold_id, operator_id, valid_until, write_back_by, changed_at) on evidence.request_states to vigil_app;

create function evidence.keep_ended() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state in ('closed', 'rejected', 'withdrawn', 'expired', 'lapsed') or new.row_version <> old.row_version + 1 or new.request_id <> old.request_id
    or (old.approval_id is not null and new.approval_id is distinct from old.approval_id) then
    raise exception '已结束的调阅申请不能改变 / a footage request that has ended does not change' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
comment on function evidence.keep_ended() is 'What has ended stays; each change counts one up; an approval is never exchanged.';
create trigger request_states_keep_ended before update or delete on evidence.request_states for each row execute function evidence.keep_ended();
create trigger request_states_no_truncate before truncate on evidence.request_states for each statement execute function evidence.refuse_change();

create table evidence.request_moves (
  request_id text not null references evidence.requests,
  number integer not null check (number >= 1),
  act text not null check (act ~ '^[a-z_]{3,40}$'),
  state text not null check (state ~ '^[a-z_]{3,40}$'),
  at timestamptz(3) not null,
  by_id text not null check (length(by_id) between 1 and 64),
  note text not null check (length(note) <= 2000),
  primary key (request_id, number)
);
comment on table evidence.request_moves is 'The life of a request, step by step.';
comment on column evidence.request_moves.request_id is 'The request';
comment on column evidence.request_moves.number is 'Counts the steps from 1';
comment on column evidence.request_moves.act is 'What was done';
comment on column evidence.request_moves.state is 'State after it';
comment on column evidence.request_moves.at is 'When';
comment on column evidence.request_moves.by_id is 'Person, or server';
comment on column evidence.request_moves.note is 'Their words; empty: none';
grant select, insert on evidence.request_moves to vigil_app;
create trigger request_moves_append_only before update or delete on evidence.request_moves for each row execute function evidence.refuse_change();
create trigger request_moves_no_truncate before truncate on evidence.request_moves for each statement execute function evidence.refuse_change();

create table evidence.viewings (
  viewing_id text primary key check (viewing_id ~ '^vwg_[0-9a-hjkmnp-tv-z]{26}$'),
  request_id text not null references evidence.requests,
  operator_id text not null references identity.people,
  mode text not null check (mode in ('monitor_views', 'requester_in_room', 'remote')),
  witness text not null check (length(witness) <= 100),
  grant_id text,
  begun_at timestamptz(3) not null,
  ended_at timestamptz(3) check (ended_at >= begun_at),
  ended_by text,
  check ((ended_at is null) = (ended_by is null))
);
comment on table evidence.viewings is 'Each time that the footage of a request was opened.';
comment on column evidence.viewings.viewing_id is 'Id, vwg_…';
comment on column evidence.viewings.request_id is 'The request';
comment on column evidence.viewings.operator_id is 'Who opened it in the room, or gave the remote right';
comment on column evidence.viewings.mode is 'How it was seen';
comment on column evidence.viewings.witness is 'Who stood by; empty: nobody';
comment on column evidence.viewings.grant_id is 'Grant under which it played; null: none was needed';
comment on column evidence.viewings.begun_at is 'When it was opened';
comment on column evidence.viewings.ended_at is 'When it was closed; null: open';
comment on column evidence.viewings.ended_by is 'Person, or server';
create index viewings_of_request on evidence.viewings (request_id, begun_at);
create unique index viewings_open on evidence.viewings (request_id) where ended_at is null;
grant select, insert on evidence.viewings to vigil_app;
grant update (ended_at, ended_by) on evidence.viewings to vigil_app;

create function evidence.only_ending() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.ended_at is null and new.ended_at is not null and (new.viewing_id, new.request_id, new.operator_id, new.begun_at) = (old.viewing_id, old.request_id, old.operator_id, old.begun_at) then
    return new;
  end if;
  raise exception '已结束的调阅不能修改 / a viewing is ended once and not changed' using errcode = 'insufficient_privilege';
end
$$;
comment on function evidence.only_ending() is 'Lets the one ending of a viewing pass, and no other change.';
create trigger viewings_end_once before update or delete on evidence.viewings for each row execute function evidence.only_ending();
create trigger viewings_no_truncate before truncate on evidence.viewings for each statement execute function evidence.refuse_change();

create table evidence.results (
  request_id text not null references evidence.requests,
  number integer not null check (number >= 1),
  outcome text not null check (outcome in ('found', 'partly', 'not_found')),
  seen_from timestamptz(3) not null,
  seen_until timestamptz(3) not null check (seen_until >= seen_from),
  remark text not null check (length(remark) between 1 and 2000),
  at timestamptz(3) not null,
  by_id text not null references identity.people,
  late boolean not null,
  primary key (request_id, number)
);
comment on table evidence.results is 'What came of a viewing, as the operator wrote it; a later row adds to or corrects the one before.';
comment on column evidence.results.request_id is 'The request';
comment on column evidence.results.number is 'Counts from 1';
comment on column evidence.results.outcome is 'found, partly, or not_found';
comment on column evidence.results.seen_from is 'When the viewing really began';
comment on column evidence.results.seen_until is 'When it really ended';
comment on column evidence.results.remark is 'What was seen, in the operator''s words';
comment on column evidence.results.at is 'When it was written';
comment on column evidence.results.by_id is 'Who wrote it';
comment on column evidence.results.late is 'True: written after the end of the shift';
grant select, insert on evidence.results to vigil_app;
create trigger results_append_only before update or delete on evidence.results for each row execute function evidence.refuse_change();
create trigger results_no_truncate before truncate on evidence.results for each statement execute function evidence.refuse_change();
