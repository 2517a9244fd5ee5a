/** Wide reads of copies: those of a request, the printed note, the register. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/evidence-copies.ts';
import { dayMs } from '../../../base/units.ts';
import type { Refusal, Sentence } from '../../../base/refusal.ts';
import { questions as approvalsNow } from '../../../mechanisms/approvals/index.ts';
import { actorOf, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import type { FootageRequest } from '../request.ts';
import { findRequest } from '../store.ts';
import { namesOf, type Names } from '../views.ts';
import type { CopiesContext } from './context.ts';
import { everyCopyRegistered } from './controls.ts';
import { begunEnding, fileNameOf, isOverdue, mayConfirm, mayEnd, mayHandOver, mayMake, maySend, mayTake, mayWithdraw, stateOf, type Agreement, type Package } from './copy.ts';
import { countPackages, findPackage, listPackages, packagesOf } from './copy-store.ts';
import { copyEvents as events } from './events.ts';
import { agreementOf, type Maker } from './make-copy.ts';
import { copyRefusals as refuse } from './refusals.ts';

type Answer<E extends { response: z.ZodType }> = z.input<E['response']>;
type Row = z.input<typeof contract.PackageRow>;
const execute = 'evidence.request.execute';
const confirm = 'evidence.copy.confirm_end';
const somebody = '?';

const allowed = (caller: Caller, refusal: Refusal | null, verb = execute): true | Sentence => {
  const byRole = caller.can(verb);
  return byRole !== true ? byRole : refusal === null ? true : refusal.sentence;
};

const handedTo = ({ custody }: Package): string | null => custody.findLast(({ act }) => act === 'handed_over')?.to ?? null;

const rowOf = (caller: Caller, pack: Package, { one, agreement }: { one: FootageRequest; agreement: Agreement }, names: Names, maker: Maker, now: number): Row => {
  const { packageId, requestId, number, copy, encrypted, witness, begunAt, end, custody } = pack;
  const nameOf = (id: string): string => (id === 'server' ? '' : (names.get(id) ?? ''));
  const begun = begunEnding(pack);
  const ended = stateOf(pack) === 'handed_over' ? 'returned' : 'destroyed';
  return {
    packageId, requestId, request: one.number, number, copy, state: stateOf(pack), encrypted, operator: nameOf(pack.operatorId), witness, begunAt, madeAt: end !== null && end.made ? end.endedAt : null, sizeBytes: end?.sizeBytes ?? null, sha256: end?.sha256 ?? null,
    fileSha256: end?.fileSha256 ?? null, fileName: fileNameOf(pack), fingerprint: end?.fingerprint ?? null, verifierSha256: end?.verifierSha256 ?? null, failure: end?.failure ?? null, progress: end === null ? maker.progressOf(packageId) : null, ending: begun === null ? null : { how: begun.how, by: nameOf(begun.by), at: begun.at, enteredAt: begun.enteredAt, medium: begun.medium, note: begun.note },
    receiver: handedTo(pack), purpose: one.purpose ?? '', returnBy: one.returnBy, overdue: isOverdue(pack, one.returnBy, now), custody: custody.map(({ number: place, act, at, enteredAt, by, second, from, to, medium, note, signatureSha256 }) => ({ number: place, act, at, enteredAt, by: nameOf(by), second, from, to, medium, note, signatureSha256 })),
    can: {
      take: allowed(caller, mayTake(pack, one, caller.personId, agreement)), hand_over: allowed(caller, mayHandOver(pack, somebody, agreement)), send: allowed(caller, maySend(pack)), end: allowed(caller, mayEnd(pack, ended)),
      confirm_end: allowed(caller, mayConfirm(pack, caller.personId), confirm), withdraw_end: allowed(caller, mayWithdraw(pack)),
      note: allowed(caller, null),
    },
  };
};

const rowsOf = async (context: CopiesContext, maker: Maker, caller: Caller, db: Db, packages: readonly Package[]): Promise<Row[]> => {
  const names = await namesOf(db, packages.flatMap(({ operatorId, custody }) => [operatorId, ...custody.map(({ by }) => by).filter((by) => by !== 'server')]));
  const requests = new Map<string, { one: FootageRequest; agreement: Agreement }>();
  for (const { requestId, roomId } of packages) {
    if (requests.has(requestId)) continue;
    const one = await findRequest(db, roomId, requestId);
    if (one !== null) requests.set(requestId, { one, agreement: await agreementOf(db, one.approvalId) });
  }
  const now = context.clock.now();
  return packages.flatMap((pack) => {
    const known = requests.get(pack.requestId);
    return known === undefined ? [] : [rowOf(caller, pack, known, names, maker, now)];
  });
};

/** Who asked, and who may see all requests. */
const requireSight = async (context: CopiesContext, caller: Caller, requestId: string, what: string): Promise<FootageRequest> => {
  const one = await findRequest(context.database.db, caller.roomId, requestId);
  if (one === null) throw refuse('unknown');
  if (one.applicantId === caller.personId || caller.can('evidence.requests.see') === true) return one;
  throw await context.deny(caller, what, refuse('not_yours').sentence);
};

const zoneOf = async (db: Db): Promise<string> => (await people.place(db))?.site.timeZone ?? 'UTC';

export const copiesView = async (context: CopiesContext, maker: Maker, caller: Caller, requestId: string): Promise<Answer<typeof contract.copies>> => {
  const { db } = context.database;
  const one = await requireSight(context, caller, requestId, 'GET /api/evidence/requests/:requestId/copies');
  const packages = await packagesOf(db, requestId);
  const now = context.clock.now();
  const making = packages.some((pack) => stateOf(pack) === 'making') ? refuse('under_way', { number: one.number }) : null;
  const refusal = mayMake(one, packages, caller.personId, now, await agreementOf(db, one.approvalId)) ?? making;
  return { copies: await rowsOf(context, maker, caller, db, packages), most: one.copies ?? 0, can: { make: allowed(caller, refusal) }, timeZone: await zoneOf(db), now };
};

export const noteView = async (context: CopiesContext, maker: Maker, caller: Caller, packageId: string): Promise<Answer<typeof contract.exportNote>> => {
  const { db } = context.database;
  const pack = await findPackage(db, caller.roomId, packageId);
  if (pack === null) throw refuse('unknown');
  const one = await requireSight(context, caller, pack.requestId, 'GET /api/evidence/copies/:packageId/note');
  const approval = await approvalsNow.get(db, one.approvalId);
  const agreed = (approval?.signatures ?? []).filter(({ decision }) => decision === 'approve');
  const names = await namesOf(db, [one.applicantId, ...agreed.map(({ personId }) => personId)]);
  const place = await people.place(db);
  const [copy] = await rowsOf(context, maker, caller, db, [pack]);
  if (copy === undefined) throw refuse('unknown');
  return {
    copy, unit: place?.site.name ?? '', room: place?.room.name ?? '', applicant: names.get(one.applicantId) ?? '', department: one.department, reason: one.reason, cameras: [...one.cameras], from: one.from, until: one.until,
    approvers: agreed.map(({ personId, signedAt }) => ({ name: names.get(personId) ?? '', at: signedAt })), timeZone: place?.site.timeZone ?? 'UTC', now: context.clock.now(),
  };
};

const longestDays = 366;
const pageRows = 50;

export const copyRegisterView = async (context: CopiesContext, maker: Maker, caller: Caller, query: z.output<typeof contract.copyRegister.query>): Promise<Answer<typeof contract.copyRegister>> => {
  const { db } = context.database;
  const { siteId, roomId } = caller;
  const { page, from, until, search, state } = query;
  if (until <= from || until - from > longestDays * dayMs) throw refuse('register_span', { days: longestDays }, { fields: [{ path: 'until', ...refuse('register_span', { days: longestDays }).sentence }] });
  const filter = { roomId, from, until, search, state };
  const total = await countPackages(db, filter);
  const found = await listPackages(db, filter, pageRows, (page - 1) * pageRows);
  const packages = everyCopyRegistered.find(() => found);
  const rows = await rowsOf(context, maker, caller, db, packages);
  await context.database.transaction((tx) => context.ledger.append(tx, { event: events.registerRead, siteId, roomId, actor: actorOf(caller), subject: roomId, body: { from, until, rows: rows.length }, at: context.clock.now() }));
  const place = await people.place(db);
  return { site: place?.site.name ?? '', room: place?.room.name ?? '', rows, total, page, pages: Math.max(1, Math.ceil(total / pageRows)), timeZone: place?.site.timeZone ?? 'UTC', madeAt: context.clock.now() };
};
