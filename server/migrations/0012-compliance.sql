-- The audit seen by people: questions that they keep, and readings that are counted so that reading does not flood the ledger.
create schema audit;
comment on schema audit is 'What people do with the record of all acts: kept questions, counted readings. The acts themselves, exports and reviews are facts of the ledger.';

create table audit.saved_questions (
  question_id text primary key check (question_id ~ '^que_[0-9a-hjkmnp-tv-z]{26}$'),
  site_id     text not null,
  person_id   text not null,
  title       text not null check (length(title) between 1 and 80),
  question    jsonb not null check (jsonb_typeof(question) = 'object'),
  saved_at    timestamptz(3) not null,
  removed_at  timestamptz(3) check (removed_at >= saved_at)
);
comment on table audit.saved_questions is 'A question to the acts of the room that somebody keeps to ask again, e.g. who watched camera 7 last night.';
comment on column audit.saved_questions.question_id is 'Id, que_…';
comment on column audit.saved_questions.site_id is 'Site whose acts are asked about';
comment on column audit.saved_questions.person_id is 'Who keeps it; nobody else sees it';
comment on column audit.saved_questions.title is 'What it is called, at most 80 characters';
comment on column audit.saved_questions.question is 'Filters of the question: person, camera, group of kinds, kind, text, span; a span is kept as days back from the day of asking';
comment on column audit.saved_questions.saved_at is 'When it was kept';
comment on column audit.saved_questions.removed_at is 'When its keeper let go of it; null while it is kept';
create index saved_questions_by_person on audit.saved_questions (person_id) where removed_at is null;

create table audit.counted_reads (
  person_id    text not null,
  question_key text not null check (question_key ~ '^[0-9a-f]{64}$'),
  from_at      timestamptz(3) not null,
  repeats      integer not null check (repeats >= 0),
  read         jsonb not null,
  primary key (person_id, question_key)
);
comment on table audit.counted_reads is 'Readings of the same question by the same person within ten minutes: the first is a fact at once, the others are counted here and become one fact.';
comment on column audit.counted_reads.person_id is 'Who reads';
comment on column audit.counted_reads.question_key is 'SHA-256 of the question without its page, hex';
comment on column audit.counted_reads.from_at is 'When the first of them was written as a fact';
comment on column audit.counted_reads.repeats is 'How many more there were since';
comment on column audit.counted_reads.read is 'The reading as the fact will tell it: person, session, post, question, first and last entry shown';

revoke all on schema audit from public;
grant usage on schema audit to vigil_app;
grant select, insert on audit.saved_questions to vigil_app;
grant update (removed_at) on audit.saved_questions to vigil_app;
grant select, insert, update, delete on audit.counted_reads to vigil_app;

-- Who did what is asked by person and by span, over years.
create index facts_by_actor on ledger.facts (site_id, actor_id, seq);
create index facts_by_at on ledger.facts (site_id, at);
