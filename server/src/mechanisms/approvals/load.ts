/** Reads one request as the lifecycle wants it. */
import type { Selectable } from 'kysely';
import { Role } from '../../../../contract/identity.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';
import type { ApprovalCase, CaseState, Seat } from './case.ts';
import { gather, type Asked, type CaseSignature, type CaseStep } from './consent.ts';
import type { ApprovalsTables } from './tables.ts';

export const tables = (db: Db) => db.$extendTables<ApprovalsTables>();

const rolesOf = (names: readonly string[]): Role[] => names.flatMap((name) => Role.safeParse(name).data ?? []);

const stepOf = (row: Selectable<ApprovalsTables['approvals.steps']>): CaseStep => ({
  key: row.key, title: { zh: row.title_zh, en: row.title_en }, mode: row.mode, roles: rolesOf(row.roles), people: row.people, needs: row.needs, limitMs: row.limit_ms, signedInRound: row.signed_in_round,
});

const seatOf = (row: Selectable<ApprovalsTables['approvals.seats']>): Seat => ({
  step: row.step, seat: row.seat, personId: row.person_id, place: row.place, turn: row.turn, hops: row.hops, cameBy: row.came_by, added: row.added, addedBy: row.added_by, left: row.left_at !== null,
});

const signatureOf = (row: Selectable<ApprovalsTables['approvals.signatures']>): CaseSignature => ({
  round: row.round, step: row.step, seat: row.seat, personId: row.person_id, onBehalfOf: row.on_behalf_of, decision: row.decision, comment: row.comment, signed: row.signed,
  digest: row.digest.toString('hex'), method: row.method, credentialId: row.credential_id, evidence: row.evidence, signedAt: row.signed_at,
});

/** A row that says "granted" is believed only as far as its signatures carry it. */
const stateOf = (row: Selectable<ApprovalsTables['approvals.states']>, asked: Asked): CaseState => {
  const { state: name } = row;
  if (name === 'pending') return { name, escalated: row.escalated };
  if (name === 'returned' || name === 'rejected' || name === 'withdrawn' || name === 'expired') return { name };
  const consent = gather(asked);
  if (consent === null || row.granted_at === null) throw new Error(`approval ${row.approval_id} is ${name} without its signatures`);
  return { name, consent, grantedAt: row.granted_at, validUntil: row.valid_until, endedAt: name === 'approved' || name === 'in_use' ? null : row.changed_at };
};

const roundRows = async (db: Db, approvalId: string, round: number) => {
  const t = tables(db);
  const steps = await t.selectFrom('approvals.steps').selectAll().where('approval_id', '=', approvalId).where('round', '=', round).orderBy('step').execute();
  const seats = await t
    .selectFrom('approvals.seats as e')
    .innerJoin('approvals.steps as s', (join) => join.onRef('s.approval_id', '=', 'e.approval_id').onRef('s.step', '=', 'e.step').onRef('s.signed_in_round', '=', 'e.round'))
    .selectAll('e').where('e.approval_id', '=', approvalId).where('s.round', '=', round).orderBy('e.step').orderBy('e.place').orderBy('e.turn').orderBy('e.seat').execute();
  const signatures = await t.selectFrom('approvals.signatures').selectAll().where('approval_id', '=', approvalId).orderBy('signed_at').execute();
  const content = await t.selectFrom('approvals.rounds').selectAll().where('approval_id', '=', approvalId).where('round', '=', round).executeTakeFirstOrThrow();
  const lastMove = await t.selectFrom('approvals.moves').select(['actor_id', 'act']).where('approval_id', '=', approvalId).orderBy('number', 'desc').limit(1).executeTakeFirst();
  return { steps: steps.map(stepOf), seats: seats.map(seatOf), signatures: signatures.map(signatureOf), content, lastMove };
};

const read = async (db: Db, approvalId: string, standing: Selectable<ApprovalsTables['approvals.states']>): Promise<ApprovalCase> => {
  const request = await tables(db).selectFrom('approvals.requests').selectAll().where('approval_id', '=', approvalId).executeTakeFirstOrThrow();
  const { steps, seats, signatures, content, lastMove } = await roundRows(db, approvalId, standing.round);
  const asked: Asked = { protected: request.protected, applicantId: request.applicant_id, executorId: request.executor_id, steps, seats, signatures };
  return {
    ...asked,
    signatures,
    approvalId, number: request.number, kind: request.kind, kindVersion: request.kind_version, siteId: request.site_id, roomId: request.room_id, subject: request.subject,
    submittedAt: request.submitted_at, expiresAt: request.expires_at,
    round: standing.round, step: standing.step, version: standing.version, state: stateOf(standing, asked),
    body: content.body, reason: content.reason, summary: { zh: content.summary_zh, en: content.summary_en }, clauses: content.clauses,
    attachments: content.attachments,
    seats,
    lastMove: lastMove === undefined ? null : { actorId: lastMove.actor_id, act: lastMove.act },
  };
};

export const findCase = async (db: Db, approvalId: string): Promise<ApprovalCase | null> => {
  const standing = await tables(db).selectFrom('approvals.states').selectAll().where('approval_id', '=', approvalId).executeTakeFirst();
  return standing === undefined ? null : read(db, approvalId, standing);
};

/** Holds the row until the transaction ends: of two acts at once the second sees what the first did. */
export const lockCase = async (tx: Tx, approvalId: string): Promise<ApprovalCase | null> => {
  const standing = await tables(tx).selectFrom('approvals.states').selectAll().where('approval_id', '=', approvalId).forUpdate().executeTakeFirst();
  return standing === undefined ? null : read(tx, approvalId, standing);
};
