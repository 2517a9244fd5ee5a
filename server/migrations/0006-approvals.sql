-- Approvals: who asked, who must agree, what is granted, for how long. What was asked, who must sign and who signed is never changed; a state row
-- says where it stands now. No path leads to a grant without the signatures that its steps need: the triggers below hold for the owner too.
create schema approvals;
comment on schema approvals is 'Who asked, who must agree, what is granted, for how long.';
grant usage on schema approvals to vigil_app;

create table approvals.requests (
  approval_id text primary key check (approval_id ~ '^apr_[0-9a-hjkmnp-tv-z]{26}$'),
  number bigint generated always as identity unique,
  kind text not null check (kind ~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$'),
  kind_version integer not null check (kind_version >= 1),
  protected boolean not null,
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  applicant_id text not null references identity.people,
  executor_id text references identity.people check (executor_id <> applicant_id),
  subject text not null check (length(subject) between 1 and 200),
  submitted_at timestamptz(3) not null,
  expires_at timestamptz(3) not null check (expires_at > submitted_at)
);
comment on table approvals.requests is 'Something asked for, once; never changed.';
comment on column approvals.requests.approval_id is 'Id, apr_…';
comment on column approvals.requests.number is 'Number that people say; counts up, may have holes';
comment on column approvals.requests.kind is 'What kind of thing is asked for, e.g. approvals.exemption';
comment on column approvals.requests.kind_version is 'Version of the kind''s body, from 1';
comment on column approvals.requests.protected is 'True: each approver signs with their own authenticator, and no person signs for two steps';
comment on column approvals.requests.site_id is 'Site where it is asked';
comment on column approvals.requests.room_id is 'Room where it is asked';
comment on column approvals.requests.applicant_id is 'Who asks; never one of those who agree';
comment on column approvals.requests.executor_id is 'Who shall carry it out, when that is named; neither asks nor agrees';
comment on column approvals.requests.subject is 'Id of what it is about';
comment on column approvals.requests.submitted_at is 'When it was first submitted';
comment on column approvals.requests.expires_at is 'Undecided at this instant it ends without effect';
create index requests_applicant on approvals.requests (applicant_id, submitted_at);
create index requests_subject on approvals.requests (subject);
grant select, insert on approvals.requests to vigil_app;

create table approvals.rounds (
  approval_id text not null references approvals.requests,
  round integer not null check (round >= 1),
  body jsonb not null,
  reason text not null check (length(reason) between 1 and 2000),
  summary_zh text not null check (summary_zh <> ''),
  summary_en text not null check (summary_en <> ''),
  clauses text[] not null,
  opened_at timestamptz(3) not null,
  opened_by text not null references identity.people,
  primary key (approval_id, round)
);
comment on table approvals.rounds is 'What was asked in each round: the first submission, and once more after each return.';
comment on column approvals.rounds.approval_id is 'The request';
comment on column approvals.rounds.round is 'Counts from 1';
comment on column approvals.rounds.body is 'Exactly what is asked for, in the shape of its kind and version';
comment on column approvals.rounds.reason is 'Why it is asked, in the applicant''s words';
comment on column approvals.rounds.summary_zh is 'What is asked for in one Chinese sentence, as the approver read it';
comment on column approvals.rounds.summary_en is 'The same in English';
comment on column approvals.rounds.clauses is 'Clauses that bind it, as pack@version#clause at the submission';
comment on column approvals.rounds.opened_at is 'When the round began';
comment on column approvals.rounds.opened_by is 'Who submitted or returned it';
grant select, insert on approvals.rounds to vigil_app;

create table approvals.steps (
  approval_id text not null,
  round integer not null,
  step integer not null check (step >= 0),
  key text not null check (key ~ '^[a-z]+(_[a-z]+)*$'),
  title_zh text not null check (title_zh <> ''),
  title_en text not null check (title_en <> ''),
  mode text not null check (mode in ('one_of', 'all_of', 'in_order')),
  roles text[] not null,
  people text[] not null,
  needs integer not null check (needs >= 1 and (mode <> 'one_of' or needs = 1)),
  limit_ms bigint not null check (limit_ms > 0),
  signed_in_round integer not null check (signed_in_round between 1 and round),
  primary key (approval_id, round, step),
  foreign key (approval_id, round) references approvals.rounds,
  check (cardinality(roles) > 0 or cardinality(people) > 0)
);
comment on table approvals.steps is 'Who must agree, as it was laid down when the round began; never changed.';
comment on column approvals.steps.approval_id is 'The request';
comment on column approvals.steps.round is 'The round';
comment on column approvals.steps.step is 'Order of the step, from 0';
comment on column approvals.steps.key is 'Name of the step in its kind';
comment on column approvals.steps.title_zh is 'What people call the step, Chinese';
comment on column approvals.steps.title_en is 'The same in English';
comment on column approvals.steps.mode is 'one_of: one signature is enough; all_of: everybody; in_order: everybody, one after the other';
comment on column approvals.steps.roles is 'Roles of which an approver must hold one; empty when people are named';
comment on column approvals.steps.people is 'People named as approvers; empty when roles are';
comment on column approvals.steps.needs is 'Number of signatures of different persons without which nobody comes past the step';
comment on column approvals.steps.limit_ms is 'Time to decide, ms; past it the step is escalated, at twice it the request expires';
comment on column approvals.steps.signed_in_round is 'The round whose signatures count for this step: earlier than its own for steps that a return left standing';
grant select, insert on approvals.steps to vigil_app;

create table approvals.seats (
  approval_id text not null,
  round integer not null,
  step integer not null,
  seat integer not null check (seat >= 1),
  person_id text not null references identity.people,
  place integer not null check (place >= 1),
  hops integer not null check (hops between 0 and 3),
  came_by text not null check (came_by in ('submission', 'transfer', 'assignment')),
  came_at timestamptz(3) not null,
  left_at timestamptz(3),
  left_by text check ((left_at is null) = (left_by is null)),
  primary key (approval_id, round, step, seat),
  foreign key (approval_id, round, step) references approvals.steps
);
comment on table approvals.seats is 'Who is asked to decide at a step; a transfer ends one seat and opens another at the same place.';
comment on column approvals.seats.approval_id is 'The request';
comment on column approvals.seats.round is 'The round';
comment on column approvals.seats.step is 'The step';
comment on column approvals.seats.seat is 'Counts the seats of a step from 1';
comment on column approvals.seats.person_id is 'Who is asked';
comment on column approvals.seats.place is 'Place in the order of signing, from 1; a seat that was handed on keeps it';
comment on column approvals.seats.hops is 'How often the place was handed on until now, at most 3';
comment on column approvals.seats.came_by is 'submission: laid down at the start; transfer: handed on by an approver; assignment: filled by an administrator';
comment on column approvals.seats.came_at is 'Asked since';
comment on column approvals.seats.left_at is 'Handed on or replaced at; null: still asked';
comment on column approvals.seats.left_by is 'Who handed it on or replaced it';
create index seats_person on approvals.seats (person_id) where left_at is null;
create unique index seats_once on approvals.seats (approval_id, round, step, person_id) where left_at is null;
grant select, insert on approvals.seats to vigil_app;
grant update (left_at, left_by) on approvals.seats to vigil_app;

create table approvals.signatures (
  approval_id text not null,
  round integer not null,
  step integer not null,
  seat integer not null,
  person_id text not null references identity.people,
  on_behalf_of text references identity.people check (on_behalf_of <> person_id),
  decision text not null check (decision in ('approve', 'reject')),
  comment text not null check (length(comment) <= 2000),
  signed bytea not null,
  digest bytea not null generated always as (sha256(signed)) stored,
  method text not null check (method in ('webauthn', 'password_totp', 'session')),
  credential_id text check ((method = 'webauthn') = (credential_id is not null)),
  evidence text not null check (method = 'session' or evidence <> ''),
  signed_at timestamptz(3) not null,
  primary key (approval_id, round, step, seat),
  foreign key (approval_id, round, step, seat) references approvals.seats
);
comment on table approvals.signatures is 'Each decision of an approver, signed over exactly what was decided; never changed.';
comment on column approvals.signatures.approval_id is 'The request';
comment on column approvals.signatures.round is 'The round';
comment on column approvals.signatures.step is 'The step';
comment on column approvals.signatures.seat is 'The seat that was decided from';
comment on column approvals.signatures.person_id is 'Who signed';
comment on column approvals.signatures.on_behalf_of is 'Whose seat it is when a deputy signed; else null';
comment on column approvals.signatures.decision is 'approve or reject';
comment on column approvals.signatures.comment is 'What the approver wrote; required for a rejection';
comment on column approvals.signatures.signed is 'What was signed: canonical JSON (RFC 8785) in UTF-8 of request, body, step, decision, comment, signer';
comment on column approvals.signatures.digest is 'SHA-256 of signed: the challenge of the assertion';
comment on column approvals.signatures.method is 'webauthn: authenticator of the approver; password_totp: password and code, where the rules allow it; session: signed in, for kinds that need no signature';
comment on column approvals.signatures.credential_id is 'Credential of the authenticator, base64url; null for other methods';
comment on column approvals.signatures.evidence is 'What the method leaves behind to check the signature later: for webauthn the assertion and the public key, as JSON';
comment on column approvals.signatures.signed_at is 'When it was signed';
grant select, insert on approvals.signatures to vigil_app;

create table approvals.states (
  approval_id text primary key references approvals.requests,
  state text not null check (state in ('pending', 'returned', 'rejected', 'withdrawn', 'expired', 'approved', 'in_use', 'closed', 'lapsed', 'revoked')),
  round integer not null,
  step integer not null check (step >= 0),
  escalated text check (escalated in ('late', 'vacant')),
  version integer not null check (version >= 1),
  granted_at timestamptz(3),
  valid_until timestamptz(3),
  changed_at timestamptz(3) not null,
  foreign key (approval_id, round) references approvals.rounds,
  check ((state in ('approved', 'in_use', 'closed', 'lapsed', 'revoked')) = (granted_at is not null)),
  check (escalated is null or state = 'pending')
);
comment on table approvals.states is 'Where each request stands now; how it came there says approvals.moves.';
comment on column approvals.states.approval_id is 'The request';
comment on column approvals.states.state is 'pending, returned, rejected, withdrawn, expired, approved, in_use, closed, lapsed or revoked';
comment on column approvals.states.round is 'Present round';
comment on column approvals.states.step is 'Present step, or the last one';
comment on column approvals.states.escalated is 'late: past the limit of its step; vacant: nobody is left who could decide and an administrator must assign somebody';
comment on column approvals.states.version is 'Counts the changes of this row from 1, so that of two at once one is refused';
comment on column approvals.states.granted_at is 'When the last signature was given; null before';
comment on column approvals.states.valid_until is 'Until when the grant holds, exclusive; null: not granted, or without end';
comment on column approvals.states.changed_at is 'When this row last changed';
create index states_open on approvals.states (state, approval_id);
grant select, insert on approvals.states to vigil_app;
grant update (state, round, step, escalated, version, granted_at, valid_until, changed_at) on approvals.states to vigil_app;

create table approvals.moves (
  approval_id text not null references approvals.requests,
  number integer not null check (number >= 1),
  act text not null check (act ~ '^[a-z]+(_[a-z]+)*$'),
  at timestamptz(3) not null,
  actor_id text not null,
  on_behalf_of text references identity.people,
  round integer not null,
  step integer,
  from_state text,
  to_state text not null,
  reason text not null check (length(reason) <= 2000),
  to_person text references identity.people,
  late_ms bigint check (late_ms >= 0),
  primary key (approval_id, number)
);
comment on table approvals.moves is 'The trail of a request: one row for everything that was done with it.';
comment on column approvals.moves.approval_id is 'The request';
comment on column approvals.moves.number is 'Counts from 1';
comment on column approvals.moves.act is 'What was done, e.g. approved, transferred';
comment on column approvals.moves.at is 'When';
comment on column approvals.moves.actor_id is 'Person, or server for what time did';
comment on column approvals.moves.on_behalf_of is 'For whom a deputy acted; else null';
comment on column approvals.moves.round is 'In which round';
comment on column approvals.moves.step is 'At which step; null when at none';
comment on column approvals.moves.from_state is 'State before; null for the submission';
comment on column approvals.moves.to_state is 'State after';
comment on column approvals.moves.reason is 'Reason or comment given; empty when none';
comment on column approvals.moves.to_person is 'To whom it was handed on or assigned';
comment on column approvals.moves.late_ms is 'How much too late a deadline fired, ms; null for acts of people';
grant select, insert on approvals.moves to vigil_app;

create table approvals.deadlines (
  deadline_id bigint generated always as identity primary key,
  approval_id text not null references approvals.requests,
  kind text not null check (kind in ('remind_half', 'remind_most', 'escalate', 'expire_step', 'expire', 'expire_returned', 'run_out')),
  due_at timestamptz(3) not null,
  fired_at timestamptz(3),
  cleared_at timestamptz(3) check (cleared_at is null or fired_at is null)
);
comment on table approvals.deadlines is 'What time will do to a request unless somebody acts before; swept at the start and by a job.';
comment on column approvals.deadlines.deadline_id is 'Number of the deadline';
comment on column approvals.deadlines.approval_id is 'The request';
comment on column approvals.deadlines.kind is 'remind_half and remind_most: at 50 % and 80 % of the step''s limit; escalate: at the limit; expire_step: at twice the limit; expire: of the whole request; expire_returned: nobody resubmitted it; run_out: end of the grant';
comment on column approvals.deadlines.due_at is 'When it is due';
comment on column approvals.deadlines.fired_at is 'When it fired, once; well after due_at when Vigil did not run then';
comment on column approvals.deadlines.cleared_at is 'When it was cleared because somebody acted in time';
create index deadlines_open on approvals.deadlines (due_at) where fired_at is null and cleared_at is null;
create index deadlines_request on approvals.deadlines (approval_id);
grant select, insert on approvals.deadlines to vigil_app;
grant update (fired_at, cleared_at) on approvals.deadlines to vigil_app;

create table approvals.deputies (
  deputy_id text primary key check (deputy_id ~ '^dep_[0-9a-hjkmnp-tv-z]{26}$'),
  person_id text not null references identity.people,
  deputy_person_id text not null references identity.people check (deputy_person_id <> person_id),
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null check (until_at > from_at),
  reason text not null check (length(reason) between 1 and 2000),
  named_at timestamptz(3) not null,
  ended_at timestamptz(3),
  ended_by text check ((ended_at is null) = (ended_by is null))
);
comment on table approvals.deputies is 'Who acts for an approver during a span.';
comment on column approvals.deputies.deputy_id is 'Id, dep_…';
comment on column approvals.deputies.person_id is 'The approver';
comment on column approvals.deputies.deputy_person_id is 'Who acts for them';
comment on column approvals.deputies.from_at is 'From';
comment on column approvals.deputies.until_at is 'Until, exclusive';
comment on column approvals.deputies.reason is 'Why, e.g. 出差';
comment on column approvals.deputies.named_at is 'When it was laid down';
comment on column approvals.deputies.ended_at is 'Ended before its time at; null: runs to its end';
comment on column approvals.deputies.ended_by is 'Who ended it';
create index deputies_deputy on approvals.deputies (deputy_person_id);
create index deputies_person on approvals.deputies (person_id);
grant select, insert on approvals.deputies to vigil_app;
grant update (ended_at, ended_by) on approvals.deputies to vigil_app;

-- What was asked and signed stands -------------------------------------------------------------------------------------

create function approvals.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '审批记录不可更改:%.% 不允许 % / what was asked and signed stands: % on %.% is refused', tg_table_schema, tg_table_name, tg_op, tg_op, tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;
comment on function approvals.refuse_change() is 'Refuses whatever statement fired it.';

create function approvals.end_once() returns trigger language plpgsql as $$
declare
  ending text[] := tg_argv;
  was jsonb := to_jsonb(old);
  is_now jsonb := to_jsonb(new);
begin
  if (was - ending) is distinct from (is_now - ending) then
    raise exception '只能结束一次，不能改写 / a row of %.% can be ended, not rewritten', tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
  end if;
  if exists (select from unnest(ending) as e(name) where was ->> e.name is not null) then
    raise exception '已经结束，不能再改 / this row of %.% has ended already', tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
comment on function approvals.end_once() is 'Lets the columns named in its arguments be set once, and nothing else.';

-- A signature fits what it says ----------------------------------------------------------------------------------------

create function approvals.require_fit() returns trigger language plpgsql as $$
declare
  asked approvals.requests;
  this_round approvals.rounds;
  this_step approvals.steps;
  taken approvals.seats;
  said jsonb := convert_from(new.signed, 'UTF8')::jsonb;
begin
  select * into strict asked from approvals.requests where approval_id = new.approval_id;
  select * into strict this_round from approvals.rounds where approval_id = new.approval_id and round = new.round;
  select * into strict this_step from approvals.steps where approval_id = new.approval_id and round = new.round and step = new.step;
  select * into strict taken from approvals.seats where approval_id = new.approval_id and round = new.round and step = new.step and seat = new.seat;
  if new.person_id = asked.applicant_id or new.person_id is not distinct from asked.executor_id
     or new.on_behalf_of is not distinct from asked.applicant_id or (asked.executor_id is not null and new.on_behalf_of is not distinct from asked.executor_id) then
    raise exception '申请人和执行人不能审批 / neither applicant nor executor may decide' using errcode = 'check_violation';
  end if;
  if taken.left_at is not null or taken.person_id <> coalesce(new.on_behalf_of, new.person_id) then
    raise exception '签署人不在审批席位上 / who signs does not hold the seat' using errcode = 'check_violation';
  end if;
  if asked.protected and new.method = 'session' then
    raise exception '受保护的审批必须由本人签名 / a protected approval needs the approver''s own signature' using errcode = 'check_violation';
  end if;
  if said ->> 'approvalId' is distinct from new.approval_id or said ->> 'decision' is distinct from new.decision or said ->> 'step' is distinct from this_step.key
     or (said ->> 'round')::integer is distinct from new.round or said ->> 'personId' is distinct from new.person_id or said ->> 'onBehalfOf' is distinct from new.on_behalf_of
     or said ->> 'comment' is distinct from new.comment or said ->> 'kind' is distinct from asked.kind or said -> 'body' is distinct from this_round.body then
    raise exception '所签内容与审批不符 / what was signed is not what is asked' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
comment on function approvals.require_fit() is 'Refuses a signature by applicant or executor, from a seat of somebody else, without authenticator where one is needed, or over something else than the request.';

-- No grant without its signatures --------------------------------------------------------------------------------------

create function approvals.require_consent() returns trigger language plpgsql as $$
declare
  asked approvals.requests;
  needed bigint;
  short bigint;
  persons bigint;
begin
  if tg_op = 'UPDATE' then
    if old.state in ('rejected', 'withdrawn', 'expired', 'closed', 'lapsed', 'revoked') then
      raise exception '该审批已结束 / this approval has ended' using errcode = 'check_violation';
    end if;
    if new.approval_id <> old.approval_id or new.version <> old.version + 1 or new.round < old.round or (old.granted_at is not null and new.granted_at is distinct from old.granted_at) then
      raise exception '审批状态不能倒退 / the state of an approval does not go back' using errcode = 'check_violation';
    end if;
  end if;
  if new.state not in ('approved', 'in_use', 'closed', 'lapsed', 'revoked') then return new; end if;
  select * into strict asked from approvals.requests where approval_id = new.approval_id;
  select coalesce(sum(s.needs), 0), count(*) filter (where g.persons < s.needs) into needed, short
  from approvals.steps s
  cross join lateral (
    select count(distinct x.person_id) as persons from approvals.signatures x
    where x.approval_id = s.approval_id and x.round = s.signed_in_round and x.step = s.step and x.decision = 'approve'
  ) g
  where s.approval_id = new.approval_id and s.round = new.round;
  select count(distinct x.person_id) into persons
  from approvals.steps s join approvals.signatures x on x.approval_id = s.approval_id and x.round = s.signed_in_round and x.step = s.step and x.decision = 'approve'
  where s.approval_id = new.approval_id and s.round = new.round;
  if needed = 0 or short > 0 or (asked.protected and persons < needed) then
    raise exception '缺少审批人签名，不能通过 / not everybody who must agree has signed' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
comment on function approvals.require_consent() is 'Refuses a granted state for which a step lacks signatures; of a protected request each needed signature is another person''s. Ended states stay.';

create function approvals.require_same_body() returns trigger language plpgsql as $$
begin
  if new.signed_in_round < new.round and not exists (
    select from approvals.rounds a join approvals.rounds b on b.approval_id = a.approval_id and b.round = new.round
    join approvals.steps s on s.approval_id = a.approval_id and s.round = a.round and s.step = new.step and s.key = new.key and s.needs = new.needs
    where a.approval_id = new.approval_id and a.round = new.signed_in_round and a.body = b.body) then
    raise exception '内容已变，先前的签名不再有效 / the content changed: earlier signatures do not count' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
comment on function approvals.require_same_body() is 'Lets signatures of an earlier round count only for the same body and the same step.';

create trigger requests_stand before update or delete on approvals.requests for each row execute function approvals.refuse_change();
create trigger rounds_stand before update or delete on approvals.rounds for each row execute function approvals.refuse_change();
create trigger steps_stand before update or delete on approvals.steps for each row execute function approvals.refuse_change();
create trigger signatures_stand before update or delete on approvals.signatures for each row execute function approvals.refuse_change();
create trigger moves_stand before update or delete on approvals.moves for each row execute function approvals.refuse_change();
create trigger seats_end_once before update on approvals.seats for each row execute function approvals.end_once('left_at', 'left_by');
create trigger deadlines_end_once before update on approvals.deadlines for each row execute function approvals.end_once('fired_at', 'cleared_at');
create trigger deputies_end_once before update on approvals.deputies for each row execute function approvals.end_once('ended_at', 'ended_by');
create trigger seats_stand before delete on approvals.seats for each row execute function approvals.refuse_change();
create trigger deadlines_stand before delete on approvals.deadlines for each row execute function approvals.refuse_change();
create trigger deputies_stand before delete on approvals.deputies for each row execute function approvals.refuse_change();
create trigger states_stand before delete on approvals.states for each row execute function approvals.refuse_change();
create trigger signatures_fit before insert on approvals.signatures for each row execute function approvals.require_fit();
create trigger steps_same_body before insert on approvals.steps for each row execute function approvals.require_same_body();
create trigger states_consent before insert or update on approvals.states for each row execute function approvals.require_consent();

do $$
declare
  one record;
begin
  for one in select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'approvals' and not t.tgisinternal loop
    execute format('alter table approvals.%I enable always trigger %I', one.relname, one.tgname);
  end loop;
  for one in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'approvals' and c.relkind = 'r' loop
    execute format('create trigger %I before truncate on approvals.%I for each statement execute function approvals.refuse_change()', one.relname || '_no_truncate', one.relname);
    execute format('alter table approvals.%I enable always trigger %I', one.relname, one.relname || '_no_truncate');
  end loop;
end
$$;
