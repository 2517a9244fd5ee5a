-- Notifications: alarms of the room with their trail, notices to people with acknowledgement and escalation, and the channels they go by.
-- What happened to an alarm or a notice is a row that is only added; deadlines are rows that fire once, whatever the clock does.

create schema notifications;
comment on schema notifications is 'Who must know within how many seconds, and who if they do not answer; what is raised and not yet acknowledged.';
grant usage on schema notifications to vigil_app;

create table notifications.alarms (
  alarm_id text primary key check (alarm_id ~ '^alm_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  kind text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
  class text not null check (class in ('fire', 'intrusion', 'panic', 'device', 'room', 'duty', 'system')),
  severity text not null check (severity in ('ordinary', 'serious', 'major')),
  subject text not null check (length(subject) between 1 and 200),
  camera_id text,
  title_zh text not null,
  title_en text not null,
  sentence_zh text not null,
  sentence_en text not null,
  body jsonb not null,
  raised_at timestamptz(3) not null,
  entered_at timestamptz(3) not null,
  raised_by text not null,
  times integer not null default 1 check (times >= 1),
  last_at timestamptz(3) not null,
  cleared_at timestamptz(3),
  acknowledged_until timestamptz(3),
  rings integer not null default 1 check (rings >= 1),
  rings_since timestamptz(3) not null,
  hop integer not null default 0 check (hop >= 0),
  round integer not null default 1 check (round >= 1),
  unreached_at timestamptz(3),
  closed_at timestamptz(3)
);
comment on table notifications.alarms is 'An alarm as it stands now; what led there is in alarm_steps. Raised, acknowledged with a text, closed with a text or by itself once it is over and acknowledged.';
comment on column notifications.alarms.alarm_id is 'Id, alm_…';
comment on column notifications.alarms.site_id is 'Site';
comment on column notifications.alarms.room_id is 'Room in which it rings';
comment on column notifications.alarms.kind is 'Declared kind, e.g. video.camera_lost';
comment on column notifications.alarms.class is 'Class of the alarm: decides its sound, its order on the screen and its limits';
comment on column notifications.alarms.severity is 'ordinary, serious or major: with the kind the row of the matrix that says who must know';
comment on column notifications.alarms.subject is 'What it is about: id of a camera, a disk, a person …; one open alarm for each kind and subject';
comment on column notifications.alarms.camera_id is 'Camera to look at; null: none';
comment on column notifications.alarms.title_zh is 'Kind in Chinese, as it was called when it was raised';
comment on column notifications.alarms.title_en is 'Kind in English';
comment on column notifications.alarms.sentence_zh is 'What happened, in Chinese';
comment on column notifications.alarms.sentence_en is 'What happened, in English';
comment on column notifications.alarms.body is 'Values of the kind, checked by its schema';
comment on column notifications.alarms.raised_at is 'When it happened';
comment on column notifications.alarms.entered_at is 'When it came here';
comment on column notifications.alarms.raised_by is 'Person or process that raised it';
comment on column notifications.alarms.times is 'How often it was raised while it was open';
comment on column notifications.alarms.last_at is 'When it was raised last';
comment on column notifications.alarms.cleared_at is 'When what it is about was over; null: it still is so, or nobody can tell';
comment on column notifications.alarms.acknowledged_until is 'Until when the acknowledgement holds; null: it waits for somebody';
comment on column notifications.alarms.rings is 'How often it began to ring: 1, and once more for each acknowledgement that ran out and each return';
comment on column notifications.alarms.rings_since is 'When it began to ring last; the limit of the answer counts from here';
comment on column notifications.alarms.hop is 'Step of the ladder that it has reached: 0 the console, then the ladder''s steps from 1';
comment on column notifications.alarms.round is 'How often the ladder was begun since it rang last, from 1';
comment on column notifications.alarms.unreached_at is 'When the ladder ended without an answer; null: it has not, or somebody answered since';
comment on column notifications.alarms.closed_at is 'When it was closed; null: open';
create unique index alarms_open on notifications.alarms (room_id, kind, subject) where closed_at is null;
create index alarms_by_time on notifications.alarms (room_id, raised_at);
grant select, insert on notifications.alarms to vigil_app;
grant update (times, last_at, cleared_at, acknowledged_until, rings, rings_since, hop, round, unreached_at, closed_at) on notifications.alarms to vigil_app;

create table notifications.alarm_steps (
  alarm_id text not null references notifications.alarms,
  number integer not null check (number >= 1),
  what text not null check (what in ('raised', 'again', 'cleared', 'acknowledged', 'rang_again', 'escalated', 'nobody_there', 'unreached', 'closed')),
  at timestamptz(3) not null,
  by_id text not null,
  text text not null check (length(text) <= 2000),
  hop integer not null check (hop >= 0),
  target text not null,
  late_ms bigint not null check (late_ms >= 0),
  until_at timestamptz(3),
  detail jsonb,
  primary key (alarm_id, number)
);
comment on table notifications.alarm_steps is 'The trail of an alarm, one row for each thing that happened to it; never changed.';
comment on column notifications.alarm_steps.alarm_id is 'Which alarm';
comment on column notifications.alarm_steps.number is 'Counts from 1';
comment on column notifications.alarm_steps.what is 'raised, raised again while open, over by itself, acknowledged, acknowledgement ran out, told to the next, nobody there to tell, nobody could be reached, closed';
comment on column notifications.alarm_steps.at is 'When';
comment on column notifications.alarm_steps.by_id is 'Person or process';
comment on column notifications.alarm_steps.text is 'What the person wrote, or why; empty for steps of the system that need none';
comment on column notifications.alarm_steps.hop is 'Step of the ladder';
comment on column notifications.alarm_steps.target is 'Who was told: roles or the word of the ladder; empty when nobody';
comment on column notifications.alarm_steps.late_ms is 'How long after its limit it came, ms; 0: in time';
comment on column notifications.alarm_steps.until_at is 'Until when an acknowledgement holds; null for other steps';
comment on column notifications.alarm_steps.detail is 'Findings at the closing of a false alarm, or who was told; null for other steps';
grant select, insert on notifications.alarm_steps to vigil_app;

create table notifications.sendings (
  sending_id text primary key check (sending_id ~ '^snd_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id text not null,
  room_id text not null,
  kind text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
  severity text not null check (severity in ('ordinary', 'serious', 'major')),
  subject text not null check (length(subject) between 1 and 200),
  title_zh text not null,
  title_en text not null,
  sentence_zh text not null,
  sentence_en text not null,
  body jsonb not null,
  sealed bytea check (length(sealed) > 28),
  sent_at timestamptz(3) not null,
  sent_by text not null,
  channels text[] not null check (channels <@ array['console', 'mail', 'webhook'] and cardinality(channels) > 0),
  answer_ms bigint check (answer_ms > 0),
  ladder jsonb not null,
  first jsonb not null,
  hop integer not null default 0 check (hop >= 0),
  round integer not null default 1 check (round >= 1),
  answered_at timestamptz(3),
  unreached_at timestamptz(3)
);
comment on table notifications.sendings is 'Something that people must know: to whom first, within how long they must answer, who is told next.';
comment on column notifications.sendings.sending_id is 'Id, snd_…';
comment on column notifications.sendings.site_id is 'Site';
comment on column notifications.sendings.room_id is 'Room';
comment on column notifications.sendings.kind is 'Declared kind, e.g. duty.serious_event';
comment on column notifications.sendings.severity is 'With the kind the row of the matrix that was used';
comment on column notifications.sendings.subject is 'Id of what it is about';
comment on column notifications.sendings.title_zh is 'Kind in Chinese at that time';
comment on column notifications.sendings.title_en is 'Kind in English';
comment on column notifications.sendings.sentence_zh is 'What it says, in Chinese; without the text when that is confidential';
comment on column notifications.sendings.sentence_en is 'What it says, in English';
comment on column notifications.sendings.body is 'Values of the kind; empty when confidential';
comment on column notifications.sendings.sealed is 'Confidential text, AES-256-GCM under a key outside the database; null: not confidential';
comment on column notifications.sendings.sent_at is 'When it was sent first';
comment on column notifications.sendings.sent_by is 'Person or process';
comment on column notifications.sendings.channels is 'Channels in the order in which they are tried; the console always shows it';
comment on column notifications.sendings.answer_ms is 'An answer is due after so many ms; null: none is asked';
comment on column notifications.sendings.ladder is 'Whom to tell next without an answer: list of lists of roles, or of person ids; empty: the same again';
comment on column notifications.sendings.first is 'Whom it was sent to first: roles and person ids';
comment on column notifications.sendings.hop is 'Step of the ladder that it has reached; 0: the first receivers';
comment on column notifications.sendings.round is 'How often the ladder was begun';
comment on column notifications.sendings.answered_at is 'First acknowledgement; null: none yet';
comment on column notifications.sendings.unreached_at is 'When the ladder ended without an answer; null: it has not';
create index sendings_by_subject on notifications.sendings (room_id, subject);
grant select, insert on notifications.sendings to vigil_app;
grant update (hop, round, answered_at, unreached_at) on notifications.sendings to vigil_app;

create table notifications.notices (
  notice_id text primary key check (notice_id ~ '^ntc_[0-9a-hjkmnp-tv-z]{26}$'),
  alarm_id text references notifications.alarms,
  sending_id text references notifications.sendings,
  person_id text not null,
  ring integer not null check (ring >= 1),
  hop integer not null check (hop >= 0),
  round integer not null check (round >= 1),
  made_at timestamptz(3) not null,
  seen_at timestamptz(3),
  answered_at timestamptz(3),
  answer text check (length(answer) <= 2000),
  check ((alarm_id is null) <> (sending_id is null)),
  check ((answered_at is null) = (answer is null)),
  unique (alarm_id, person_id, ring, hop, round),
  unique (sending_id, person_id, ring, hop, round)
);
comment on table notifications.notices is 'What one person was told: about an alarm that waits, or a sending.';
comment on column notifications.notices.notice_id is 'Id, ntc_…';
comment on column notifications.notices.alarm_id is 'The alarm; null: a sending';
comment on column notifications.notices.sending_id is 'The sending; null: an alarm';
comment on column notifications.notices.person_id is 'Who must know';
comment on column notifications.notices.ring is 'Which ringing of the alarm, from 1; 1 for sendings';
comment on column notifications.notices.hop is 'Step of the ladder by which it came to this person';
comment on column notifications.notices.round is 'Round of the ladder';
comment on column notifications.notices.made_at is 'When it was made';
comment on column notifications.notices.seen_at is 'When a window of this person showed it first; null: not yet';
comment on column notifications.notices.answered_at is 'When this person acknowledged it; null: not yet';
comment on column notifications.notices.answer is 'What the person wrote with it; may be empty';
create index notices_of_person on notifications.notices (person_id, made_at);
grant select, insert on notifications.notices to vigil_app;
grant update (seen_at, answered_at, answer) on notifications.notices to vigil_app;

create table notifications.deadlines (
  deadline_id bigint generated always as identity primary key,
  alarm_id text references notifications.alarms,
  sending_id text references notifications.sendings,
  what text not null check (what in ('answer', 'again', 'anew')),
  made_at timestamptz(3) not null,
  limit_ms bigint not null check (limit_ms > 0),
  due_at timestamptz(3) not null,
  fired_at timestamptz(3),
  late_ms bigint check (late_ms >= 0),
  cancelled_at timestamptz(3),
  check ((alarm_id is null) <> (sending_id is null)),
  check ((fired_at is null) = (late_ms is null)),
  check (fired_at is null or cancelled_at is null)
);
comment on table notifications.deadlines is 'What happens by itself when nobody acts: one open row for each alarm or sending; it fires once.';
comment on column notifications.deadlines.deadline_id is 'Number';
comment on column notifications.deadlines.alarm_id is 'Alarm that waits; null: a sending';
comment on column notifications.deadlines.sending_id is 'Sending that waits; null: an alarm';
comment on column notifications.deadlines.what is 'answer: nobody has answered; again: an acknowledgement runs out; anew: the ladder begins again';
comment on column notifications.deadlines.made_at is 'When it was set; one that lies in the future was set before the clock was put back, and counts anew';
comment on column notifications.deadlines.limit_ms is 'Its length, ms';
comment on column notifications.deadlines.due_at is 'When it fires';
comment on column notifications.deadlines.fired_at is 'When it fired; null: not yet';
comment on column notifications.deadlines.late_ms is 'How long after due_at it fired, ms: a server that was down fires late and says so';
comment on column notifications.deadlines.cancelled_at is 'When an act made it needless; null: none did';
create unique index deadlines_of_alarm on notifications.deadlines (alarm_id) where fired_at is null and cancelled_at is null;
create unique index deadlines_of_sending on notifications.deadlines (sending_id) where fired_at is null and cancelled_at is null;
create index deadlines_open on notifications.deadlines (due_at) where fired_at is null and cancelled_at is null;
grant select, insert on notifications.deadlines to vigil_app;
grant update (made_at, due_at, fired_at, late_ms, cancelled_at) on notifications.deadlines to vigil_app;

create table notifications.deliveries (
  delivery_id bigint generated always as identity primary key,
  notice_id text not null references notifications.notices,
  channel text not null check (channel in ('mail', 'webhook')),
  place integer not null check (place >= 1),
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  next_at timestamptz(3) not null,
  ended_at timestamptz(3),
  check ((state = 'waiting') = (ended_at is null)),
  unique (notice_id, channel)
);
comment on table notifications.deliveries is 'A notice on its way by one channel; when the channel fails, the next one of its list gets a row of its own.';
comment on column notifications.deliveries.delivery_id is 'Number';
comment on column notifications.deliveries.notice_id is 'Which notice';
comment on column notifications.deliveries.channel is 'mail or webhook; the console needs no delivery';
comment on column notifications.deliveries.place is 'Place in the list of channels, from 1';
comment on column notifications.deliveries.state is 'waiting, delivered (the channel took it) or failed (given up)';
comment on column notifications.deliveries.attempts is 'Attempts begun';
comment on column notifications.deliveries.next_at is 'Tried next at; while an attempt runs it lies behind its longest time, so that another server takes over one that died';
comment on column notifications.deliveries.ended_at is 'Delivered or given up at; null: waiting';
create index deliveries_waiting on notifications.deliveries (next_at) where state = 'waiting';
grant select, insert on notifications.deliveries to vigil_app;
grant update (state, attempts, next_at, ended_at) on notifications.deliveries to vigil_app;

create table notifications.delivery_attempts (
  delivery_id bigint not null references notifications.deliveries,
  number integer not null check (number >= 1),
  at timestamptz(3) not null,
  took_ms integer not null check (took_ms >= 0),
  outcome text not null check (outcome in ('delivered', 'failed')),
  detail text not null check (length(detail) <= 500),
  primary key (delivery_id, number)
);
comment on table notifications.delivery_attempts is 'Each attempt of a delivery with what came back; never changed.';
comment on column notifications.delivery_attempts.delivery_id is 'Which delivery';
comment on column notifications.delivery_attempts.number is 'Counts from 1';
comment on column notifications.delivery_attempts.at is 'When it ended';
comment on column notifications.delivery_attempts.took_ms is 'How long it took, ms';
comment on column notifications.delivery_attempts.outcome is 'delivered or failed';
comment on column notifications.delivery_attempts.detail is 'What the other side said, without secrets';
grant select, insert on notifications.delivery_attempts to vigil_app;

create table notifications.matrix_rows (
  site_id text not null,
  kind text not null,
  severity text not null check (severity in ('ordinary', 'serious', 'major')),
  number integer not null check (number >= 1),
  targets text[] not null check (cardinality(targets) > 0),
  channels text[] not null check (channels <@ array['console', 'mail', 'webhook'] and cardinality(channels) > 0),
  answer_seconds integer not null check (answer_seconds between 10 and 86400),
  ladder jsonb not null,
  set_at timestamptz(3) not null,
  set_by text not null,
  primary key (site_id, kind, severity, number)
);
comment on table notifications.matrix_rows is 'The matrix of a site: event and severity, who must know, by which channel, in how many seconds, who next. One row for each change; the highest number holds.';
comment on column notifications.matrix_rows.site_id is 'Site';
comment on column notifications.matrix_rows.kind is 'Kind of alarm or notice';
comment on column notifications.matrix_rows.severity is 'ordinary, serious or major';
comment on column notifications.matrix_rows.number is 'Counts the changes of this row from 1';
comment on column notifications.matrix_rows.targets is 'Roles that must know first; a row without any is refused';
comment on column notifications.matrix_rows.channels is 'Channels in the order in which they are tried';
comment on column notifications.matrix_rows.answer_seconds is 'Seconds until the next are told when nobody answers';
comment on column notifications.matrix_rows.ladder is 'Who next: list of lists of roles';
comment on column notifications.matrix_rows.set_at is 'Holds from';
comment on column notifications.matrix_rows.set_by is 'Person who set it';
grant select, insert on notifications.matrix_rows to vigil_app;

create table notifications.channel_settings (
  site_id text not null,
  channel text not null check (channel in ('mail', 'webhook', 'confidential')),
  number integer not null check (number >= 1),
  settings jsonb not null,
  secret_sealed bytea check (length(secret_sealed) > 28),
  set_at timestamptz(3) not null,
  set_by text not null,
  primary key (site_id, channel, number)
);
comment on table notifications.channel_settings is 'How a channel of a site is reached; one row for each change, the highest number holds.';
comment on column notifications.channel_settings.site_id is 'Site';
comment on column notifications.channel_settings.channel is 'mail, webhook, or confidential: the one person to whom confidential reports go';
comment on column notifications.channel_settings.number is 'Counts the changes from 1';
comment on column notifications.channel_settings.settings is 'Host, port, encryption, user, sender; address of the webhook; person. No secrets';
comment on column notifications.channel_settings.secret_sealed is 'Password or signing key, AES-256-GCM under a key outside the database; null: none';
comment on column notifications.channel_settings.set_at is 'Holds from';
comment on column notifications.channel_settings.set_by is 'Person who set it';
grant select, insert on notifications.channel_settings to vigil_app;

create table notifications.mail_addresses (
  person_id text not null,
  number integer not null check (number >= 1),
  address text not null check (length(address) <= 254),
  set_at timestamptz(3) not null,
  set_by text not null,
  primary key (person_id, number)
);
comment on table notifications.mail_addresses is 'Where a person gets mail; one row for each change, the highest number holds.';
comment on column notifications.mail_addresses.person_id is 'Whose';
comment on column notifications.mail_addresses.number is 'Counts the changes from 1';
comment on column notifications.mail_addresses.address is 'Mail address; empty: none any more';
comment on column notifications.mail_addresses.set_at is 'Holds from';
comment on column notifications.mail_addresses.set_by is 'Person who set it';
grant select, insert on notifications.mail_addresses to vigil_app;

create table notifications.sound_tests (
  session_id text not null,
  number integer not null check (number >= 1),
  person_id text not null,
  at timestamptz(3) not null,
  heard boolean not null,
  primary key (session_id, number)
);
comment on table notifications.sound_tests is 'Whether a person at a console heard the test tone; a session whose newest answer is yes has proved sound.';
comment on column notifications.sound_tests.session_id is 'Session of the console';
comment on column notifications.sound_tests.number is 'Counts the tests of a session from 1';
comment on column notifications.sound_tests.person_id is 'Who listened';
comment on column notifications.sound_tests.at is 'When';
comment on column notifications.sound_tests.heard is 'True: the tone was heard';
grant select, insert on notifications.sound_tests to vigil_app;
