-- Wiping and destroying a copy take two accounts: one begins, another that proved itself agrees.

alter table evidence.custody add column second_id text references identity.people;
comment on column evidence.custody.second_id is 'The second person''s account; null: none, or a link from before accounts were asked for';

alter table evidence.custody drop constraint custody_act_check;
alter table evidence.custody add constraint custody_act_check
  check (act in ('made', 'failed', 'taken', 'passphrase_sent', 'handed_over', 'returned', 'wiping_begun', 'destruction_begun', 'ending_withdrawn', 'wiped', 'destroyed', 'noted'));
alter table evidence.custody add constraint custody_two_people check (second_id is null or second_id <> by_id);
