/** Questions that somebody keeps to ask again. */
import { sql } from 'kysely';
import { SavedQuestion } from '../../../../contract/audit.ts';
import type { saveQuestion } from '../../../../contract/audit.ts';
import { z } from 'zod';
import { newId } from '../../base/ids.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import { at } from '../../platform/postgres/db.ts';
import type { AuditContext } from './context.ts';
import { auditRefusals } from './refusals.ts';

const mostSaved = 50;

export const savedOf = async (context: AuditContext, personId: string): Promise<SavedQuestion[]> => {
  const { rows } = await sql`
    select question_id as "questionId", title, question, saved_at as "savedAt" from audit.saved_questions
    where person_id = ${personId} and removed_at is null order by saved_at`.execute(context.database.db);
  return z.array(SavedQuestion).parse(rows);
};

export const keepQuestion = async (context: AuditContext, caller: Caller, { title, question }: z.output<typeof saveQuestion.body>): Promise<{ questionId: string }> => {
  if ((await savedOf(context, caller.personId)).length >= mostSaved) throw auditRefusals('questions_full', { limit: mostSaved });
  const questionId = newId('que', context.clock);
  await context.database.transaction((tx) =>
    sql`insert into audit.saved_questions (question_id, site_id, person_id, title, question, saved_at)
      values (${questionId}, ${caller.siteId}, ${caller.personId}, ${title}, ${JSON.stringify(question)}::jsonb, ${at(context.clock.now())})`.execute(tx),
  );
  return { questionId };
};

export const removeSaved = async (context: AuditContext, caller: Caller, questionId: string): Promise<void> => {
  const done = await context.database.transaction((tx) =>
    sql`update audit.saved_questions set removed_at = ${at(context.clock.now())} where question_id = ${questionId} and person_id = ${caller.personId} and removed_at is null`.execute(tx),
  );
  if ((done.numAffectedRows ?? 0n) === 0n) throw auditRefusals('question_unknown');
};
