-- What is due when, by whom, with which proof. A window is a row, its deadlines are rows, what a person signed is never changed: forms, submissions,
-- reviews, findings and changes of state are only ever added. What was missed stays missed and what was late stays late, whoever asks.
create schema obligations;
comment on schema obligations is 'Calendar windows and deadlines after events, with their evidence forms.';
grant usage on schema obligations to vigil_app;

create table obligations.forms (
  form text not null check (form ~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$'),
  version integer not null check (version >= 1),
  digest text not null unique check (digest ~ '^[0-9a-f]{64}$'),
  definition jsonb not null check (jsonb_typeof(definition) = 'object'),
  issued_at timestamptz(3) not null,
  primary key (form, version)
);
comment on table obligations.forms is 'Versions of the evidence forms, as they were put to people.';
comment on column obligations.forms.form is 'Name of the form, e.g. inspection.daily';
comment on column obligations.forms.version is 'Counts from 1; another content needs another version';
comment on column obligations.forms.digest is 'SHA-256 over the canonical JSON of the definition, hex';
comment on column obligations.forms.definition is 'Title, fields and signature, see contract/obligations.ts';
comment on column obligations.forms.issued_at is 'When this version was first taken into use';
grant select, insert on obligations.forms to vigil_app;

create table obligations.obligations (
  obligation_id text primary key check (obligation_id ~ '^obl_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  kind text not null check (kind ~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$'),
  title_zh text not null,
  title_en text not null,
  window_key text not null check (length(window_key) between 1 and 64),
  subject text not null check (length(subject) <= 100),
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null check (until_at > from_at),
  grace_until_at timestamptz(3) not null check (grace_until_at >= until_at),
  form text not null,
  form_version integer not null,
  fields text[] not null check (cardinality(fields) >= 1),
  assignees text[] not null check (cardinality(assignees) >= 1),
  reviewers text[] not null,
  clauses text[] not null,
  made_at timestamptz(3) not null,
  made_by text not null,
  state text not null check (state in ('planned', 'available', 'overdue', 'submitted', 'returned', 'reviewed', 'missed', 'waived', 'withdrawn')),
  late boolean not null,
  row_version integer not null check (row_version >= 1),
  foreign key (form, form_version) references obligations.forms
);
comment on table obligations.obligations is 'One thing that is due once: a window of a kind, or a deadline after an event.';
comment on column obligations.obligations.obligation_id is 'Id, obl_…';
comment on column obligations.obligations.site_id is 'Site';
comment on column obligations.obligations.room_id is 'Room whose people do it';
comment on column obligations.obligations.kind is 'Kind, e.g. inspection.daily';
comment on column obligations.obligations.title_zh is 'What is to be done, Chinese, as it was called when it was planned';
comment on column obligations.obligations.title_en is 'The same, English';
comment on column obligations.obligations.window_key is 'Names the window among those of its kind: the day (and time) as the rule writes it, or the event';
comment on column obligations.obligations.subject is 'What it concerns, e.g. a camera; empty for the room as a whole';
comment on column obligations.obligations.from_at is 'Opens at';
comment on column obligations.obligations.until_at is 'In time before this instant';
comment on column obligations.obligations.grace_until_at is 'May be done late before this instant; missed afterwards';
comment on column obligations.obligations.form is 'Evidence form';
comment on column obligations.obligations.form_version is 'Its version';
comment on column obligations.obligations.fields is 'Keys of the items that are asked for under the parameters of that time';
comment on column obligations.obligations.assignees is 'Roles that may do it';
comment on column obligations.obligations.reviewers is 'Roles that review it; empty: no review';
comment on column obligations.obligations.clauses is 'Clauses in force that ask for it, pack@version#clause';
comment on column obligations.obligations.made_at is 'When it was planned or opened';
comment on column obligations.obligations.made_by is 'Person or process that did so';
comment on column obligations.obligations.state is 'Present state; its history is in changes';
comment on column obligations.obligations.late is 'True once it was not done in its window; never false again';
comment on column obligations.obligations.row_version is 'Grows with each change; guards against lost updates';
create unique index obligations_window on obligations.obligations (room_id, kind, subject, window_key) where state <> 'withdrawn';
create index obligations_time on obligations.obligations (room_id, from_at desc, obligation_id desc);
create index obligations_open on obligations.obligations (room_id, state) where state in ('available', 'overdue', 'returned', 'submitted', 'planned');
grant select, insert on obligations.obligations to vigil_app;
grant update (state, late, row_version) on obligations.obligations to vigil_app;

create table obligations.changes (
  obligation_id text not null references obligations.obligations,
  number integer not null check (number >= 1),
  at timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  state text not null,
  late boolean not null,
  by_id text not null,
  reason text not null check (length(reason) <= 1000),
  reference text,
  fired_late_ms bigint check (fired_late_ms > 0),
  primary key (obligation_id, number)
);
comment on table obligations.changes is 'Each change of state: who, when and why.';
comment on column obligations.changes.obligation_id is 'Of which obligation';
comment on column obligations.changes.number is 'Counts from 1; equals the row version that it made';
comment on column obligations.changes.at is 'When it happened: of a deadline its own time';
comment on column obligations.changes.recorded_at is 'When it was written down';
comment on column obligations.changes.state is 'State from here on';
comment on column obligations.changes.late is 'Late from here on';
comment on column obligations.changes.by_id is 'Person or process';
comment on column obligations.changes.reason is 'Why, in the person''s own words; empty when the calendar did it';
comment on column obligations.changes.reference is 'Submission, review or approval behind it';
comment on column obligations.changes.fired_late_ms is 'How long after its time a deadline was noticed, e.g. since the server was down, ms; null: in time';
grant select, insert on obligations.changes to vigil_app;

create table obligations.deadlines (
  obligation_id text not null references obligations.obligations,
  what text not null check (what in ('opens', 'ends', 'grace_ends', 'return_ends')),
  number integer not null check (number >= 1),
  due_at timestamptz(3) not null,
  fired_at timestamptz(3) check (fired_at >= due_at),
  cleared_at timestamptz(3),
  primary key (obligation_id, what, number),
  check (fired_at is null or cleared_at is null)
);
comment on table obligations.deadlines is 'Instants at which something happens by itself; swept at the start and by a job. Fires once, whatever the clock does.';
comment on column obligations.deadlines.obligation_id is 'Of which obligation';
comment on column obligations.deadlines.what is 'opens: the window opens; ends: it is over; grace_ends: missed; return_ends: what was returned is missed';
comment on column obligations.deadlines.number is 'Counts the deadlines of one sort, from 1';
comment on column obligations.deadlines.due_at is 'When';
comment on column obligations.deadlines.fired_at is 'When it was noticed; null: not yet';
comment on column obligations.deadlines.cleared_at is 'Taken back, since what it waited for was done; null: not';
create index deadlines_due on obligations.deadlines (due_at) where fired_at is null and cleared_at is null;
grant select, insert on obligations.deadlines to vigil_app;
grant update (fired_at, cleared_at) on obligations.deadlines to vigil_app;

create table obligations.submissions (
  submission_id text primary key check (submission_id ~ '^osub_[0-9a-hjkmnp-tv-z]{26}$'),
  obligation_id text not null references obligations.obligations,
  number integer not null check (number >= 1),
  at timestamptz(3) not null,
  by_id text not null,
  late boolean not null,
  reason text not null check (length(reason) <= 500),
  answers jsonb not null check (jsonb_typeof(answers) = 'object'),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  unique (obligation_id, number),
  check (not late or reason <> '' or number > 1)
);
comment on table obligations.submissions is 'A form as a person filled it in and signed it; a form that was returned is submitted again.';
comment on column obligations.submissions.submission_id is 'Id, osub_…';
comment on column obligations.submissions.obligation_id is 'For which obligation';
comment on column obligations.submissions.number is 'Counts the submissions of one obligation from 1';
comment on column obligations.submissions.at is 'When';
comment on column obligations.submissions.by_id is 'Who did it and signed';
comment on column obligations.submissions.late is 'After the window had ended';
comment on column obligations.submissions.reason is 'Why it is late; empty when it is not';
comment on column obligations.submissions.answers is 'Answers by field, see contract/obligations.ts';
comment on column obligations.submissions.digest is 'SHA-256 over the canonical JSON of form, version, obligation and answers, hex; also in the ledger';
grant select, insert on obligations.submissions to vigil_app;

create table obligations.photos (
  obligation_id text not null references obligations.obligations,
  field text not null check (length(field) between 1 and 48),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  content_type text not null check (content_type in ('image/jpeg', 'image/png')),
  size_bytes integer not null check (size_bytes between 1 and 8388608),
  kept_at timestamptz(3) not null,
  kept_by text not null,
  primary key (obligation_id, field, sha256)
);
comment on table obligations.photos is 'Photos taken for a form; the bytes lie under their hash in the data folder.';
comment on column obligations.photos.obligation_id is 'For which obligation';
comment on column obligations.photos.field is 'For which item';
comment on column obligations.photos.sha256 is 'SHA-256 of the bytes, hex';
comment on column obligations.photos.content_type is 'JPEG or PNG, by its first bytes';
comment on column obligations.photos.size_bytes is 'Size, bytes; at most 8 MiB';
comment on column obligations.photos.kept_at is 'When it arrived';
comment on column obligations.photos.kept_by is 'Who took it';
grant select, insert on obligations.photos to vigil_app;

create table obligations.reviews (
  submission_id text primary key references obligations.submissions,
  at timestamptz(3) not null,
  by_id text not null,
  outcome text not null check (outcome in ('agreed', 'returned')),
  comment text not null check (length(comment) <= 1000),
  check (outcome = 'agreed' or comment <> '')
);
comment on table obligations.reviews is 'What somebody else than the doer says of a submission.';
comment on column obligations.reviews.submission_id is 'Of which submission; each is reviewed once';
comment on column obligations.reviews.at is 'When';
comment on column obligations.reviews.by_id is 'Who; never the person who submitted';
comment on column obligations.reviews.outcome is 'agreed, or returned to be done again';
comment on column obligations.reviews.comment is 'Words to it; a return needs them';
grant select, insert on obligations.reviews to vigil_app;

create table obligations.findings (
  finding_id text primary key check (finding_id ~ '^ofi_[0-9a-hjkmnp-tv-z]{26}$'),
  submission_id text not null references obligations.submissions,
  obligation_id text not null references obligations.obligations,
  room_id text not null,
  field text not null,
  what_zh text not null,
  what_en text not null,
  note text not null check (length(note) <= 1000),
  at timestamptz(3) not null,
  by_id text not null
);
comment on table obligations.findings is 'What was found not to be in order; open until its result is written.';
comment on column obligations.findings.finding_id is 'Id, ofi_…';
comment on column obligations.findings.submission_id is 'Submission that found it';
comment on column obligations.findings.obligation_id is 'Its obligation';
comment on column obligations.findings.room_id is 'Room';
comment on column obligations.findings.field is 'Item of the form';
comment on column obligations.findings.what_zh is 'What is wrong, Chinese';
comment on column obligations.findings.what_en is 'The same, English';
comment on column obligations.findings.note is 'Words of the finder';
comment on column obligations.findings.at is 'Found at';
comment on column obligations.findings.by_id is 'Found by';
create index findings_room on obligations.findings (room_id, at desc);
grant select, insert on obligations.findings to vigil_app;

create table obligations.finding_closings (
  finding_id text primary key references obligations.findings,
  at timestamptz(3) not null,
  by_id text not null,
  result text not null check (length(result) between 1 and 1000)
);
comment on table obligations.finding_closings is 'How a finding was dealt with. Without a result nothing is closed.';
comment on column obligations.finding_closings.finding_id is 'Which finding';
comment on column obligations.finding_closings.at is 'Closed at';
comment on column obligations.finding_closings.by_id is 'Closed by';
comment on column obligations.finding_closings.result is 'What was done and how it is now';
grant select, insert on obligations.finding_closings to vigil_app;

create table obligations.waiver_requests (
  obligation_id text not null references obligations.obligations,
  approval_id text primary key,
  asked_at timestamptz(3) not null,
  asked_by text not null,
  ended_at timestamptz(3)
);
comment on table obligations.waiver_requests is 'Approvals that were asked for to waive an obligation.';
comment on column obligations.waiver_requests.obligation_id is 'Which obligation';
comment on column obligations.waiver_requests.approval_id is 'The approval';
comment on column obligations.waiver_requests.asked_at is 'Asked at';
comment on column obligations.waiver_requests.asked_by is 'Asked by';
comment on column obligations.waiver_requests.ended_at is 'Decided, withdrawn or expired at; null: still asked';
create unique index waiver_requests_open on obligations.waiver_requests (obligation_id) where ended_at is null;
grant select, insert on obligations.waiver_requests to vigil_app;
grant update (ended_at) on obligations.waiver_requests to vigil_app;

create table obligations.special_days (
  site_id text not null,
  day date not null,
  number integer not null check (number >= 1),
  kind text not null check (kind in ('holiday', 'working', 'ordinary')),
  name text not null check (length(name) <= 64),
  said_at timestamptz(3) not null,
  said_by text not null,
  primary key (site_id, day, number)
);
comment on table obligations.special_days is 'What a day is, one row for each change; the highest number holds.';
comment on column obligations.special_days.site_id is 'Site';
comment on column obligations.special_days.day is 'Day of the site''s own calendar';
comment on column obligations.special_days.number is 'Counts the changes of one day from 1';
comment on column obligations.special_days.kind is 'holiday; working: a weekend day that is worked on; ordinary: taken back';
comment on column obligations.special_days.name is 'Name, e.g. 国庆节';
comment on column obligations.special_days.said_at is 'Said at';
comment on column obligations.special_days.said_by is 'Said by';
grant select, insert on obligations.special_days to vigil_app;

create table obligations.plans (
  room_id text not null,
  kind text not null,
  active boolean not null,
  planned_until_at timestamptz(3) not null,
  primary key (room_id, kind)
);
comment on table obligations.plans is 'How far ahead the windows of a kind were written down as rows.';
comment on column obligations.plans.room_id is 'Room';
comment on column obligations.plans.kind is 'Kind';
comment on column obligations.plans.active is 'False while no adopted rule asks for it';
comment on column obligations.plans.planned_until_at is 'Windows that begin before this instant are rows';
grant select, insert on obligations.plans to vigil_app;
grant update (active, planned_until_at) on obligations.plans to vigil_app;

-- What holds even against a fault of the program: the ends of a life are ends, late stays late, and a reviewer is not the doer.
create function obligations.keep_ended() returns trigger language plpgsql as $$
begin
  if old.late and not new.late then
    raise exception 'obligation % stays late for ever', old.obligation_id using errcode = '23514';
  end if;
  if new.state is distinct from old.state and not (case old.state
    when 'planned' then new.state in ('available', 'waived', 'withdrawn')
    when 'available' then new.state in ('overdue', 'submitted', 'waived')
    when 'overdue' then new.state in ('submitted', 'missed', 'waived')
    when 'submitted' then new.state in ('reviewed', 'returned')
    when 'returned' then new.state in ('submitted', 'missed')
    else false end) then
    raise exception 'obligation % is % and cannot become %', old.obligation_id, old.state, new.state using errcode = '23514';
  end if;
  if new.row_version <> old.row_version + 1 then
    raise exception 'obligation % was changed by somebody else', old.obligation_id using errcode = '40001';
  end if;
  return new;
end $$;
create trigger keep_ended before update on obligations.obligations for each row execute function obligations.keep_ended();

create function obligations.keep_signed() returns trigger language plpgsql as $$
begin
  raise exception '% holds what was signed: nothing there is changed or deleted', tg_table_name using errcode = '23514';
end $$;
create trigger keep_signed before update or delete on obligations.forms for each row execute function obligations.keep_signed();
create trigger keep_signed before update or delete on obligations.submissions for each row execute function obligations.keep_signed();
create trigger keep_signed before update or delete on obligations.reviews for each row execute function obligations.keep_signed();
create trigger keep_signed before update or delete on obligations.changes for each row execute function obligations.keep_signed();
create trigger keep_signed before update or delete on obligations.findings for each row execute function obligations.keep_signed();
create trigger keep_signed before update or delete on obligations.finding_closings for each row execute function obligations.keep_signed();

create function obligations.two_persons() returns trigger language plpgsql as $$
begin
  if exists (select 1 from obligations.submissions s where s.submission_id = new.submission_id and s.by_id = new.by_id) then
    raise exception 'nobody reviews what they submitted themselves' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger two_persons before insert on obligations.reviews for each row execute function obligations.two_persons();
