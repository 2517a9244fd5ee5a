-- The register of cameras 摄像机台账: what each is for, what it may look at, where it hangs, under which filing; recorders whose channels they
-- are, what ONVIF told of them, and plans of the floors with their places.

create table video.source_devices (
  device_id text primary key check (device_id ~ '^nvr_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  name text not null check (length(name) between 1 and 64),
  brand text not null check (brand in ('hikvision', 'dahua', 'uniview')),
  host text not null check (length(host) between 1 and 253),
  port integer not null check (port between 1 and 65535),
  username text check (length(username) <= 128),
  password_sealed bytea check (length(password_sealed) > 28),
  allow_local boolean not null,
  state text not null default 'unknown' check (state in ('unknown', 'reachable', 'unreachable')),
  state_since timestamptz(3),
  checked_at timestamptz(3),
  fault text check (fault in ('refused', 'timeout', 'no_route', 'name', 'not_rtsp')),
  added_at timestamptz(3) not null,
  added_by text not null,
  retired_at timestamptz(3),
  row_version integer not null default 1 check (row_version >= 1),
  check ((state = 'unknown') = (state_since is null)),
  check ((state = 'unreachable') = (fault is not null))
);
comment on table video.source_devices is 'A recorder of the site (硬盘录像机) whose channels are cameras here; one credential for all of them.';
comment on column video.source_devices.device_id is 'Id, nvr_…';
comment on column video.source_devices.site_id is 'Site that it stands in';
comment on column video.source_devices.room_id is 'Room that watches its channels';
comment on column video.source_devices.name is 'Field name, e.g. 一号楼录像机';
comment on column video.source_devices.brand is 'Whose address pattern its channels follow';
comment on column video.source_devices.host is 'Host name or address in the network of the cameras';
comment on column video.source_devices.port is 'RTSP port';
comment on column video.source_devices.username is 'User at the recorder; null: none asked';
comment on column video.source_devices.password_sealed is 'Password at the recorder, AES-256-GCM under a key outside the database; never shown again';
comment on column video.source_devices.allow_local is 'Loopback or link-local address allowed by the machine''s setting when it was added';
comment on column video.source_devices.state is 'unknown: not looked at yet; reachable: it answered RTSP; unreachable: it did not';
comment on column video.source_devices.state_since is 'Since when it is in this state; null: not looked at yet';
comment on column video.source_devices.checked_at is 'When it was last looked at: the age of the state';
comment on column video.source_devices.fault is 'Why it could not be reached; null: it could';
comment on column video.source_devices.added_at is 'When it was registered';
comment on column video.source_devices.added_by is 'Person who registered it';
comment on column video.source_devices.retired_at is 'When its last channel was taken out of use with it; null: in use';
comment on column video.source_devices.row_version is 'Grows with each change by a person; guards against lost updates';

create table video.camera_register (
  camera_id text primary key references video.cameras,
  purpose text check (purpose ~ '^[a-z][a-z0-9_]{0,59}$'),
  legal_basis text not null default '' check (length(legal_basis) <= 500),
  notice_record text not null default '' check (length(notice_record) <= 500),
  zone_type text check (zone_type ~ '^[a-z][a-z0-9_]{0,59}$'),
  position text not null default '' check (length(position) <= 200),
  view_words text not null default '' check (length(view_words) <= 500),
  view_sha256 bytea check (length(view_sha256) = 32),
  view_type text check (view_type in ('image/jpeg', 'image/png')),
  view_kept_at timestamptz(3),
  sign_sha256 bytea check (length(sign_sha256) = 32),
  sign_type text check (sign_type in ('image/jpeg', 'image/png')),
  sign_kept_at timestamptz(3),
  filing_number text not null default '' check (length(filing_number) <= 64),
  filing_due_since timestamptz(3) not null,
  owner text not null default '' check (length(owner) <= 100),
  approval_reference text not null default '' check (length(approval_reference) <= 100),
  device_id text references video.source_devices,
  channel integer check (channel between 1 and 256),
  sub_shown_url text,
  sub_address_sealed bytea check (length(sub_address_sealed) > 28),
  activated_at timestamptz(3),
  row_version integer not null default 1 check (row_version >= 1),
  check ((view_sha256 is null) = (view_type is null) and (view_sha256 is null) = (view_kept_at is null)),
  check ((sign_sha256 is null) = (sign_type is null) and (sign_sha256 is null) = (sign_kept_at is null)),
  check ((device_id is null) = (channel is null)),
  check ((sub_shown_url is null) = (sub_address_sealed is null))
);
comment on table video.camera_register is 'What a camera is for and what it may look at. One row for each camera; a camera from before has its row without a purpose and keeps running.';
comment on column video.camera_register.camera_id is 'The camera';
comment on column video.camera_register.purpose is 'Purpose from the allowed list of the regulations in force when it was set; null: none named yet';
comment on column video.camera_register.legal_basis is 'Legal basis of a purpose beyond safety; empty: none';
comment on column video.camera_register.notice_record is 'How the people concerned were told of a purpose beyond safety; empty: not recorded';
comment on column video.camera_register.zone_type is 'Kind of place that it looks at; null: not stated';
comment on column video.camera_register.position is 'Where it hangs; shown only to those who may know';
comment on column video.camera_register.view_words is 'What it may look at, in words; shown only to those who may know';
comment on column video.camera_register.view_sha256 is 'SHA-256 of the picture of the approved view; the picture lies in the blob folder';
comment on column video.camera_register.view_type is 'image/jpeg or image/png';
comment on column video.camera_register.view_kept_at is 'When the picture of the approved view was kept';
comment on column video.camera_register.sign_sha256 is 'SHA-256 of the photo of the notice sign (Decree 799 art. 13)';
comment on column video.camera_register.sign_type is 'image/jpeg or image/png';
comment on column video.camera_register.sign_kept_at is 'When the photo of the notice sign was kept';
comment on column video.camera_register.filing_number is 'Number of the filing with the police (Decree 799 art. 14); empty: none for the present state';
comment on column video.camera_register.filing_due_since is 'When the state that must be filed came about: start of the days allowed for filing';
comment on column video.camera_register.owner is 'Who answers for it: a person or a department';
comment on column video.camera_register.approval_reference is 'Reference of the approval to install it; for a purpose changed later the number of that approval';
comment on column video.camera_register.device_id is 'Recorder whose channel it is; null: a camera of its own';
comment on column video.camera_register.channel is 'Number of the channel at that recorder, from 1';
comment on column video.camera_register.sub_shown_url is 'RTSP address of the sub stream as people see it; null: not known';
comment on column video.camera_register.sub_address_sealed is 'Whole RTSP address of the sub stream, AES-256-GCM under the key of the passwords';
comment on column video.camera_register.activated_at is 'When recording was allowed to begin: an allowed purpose was named then; null: not yet';
comment on column video.camera_register.row_version is 'Grows with each change by a person; guards against lost updates';
create unique index camera_register_channel on video.camera_register (device_id, channel) where device_id is not null;

-- Cameras from before keep running; that they have no purpose is a finding.
insert into video.camera_register (camera_id, filing_due_since, activated_at)
  select camera_id, added_at, case when record then added_at end from video.cameras;

create table video.camera_onvif (
  camera_id text primary key references video.cameras,
  service_url text not null check (length(service_url) <= 300),
  manufacturer text not null check (length(manufacturer) <= 100),
  model text not null check (length(model) <= 100),
  firmware text not null check (length(firmware) <= 100),
  profile_token text not null check (length(profile_token) <= 100),
  ptz boolean not null,
  events boolean not null,
  approved_pan double precision,
  approved_tilt double precision,
  approved_zoom double precision,
  pan double precision,
  tilt double precision,
  zoom double precision,
  clock_offset_ms double precision,
  checked_at timestamptz(3),
  outcome text,
  moved_since timestamptz(3),
  clock_wrong_since timestamptz(3),
  check ((approved_pan is null) = (approved_tilt is null))
);
comment on table video.camera_onvif is 'What a camera told by ONVIF about itself, and where it was last seen to look.';
comment on column video.camera_onvif.camera_id is 'The camera';
comment on column video.camera_onvif.service_url is 'Address of its device service, without credentials';
comment on column video.camera_onvif.manufacturer is 'As the device says';
comment on column video.camera_onvif.model is 'As the device says';
comment on column video.camera_onvif.firmware is 'As the device says';
comment on column video.camera_onvif.profile_token is 'Media profile of the recorded stream';
comment on column video.camera_onvif.ptz is 'Can it be turned from afar?';
comment on column video.camera_onvif.events is 'Has it a service of events?';
comment on column video.camera_onvif.approved_pan is 'Pan of the approved view, -1 to 1; null: no view approved yet';
comment on column video.camera_onvif.approved_tilt is 'Tilt of the approved view, -1 to 1';
comment on column video.camera_onvif.approved_zoom is 'Zoom of the approved view, 0 to 1';
comment on column video.camera_onvif.pan is 'Pan when last looked at, -1 to 1';
comment on column video.camera_onvif.tilt is 'Tilt when last looked at, -1 to 1';
comment on column video.camera_onvif.zoom is 'Zoom when last looked at, 0 to 1';
comment on column video.camera_onvif.clock_offset_ms is 'Camera''s clock minus ours when last looked at, ms';
comment on column video.camera_onvif.checked_at is 'When it was last looked at; null: not since it was added';
comment on column video.camera_onvif.outcome is 'OnvifOutcome of contract/cameras.ts of the last look';
comment on column video.camera_onvif.moved_since is 'Since when it looks elsewhere than approved; null: it does not';
comment on column video.camera_onvif.clock_wrong_since is 'Since when its clock is further off than allowed; null: it is not';

create table video.floor_plans (
  plan_id text primary key check (plan_id ~ '^plan_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  name text not null check (length(name) between 1 and 64),
  sha256 bytea not null check (length(sha256) = 32),
  content_type text not null check (content_type in ('image/jpeg', 'image/png')),
  width integer not null check (width between 1 and 20000),
  height integer not null check (height between 1 and 20000),
  added_at timestamptz(3) not null,
  added_by text not null,
  removed_at timestamptz(3)
);
comment on table video.floor_plans is 'Picture of a floor on which cameras are placed; shown only to those who may know their positions.';
comment on column video.floor_plans.plan_id is 'Id, plan_…';
comment on column video.floor_plans.site_id is 'Site';
comment on column video.floor_plans.room_id is 'Room whose cameras stand on it';
comment on column video.floor_plans.name is 'Field name, e.g. 一层';
comment on column video.floor_plans.sha256 is 'SHA-256 of the picture; it lies in the blob folder';
comment on column video.floor_plans.content_type is 'image/jpeg or image/png';
comment on column video.floor_plans.width is 'Width of the picture in pixels';
comment on column video.floor_plans.height is 'Height of the picture in pixels';
comment on column video.floor_plans.added_at is 'When it was put in';
comment on column video.floor_plans.added_by is 'Person who put it in';
comment on column video.floor_plans.removed_at is 'When it was taken away; null: in use';

create table video.plan_places (
  plan_id text not null references video.floor_plans,
  camera_id text not null references video.cameras,
  x double precision not null check (x between 0 and 1),
  y double precision not null check (y between 0 and 1),
  direction integer not null check (direction between 0 and 359),
  angle integer not null check (angle between 5 and 360),
  primary key (plan_id, camera_id)
);
comment on table video.plan_places is 'Where a camera stands on a plan and where it looks.';
comment on column video.plan_places.plan_id is 'The plan';
comment on column video.plan_places.camera_id is 'The camera';
comment on column video.plan_places.x is 'Part of the width from the left, 0 to 1';
comment on column video.plan_places.y is 'Part of the height from the top, 0 to 1';
comment on column video.plan_places.direction is 'Where it looks, degrees from the top of the plan clockwise, 0 to 359';
comment on column video.plan_places.angle is 'How wide it looks, degrees, 5 to 360';

grant select, insert, update on video.source_devices, video.camera_register, video.camera_onvif, video.floor_plans to vigil_app;
grant select, insert, update, delete on video.plan_places to vigil_app;
