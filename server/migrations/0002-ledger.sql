-- The ledger: an append-only list of facts, hashed into a Merkle tree (RFC 6962), with signed checkpoints beside it.
-- Decided in ledger-and-evidence.md, points 1 to 9. It detects tampering; it does not prevent it.

create schema ledger;
comment on schema ledger is 'Every act in the room is a fact here, written in the same transaction as the state that it changed.';

create table ledger.facts (
  site_id     text   not null,
  seq         bigint not null check (seq > 0),
  recorded_at bigint not null check (recorded_at >= 0),
  at          bigint not null check (at >= 0),
  kind        text   not null,
  version     integer not null check (version > 0),
  subject     text   not null,
  room_id     text,
  actor_kind  text   not null check (actor_kind in ('person', 'process')),
  actor_id    text   not null,
  actor_post  text,
  canonical   bytea  not null,
  leaf_hash   bytea  not null generated always as (sha256('\x00'::bytea || canonical)) stored,
  primary key (site_id, seq)
);
comment on table ledger.facts is 'One row a fact. Only INSERT and SELECT, for everybody: the canonical bytes are the record, the other columns are copies to search by, compared with it by vigil verify-ledger.';
comment on column ledger.facts.site_id is 'The site whose ledger this is; each site has its own sequence and tree.';
comment on column ledger.facts.seq is 'Place in the ledger of the site, from 1 without a gap; leaf index in the tree is seq - 1.';
comment on column ledger.facts.recorded_at is 'When the ledger took the fact, UTC milliseconds since 1970; never falls from one fact to the next, whatever the clock does.';
comment on column ledger.facts.at is 'When it happened, UTC milliseconds since 1970; may lie well before recorded_at.';
comment on column ledger.facts.kind is 'What happened: module and past-tense event, e.g. video.camera_added.';
comment on column ledger.facts.version is 'Version of the body''s shape for this kind, from 1.';
comment on column ledger.facts.subject is 'Id of what it happened to.';
comment on column ledger.facts.room_id is 'The room it belongs to; null when it concerns the whole site.';
comment on column ledger.facts.actor_kind is 'person or process.';
comment on column ledger.facts.actor_id is 'Id of the person, or name of the process (server, recorder, terminal).';
comment on column ledger.facts.actor_post is 'The post that the person held at that moment; null when none.';
comment on column ledger.facts.canonical is 'The fact as canonical JSON (RFC 8785) in UTF-8: what is hashed, signed and handed out.';
comment on column ledger.facts.leaf_hash is 'SHA-256 of 0x00 and the canonical bytes (RFC 6962), computed by the database itself.';

create index facts_by_kind on ledger.facts (site_id, kind, seq);
create index facts_by_subject on ledger.facts (site_id, subject, seq);

create table ledger.private_values (
  site_id         text   not null,
  seq             bigint not null,
  path            text   not null,
  salt            bytea,
  value           text,
  retention_class text   not null,
  erased_at       bigint,
  primary key (site_id, seq, path),
  foreign key (site_id, seq) references ledger.facts (site_id, seq),
  check ((erased_at is null and salt is not null and value is not null) or (erased_at is not null and salt is null and value is null))
);
comment on table ledger.private_values is 'Personal fields and free text of facts: the fact itself holds only their salted hash, so that erasing here removes the content and leaves the proof.';
comment on column ledger.private_values.site_id is 'Site of the fact.';
comment on column ledger.private_values.seq is 'The fact that the value belongs to.';
comment on column ledger.private_values.path is 'Where the value stands in the body of the fact: JSON pointer (RFC 6901).';
comment on column ledger.private_values.salt is '16 random bytes hashed before the value; null once erased, so that the value cannot be found by trying.';
comment on column ledger.private_values.value is 'The value as canonical JSON; null once erased.';
comment on column ledger.private_values.retention_class is 'Which retention rule decides when it must be erased.';
comment on column ledger.private_values.erased_at is 'When value and salt were erased, UTC milliseconds since 1970; null while they are there. A fact ledger.erased says who did it and why.';

create table ledger.checkpoints (
  site_id   text   not null,
  ordinal   bigint not null check (ordinal > 0),
  size      bigint not null check (size > 0),
  signed_at bigint not null check (signed_at >= 0),
  reason    text   not null check (reason in ('heartbeat', 'sensitive', 'anchor', 'stop')),
  note      text   not null,
  primary key (site_id, ordinal)
);
comment on table ledger.checkpoints is 'Signed tree heads, one a minute also without new facts; outside the facts, so that a silent minute is seen.';
comment on column ledger.checkpoints.site_id is 'Site of the ledger.';
comment on column ledger.checkpoints.ordinal is 'Order of signing, from 1.';
comment on column ledger.checkpoints.size is 'Number of facts that it covers: facts 1 to size.';
comment on column ledger.checkpoints.signed_at is 'Signed time, UTC milliseconds since 1970, whole seconds; copy of what the note''s cosignature says.';
comment on column ledger.checkpoints.reason is 'Why it was signed: heartbeat, sensitive (at once after a sensitive fact), anchor (to be printed), stop (orderly stop).';
comment on column ledger.checkpoints.note is 'The checkpoint as a C2SP signed note, verbatim.';

-- Appending ------------------------------------------------------------------------------------------------------------

create function ledger.append(p_site text, p_now bigint, p_facts json, p_private json, p_genesis boolean, p_wake boolean)
returns table (new_seq bigint, new_recorded_at bigint)
language plpgsql volatile
as $$
declare
  last_seq bigint;
  last_recorded bigint;
  last_signed bigint;
begin
  -- One appender a site, until commit: a rollback leaves no gap, and commits happen in the order of the sequence.
  perform pg_advisory_xact_lock(hashtextextended('vigil.ledger/' || p_site, 0));
  select f.seq, f.recorded_at into last_seq, last_recorded from ledger.facts f where f.site_id = p_site order by f.seq desc limit 1;
  if p_genesis then
    if last_seq is not null then return; end if;
    last_seq := 0;
  elsif last_seq is null then
    return; -- not opened yet: the caller opens it and appends again
  end if;
  select c.signed_at into last_signed from ledger.checkpoints c where c.site_id = p_site order by c.ordinal desc limit 1;
  -- Time in the ledger never falls, not even below the last signature, whatever happens to the machine's clock.
  new_recorded_at := greatest(p_now, last_recorded, last_signed);

  return query
    insert into ledger.facts (site_id, seq, recorded_at, at, kind, version, subject, room_id, actor_kind, actor_id, actor_post, canonical)
    select p_site, last_seq + f.n, new_recorded_at, f.at, f.kind, f.version, f.subject, f.room, f.actor_kind, f.actor_id, f.actor_post,
           convert_to(f.head || new_recorded_at || f.middle || (last_seq + f.n) || f.tail, 'UTF8')
    from rows from (json_to_recordset(p_facts) as (
           head text, middle text, tail text, at bigint, kind text, version integer, subject text, room text,
           actor_kind text, actor_id text, actor_post text))
         with ordinality as f (head, middle, tail, at, kind, version, subject, room, actor_kind, actor_id, actor_post, n)
    order by f.n
    returning facts.seq, facts.recorded_at;

  if p_private is not null then
    insert into ledger.private_values (site_id, seq, path, salt, value, retention_class)
    select p_site, last_seq + v.n, v.path, decode(v.salt, 'hex'), v.value, v.class
    from json_to_recordset(p_private) as v (n integer, path text, salt text, value text, class text);
  end if;
  if p_wake then perform pg_notify('vigil_ledger', p_site); end if; -- heard after commit only
end
$$;
comment on function ledger.append(text, bigint, json, json, boolean, boolean) is 'Takes the site''s appender lock, gives the next sequence numbers and the recorded instant, and writes the facts and their private values (n: which of the facts, from 1). Returns nothing when the ledger is not opened (or, for genesis, already is).';

-- Nothing is changed or deleted, not even by the owner or a superuser who forgets to switch the triggers off ------------

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '账本只能追加:%.% 不允许 % / the ledger is append-only: % on %.% is refused', tg_table_schema, tg_table_name, tg_op, tg_op, tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;
comment on function ledger.refuse_change() is 'Refuses whatever statement fired it.';

create function ledger.allow_erasure_only() returns trigger language plpgsql as $$
begin
  if old.erased_at is null and new.erased_at is not null and new.salt is null and new.value is null
     and (new.site_id, new.seq, new.path, new.retention_class) = (old.site_id, old.seq, old.path, old.retention_class) then
    return new;
  end if;
  raise exception '账本私密值只能抹除 / private values of the ledger can only be erased' using errcode = 'insufficient_privilege';
end
$$;
comment on function ledger.allow_erasure_only() is 'Lets an erasure of value and salt pass, and no other change.';

create trigger facts_append_only before update or delete on ledger.facts for each row execute function ledger.refuse_change();
create trigger facts_no_truncate before truncate on ledger.facts for each statement execute function ledger.refuse_change();
create trigger checkpoints_append_only before update or delete on ledger.checkpoints for each row execute function ledger.refuse_change();
create trigger checkpoints_no_truncate before truncate on ledger.checkpoints for each statement execute function ledger.refuse_change();
create trigger private_values_no_delete before delete on ledger.private_values for each row execute function ledger.refuse_change();
create trigger private_values_no_truncate before truncate on ledger.private_values for each statement execute function ledger.refuse_change();
create trigger private_values_erasure before update on ledger.private_values for each row execute function ledger.allow_erasure_only();

alter table ledger.facts enable always trigger facts_append_only;
alter table ledger.facts enable always trigger facts_no_truncate;
alter table ledger.checkpoints enable always trigger checkpoints_append_only;
alter table ledger.checkpoints enable always trigger checkpoints_no_truncate;
alter table ledger.private_values enable always trigger private_values_no_delete;
alter table ledger.private_values enable always trigger private_values_no_truncate;
alter table ledger.private_values enable always trigger private_values_erasure;

revoke all on schema ledger from public;
grant usage on schema ledger to vigil_app;
grant select, insert on ledger.facts, ledger.checkpoints, ledger.private_values to vigil_app;
grant update (salt, value, erased_at) on ledger.private_values to vigil_app;
grant execute on function ledger.append(text, bigint, json, json, boolean, boolean) to vigil_app;
