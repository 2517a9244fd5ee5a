-- The archive of evidence: clips, packages and things received, filed under a case with class, index, custodian and place; every hand they go through, every order about them, every count. All of it only grows.

create table evidence.archive_items (
  item_id text primary key check (item_id ~ '^evi_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  year integer not null check (year between 2000 and 9999),
  count integer not null check (count >= 1),
  number text not null check (number ~ '^DA-[0-9]{4}-[0-9]{6}$'),
  source text not null check (source in ('footage', 'package', 'received')),
  package_id text unique references evidence.packages,
  from_at timestamptz(3),
  until_at timestamptz(3) check (until_at > from_at),
  gaps jsonb not null default '[]'::jsonb check (jsonb_typeof(gaps) = 'array'),
  giver text not null default '' check (length(giver) <= 100),
  giver_contact text not null default '' check (length(giver_contact) <= 200),
  reply_by timestamptz(3),
  keep_until timestamptz(3),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes > 0),
  filed_by text not null references identity.people,
  filed_at timestamptz(3) not null,
  check ((source = 'package') = (package_id is not null)),
  check ((source = 'footage') = (from_at is not null) and (from_at is null) = (until_at is null)),
  check (source = 'received' or (giver = '' and giver_contact = '' and reply_by is null)),
  check (source <> 'received' or giver <> ''),
  unique (room_id, year, count),
  unique (room_id, number)
);
comment on table evidence.archive_items is 'What was filed in the archive; never changed. What is said of it stands in archive_details, what happened to it in archive_acts.';
comment on column evidence.archive_items.item_id is 'Id, evi_…; names its folder';
comment on column evidence.archive_items.site_id is 'Site';
comment on column evidence.archive_items.room_id is 'Room';
comment on column evidence.archive_items.year is 'Year in the site''s time';
comment on column evidence.archive_items.count is 'Counts the items of the room in that year from 1, without a hole';
comment on column evidence.archive_items.number is 'Number of the item, made of year and count; the receipt of what was received bears it';
comment on column evidence.archive_items.source is 'footage (files of a camera), package (a copy made under a request) or received (handed in by somebody)';
comment on column evidence.archive_items.package_id is 'The package; null: another source';
comment on column evidence.archive_items.from_at is 'Start of the span that was filed; null: no footage of this room';
comment on column evidence.archive_items.until_at is 'Its end, not included';
comment on column evidence.archive_items.gaps is 'What was missing of the span when it was filed: [{from, until, reason}], UTC milliseconds';
comment on column evidence.archive_items.giver is 'Who handed it in, by name; empty: nobody did';
comment on column evidence.archive_items.giver_contact is 'How they are reached; empty: not said';
comment on column evidence.archive_items.reply_by is 'Until when they expect an answer; null: none';
comment on column evidence.archive_items.keep_until is 'Until when the archive keeps it at least; null: for ever';
comment on column evidence.archive_items.sha256 is 'SHA-256 over the list of its files (archive_files, in order, "<hash>  <name>" a line), hex';
comment on column evidence.archive_items.size_bytes is 'Bytes of all its files';
comment on column evidence.archive_items.filed_by is 'Who filed it';
comment on column evidence.archive_items.filed_at is 'When it was filed';
create index archive_items_of_room on evidence.archive_items (room_id, filed_at desc, item_id);
grant select, insert on evidence.archive_items to vigil_app;
create trigger archive_items_append_only before update or delete on evidence.archive_items for each row execute function evidence.refuse_change();
create trigger archive_items_no_truncate before truncate on evidence.archive_items for each statement execute function evidence.refuse_change();

create table evidence.archive_files (
  item_id text not null references evidence.archive_items,
  number integer not null check (number >= 1),
  name text not null check (length(name) between 1 and 200),
  camera_id text references video.cameras,
  camera text not null default '' check (length(camera) <= 200),
  segment_id text,
  from_at timestamptz(3),
  until_at timestamptz(3) check (until_at > from_at),
  size_bytes bigint not null check (size_bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  check ((camera_id is null) = (from_at is null) and (camera_id is null) = (until_at is null) and (camera_id is null) = (segment_id is null)),
  primary key (item_id, number)
);
comment on table evidence.archive_files is 'The files of an item, as they were when it was filed.';
comment on column evidence.archive_files.item_id is 'The item';
comment on column evidence.archive_files.number is 'Place among its files, from 1; names the file on disk';
comment on column evidence.archive_files.name is 'Name that people see';
comment on column evidence.archive_files.camera_id is 'Camera that it was recorded by; null: no footage of this room';
comment on column evidence.archive_files.camera is 'Its number and name when it was filed; empty: none';
comment on column evidence.archive_files.segment_id is 'Segment of the recorder whose bytes these are; null: none';
comment on column evidence.archive_files.from_at is 'Start of the recorded file; null: no footage of this room';
comment on column evidence.archive_files.until_at is 'End of the recorded file, not included';
comment on column evidence.archive_files.size_bytes is 'Bytes';
comment on column evidence.archive_files.sha256 is 'SHA-256 of its bytes, hex; of footage the one that the ledger holds since it was recorded';
grant select, insert on evidence.archive_files to vigil_app;
create trigger archive_files_append_only before update or delete on evidence.archive_files for each row execute function evidence.refuse_change();
create trigger archive_files_no_truncate before truncate on evidence.archive_files for each statement execute function evidence.refuse_change();

create table evidence.archive_details (
  item_id text not null references evidence.archive_items,
  number integer not null check (number >= 1),
  class text not null check (class in ('offence', 'important', 'accident', 'dispute', 'fire', 'complaint', 'other')),
  case_number text not null check (length(case_number) <= 100),
  title text not null check (length(title) <= 200),
  words text not null check (length(words) <= 1000),
  place text not null check (length(place) <= 200),
  by_id text not null references identity.people,
  at timestamptz(3) not null,
  primary key (item_id, number)
);
comment on table evidence.archive_details is 'What is said of an item; the last one counts, the earlier ones stay.';
comment on column evidence.archive_details.item_id is 'The item';
comment on column evidence.archive_details.number is 'Version, from 1';
comment on column evidence.archive_details.class is 'What it shows: offence, important event, accident, dispute, fire, complaint, other';
comment on column evidence.archive_details.case_number is 'Number of the case; empty: not known yet';
comment on column evidence.archive_details.title is 'What it is; empty: not said yet';
comment on column evidence.archive_details.words is 'Index words by which people look for it; empty: none yet';
comment on column evidence.archive_details.place is 'Where it is kept: cabinet, shelf, medium; empty: not said yet';
comment on column evidence.archive_details.by_id is 'Who said so';
comment on column evidence.archive_details.at is 'When';
grant select, insert on evidence.archive_details to vigil_app;
create trigger archive_details_append_only before update or delete on evidence.archive_details for each row execute function evidence.refuse_change();
create trigger archive_details_no_truncate before truncate on evidence.archive_details for each statement execute function evidence.refuse_change();

create table evidence.archive_orders (
  order_id text primary key check (order_id ~ '^evo_[0-9a-hjkmnp-tv-z]{26}$'),
  item_id text not null references evidence.archive_items,
  how text not null check (how in ('view', 'lend', 'transfer', 'publish', 'destroy')),
  reason text not null check (length(reason) between 1 and 2000),
  receiver text not null check (length(receiver) <= 200),
  place text not null check (length(place) <= 200),
  content text not null check (length(content) <= 1000),
  paper text not null check (length(paper) <= 100),
  return_by timestamptz(3),
  asked_by text not null references identity.people,
  asked_at timestamptz(3) not null,
  approval_id text not null references approvals.requests,
  check (how <> 'lend' or return_by is not null)
);
comment on table evidence.archive_orders is 'What somebody asked to be done with an item; whether it may be stands with its approval.';
comment on column evidence.archive_orders.order_id is 'Id, evo_…';
comment on column evidence.archive_orders.item_id is 'The item';
comment on column evidence.archive_orders.how is 'view, lend, transfer (for good, to an authority), publish or destroy';
comment on column evidence.archive_orders.reason is 'Why';
comment on column evidence.archive_orders.receiver is 'Who receives it; empty: nobody';
comment on column evidence.archive_orders.place is 'Where it is published or brought; empty: nowhere';
comment on column evidence.archive_orders.content is 'What of it; empty: all';
comment on column evidence.archive_orders.paper is 'Number of the legal paper; empty: none';
comment on column evidence.archive_orders.return_by is 'When what is lent must be back; null: not lent';
comment on column evidence.archive_orders.asked_by is 'Who asked';
comment on column evidence.archive_orders.asked_at is 'When';
comment on column evidence.archive_orders.approval_id is 'The approval that decides about it';
create index archive_orders_of_item on evidence.archive_orders (item_id, asked_at);
grant select, insert on evidence.archive_orders to vigil_app;
create trigger archive_orders_append_only before update or delete on evidence.archive_orders for each row execute function evidence.refuse_change();
create trigger archive_orders_no_truncate before truncate on evidence.archive_orders for each statement execute function evidence.refuse_change();

create table evidence.archive_acts (
  item_id text not null references evidence.archive_items,
  number integer not null check (number >= 1),
  act text not null check (act in ('filed', 'received', 'described', 'hold_released', 'opened', 'lent', 'returned', 'overdue', 'transferred', 'published', 'counted', 'missing', 'answered', 'destruction_begun', 'destroyed')),
  at timestamptz(3) not null,
  by_id text not null,
  order_id text references evidence.archive_orders,
  to_text text not null check (length(to_text) <= 500),
  note text not null check (length(note) <= 2000),
  signature_sha256 text check (signature_sha256 ~ '^[0-9a-f]{64}$'),
  check (act not in ('lent', 'transferred', 'published', 'destruction_begun', 'destroyed', 'opened') or order_id is not null),
  primary key (item_id, number)
);
comment on table evidence.archive_acts is 'Chain of custody of each item: everything that was done with it. Only grows.';
comment on column evidence.archive_acts.item_id is 'The item';
comment on column evidence.archive_acts.number is 'Place in the chain, from 1 without a hole';
comment on column evidence.archive_acts.act is 'What happened to it';
comment on column evidence.archive_acts.at is 'When';
comment on column evidence.archive_acts.by_id is 'Who did it: a person''s id, or server';
comment on column evidence.archive_acts.order_id is 'The order under which it was done; null: it needs none';
comment on column evidence.archive_acts.to_text is 'To whom or where to, in words; empty: nowhere';
comment on column evidence.archive_acts.note is 'In words; empty: none';
comment on column evidence.archive_acts.signature_sha256 is 'SHA-256 of the picture of the signature of who received it or handed it in, hex; null: none was drawn';
grant select, insert on evidence.archive_acts to vigil_app;
create trigger archive_acts_append_only before update or delete on evidence.archive_acts for each row execute function evidence.refuse_change();
create trigger archive_acts_no_truncate before truncate on evidence.archive_acts for each statement execute function evidence.refuse_change();

create table evidence.archive_openings (
  opening_id text primary key check (opening_id ~ '^evv_[0-9a-hjkmnp-tv-z]{26}$'),
  item_id text not null references evidence.archive_items,
  order_id text not null references evidence.archive_orders,
  person_id text not null references identity.people,
  session_id text not null,
  opened_at timestamptz(3) not null
);
comment on table evidence.archive_openings is 'One time that somebody opened the files of an item under an order; written before the first byte.';
comment on column evidence.archive_openings.opening_id is 'Id, evv_…';
comment on column evidence.archive_openings.item_id is 'The item';
comment on column evidence.archive_openings.order_id is 'The order that allowed it';
comment on column evidence.archive_openings.person_id is 'Who opened it';
comment on column evidence.archive_openings.session_id is 'In which session: no other may use it';
comment on column evidence.archive_openings.opened_at is 'When';
grant select, insert on evidence.archive_openings to vigil_app;
create trigger archive_openings_append_only before update or delete on evidence.archive_openings for each row execute function evidence.refuse_change();
create trigger archive_openings_no_truncate before truncate on evidence.archive_openings for each statement execute function evidence.refuse_change();

create table evidence.archive_inventories (
  inventory_id text primary key check (inventory_id ~ '^evn_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  taken_by text not null references identity.people,
  taken_at timestamptz(3) not null,
  next_custodian_id text references identity.people,
  list_sha256 text not null check (list_sha256 ~ '^[0-9a-f]{64}$'),
  note text not null check (length(note) <= 2000)
);
comment on table evidence.archive_inventories is 'A count of everything that the archive holds, signed by whoever took it.';
comment on column evidence.archive_inventories.inventory_id is 'Id, evn_…';
comment on column evidence.archive_inventories.site_id is 'Site';
comment on column evidence.archive_inventories.room_id is 'Room';
comment on column evidence.archive_inventories.taken_by is 'Who took it and signs for it';
comment on column evidence.archive_inventories.taken_at is 'When';
comment on column evidence.archive_inventories.next_custodian_id is 'Who is to take the archive over by it; null: a count without a change of hands';
comment on column evidence.archive_inventories.list_sha256 is 'SHA-256 over its lines ("<item number> <state> <hash of the item>" a line), hex: what both sign';
comment on column evidence.archive_inventories.note is 'In words; empty: none';
create index archive_inventories_of_room on evidence.archive_inventories (room_id, taken_at desc);
grant select, insert on evidence.archive_inventories to vigil_app;
create trigger archive_inventories_append_only before update or delete on evidence.archive_inventories for each row execute function evidence.refuse_change();
create trigger archive_inventories_no_truncate before truncate on evidence.archive_inventories for each statement execute function evidence.refuse_change();

create table evidence.archive_inventory_lines (
  inventory_id text not null references evidence.archive_inventories,
  item_id text not null references evidence.archive_items,
  found boolean not null,
  intact boolean not null,
  note text not null check (length(note) <= 500),
  primary key (inventory_id, item_id)
);
comment on table evidence.archive_inventory_lines is 'One item in a count.';
comment on column evidence.archive_inventory_lines.inventory_id is 'The count';
comment on column evidence.archive_inventory_lines.item_id is 'The item';
comment on column evidence.archive_inventory_lines.found is 'Whether it was in its place, as the person who counted says';
comment on column evidence.archive_inventory_lines.intact is 'Whether each of its files has the hash under which it was filed, as the server read them';
comment on column evidence.archive_inventory_lines.note is 'In words; empty: none';
grant select, insert on evidence.archive_inventory_lines to vigil_app;
create trigger archive_inventory_lines_append_only before update or delete on evidence.archive_inventory_lines for each row execute function evidence.refuse_change();
create trigger archive_inventory_lines_no_truncate before truncate on evidence.archive_inventory_lines for each statement execute function evidence.refuse_change();

create table evidence.archive_custodians (
  room_id text not null references identity.rooms,
  number integer not null check (number >= 1),
  person_id text not null references identity.people,
  inventory_id text unique references evidence.archive_inventories,
  since timestamptz(3) not null,
  check ((number = 1) or inventory_id is not null),
  primary key (room_id, number)
);
comment on table evidence.archive_custodians is 'Who answers for the archive of a room, one after the other; each but the first took it over by a count.';
comment on column evidence.archive_custodians.room_id is 'Room';
comment on column evidence.archive_custodians.number is 'Their place, from 1 without a hole';
comment on column evidence.archive_custodians.person_id is 'The custodian';
comment on column evidence.archive_custodians.inventory_id is 'The count by which they took it over; null: the first, who began the archive';
comment on column evidence.archive_custodians.since is 'From when; in their own session, which is their signature';
grant select, insert on evidence.archive_custodians to vigil_app;
create trigger archive_custodians_append_only before update or delete on evidence.archive_custodians for each row execute function evidence.refuse_change();
create trigger archive_custodians_no_truncate before truncate on evidence.archive_custodians for each statement execute function evidence.refuse_change();

create function evidence.require_two_to_destroy() returns trigger language plpgsql as $$
begin
  if new.act = 'destroyed' then
    if not exists (select from evidence.archive_acts a where a.item_id = new.item_id and a.act = 'hold_released') then
      raise exception '锁定中的档案不能销毁 / an item of the archive that is held is not destroyed' using errcode = 'check_violation';
    end if;
    if not exists (select from evidence.archive_acts a where a.item_id = new.item_id and a.act = 'destruction_begun' and a.order_id = new.order_id and a.by_id <> new.by_id) then
      raise exception '销毁档案须两人 / destroying an item of the archive takes two persons' using errcode = 'check_violation';
    end if;
    if not exists (select from evidence.archive_orders o join approvals.states s using (approval_id) where o.order_id = new.order_id and o.item_id = new.item_id and o.how = 'destroy' and s.state in ('approved', 'in_use')) then
      raise exception '没有批准的销毁令 / there is no approved order to destroy it' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end
$$;
comment on function evidence.require_two_to_destroy() is 'Refuses to write an item destroyed that is held, without an approved order, or by one person alone, whoever asks.';
create trigger archive_acts_two_to_destroy before insert on evidence.archive_acts for each row execute function evidence.require_two_to_destroy();
