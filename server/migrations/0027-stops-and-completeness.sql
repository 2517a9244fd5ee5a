-- Stops of recording as approved and as carried out, and what every day closes with: a signed statement of what each camera recorded.

create table video.stops (
  stop_id text primary key check (stop_id ~ '^stp_[0-9a-hjkmnp-tv-z]{26}$'),
  approval_id text not null unique,
  site_id text not null,
  room_id text not null,
  scope text not null check (scope in ('camera', 'recorder', 'room')),
  camera_ids text[] not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  urgent boolean not null,
  reason text not null check (length(reason) between 1 and 2000),
  signer_ids text[] not null check (cardinality(signer_ids) >= 2),
  granted_at timestamptz(3) not null,
  state text not null default 'granted' check (state in ('granted', 'running', 'ended', 'lapsed', 'revoked')),
  begun_at timestamptz(3),
  begun_by text,
  ended_at timestamptz(3),
  ending text check (ending in ('window', 'person', 'revoked')),
  check (until_at > from_at),
  check ((scope = 'camera') = (cardinality(camera_ids) > 0) or begun_at is not null),
  check (begun_at is null or (begun_at >= from_at and begun_at < until_at)),
  check ((begun_at is null) = (begun_by is null)),
  check ((state in ('running', 'ended')) <= (begun_at is not null)),
  check ((state = 'ended') = (ending is not null and begun_at is not null)),
  check ((ending is null) = (ended_at is null))
);
comment on table video.stops is 'Stops of recording that were approved, each for one window. No camera in use is off for another reason than one of these, or not having been activated.';
comment on column video.stops.stop_id is 'Id, stp_…';
comment on column video.stops.approval_id is 'Request that was approved';
comment on column video.stops.site_id is 'Site';
comment on column video.stops.room_id is 'Room that asked';
comment on column video.stops.scope is 'camera: those named; recorder: all that it records; room: all of the room';
comment on column video.stops.camera_ids is 'Cameras: those asked for, and once it has begun those that were really stopped';
comment on column video.stops.from_at is 'First moment at which it may begin';
comment on column video.stops.until_at is 'First moment at which everything records again, by itself';
comment on column video.stops.urgent is 'Asked for at shorter notice than the rules want';
comment on column video.stops.reason is 'Why, in the words of who asked';
comment on column video.stops.signer_ids is 'People who agreed: none of them carries it out';
comment on column video.stops.granted_at is 'When the last of them agreed';
comment on column video.stops.state is 'granted: may begin; running: cameras are off; ended: they record again; lapsed: nobody began it; revoked: taken back before it began';
comment on column video.stops.begun_at is 'When recording was stopped; null: not begun';
comment on column video.stops.begun_by is 'Person who stopped it; null: not begun';
comment on column video.stops.ended_at is 'When recording was wanted again; null: not ended';
comment on column video.stops.ending is 'window: its time was over; person: somebody ended it early; revoked: the approval was taken back';
create index stops_open on video.stops (site_id, until_at) where state in ('granted', 'running');
create index stops_by_time on video.stops (site_id, from_at);

-- A stop is what was approved: its window and its scope never change, and what has ended stays so.
create function video.stop_as_approved() returns trigger language plpgsql as $$
begin
  if (new.approval_id, new.site_id, new.room_id, new.scope, new.from_at, new.until_at, new.signer_ids) is distinct from (old.approval_id, old.site_id, old.room_id, old.scope, old.from_at, old.until_at, old.signer_ids)
    or old.state in ('ended', 'lapsed', 'revoked') or (old.begun_at is not null and (new.begun_at, new.begun_by, new.camera_ids) is distinct from (old.begun_at, old.begun_by, old.camera_ids))
    or (old.scope = 'camera' and new.camera_ids <> old.camera_ids) or new.begun_by = any(old.signer_ids) then
    raise exception '停录 % 与获准的不符 / stop % would differ from what was approved', old.stop_id, old.stop_id using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
comment on function video.stop_as_approved() is 'Refuses another window, scope or executor than those approved, and changes of what has ended.';
create trigger stops_as_approved before update on video.stops for each row execute function video.stop_as_approved();

create table video.restarts (
  site_id text not null,
  at timestamptz(3) not null,
  stop_id text not null references video.stops,
  person_id text not null,
  by_name text not null,
  reason text not null check (length(reason) between 1 and 500),
  primary key (site_id, at)
);
comment on table video.restarts is 'Restarts of the recorder that a person ordered within an approved stop.';
comment on column video.restarts.site_id is 'Site';
comment on column video.restarts.at is 'When it was ordered';
comment on column video.restarts.stop_id is 'Stop within whose window it was';
comment on column video.restarts.person_id is 'Who ordered it';
comment on column video.restarts.by_name is 'Their name then';
comment on column video.restarts.reason is 'Why';

create table video.day_statements (
  camera_id text not null references video.cameras,
  day date not null,
  revision integer not null default 1 check (revision >= 1),
  site_id text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  expected_ms bigint not null check (expected_ms >= 0),
  recorded_ms bigint not null check (recorded_ms between 0 and expected_ms),
  approved_ms bigint not null check (approved_ms between 0 and expected_ms),
  gaps integer not null check (gaps >= 0),
  statement text not null,
  digest bytea not null check (length(digest) = 32),
  signature bytea not null check (length(signature) = 64),
  public_key bytea not null check (length(public_key) = 32),
  closed_at timestamptz(3) not null,
  primary key (camera_id, day, revision),
  check (until_at > from_at)
);
comment on table video.day_statements is 'What each camera recorded on each day, signed with the key of the ledger when the day was closed. A later revision stands beside the earlier one.';
comment on column video.day_statements.camera_id is 'The camera';
comment on column video.day_statements.day is 'Calendar day of the site';
comment on column video.day_statements.revision is '1, and more where footage of that day was found later';
comment on column video.day_statements.site_id is 'Site';
comment on column video.day_statements.from_at is 'Begin of the day in the site''s zone';
comment on column video.day_statements.until_at is 'Its end';
comment on column video.day_statements.expected_ms is 'Milliseconds for which the camera had to be recorded';
comment on column video.day_statements.recorded_ms is 'Of these, milliseconds of which there is footage';
comment on column video.day_statements.approved_ms is 'Milliseconds without footage by an approved stop';
comment on column video.day_statements.gaps is 'Number of spans without footage';
comment on column video.day_statements.statement is 'Canonical JSON of the whole statement: what digest and signature are about';
comment on column video.day_statements.digest is 'SHA-256 of the statement; the fact holds it too';
comment on column video.day_statements.signature is 'Ed25519 over the statement';
comment on column video.day_statements.public_key is 'Key that verifies it: that of the ledger';
comment on column video.day_statements.closed_at is 'When it was made';
create index day_statements_by_day on video.day_statements (site_id, day);

grant select, insert, update on video.stops to vigil_app;
grant select, insert on video.restarts, video.day_statements to vigil_app;
