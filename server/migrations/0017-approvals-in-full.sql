-- Approvals in full: people asked besides those laid down (加签, 委派), attachments, drafts, and orders given by word of mouth whose papers
-- follow. An added signature is needed like those of the step: the trigger below counts it.

-- Seats that an approver added ---------------------------------------------------------------------------------------------

alter table approvals.seats drop constraint seats_hops_check;
alter table approvals.seats add constraint seats_hops_check check (hops between 0 and 9);
alter table approvals.seats drop constraint seats_came_by_check;
alter table approvals.seats add constraint seats_came_by_check check (came_by in ('submission', 'transfer', 'assignment', 'addition'));
alter table approvals.seats add column turn integer not null default 0 check (turn between -511 and 511);
alter table approvals.seats add column added text check (added in ('signature', 'opinion'));
alter table approvals.seats add column added_by text references identity.people;
alter table approvals.seats add constraint seats_added_whole check ((added is null) = (added_by is null) and (turn = 0 or added is not null));
comment on column approvals.seats.hops is 'How often the place was handed on or added to until now; the most is a parameter of the room, at most 9';
comment on column approvals.seats.came_by is 'submission: laid down at the start; transfer: handed on by an approver; assignment: filled by an administrator; addition: asked besides by an approver';
comment on column approvals.seats.turn is 'Order among the seats of one place: below 0 decides before the place, above 0 after it; 0: laid down';
comment on column approvals.seats.added is 'signature: the step needs this signature too; opinion: says what they think, then the place decides; null: laid down';
comment on column approvals.seats.added_by is 'The approver who asked them besides; null: laid down';

-- Attachments, part of what is signed ---------------------------------------------------------------------------------------

create table approvals.files (
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  person_id text not null references identity.people,
  content_type text not null check (content_type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  size_bytes bigint not null check (size_bytes between 1 and 10485760),
  kept_at timestamptz(3) not null,
  primary key (sha256, person_id)
);
comment on table approvals.files is 'Files that people put in for a request; the bytes lie under their hash beside the database and never change.';
comment on column approvals.files.sha256 is 'SHA-256 of the bytes, hex';
comment on column approvals.files.person_id is 'Who put it in';
comment on column approvals.files.content_type is 'What the bytes are, as their beginning shows, e.g. application/pdf';
comment on column approvals.files.size_bytes is 'Size, bytes, at most 10 MiB';
comment on column approvals.files.kept_at is 'When it was put in';
grant select, insert on approvals.files to vigil_app;

alter table approvals.rounds add column attachments jsonb not null default '[]' check (jsonb_typeof(attachments) = 'array');
comment on column approvals.rounds.attachments is 'Files that belong to what is asked: name, sha256 and size of each, part of what is signed';

-- Drafts --------------------------------------------------------------------------------------------------------------------

create table approvals.drafts (
  draft_id text primary key check (draft_id ~ '^drf_[0-9a-hjkmnp-tv-z]{26}$'),
  person_id text not null references identity.people,
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  kind text not null check (kind ~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$'),
  content jsonb not null,
  reason text not null check (length(reason) <= 2000),
  attachments jsonb not null check (jsonb_typeof(attachments) = 'array'),
  changed_at timestamptz(3) not null
);
comment on table approvals.drafts is 'What somebody began to ask for and has not sent; only they see it. Gone when it is sent, thrown away, or kept too long.';
comment on column approvals.drafts.draft_id is 'Id, drf_…';
comment on column approvals.drafts.person_id is 'Whose draft it is';
comment on column approvals.drafts.site_id is 'Site where it is to be asked';
comment on column approvals.drafts.room_id is 'Room where it is to be asked';
comment on column approvals.drafts.kind is 'What kind of thing is to be asked for';
comment on column approvals.drafts.content is 'Fields of the form as typed, whole or not';
comment on column approvals.drafts.reason is 'Reason as typed; may be empty';
comment on column approvals.drafts.attachments is 'Files put in so far: name, sha256 and size of each';
comment on column approvals.drafts.changed_at is 'Last change; counts for how long it is kept';
create index drafts_person on approvals.drafts (person_id, changed_at);
grant select, insert, update, delete on approvals.drafts to vigil_app;

-- Orders by word of mouth ---------------------------------------------------------------------------------------------------

create table approvals.orders (
  order_id text primary key check (order_id ~ '^ord_[0-9a-hjkmnp-tv-z]{26}$'),
  number bigint generated always as identity unique,
  kind text not null check (kind ~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$'),
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  what text not null check (length(what) between 1 and 1000),
  reason text not null check (length(reason) between 1 and 2000),
  leader_id text not null references identity.people,
  recorded_by text not null references identity.people check (recorded_by <> leader_id),
  ordered_at timestamptz(3) not null,
  recorded_at timestamptz(3) not null check (recorded_at >= ordered_at),
  papers_due_at timestamptz(3) not null check (papers_due_at > ordered_at),
  papered_at timestamptz(3),
  breached_at timestamptz(3),
  breach_why text check (breach_why in ('late', 'refused')),
  check ((breached_at is null) = (breach_why is null))
);
comment on table approvals.orders is 'What a named leader allowed by word of mouth in an emergency: provisional until the papers are granted; without papers in time a breach.';
comment on column approvals.orders.order_id is 'Id, ord_…';
comment on column approvals.orders.number is 'Number that people say; counts up, may have holes';
comment on column approvals.orders.kind is 'What kind of approval the papers must be';
comment on column approvals.orders.site_id is 'Site';
comment on column approvals.orders.room_id is 'Room';
comment on column approvals.orders.what is 'What was allowed, in the words of who wrote it down';
comment on column approvals.orders.reason is 'Why it could not wait for the papers';
comment on column approvals.orders.leader_id is 'Who gave the order';
comment on column approvals.orders.recorded_by is 'Who received it and wrote it down';
comment on column approvals.orders.ordered_at is 'When it was given';
comment on column approvals.orders.recorded_at is 'When it was written down';
comment on column approvals.orders.papers_due_at is 'The papers must be granted before this instant';
comment on column approvals.orders.papered_at is 'When the papers were granted; null: not yet';
comment on column approvals.orders.breached_at is 'When it became a breach; stays, also when papers come later';
comment on column approvals.orders.breach_why is 'late: no papers in time; refused: the papers were refused';
create index orders_open on approvals.orders (papers_due_at) where papered_at is null and breached_at is null;
grant select, insert on approvals.orders to vigil_app;
grant update (papered_at, breached_at, breach_why) on approvals.orders to vigil_app;

create table approvals.order_papers (
  approval_id text primary key references approvals.requests,
  order_id text not null references approvals.orders,
  filed_at timestamptz(3) not null
);
comment on table approvals.order_papers is 'Requests handed in as the papers of an order.';
comment on column approvals.order_papers.approval_id is 'The request';
comment on column approvals.order_papers.order_id is 'The order that it papers';
comment on column approvals.order_papers.filed_at is 'When it was handed in';
create index order_papers_order on approvals.order_papers (order_id);
grant select, insert on approvals.order_papers to vigil_app;

create function approvals.set_once() returns trigger language plpgsql as $$
declare
  ending text[] := tg_argv;
  was jsonb := to_jsonb(old);
  is_now jsonb := to_jsonb(new);
begin
  if (was - ending) is distinct from (is_now - ending) or exists (select from unnest(ending) as e(name) where was ->> e.name is not null and was ->> e.name is distinct from is_now ->> e.name) then
    raise exception '只能补记一次，不能改写 / a row of %.% is completed, not rewritten', tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
comment on function approvals.set_once() is 'Lets each of the columns named in its arguments be set once, and nothing else.';

create trigger orders_set_once before update on approvals.orders for each row execute function approvals.set_once('papered_at', 'breached_at', 'breach_why');
create trigger orders_stand before delete on approvals.orders for each row execute function approvals.refuse_change();
create trigger order_papers_stand before update or delete on approvals.order_papers for each row execute function approvals.refuse_change();
create trigger files_stand before update or delete on approvals.files for each row execute function approvals.refuse_change();

-- A signature fits what it says ---------------------------------------------------------------------------------------------

create or replace function approvals.require_fit() returns trigger language plpgsql as $$
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
  if taken.added is not distinct from 'opinion' then
    raise exception '征求意见的席位不能签名 / who is asked for an opinion does not sign' using errcode = 'check_violation';
  end if;
  if asked.protected and new.method = 'session' then
    raise exception '受保护的审批必须由本人签名 / a protected approval needs the approver''s own signature' using errcode = 'check_violation';
  end if;
  if said ->> 'approvalId' is distinct from new.approval_id or said ->> 'decision' is distinct from new.decision or said ->> 'step' is distinct from this_step.key
     or (said ->> 'round')::integer is distinct from new.round or said ->> 'personId' is distinct from new.person_id or said ->> 'onBehalfOf' is distinct from new.on_behalf_of
     or said ->> 'comment' is distinct from new.comment or said ->> 'kind' is distinct from asked.kind or said -> 'body' is distinct from this_round.body
     or coalesce(said -> 'attachments', '[]') is distinct from this_round.attachments then
    raise exception '所签内容与审批不符 / what was signed is not what is asked' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
comment on function approvals.require_fit() is 'Refuses a signature by applicant or executor, from a seat of somebody else or of an opinion, without authenticator where one is needed, or over something else than the request with its attachments.';

-- No grant without its signatures, the added ones among them ----------------------------------------------------------------

create or replace function approvals.require_consent() returns trigger language plpgsql as $$
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
  select coalesce(sum(s.needs + a.wanted), 0), count(*) filter (where g.persons < s.needs or a.signed < a.wanted) into needed, short
  from approvals.steps s
  cross join lateral (
    select count(distinct x.person_id) as persons from approvals.signatures x
    join approvals.seats e on e.approval_id = x.approval_id and e.round = x.round and e.step = x.step and e.seat = x.seat and e.added is null
    where x.approval_id = s.approval_id and x.round = s.signed_in_round and x.step = s.step and x.decision = 'approve'
  ) g
  cross join lateral (
    select count(*) as wanted, count(x.seat) as signed from approvals.seats e
    left join approvals.signatures x on x.approval_id = e.approval_id and x.round = e.round and x.step = e.step and x.seat = e.seat and x.decision = 'approve'
    where e.approval_id = s.approval_id and e.round = s.signed_in_round and e.step = s.step and e.added = 'signature' and e.left_at is null
  ) a
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
comment on function approvals.require_consent() is 'Refuses a granted state for which a step lacks signatures, those that an approver added among them; of a protected request each needed signature is another person''s. Ended states stay.';

do $$
declare
  one record;
begin
  for one in select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'approvals' and not t.tgisinternal and c.relname in ('orders', 'order_papers', 'files') loop
    execute format('alter table approvals.%I enable always trigger %I', one.relname, one.tgname);
  end loop;
  for one in select unnest(array['orders', 'order_papers', 'files']) as relname loop
    execute format('create trigger %I before truncate on approvals.%I for each statement execute function approvals.refuse_change()', one.relname || '_no_truncate', one.relname);
    execute format('alter table approvals.%I enable always trigger %I', one.relname, one.relname || '_no_truncate');
  end loop;
end
$$;
