-- Holds on footage and grants to look at it. A hold beats every deletion, also one that the server did not mean to refuse; a grant is bounded and ends.

create table evidence.holds (
  hold_id text primary key check (hold_id ~ '^hld_[0-9a-hjkmnp-tv-z]{26}$'),
  request_id text not null references evidence.requests,
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  requester_id text not null references identity.people,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null check (until_at > from_at),
  reason text not null check (length(reason) between 1 and 2000),
  quota_seconds bigint not null check (quota_seconds > 0),
  placed_at timestamptz(3) not null,
  placed_by text not null check (length(placed_by) between 1 and 64),
  decide_by timestamptz(3) check (decide_by >= placed_at),
  confirmed_at timestamptz(3) check (confirmed_at >= placed_at),
  confirmed_by text check (length(confirmed_by) between 1 and 64),
  owner_id text references identity.people,
  review_at timestamptz(3),
  review_told_at timestamptz(3),
  space text not null default '' check (length(space) <= 500),
  ended_at timestamptz(3) check (ended_at >= placed_at),
  ended_by text check (length(ended_by) between 1 and 64),
  ended_how text check (ended_how in ('rejected', 'withdrawn', 'undecided', 'released')),
  ended_note text check (length(ended_note) <= 2000),
  check ((confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null) = (owner_id is null) and (confirmed_at is null) = (review_at is null)),
  check (decide_by is not null or confirmed_at is not null),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_how is null) and (ended_at is null) = (ended_note is null))
);
comment on table evidence.holds is 'Footage that no deletion may touch while the hold has not ended: provisional from the request on, then confirmed.';
comment on column evidence.holds.hold_id is 'Id, hld_…';
comment on column evidence.holds.request_id is 'Request that it was placed for';
comment on column evidence.holds.site_id is 'Site';
comment on column evidence.holds.room_id is 'Room whose cameras it concerns';
comment on column evidence.holds.requester_id is 'Who asked, and whose quota it counts against while it is provisional';
comment on column evidence.holds.from_at is 'Start of the span; a segment that touches the span is held whole';
comment on column evidence.holds.until_at is 'End of the span, not included';
comment on column evidence.holds.reason is 'Why it is held, in the words of the request or of who confirmed it';
comment on column evidence.holds.quota_seconds is 'Seconds of the span times the number of cameras';
comment on column evidence.holds.placed_at is 'When it was placed';
comment on column evidence.holds.placed_by is 'Person, or server';
comment on column evidence.holds.decide_by is 'When it ends by itself without a decision; null: confirmed at once';
comment on column evidence.holds.confirmed_at is 'When it was confirmed; null: provisional';
comment on column evidence.holds.confirmed_by is 'Who confirmed it';
comment on column evidence.holds.owner_id is 'Who answers for it; null: provisional';
comment on column evidence.holds.review_at is 'When somebody must look at it again; null: provisional';
comment on column evidence.holds.review_told_at is 'When the owner was told that the review is due; null: not yet';
comment on column evidence.holds.space is 'Where room was made when held footage took more of the disk than its share; empty: it did not';
comment on column evidence.holds.ended_at is 'When it ended; null: it holds';
comment on column evidence.holds.ended_by is 'Person, or server';
comment on column evidence.holds.ended_how is 'rejected, withdrawn, undecided (nobody decided in time) or released';
comment on column evidence.holds.ended_note is 'Their words; empty: none';
create unique index holds_of_request on evidence.holds (request_id) where ended_at is null;
create index holds_of_room on evidence.holds (room_id, placed_at desc);
create index holds_active on evidence.holds (hold_id) where ended_at is null;
grant select, insert on evidence.holds to vigil_app;
grant update (reason, decide_by, confirmed_at, confirmed_by, owner_id, review_at, review_told_at, space, ended_at, ended_by, ended_how, ended_note) on evidence.holds to vigil_app;

create table evidence.hold_cameras (
  hold_id text not null references evidence.holds,
  camera_id text not null references video.cameras,
  primary key (hold_id, camera_id)
);
comment on table evidence.hold_cameras is 'Cameras of a hold.';
comment on column evidence.hold_cameras.hold_id is 'The hold';
comment on column evidence.hold_cameras.camera_id is 'The camera';
create index hold_cameras_by_camera on evidence.hold_cameras (camera_id, hold_id);
grant select, insert on evidence.hold_cameras to vigil_app;

create table evidence.hold_quotas (
  room_id text not null references identity.rooms,
  person_id text not null references identity.people,
  camera_hours integer not null check (camera_hours between 1 and 100000),
  valid_until timestamptz(3) not null,
  reason text not null check (length(reason) between 1 and 2000),
  given_by text not null references identity.people,
  given_at timestamptz(3) not null,
  primary key (room_id, person_id, given_at),
  check (valid_until > given_at)
);
comment on table evidence.hold_quotas is 'A larger quota of provisional holds that somebody gave a requester, with a reason and an end.';
comment on column evidence.hold_quotas.room_id is 'Room';
comment on column evidence.hold_quotas.person_id is 'Requester';
comment on column evidence.hold_quotas.camera_hours is 'Camera-hours that the requester may hold provisionally until then';
comment on column evidence.hold_quotas.valid_until is 'End of it';
comment on column evidence.hold_quotas.reason is 'Why';
comment on column evidence.hold_quotas.given_by is 'Who gave it';
comment on column evidence.hold_quotas.given_at is 'When';
grant select, insert on evidence.hold_quotas to vigil_app;

create function evidence.keep_hold() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null or (new.hold_id, new.request_id, new.site_id, new.room_id, new.requester_id, new.from_at, new.until_at, new.placed_at) is distinct from
    (old.hold_id, old.request_id, old.site_id, old.room_id, old.requester_id, old.from_at, old.until_at, old.placed_at) then
    raise exception '锁定的范围不能改，已结束的锁定不能再变 / the span of a hold is not changed, and one that has ended stays ended' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
comment on function evidence.keep_hold() is 'A hold keeps its span; one that has ended stays as it ended.';
create trigger holds_keep before update on evidence.holds for each row execute function evidence.keep_hold();
create trigger holds_no_delete before delete on evidence.holds for each row execute function evidence.refuse_change();
create trigger holds_no_truncate before truncate on evidence.holds for each statement execute function evidence.refuse_change();
create trigger hold_cameras_append_only before update or delete on evidence.hold_cameras for each row execute function evidence.refuse_change();
create trigger hold_cameras_no_truncate before truncate on evidence.hold_cameras for each statement execute function evidence.refuse_change();
create trigger hold_quotas_append_only before update or delete on evidence.hold_quotas for each row execute function evidence.refuse_change();
create trigger hold_quotas_no_truncate before truncate on evidence.hold_quotas for each statement execute function evidence.refuse_change();

create function evidence.is_held(camera text, since timestamptz, till timestamptz) returns boolean language sql stable as $$
  select exists (
    select from evidence.hold_cameras c join evidence.holds h on h.hold_id = c.hold_id
    where c.camera_id = camera and h.ended_at is null and h.from_at < till and h.until_at > since
  )
$$;
comment on function evidence.is_held(text, timestamptz, timestamptz) is 'Whether a hold that has not ended touches this span of the camera.';

create function evidence.lock_holds() returns void language sql as $$
  select pg_advisory_xact_lock(hashtext('evidence.holds'))
$$;
comment on function evidence.lock_holds() is 'Placing a hold and deciding a deletion pass one after the other: neither misses the other.';

grant execute on function evidence.is_held(text, timestamptz, timestamptz), evidence.lock_holds() to vigil_app;

create function evidence.refuse_held() returns trigger language plpgsql as $$
declare
  held text;
begin
  perform evidence.lock_holds();
  select s.segment_id into held from touched s where evidence.is_held(s.camera_id, s.from_at, s.until_at) limit 1;
  if held is not null then
    raise exception '录像 % 已锁定，任何途径都不能删除 / footage % is held: nothing deletes it', held, held using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
comment on function evidence.refuse_held() is 'Refuses to let go of a segment that is held, whoever asks.';
create trigger segments_held after delete on video.segments referencing old table as touched for each statement execute function evidence.refuse_held();
create trigger garbage_held after insert on video.garbage referencing new table as touched for each statement execute function evidence.refuse_held();
alter table video.segments enable always trigger segments_held;
alter table video.garbage enable always trigger garbage_held;

create function evidence.refuse_truncate_held() returns trigger language plpgsql as $$
begin
  perform evidence.lock_holds();
  if exists (select from evidence.holds where ended_at is null) then
    raise exception '有录像已锁定，不能清空 / some footage is held: the list of footage is not emptied' using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
comment on function evidence.refuse_truncate_held() is 'Refuses to empty the list of footage while anything is held.';
create trigger segments_held_truncate before truncate on video.segments for each statement execute function evidence.refuse_truncate_held();
alter table video.segments enable always trigger segments_held_truncate;

create table evidence.grants (
  grant_id text primary key check (grant_id ~ '^vgr_[0-9a-hjkmnp-tv-z]{26}$'),
  request_id text not null references evidence.requests,
  approval_id text not null references approvals.requests,
  site_id text not null references identity.sites,
  room_id text not null references identity.rooms,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null check (until_at > from_at),
  post_id text references identity.posts,
  valid_from timestamptz(3) not null,
  valid_until timestamptz(3) not null check (valid_until > valid_from),
  mode text not null check (mode in ('monitor_views', 'requester_in_room', 'remote')),
  given_at timestamptz(3) not null,
  given_by text not null check (length(given_by) between 1 and 64),
  ended_at timestamptz(3) check (ended_at >= given_at),
  ended_by text check (length(ended_by) between 1 and 64),
  ended_how text check (ended_how in ('revoked', 'finished')),
  ended_note text check (length(ended_note) <= 2000),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_how is null) and (ended_at is null) = (ended_note is null))
);
comment on table evidence.grants is 'A right to look at footage: these cameras, this span, these people or this post, for a time. It never lets anybody export.';
comment on column evidence.grants.grant_id is 'Id, vgr_…';
comment on column evidence.grants.request_id is 'Request that it was given for';
comment on column evidence.grants.approval_id is 'Approval that it rests on';
comment on column evidence.grants.site_id is 'Site';
comment on column evidence.grants.room_id is 'Room whose cameras it opens';
comment on column evidence.grants.from_at is 'Start of the footage that may be seen';
comment on column evidence.grants.until_at is 'End of the footage that may be seen, not included';
comment on column evidence.grants.post_id is 'Only at the console of this post, by who holds it; null: anywhere';
comment on column evidence.grants.valid_from is 'From when it may be used';
comment on column evidence.grants.valid_until is 'Until when it may be used; open streams end then';
comment on column evidence.grants.mode is 'How it is seen: the operator looks, the requester looks in the room, or the requester looks elsewhere';
comment on column evidence.grants.given_at is 'When it was given';
comment on column evidence.grants.given_by is 'Person, or server';
comment on column evidence.grants.ended_at is 'When it was ended before its time; null: it was not';
comment on column evidence.grants.ended_by is 'Person, or server';
comment on column evidence.grants.ended_how is 'revoked, or finished: the looking is done';
comment on column evidence.grants.ended_note is 'Their words; empty: none';
create index grants_of_request on evidence.grants (request_id, given_at);
create index grants_open on evidence.grants (room_id, valid_until) where ended_at is null;
grant select, insert on evidence.grants to vigil_app;
grant update (ended_at, ended_by, ended_how, ended_note) on evidence.grants to vigil_app;

create table evidence.grant_cameras (
  grant_id text not null references evidence.grants,
  camera_id text not null references video.cameras,
  primary key (grant_id, camera_id)
);
comment on table evidence.grant_cameras is 'Cameras of a grant.';
comment on column evidence.grant_cameras.grant_id is 'The grant';
comment on column evidence.grant_cameras.camera_id is 'The camera';
grant select, insert on evidence.grant_cameras to vigil_app;

create table evidence.grant_people (
  grant_id text not null references evidence.grants,
  person_id text not null references identity.people,
  primary key (grant_id, person_id)
);
comment on table evidence.grant_people is 'Who may look under a grant; nobody named: whoever holds the post of the grant.';
comment on column evidence.grant_people.grant_id is 'The grant';
comment on column evidence.grant_people.person_id is 'The person';
grant select, insert on evidence.grant_people to vigil_app;

create function evidence.keep_grant() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.ended_at is null and new.ended_at is not null and
    (new.grant_id, new.request_id, new.approval_id, new.site_id, new.room_id, new.from_at, new.until_at, new.post_id, new.valid_from, new.valid_until, new.mode, new.given_at, new.given_by) is not distinct from
    (old.grant_id, old.request_id, old.approval_id, old.site_id, old.room_id, old.from_at, old.until_at, old.post_id, old.valid_from, old.valid_until, old.mode, old.given_at, old.given_by) then
    return new;
  end if;
  raise exception '授权不能放宽，只能结束一次 / a grant is never widened: it is ended once' using errcode = 'insufficient_privilege';
end
$$;
comment on function evidence.keep_grant() is 'Lets the one ending of a grant pass, and no other change.';
create trigger grants_end_once before update or delete on evidence.grants for each row execute function evidence.keep_grant();
create trigger grants_no_truncate before truncate on evidence.grants for each statement execute function evidence.refuse_change();
create trigger grant_cameras_append_only before update or delete on evidence.grant_cameras for each row execute function evidence.refuse_change();
create trigger grant_cameras_no_truncate before truncate on evidence.grant_cameras for each statement execute function evidence.refuse_change();
create trigger grant_people_append_only before update or delete on evidence.grant_people for each row execute function evidence.refuse_change();
create trigger grant_people_no_truncate before truncate on evidence.grant_people for each statement execute function evidence.refuse_change();

alter table video.playbacks add column grant_id text;
comment on column video.playbacks.grant_id is 'Grant under which it was opened; null: by the role of the person';
alter table video.watched add column grant_id text;
comment on column video.watched.grant_id is 'Grant under which it was watched; null: by the role of the person';
create index watched_by_grant on video.watched (grant_id, seen_at) where grant_id is not null;
