/** Asks to see footage or for a copy: checked against what exists, numbered, held at once, laid before who must agree. */
import type { Asked } from '../../../../../contract/evidence.ts';
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Refusal } from '../../../base/refusal.ts';
import { hourMs } from '../../../base/units.ts';
import { actorOf, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { copyKindName, grantHours, viewKindName, type RequestBody } from '../approvals.ts';
import { aboutOf, type EvidenceContext } from '../context.ts';
import { reasonOfCopy, reasonOfViewing } from '../controls.ts';
import { evidenceRefusals as refuse } from '../errors.ts';
import { events } from '../events.ts';
import { footageWords, hasSomething } from '../existing.ts';
import { longestHours } from '../limits.ts';
import type { FootageRequest } from '../request.ts';
import { existingOf, findRequest, insertRequest, insertStep, lockRequest, nextCount, saveState, type Existed } from '../store.ts';
import { ViewMode } from '../../../../../contract/evidence.ts';

/** Clauses that ask for a request before footage is seen or copied. */
const asking = { view: ['BUS-1.4.8', 'BUS-2.3.3', 'BUS-2.4.1', 'BRN-7.1', 'BRN-7.3'], copy: ['BUS-1.4.9', 'BUS-2.3.2', 'BUS-2.3.4', 'BUS-2.4.2'] } as const;

const at = (path: string, refusal: Refusal, ...values: Parameters<typeof refuse>): Refusal => refuse(values[0], values[1], { fields: [{ path, ...refusal.sentence }] });
const ofField = (path: string, ...values: Parameters<typeof refuse>): Refusal => at(path, refuse(values[0], values[1]), ...values);

const requireWords = (asked: Asked): void => {
  const control = asked.type === 'view' ? reasonOfViewing : reasonOfCopy;
  control.refuse(() => (asked.reason === '' ? ofField('reason', 'reason_needed') : null));
  if (asked.type === 'copy' && (asked.purpose === '' || asked.receiver === '')) throw ofField(asked.purpose === '' ? 'purpose' : 'receiver', 'purpose_needed');
  if (asked.department === '' || asked.unit === '') throw ofField(asked.department === '' ? 'department' : 'unit', 'department_needed');
  if (asked.cameraIds.length === 0) throw ofField('cameraIds', 'cameras_needed');
  if (asked.viewerGroup !== 'colleague' && (asked.viewer === '' || asked.viewerPaper === '')) throw ofField(asked.viewer === '' ? 'viewer' : 'viewerPaper', 'viewer_needed');
  if (asked.viewerGroup === 'authority' && asked.paperNumber === '') throw ofField('paperNumber', 'paper_needed');
};

export const requireSpan = (from: Instant, until: Instant, now: Instant): void => {
  if (until <= from || until - from > longestHours * hourMs) throw ofField('until', 'span_wrong', { hours: longestHours });
  if (until > now) throw ofField('until', 'span_coming');
};

const requireOthers = async (tx: Tx, caller: Caller, asked: Asked, now: Instant): Promise<void> => {
  if (asked.leaderId !== null) {
    const leaders = await people.peopleWithRoles(tx, caller, ['leader'], now);
    if (!leaders.some(({ personId }) => personId === asked.leaderId)) throw ofField('leaderId', 'leader_unknown');
  }
  if (asked.follows !== null) {
    const before = await findRequest(tx, caller.roomId, asked.follows);
    if (before?.applicantId !== caller.personId) throw ofField('follows', 'follows_unknown');
  }
};

const whatExists = async (context: EvidenceContext, tx: Db, place: { siteId: string; roomId: string }, asked: Pick<Asked, 'cameraIds' | 'from' | 'until'>, now: Instant) => {
  const found = [];
  for (const cameraId of new Set(asked.cameraIds)) {
    const one = await context.footage(tx, place, cameraId, asked.from, asked.until, now);
    if (one === null) throw ofField('cameraIds', 'camera_unknown');
    found.push(one);
  }
  return found;
};
export { whatExists };

const orNull = (text: string): string | null => (text === '' ? null : text);

const draftOf = (context: EvidenceContext, caller: Caller, asked: Asked, now: Instant, rules: Rules, numbered: { number: string; cameras: readonly string[]; cameraIds: readonly string[] }) => {
  const { siteId, roomId, personId } = caller;
  const { type, from, until, place, reasonClass, reason, department, unit, position, phone, leaderId, viewerGroup, follows } = asked;
  const copy = type === 'copy';
  return {
    ...numbered, requestId: newId('freq', context.clock), type, siteId, roomId, applicantId: personId, department, unit, position, phone, from, until, place, reasonClass, reason, leaderId, viewerGroup, follows,
    paperNumber: orNull(asked.paperNumber), viewer: orNull(asked.viewer), viewerPaper: orNull(asked.viewerPaper), mode: ViewMode.parse(rules.text('view_mode')), clauses: rules.citeAll(asking[type]), submittedAt: now,
    purpose: copy ? asked.purpose : null, receiver: copy ? asked.receiver : null, copies: copy ? asked.copies : null, returnBy: copy ? asked.returnBy : null,
  };
};

/** What approvers see and sign, made from the request as it stands in the tables. */
export const bodyOf = async (context: EvidenceContext, tx: Tx, one: FootageRequest): Promise<RequestBody> => {
  const names = await people.personNames(tx, [one.applicantId]);
  const place = await people.place(tx);
  const rules = await context.rules(tx, one, one.submittedAt);
  const exists = (await existingOf(tx, one.requestId)).map((footage) => footageWords({ ...footage, recorded: [], gaps: [] }, one.from, one.until));
  const { requestId, number, type, department, unit, position, phone, from, until, reasonClass, viewerGroup, mode, copies, returnBy } = one;
  return {
    requestId, number, type, department, unit, position, phone, from, until, reasonClass, viewerGroup, mode, copies, returnBy, place: one.place, applicant: names.get(one.applicantId) ?? '', cameras: [...one.cameras], cameraIds: [...one.cameraIds],
    timeZone: place?.site.timeZone ?? 'UTC', viewer: one.viewer ?? '', viewerPaper: one.viewerPaper ?? '', paperNumber: one.paperNumber ?? '', purpose: one.purpose ?? '', receiver: one.receiver ?? '', exists,
    validHours: grantHours(rules),
  };
};

export const submitRequest = async (context: EvidenceContext, tx: Tx, caller: Caller, asked: Asked): Promise<{ requestId: string; number: string }> => {
  requireWords(asked);
  const now = context.clock.now();
  requireSpan(asked.from, asked.until, now);
  await requireOthers(tx, caller, asked, now);
  const { siteId, roomId, personId } = caller;
  const exists = await whatExists(context, tx, caller, asked, now);
  if (!hasSomething(exists)) {
    const words = exists.map((one) => footageWords(one, asked.from, asked.until));
    throw ofField('until', 'nothing_recorded', { zh: words.map(({ zh }) => zh).join('；'), en: words.map(({ en }) => en).join('; ') });
  }
  const rules = await context.rules(tx, caller, now);
  const timeZone = (await people.place(tx))?.site.timeZone ?? 'UTC';
  const year = Number(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(now));
  const count = await nextCount(tx, roomId, year);
  const number = `DY-${year}-${String(count).padStart(6, '0')}`;
  const draft = draftOf(context, caller, asked, now, rules, { number, cameras: exists.map(({ camera }) => camera), cameraIds: exists.map(({ cameraId }) => cameraId) });
  const existing: Existed[] = exists.map(({ cameraId, camera, state, recordedMs, oldest, keptDays }) => ({ cameraId, camera, state, recordedMs, oldest, keptDays }));
  await insertRequest(tx, draft, { year, count, existing });
  const { requestId, type, reason, from, until } = draft;
  const one = await lockRequest(tx, requestId);
  if (one === null) throw new Error(`request ${requestId} was not saved`);
  const approvalId = await context.approvals().submit(tx, { kind: type === 'view' ? viewKindName : copyKindName, body: await bodyOf(context, tx, one), reason, applicant: caller, subject: requestId });
  const actor = actorOf(caller);
  const holdId = (await context.holds?.place(tx, { requestId, siteId, roomId, requesterId: personId, cameraIds: draft.cameraIds, from, until, reason, actor })) ?? null;
  await saveState(tx, one, { approvalId, holdId }, now);
  await insertStep(tx, { requestId, act: 'submitted', state: 'approving', at: now, by: personId, note: reason });
  await context.ledger.append(tx, {
    event: events.requestSubmitted, siteId, roomId, actor, subject: requestId, at: now, clauses: draft.clauses,
    body: {
      ...aboutOf(draft), name: caller.name, department: draft.department, cameras: [...draft.cameras], cameraIds: [...draft.cameraIds], from, until, reasonClass: draft.reasonClass, reason, mode: draft.mode, viewer: draft.viewer ?? '',
      purpose: draft.purpose ?? '', receiver: draft.receiver ?? '', approvalId, holdId,
    },
  });
  await context.tellScreens(tx, 'evidence.requests');
  return { requestId, number };
};
