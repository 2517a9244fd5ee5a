-- Copies of footage: which package was made under which request, what came of it, and every hand it went through. All of it only grows.

create table evidence.packages (
  package_id text primary key check (package_id ~ '^epk_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  request_id text not null references evidence.requests,
  approval_id text not null references approvals.requests,
  year integer not null check (year between 2000 and 9999),
  count integer not null check (count >= 1),
  number text not null check (number ~ '^EV-[0-9]{4}-[0-9]{6}$'),
  copy integer not null check (copy >= 1),
  encrypted boolean not null,
  operator_id text not null references identity.people,
  witness text not null check (length(witness) <= 100),
  begun_at timestamptz(3) not null,
  unique (room_id, year, count),
  unique (room_id, number)
);
comment on table evidence.packages is 'A copy that somebody began to make under an approved request; never changed.';
comment on column evidence.packages.package_id is 'Id, epk_…';
comment on column evidence.packages.site_id is 'Site';
comment on column evidence.packages.room_id is 'Room';
comment on column evidence.packages.request_id is 'The request for a copy';
comment on column evidence.packages.approval_id is 'The approval that allowed it';
comment on column evidence.packages.year is 'Year in the site''s time';
comment on column evidence.packages.count is 'Counts the packages of the room in that year from 1, without a hole';
comment on column evidence.packages.number is 'Number of the package, made of year and count: name of its file and of its one folder';
comment on column evidence.packages.copy is 'Which copy of the request this is, from 1; one that failed gives its place to the next';
comment on column evidence.packages.encrypted is 'Whether the file that leaves the room is encrypted (AES-256)';
comment on column evidence.packages.operator_id is 'Who made it';
comment on column evidence.packages.witness is 'Who stood by, by name; empty: nobody';
comment on column evidence.packages.begun_at is 'When it was begun';
create index packages_of_request on evidence.packages (request_id, begun_at);
create index packages_of_room on evidence.packages (room_id, begun_at desc, package_id);
grant select, insert on evidence.packages to vigil_app;
create trigger packages_append_only before update or delete on evidence.packages for each row execute function evidence.refuse_change();
create trigger packages_no_truncate before truncate on evidence.packages for each statement execute function evidence.refuse_change();

create table evidence.package_ends (
  package_id text primary key references evidence.packages,
  made boolean not null,
  ended_at timestamptz(3) not null,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  file_sha256 text check (file_sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint check (size_bytes > 0),
  fingerprint text,
  verifier_sha256 text check (verifier_sha256 ~ '^[0-9a-f]{64}$'),
  failure_zh text,
  failure_en text,
  check (made = (sha256 is not null) and made = (file_sha256 is not null) and made = (size_bytes is not null) and made = (fingerprint is not null) and made = (verifier_sha256 is not null)),
  check (made = (failure_zh is null) and made = (failure_en is null))
);
comment on table evidence.package_ends is 'How the making of a package ended; none while it is written.';
comment on column evidence.package_ends.package_id is 'The package';
comment on column evidence.package_ends.made is 'Whether there is a file';
comment on column evidence.package_ends.ended_at is 'When it ended';
comment on column evidence.package_ends.sha256 is 'SHA-256 of the package, hex';
comment on column evidence.package_ends.file_sha256 is 'SHA-256 of the file that leaves the room, hex; the package''s own unless encrypted';
comment on column evidence.package_ends.size_bytes is 'Size of that file, bytes';
comment on column evidence.package_ends.fingerprint is 'Fingerprint of the key that signed it, as it is printed';
comment on column evidence.package_ends.verifier_sha256 is 'SHA-256 of the verifier page inside, hex';
comment on column evidence.package_ends.failure_zh is 'Why there is no file, Chinese';
comment on column evidence.package_ends.failure_en is 'Why there is no file, English';
grant select, insert on evidence.package_ends to vigil_app;
create trigger package_ends_append_only before update or delete on evidence.package_ends for each row execute function evidence.refuse_change();
create trigger package_ends_no_truncate before truncate on evidence.package_ends for each statement execute function evidence.refuse_change();

create table evidence.custody (
  package_id text not null references evidence.packages,
  number integer not null check (number >= 1),
  act text not null check (act in ('made', 'failed', 'taken', 'passphrase_sent', 'handed_over', 'returned', 'wiped', 'destroyed', 'noted')),
  at timestamptz(3) not null,
  entered_at timestamptz(3) not null,
  by_id text not null,
  second text not null check (length(second) <= 100),
  from_text text not null check (length(from_text) <= 500),
  to_text text not null check (length(to_text) <= 500),
  medium text not null check (length(medium) <= 200),
  note text not null check (length(note) <= 1000),
  signature_sha256 text check (signature_sha256 ~ '^[0-9a-f]{64}$'),
  primary key (package_id, number)
);
comment on table evidence.custody is 'Chain of custody of each package: every hand that it went through. Only grows.';
comment on column evidence.custody.package_id is 'The package';
comment on column evidence.custody.number is 'Place in the chain, from 1 without a hole';
comment on column evidence.custody.act is 'What happened to it';
comment on column evidence.custody.at is 'When it happened';
comment on column evidence.custody.entered_at is 'When it was entered';
comment on column evidence.custody.by_id is 'Who entered it: a person''s id, or server';
comment on column evidence.custody.second is 'The second person, by name; empty: none';
comment on column evidence.custody.from_text is 'From whom, in words; empty: from nobody else';
comment on column evidence.custody.to_text is 'To whom, in words; empty: to nobody else';
comment on column evidence.custody.medium is 'Number of the medium; empty: none';
comment on column evidence.custody.note is 'In words; empty: none';
comment on column evidence.custody.signature_sha256 is 'SHA-256 of the picture of the receiver''s signature, hex; null: none was drawn';
grant select, insert on evidence.custody to vigil_app;
create trigger custody_append_only before update or delete on evidence.custody for each row execute function evidence.refuse_change();
create trigger custody_no_truncate before truncate on evidence.custody for each statement execute function evidence.refuse_change();
