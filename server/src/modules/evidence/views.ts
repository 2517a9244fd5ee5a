/** Wide reads for the screens: the form, lists, one request with its life and what the viewer may do with it. */
import type { z } from 'zod';
import type * as contract from '../../../../contract/evidence.ts';
import { ViewMode } from '../../../../contract/evidence.ts';
import type { Sentence, Refusal } from '../../base/refusal.ts';
import { questions as approvalsNow } from '../../mechanisms/approvals/index.ts';
import { questions as people, type Caller } from '../../mechanisms/identity/index.ts';
import { questions as toldNow } from '../../mechanisms/notifications/index.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { approverWords, grantHours } from './approvals.ts';
import { requireSpan, whatExists } from './commands/submit-request.ts';
import type { EvidenceContext } from './context.ts';
import { evidenceRefusals as refuse } from './errors.ts';
import { footageWords, hasSomething } from './existing.ts';
import { longestHours, mostCameras } from './limits.ts';
import { resultTold } from './notices.ts';
import { actWords, isAct, mayBegin, mayClose, mayWithdraw, mayWrite, waitsFor, type FootageRequest } from './request.ts';
import { countRequests, existingOf, findRequest, lastOf, listRequests, stepsOf, type ListFilter } from './store.ts';
import { resultsOf, viewingsOf, type Result, type Viewing } from './viewing-store.ts';

type Answer<E extends { response: z.ZodType }> = z.input<E['response']>;
export type Names = ReadonlyMap<string, string>;

export const namesOf = (db: Db, ids: readonly (string | null)[]): Promise<Names> => people.personNames(db, [...new Set(ids.filter((id) => id !== null))]);
const zoneOf = async (db: Db): Promise<string> => (await people.place(db))?.site.timeZone ?? 'UTC';

export const formView = async (context: EvidenceContext, caller: Caller): Promise<Answer<typeof contract.askForm>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const rules = await context.rules(db, caller, now);
  const last = await lastOf(db, caller.roomId, caller.personId);
  const place = await people.place(db);
  return {
    cameras: [...(await context.cameras(db, caller.roomId))], mode: ViewMode.parse(rules.text('view_mode')), viewApprover: approverWords(rules, 'view'), copyApprover: approverWords(rules, 'copy'),
    leaders: (await people.peopleWithRoles(db, caller, ['leader'], now)).filter(({ personId }) => personId !== caller.personId).map(({ personId, name }) => ({ personId, name })),
    validHours: grantHours(rules), longestHours, mostCameras, timeZone: place?.site.timeZone ?? 'UTC', unit: place?.site.name ?? '', now,
    last: last === null ? null : { department: last.department, unit: last.unit, position: last.position, phone: last.phone, leaderId: last.leaderId },
  };
};

export const existingView = async (context: EvidenceContext, caller: Caller, asked: { cameraIds: string[]; from: number; until: number }): Promise<Answer<typeof contract.existing>> => {
  const now = context.clock.now();
  requireSpan(asked.from, asked.until, now);
  const cameras = await whatExists(context, context.database.db, caller, asked, now);
  return { cameras, words: cameras.map((one) => footageWords(one, asked.from, asked.until)), something: hasSomething(cameras), now };
};

const isLate = (one: FootageRequest, results: readonly Result[], now: number): boolean =>
  results.some(({ requestId, late }) => requestId === one.requestId && late) || (one.writeBackBy !== null && now > one.writeBackBy && !results.some(({ requestId }) => requestId === one.requestId));

const rowView = (one: FootageRequest, names: Names, results: readonly Result[], now: number): z.input<typeof contract.RequestRow> => ({
  requestId: one.requestId, number: one.number, type: one.type, state: one.state, applicant: names.get(one.applicantId) ?? '', department: one.department, cameras: [...one.cameras], from: one.from, until: one.until, reasonClass: one.reasonClass,
  submittedAt: one.submittedAt, validUntil: one.validUntil, writeBackBy: one.writeBackBy, late: isLate(one, results, now), waitsFor: waitsFor(one),
});

const listPage = 50;
/** What waits for somebody of the room. */
const inRoom = ['ready', 'viewing'] as const;

const can = (caller: Caller, verb: string, name: string): Record<string, true | Sentence> => ({ [name]: caller.can(verb) });

export const listView = async (context: EvidenceContext, caller: Caller, query: z.output<typeof contract.requests.query>): Promise<Answer<typeof contract.requests>> => {
  const { db } = context.database;
  const { roomId, personId } = caller;
  if (query.list !== 'mine') {
    const may = caller.can('evidence.requests.see');
    if (may !== true) throw await context.deny(caller, 'GET /api/evidence/requests', may);
  }
  const before = query.before === undefined ? undefined : { at: query.before, requestId: query.beforeId ?? '~' };
  const filter: ListFilter = { roomId, search: query.search, before, ...(query.list === 'mine' ? { applicantId: personId } : {}), states: query.state !== undefined ? [query.state] : query.list === 'room' ? inRoom : undefined };
  const found = await listRequests(db, filter, listPage + 1);
  const list = found.slice(0, listPage);
  const names = await namesOf(db, list.map(({ applicantId }) => applicantId));
  const results = await resultsOf(db, list.map(({ requestId }) => requestId));
  const now = context.clock.now();
  return {
    requests: list.map((one) => rowView(one, names, results, now)), more: found.length > listPage,
    counts: { mine: await countRequests(db, { roomId, applicantId: personId }), room: caller.can('evidence.requests.see') === true ? await countRequests(db, { roomId, states: inRoom }) : 0 },
    can: { ...can(caller, 'evidence.request.ask', 'ask'), ...can(caller, 'evidence.requests.see', 'see'), ...can(caller, 'evidence.request.execute', 'execute'), ...can(caller, 'evidence.register.read', 'register') },
  };
};

export const viewingView = (one: Viewing, names: Names): z.input<typeof contract.Viewing> => ({ viewingId: one.viewingId, operator: names.get(one.operatorId) ?? '', mode: one.mode, witness: one.witness, from: one.begunAt, until: one.endedAt });
export const resultView = (one: Result, names: Names): z.input<typeof contract.Result> => ({ number: one.number, outcome: one.outcome, from: one.from, until: one.until, remark: one.remark, at: one.at, by: names.get(one.by) ?? '', late: one.late });

/** Who asked, who must hear the result, and who may see all requests. */
export const requireSight = async (context: EvidenceContext, caller: Caller, requestId: string): Promise<FootageRequest> => {
  const one = await findRequest(context.database.db, caller.roomId, requestId);
  if (one === null) throw refuse('request_unknown');
  if (one.applicantId === caller.personId || one.leaderId === caller.personId || caller.can('evidence.requests.see') === true) return one;
  throw await context.deny(caller, 'GET /api/evidence/requests/:requestId', refuse('not_yours').sentence);
};

const allowed = (caller: Caller, verb: string | null, refusal: Refusal | null): true | Sentence => {
  const byRole = verb === null ? true : caller.can(verb);
  return byRole !== true ? byRole : refusal === null ? true : refusal.sentence;
};

const toldOf = async (db: Db, one: FootageRequest): Promise<{ personId: string; at: number; answeredAt: number | null }[]> =>
  (await toldNow.sendingsAbout(db, one.roomId, one.requestId)).filter(({ kind }) => kind === resultTold.kind).flatMap(({ first, sentAt, answeredAt }) => first.map((personId) => ({ personId, at: sentAt, answeredAt })));

export const requestView = async (context: EvidenceContext, caller: Caller, requestId: string): Promise<Answer<typeof contract.request>> => {
  const { db } = context.database;
  const one = await requireSight(context, caller, requestId);
  const now = context.clock.now();
  const approval = await approvalsNow.get(db, one.approvalId);
  const signatures = approval?.signatures ?? [];
  const viewings = await viewingsOf(db, [requestId]);
  const results = await resultsOf(db, [requestId]);
  const steps = await stepsOf(db, requestId);
  const told = await toldOf(db, one);
  const names = await namesOf(db, [one.applicantId, one.operatorId, one.leaderId, ...signatures.map(({ personId }) => personId), ...viewings.map(({ operatorId }) => operatorId), ...results.map(({ by }) => by), ...steps.map(({ by }) => by), ...told.map(({ personId }) => personId)]);
  const exists = [];
  for (const cameraId of one.cameraIds) {
    const footage = await context.footage(db, one, cameraId, one.from, one.until, now);
    if (footage !== null) exists.push(footage);
  }
  const before = one.follows === null ? null : await findRequest(db, one.roomId, one.follows);
  const agreed = signatures.filter(({ decision }) => decision === 'approve').flatMap(({ personId, onBehalfOf }) => [personId, ...(onBehalfOf === null ? [] : [onBehalfOf])]);
  const isOpen = viewings.some(({ endedAt }) => endedAt === null);
  const execute = 'evidence.request.execute';
  const writing = allowed(caller, execute, mayWrite(one, viewings.length > 0));
  return {
    ...rowView(one, names, results, now), mode: one.mode, place: one.place, reason: one.reason, unit: one.unit, position: one.position, phone: one.phone, leader: one.leaderId === null ? null : (names.get(one.leaderId) ?? ''), viewerGroup: one.viewerGroup,
    viewer: one.viewer, viewerPaper: one.viewerPaper, paperNumber: one.paperNumber, purpose: one.purpose, receiver: one.receiver, copies: one.copies, returnBy: one.returnBy, cameraIds: [...one.cameraIds], approvalId: one.approvalId, seesApproval: await approvalsNow.maySee(db, caller, one.approvalId, now),
    clauses: [...one.clauses], follows: before === null ? null : { requestId: before.requestId, number: before.number }, existed: await existingOf(db, requestId), exists,
    approvers: signatures.filter(({ decision }) => decision === 'approve').map(({ personId, signedAt, comment }) => ({ name: names.get(personId) ?? '', at: signedAt, comment })),
    operator: one.operatorId === null ? null : (names.get(one.operatorId) ?? ''), viewings: viewings.map((viewing) => viewingView(viewing, names)), results: results.map((result) => resultView(result, names)),
    told: told.map(({ personId, at, answeredAt }) => ({ name: names.get(personId) ?? '', at, answeredAt })),
    life: steps.map(({ at, act, by, note }) => ({ at, act, words: isAct(act) ? actWords[act] : { zh: act, en: act }, by: names.get(by) ?? null, note })),
    can: {
      begin: allowed(caller, execute, mayBegin(one, caller.personId, now, agreed, isOpen)),
      end: allowed(caller, execute, isOpen ? null : refuse('not_open', { number: one.number })),
      write: writing,
      close: allowed(caller, 'evidence.request.review', mayClose(one, caller.personId, results.at(-1)?.by ?? null)),
      withdraw: allowed(caller, null, mayWithdraw(one, caller.personId)),
    },
    timeZone: await zoneOf(db), now,
  };
};
