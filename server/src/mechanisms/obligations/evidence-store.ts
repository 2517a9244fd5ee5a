/** SQL of what people hand in: forms, submissions, photos, reviews, findings, requests for a waiver. */
import type { Answers } from './obligation.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';
import { FormDefinition, formDigest } from './form.ts';
import { Answers as AnswersSchema, type FindingOutcome } from '../../../../contract/obligations.ts';
import { tables } from './store.ts';

export interface KnownForm {
  definition: FormDefinition;
  digest: string;
}

export const findForm = async (db: Db, form: string, version: number): Promise<KnownForm | null> => {
  const row = await tables(db).selectFrom('obligations.forms').select(['definition', 'digest']).where('form', '=', form).where('version', '=', version).executeTakeFirst();
  return row === undefined ? null : { definition: FormDefinition.parse(row.definition), digest: row.digest };
};

/** True when this version is new to the room. */
export const insertForm = async (tx: Tx, form: FormDefinition, now: Instant): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('obligations.forms')
    .values({ form: form.form, version: form.version, digest: formDigest(form), definition: JSON.stringify(form), issued_at: at(now) })
    // Of two who issue it at once the second meets the digest before the name: the same form either way.
    .onConflict((conflict) => conflict.doNothing())
    .returning('form')
    .executeTakeFirst();
  return inserted !== undefined;
};

export interface Submission {
  submissionId: string;
  obligationId: string;
  number: number;
  at: Instant;
  by: string;
  late: boolean;
  reason: string;
  answers: Answers;
  digest: string;
}

export const submissionsOf = async (db: Db, obligationIds: readonly string[]): Promise<Submission[]> => {
  if (obligationIds.length === 0) return [];
  const rows = await tables(db)
    .selectFrom('obligations.submissions')
    .select(['submission_id', 'obligation_id', 'number', 'at', 'by_id', 'late', 'reason', 'answers', 'digest'])
    .where('obligation_id', 'in', obligationIds)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    submissionId: row.submission_id, obligationId: row.obligation_id, number: row.number, at: row.at, by: row.by_id, late: row.late, reason: row.reason, answers: AnswersSchema.parse(row.answers), digest: row.digest,
  }));
};

export const insertSubmission = async (tx: Tx, one: Submission): Promise<void> => {
  await tables(tx)
    .insertInto('obligations.submissions')
    .values({ submission_id: one.submissionId, obligation_id: one.obligationId, number: one.number, at: at(one.at), by_id: one.by, late: one.late, reason: one.reason, answers: JSON.stringify(one.answers), digest: one.digest })
    .execute();
};

export interface Photo {
  field: string;
  sha256: string;
  contentType: 'image/jpeg' | 'image/png';
  sizeBytes: number;
}
export const photosOf = async (db: Db, obligationId: string): Promise<Photo[]> => {
  const rows = await tables(db).selectFrom('obligations.photos').select(['field', 'sha256', 'content_type', 'size_bytes']).where('obligation_id', '=', obligationId).execute();
  return rows.map((row) => ({ field: row.field, sha256: row.sha256, contentType: row.content_type, sizeBytes: row.size_bytes }));
};
/** The same picture twice is one photo. */
export const insertPhoto = async (tx: Tx, obligationId: string, photo: Photo, kept: { at: Instant; by: string }): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('obligations.photos')
    .values({ obligation_id: obligationId, field: photo.field, sha256: photo.sha256, content_type: photo.contentType, size_bytes: photo.sizeBytes, kept_at: at(kept.at), kept_by: kept.by })
    .onConflict((conflict) => conflict.doNothing())
    .returning('sha256')
    .executeTakeFirst();
  return inserted !== undefined;
};

export interface Review {
  submissionId: string;
  at: Instant;
  by: string;
  outcome: 'agreed' | 'returned';
  comment: string;
}
export const reviewsOf = async (db: Db, submissionIds: readonly string[]): Promise<Review[]> => {
  if (submissionIds.length === 0) return [];
  const rows = await tables(db).selectFrom('obligations.reviews').select(['submission_id', 'at', 'by_id', 'outcome', 'comment']).where('submission_id', 'in', submissionIds).orderBy('at').execute();
  return rows.map((row) => ({ submissionId: row.submission_id, at: row.at, by: row.by_id, outcome: row.outcome, comment: row.comment }));
};
export const insertReview = async (tx: Tx, review: Review): Promise<void> => {
  await tables(tx).insertInto('obligations.reviews').values({ submission_id: review.submissionId, at: at(review.at), by_id: review.by, outcome: review.outcome, comment: review.comment }).execute();
};

export interface Finding {
  findingId: string;
  submissionId: string;
  obligationId: string;
  roomId: string;
  field: string;
  what: Sentence;
  note: string;
  at: Instant;
  by: string;
}
export interface FindingWithClosing extends Finding {
  closed: { at: Instant; by: string; result: string; outcome: FindingOutcome } | null;
}
const findingQuery = (db: Db) =>
  tables(db)
    .selectFrom('obligations.findings as f')
    .leftJoin('obligations.finding_closings as c', 'c.finding_id', 'f.finding_id')
    .select(['f.finding_id', 'f.submission_id', 'f.obligation_id', 'f.room_id', 'f.field', 'f.what_zh', 'f.what_en', 'f.note', 'f.at', 'f.by_id', 'c.at as closed_at', 'c.by_id as closed_by', 'c.result', 'c.outcome'])
    .orderBy('f.at', 'desc')
    .orderBy('f.finding_id', 'desc');
type FindingRow = Awaited<ReturnType<ReturnType<typeof findingQuery>['execute']>>[number];
const findingOf = (row: FindingRow): FindingWithClosing => ({
  findingId: row.finding_id, submissionId: row.submission_id, obligationId: row.obligation_id, roomId: row.room_id, field: row.field, what: { zh: row.what_zh, en: row.what_en }, note: row.note, at: row.at, by: row.by_id,
  closed: row.closed_at === null || row.closed_by === null || row.result === null || row.outcome === null ? null : { at: row.closed_at, by: row.closed_by, result: row.result, outcome: row.outcome },
});
export const findingsOf = async (db: Db, obligationIds: readonly string[]): Promise<FindingWithClosing[]> =>
  obligationIds.length === 0 ? [] : (await findingQuery(db).where('f.obligation_id', 'in', obligationIds).execute()).map(findingOf);
const mostFindings = 500;
export const findingsOfRoom = async (db: Db, roomId: string, open: boolean | null): Promise<FindingWithClosing[]> => {
  let query = findingQuery(db).where('f.room_id', '=', roomId);
  if (open !== null) query = query.where('c.at', open ? 'is' : 'is not', null);
  return (await query.limit(mostFindings).execute()).map(findingOf);
};
export const findFinding = async (db: Db, roomId: string, findingId: string): Promise<FindingWithClosing | null> => {
  const row = await findingQuery(db).where('f.room_id', '=', roomId).where('f.finding_id', '=', findingId).executeTakeFirst();
  return row === undefined ? null : findingOf(row);
};
/** Wherever it is: for the sweeper. */
export const findFindingById = async (db: Db, findingId: string): Promise<FindingWithClosing | null> => {
  const row = await findingQuery(db).where('f.finding_id', '=', findingId).executeTakeFirst();
  return row === undefined ? null : findingOf(row);
};
export const insertFindings = async (tx: Tx, findings: readonly Finding[]): Promise<void> => {
  if (findings.length === 0) return;
  await tables(tx)
    .insertInto('obligations.findings')
    .values(findings.map((one) => ({ finding_id: one.findingId, submission_id: one.submissionId, obligation_id: one.obligationId, room_id: one.roomId, field: one.field, what_zh: one.what.zh, what_en: one.what.en, note: one.note, at: at(one.at), by_id: one.by })))
    .execute();
};
/** False when somebody closed it a moment ago. */
export const insertClosing = async (tx: Tx, closing: { findingId: string; at: Instant; by: string; result: string; outcome: FindingOutcome }): Promise<boolean> => {
  const inserted = await tables(tx)
    .insertInto('obligations.finding_closings')
    .values({ finding_id: closing.findingId, at: at(closing.at), by_id: closing.by, result: closing.result, outcome: closing.outcome })
    .onConflict((conflict) => conflict.doNothing())
    .returning('finding_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

export interface WaiverRequest {
  obligationId: string;
  approvalId: string;
  open: boolean;
}
export const waiverRequestsOf = async (db: Db, obligationIds: readonly string[]): Promise<WaiverRequest[]> => {
  if (obligationIds.length === 0) return [];
  const rows = await tables(db).selectFrom('obligations.waiver_requests').select(['obligation_id', 'approval_id', 'ended_at']).where('obligation_id', 'in', obligationIds).orderBy('asked_at').execute();
  return rows.map((row) => ({ obligationId: row.obligation_id, approvalId: row.approval_id, open: row.ended_at === null }));
};
export const insertWaiverRequest = async (tx: Tx, asked: { obligationId: string; approvalId: string; at: Instant; by: string }): Promise<void> => {
  await tables(tx).insertInto('obligations.waiver_requests').values({ obligation_id: asked.obligationId, approval_id: asked.approvalId, asked_at: at(asked.at), asked_by: asked.by, ended_at: null }).execute();
};
export const endWaiverRequest = async (tx: Tx, approvalId: string, now: Instant): Promise<void> => {
  await tables(tx).updateTable('obligations.waiver_requests').set({ ended_at: at(now) }).where('approval_id', '=', approvalId).where('ended_at', 'is', null).execute();
};
