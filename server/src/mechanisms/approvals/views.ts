/** Wide reads for the screens of approvals: rows of the inbox, one request with its trail, and what the viewer may do with it. */
import type { z } from 'zod';
import type { ApprovalRow, ApprovalView, counts, inbox, kinds } from '../../../../contract/approvals.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { Caller } from '../identity/index.ts';
import { allowedActs, mayRemove } from './allowed.ts';
import { actWords, isActName, type ApprovalCase, type People } from './case.ts';
import { circumstances } from './commands/perform.ts';
import { isStepSigned, type CaseSignature } from './consent.ts';
import type { ApprovalsContext } from './context.ts';
import { actsForAt } from './deputies.ts';
import { deputations } from './deputy-store.ts';
import { countInbox, doesConcern, findInbox, pageSize, type InboxQuery, type InboxRow } from './inbox-store.ts';
import { findCase, tables } from './load.ts';
import { orderNumber, orderPapered } from './order-store.ts';
import type { Context } from './outcome.ts';
import { approvalsRefusals } from './refusals.ts';
import { askedSeats } from './seats.ts';
import { verifySignature } from './statement.ts';

type Row = z.input<typeof ApprovalRow>;
type View = z.input<typeof ApprovalView>;
type Named = { personId: string; name: string };
type NameOf = (personId: string) => Named;

const seesOf = (caller: Caller): InboxQuery['sees'] => (caller.can('approvals.all.see') === true ? 'all' : caller.can('approvals.approver.assign') === true ? 'vacant' : 'concerned');

const scopeOf = async (context: ApprovalsContext, caller: Caller) => {
  const now = context.clock.now();
  const deciders = [caller.personId, ...actsForAt(await deputations(context.database.db, now), caller.personId, now)];
  return { personId: caller.personId, deciders, roomId: caller.roomId, sees: seesOf(caller) };
};

const namesFor = async (context: ApprovalsContext, db: Db, caller: Caller, ids: readonly string[]): Promise<NameOf> => {
  const found = await context.people.peopleStanding(db, caller, [...new Set(ids)], context.clock.now());
  const names = new Map(found.map(({ personId, name }) => [personId, name]));
  return (personId) => ({ personId, name: names.get(personId) ?? personId });
};

const titleOf = (context: ApprovalsContext, kind: string): Sentence => context.kindOf(kind)?.title ?? { zh: kind, en: kind };

const rowView = (context: ApprovalsContext, row: InboxRow, nameOf: NameOf): Row => ({
  approvalId: row.approval_id, number: row.number, kind: row.kind, title: titleOf(context, row.kind), summary: { zh: row.summary_zh, en: row.summary_en }, subject: row.subject,
  applicant: nameOf(row.applicant_id), state: row.state, escalated: row.escalated, submittedAt: row.submitted_at, validUntil: row.valid_until,
  step: row.state !== 'pending' || row.step_zh === null || row.step_en === null ? null : { title: { zh: row.step_zh, en: row.step_en }, waitingFor: (row.waiting ?? []).map(nameOf), dueAt: row.due_at },
});

/** People go by their names, also in a search. */
const applicantsLike = async (context: ApprovalsContext, search: string | undefined): Promise<string[]> => {
  const text = search?.trim().toLowerCase() ?? '';
  if (text === '') return [];
  return (await context.people.everybody(context.database.db, context.clock.now())).filter(({ name }) => name.toLowerCase().includes(text)).map(({ personId }) => personId);
};

export const viewInbox = async (context: ApprovalsContext, caller: Caller, query: z.output<typeof inbox.query>): Promise<z.input<typeof inbox.response>> => {
  const { db } = context.database;
  const scope = await scopeOf(context, caller);
  const rows = await findInbox(db, { ...query, ...scope, applicantIds: await applicantsLike(context, query.search) });
  const shown = rows.slice(0, pageSize);
  const nameOf = await namesFor(context, db, caller, shown.flatMap((row) => [row.applicant_id, ...(row.waiting ?? [])]));
  return { approvals: shown.map((row) => rowView(context, row, nameOf)), more: rows.length > pageSize, counts: await countInbox(db, scope), canSeeAll: scope.sees === 'all' };
};

export const viewCounts = async (context: ApprovalsContext, caller: Caller): Promise<z.input<typeof counts.response>> => countInbox(context.database.db, await scopeOf(context, caller));

export const viewKinds = async (context: ApprovalsContext, caller: Caller): Promise<z.input<typeof kinds.response>> => ({
  kinds: context.allKinds().flatMap((kind) => (kind.fields === undefined ? [] : [{ kind: kind.kind, title: kind.title, fields: [...kind.fields], can: caller.can(kind.submitVerb) }])),
  clauses: (await context.clausesInForce(context.database.db, caller, context.clock.now())).map(({ id, zh, en }) => ({ id, zh, en })),
});

/** Throws, with the denial on record, when the caller has nothing to do with it. */
export const requireSight = async (context: ApprovalsContext, caller: Caller, approvalId: string, what: string): Promise<ApprovalCase> => {
  const one = await findCase(context.database.db, approvalId);
  if (one === null || one.roomId !== caller.roomId) throw approvalsRefusals('unknown');
  const { personId, deciders, sees } = await scopeOf(context, caller);
  const vacant = sees === 'vacant' && one.state.name === 'pending' && one.state.escalated !== null;
  if (sees === 'all' || vacant || (await doesConcern(context.database.db, approvalId, personId, deciders))) return one;
  throw await context.deny(caller, what, approvalsRefusals('may_not_see').sentence);
};

/** What a check of a signature rests on. */
export const restsOn = { webauthn: 'key', password_totp: 'record', session: 'session' } as const;

const signatureViews = async (context: ApprovalsContext, one: ApprovalCase, nameOf: NameOf) => {
  const view = async (signature: CaseSignature) => ({
    person: nameOf(signature.personId), onBehalfOf: signature.onBehalfOf === null ? null : nameOf(signature.onBehalfOf), decision: signature.decision, comment: signature.comment,
    method: signature.method, rests: restsOn[signature.method], signedAt: signature.signedAt, digest: signature.digest, verified: await verifySignature(one, signature, context.signing),
  });
  const counting = one.signatures.filter((signature) => one.steps[signature.step]?.signedInRound === signature.round);
  return new Map(await Promise.all(counting.map(async (signature) => [`${signature.step}/${signature.seat}`, await view(signature)] as const)));
};

const stepViews = async (context: ApprovalsContext, one: ApprovalCase, nameOf: NameOf, caller: Caller, now: Context): Promise<View['steps']> => {
  const signatures = await signatureViews(context, one, nameOf);
  const isNow = (step: number): boolean => one.state.name === 'pending' && one.step === step;
  return one.steps.map((step, index) => ({
    step: index, key: step.key, title: step.title, mode: step.mode, roles: [...step.roles], needs: step.needs, limitMs: step.limitMs,
    state: isStepSigned(one, index) ? 'done' : isNow(index) ? 'now' : 'later',
    seats: one.seats.filter((seat) => seat.step === index).map((seat) => ({
      seat: seat.seat, person: nameOf(seat.personId), place: seat.place, hops: seat.hops, cameBy: seat.cameBy, turn: seat.turn, added: seat.added, addedBy: seat.addedBy === null ? null : nameOf(seat.addedBy),
      canRemove: mayRemove(one, seat, caller, now), left: seat.left, signature: signatures.get(`${index}/${seat.seat}`) ?? null,
    })),
  }));
};

const byServer: Sentence = { zh: '系统', en: 'Vigil' };

const trailOf = async (db: Db, approvalId: string) => tables(db).selectFrom('approvals.moves').selectAll().where('approval_id', '=', approvalId).orderBy('number').execute();

const dueOf = async (db: Db, approvalId: string): Promise<number | null> => {
  const row = await tables(db).selectFrom('approvals.deadlines').select('due_at').where('approval_id', '=', approvalId).where('kind', '=', 'escalate').where('cleared_at', 'is', null).orderBy('deadline_id', 'desc').limit(1).executeTakeFirst();
  return row?.due_at ?? null;
};

const detailsOf = async (context: ApprovalsContext, one: ApprovalCase): Promise<Pick<View, 'details' | 'risks'>> => {
  const kind = context.kindOf(one.kind);
  const body = kind?.body.safeParse(one.body);
  if (kind === undefined || body?.success !== true) return { details: [], risks: [] };
  return { details: [...((await kind.detailsNow?.(context.database.db, body.data, { siteId: one.siteId, roomId: one.roomId, at: one.submittedAt })) ?? kind.details?.(body.data) ?? [])], risks: [...(kind.risks?.(body.data) ?? [])] };
};

export const viewOne = async (context: ApprovalsContext, caller: Caller, approvalId: string): Promise<View> => {
  const { db } = context.database;
  const one = await requireSight(context, caller, approvalId, 'GET /api/approvals/:approvalId');
  const now = await circumstances(context, db, one, caller.personId);
  const trail = await trailOf(db, approvalId);
  const nameOf = await namesFor(context, db, caller, [...peopleIn(now.people), ...trail.flatMap((move) => [move.actor_id, move.on_behalf_of ?? '', move.to_person ?? ''])]);
  const { state } = one;
  const step = one.steps[one.step];
  return {
    approvalId, number: one.number, kind: one.kind, title: titleOf(context, one.kind), summary: one.summary, subject: one.subject, applicant: nameOf(one.applicantId),
    state: state.name, escalated: state.name === 'pending' ? state.escalated : null, submittedAt: one.submittedAt, validUntil: 'consent' in state ? state.validUntil : null,
    step: state.name !== 'pending' || step === undefined ? null : { title: step.title, waitingFor: askedSeats(one).map(({ personId }) => nameOf(personId)), dueAt: await dueOf(db, approvalId) },
    version: one.version, round: one.round, protected: one.protected, passwordSigns: await context.signing.byPassword(db, caller), expiresAt: one.expiresAt, body: one.body, reason: one.reason, clauses: [...one.clauses],
    ...(await detailsOf(context, one)), clauseTitles: [...(await context.clauseTitles(db, one.clauses))], attachments: [...one.attachments], order: await orderOf(db, one),
    executor: one.executorId === null ? null : nameOf(one.executorId),
    steps: await stepViews(context, one, nameOf, caller, now),
    trail: trail.map((move) => ({
      number: move.number, at: move.at, act: move.act, words: isActName(move.act) ? actWords[move.act] : { zh: move.act, en: move.act },
      actor: { id: move.actor_id, name: move.actor_id === 'server' ? byServer : { zh: nameOf(move.actor_id).name, en: nameOf(move.actor_id).name } },
      onBehalfOf: move.on_behalf_of === null ? null : nameOf(move.on_behalf_of), toPerson: move.to_person === null ? null : nameOf(move.to_person), reason: move.reason, lateMs: move.late_ms,
    })),
    can: allowedActs(one, caller, now),
  };
};

/** The order whose papers it is, by the number that people say. */
const orderOf = async (db: Db, one: ApprovalCase): Promise<View['order']> => {
  const orderId = await orderPapered(db, one.approvalId);
  const number = orderId === null ? undefined : await orderNumber(db, orderId);
  return orderId === null || number === undefined ? null : { orderId, number };
};

const peopleIn = (people: People): string[] => [...people.keys()];
