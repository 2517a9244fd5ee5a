-- Alarms are put aside for a while and come back by themselves; a task says who has begun it; a finding has somebody who sees to it, and a deadline.

alter table notifications.alarms add column shelved_until timestamptz(3);
comment on column notifications.alarms.shelved_until is 'Put aside by a person until then; it rings again by itself. null: not put aside';
grant update (shelved_until) on notifications.alarms to vigil_app;
alter table notifications.alarm_steps drop constraint alarm_steps_what_check;
alter table notifications.alarm_steps add constraint alarm_steps_what_check
  check (what in ('raised', 'again', 'cleared', 'acknowledged', 'rang_again', 'escalated', 'nobody_there', 'unreached', 'closed', 'shelved', 'unshelved'));
comment on column notifications.alarm_steps.what is 'raised, raised again while open, over by itself, acknowledged, acknowledgement ran out, told to the next, nobody there to tell, nobody could be reached, closed, put aside, brought back';
alter table notifications.deadlines drop constraint deadlines_what_check;
alter table notifications.deadlines add constraint deadlines_what_check check (what in ('answer', 'again', 'anew', 'unshelve'));
comment on column notifications.deadlines.what is 'answer: nobody has answered; again: an acknowledgement runs out; anew: the ladder begins again; unshelve: what was put aside comes back';

alter table obligations.obligations drop constraint obligations_state_check;
alter table obligations.obligations add constraint obligations_state_check
  check (state in ('planned', 'available', 'in_progress', 'overdue', 'submitted', 'returned', 'reviewed', 'missed', 'waived', 'withdrawn'));
drop index obligations.obligations_open;
create index obligations_open on obligations.obligations (room_id, state) where state in ('available', 'in_progress', 'overdue', 'returned', 'submitted', 'planned');

create table obligations.beginnings (
  obligation_id text not null references obligations.obligations,
  number integer not null check (number >= 1),
  at timestamptz(3) not null,
  by_id text not null,
  primary key (obligation_id, number)
);
comment on table obligations.beginnings is 'Who has begun a task, and when; others see it and may go on with it. The highest number is the one at work.';
comment on column obligations.beginnings.obligation_id is 'Of which obligation';
comment on column obligations.beginnings.number is 'Counts the beginnings of one obligation from 1';
comment on column obligations.beginnings.at is 'When';
comment on column obligations.beginnings.by_id is 'Person';
grant select, insert on obligations.beginnings to vigil_app;

create table obligations.finding_charges (
  finding_id text not null references obligations.findings,
  number integer not null check (number >= 1),
  owner_id text,
  owner_roles text[] not null,
  due_at timestamptz(3) not null,
  set_at timestamptz(3) not null,
  set_by text not null,
  fired_at timestamptz(3),
  cleared_at timestamptz(3),
  primary key (finding_id, number),
  check (owner_id is not null or cardinality(owner_roles) >= 1),
  check (fired_at is null or cleared_at is null)
);
comment on table obligations.finding_charges is 'Who sees to a finding, until when; one row for each change, the highest number holds. The deadline fires once.';
comment on column obligations.finding_charges.finding_id is 'Which finding';
comment on column obligations.finding_charges.number is 'Counts the changes from 1';
comment on column obligations.finding_charges.owner_id is 'Person who sees to it; null: nobody was named yet, those of owner_roles do';
comment on column obligations.finding_charges.owner_roles is 'Roles that see to it while no person was named; empty when one was';
comment on column obligations.finding_charges.due_at is 'To be closed before this instant';
comment on column obligations.finding_charges.set_at is 'Holds from';
comment on column obligations.finding_charges.set_by is 'Person, or server when the finding was made';
comment on column obligations.finding_charges.fired_at is 'When it was noticed that it is overdue; null: not yet';
comment on column obligations.finding_charges.cleared_at is 'Taken back, since the finding was closed or another row holds; null: not';
create index finding_charges_due on obligations.finding_charges (due_at) where fired_at is null and cleared_at is null;
grant select, insert on obligations.finding_charges to vigil_app;
grant update (fired_at, cleared_at) on obligations.finding_charges to vigil_app;

alter table obligations.finding_closings add column outcome text not null default 'handled' check (outcome in ('handled', 'repaired', 'replaced'));
comment on column obligations.finding_closings.outcome is 'handled: put in order by hand; repaired: the device; replaced: by another device';

create or replace function obligations.keep_ended() returns trigger language plpgsql as $$
begin
  if old.late and not new.late then
    raise exception 'obligation % stays late for ever', old.obligation_id using errcode = '23514';
  end if;
  if new.state is distinct from old.state and not (case old.state
    when 'planned' then new.state in ('available', 'waived', 'withdrawn')
    when 'available' then new.state in ('in_progress', 'overdue', 'submitted', 'waived')
    when 'in_progress' then new.state in ('overdue', 'submitted', 'waived')
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
create trigger keep_signed before update or delete on obligations.beginnings for each row execute function obligations.keep_signed();
create trigger keep_signed before delete on obligations.finding_charges for each row execute function obligations.keep_signed();
