/** Register F5 录像调阅审批及登记, for screens and as CSV. Reading it is a recorded act, whatever way it is read. */
import type { z } from 'zod';
import type * as contract from '../../../../contract/evidence.ts';
import { dayMs } from '../../base/units.ts';
import { questions as approvalsNow } from '../../mechanisms/approvals/index.ts';
import { actorOf, questions as people, type Caller } from '../../mechanisms/identity/index.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { EvidenceContext } from './context.ts';
import { everyViewingRegistered, fourNamed } from './controls.ts';
import { evidenceRefusals as refuse } from './errors.ts';
import { events } from './events.ts';
import { stateWords, type FootageRequest } from './request.ts';
import { countRequests, listRequests } from './store.ts';
import { namesOf, resultView, viewingView } from './views.ts';
import { resultsOf, viewingsOf } from './viewing-store.ts';
import { outcomeWords, reasonWords, timeText, typeWords, viewerGroupWords } from './words.ts';

export const registerForm = 'F5 v1';
const longestDays = 366;
const pageRows = 50;
const mostRows = 5_000;
type Row = z.input<typeof contract.RegisterRow>;
export interface RegisterQuery {
  from: number;
  until: number;
  type?: contract.RequestType | undefined;
  state?: contract.RequestState | undefined;
  search?: string | undefined;
}

const rowsOf = async (context: EvidenceContext, db: Db, list: readonly FootageRequest[], place: { siteId: string; roomId: string }): Promise<Row[]> => {
  const ids = list.map(({ requestId }) => requestId);
  const found = await viewingsOf(db, ids);
  const viewings = everyViewingRegistered.find(() => found);
  const results = await resultsOf(db, ids);
  const playbacks = await context.playbacks(db, ids);
  const approvals = new Map(await Promise.all(list.map(async (one) => [one.requestId, await approvalsNow.get(db, one.approvalId)] as const)));
  const signed = [...approvals.values()].flatMap((one) => one?.signatures ?? []);
  const names = await namesOf(db, [...list.flatMap(({ applicantId, operatorId }) => [applicantId, operatorId]), ...viewings.map(({ operatorId }) => operatorId), ...results.map(({ by }) => by), ...signed.map(({ personId }) => personId)]);
  const keepers = (await people.peopleWithRoles(db, place, ['video_custodian'], context.clock.now())).map(({ name }) => name).join('、');
  return list.map((one): Row => {
    const approval = approvals.get(one.requestId) ?? null;
    const mine = results.filter(({ requestId }) => requestId === one.requestId);
    const last = mine.at(-1);
    return {
      requestId: one.requestId, number: one.number, submittedAt: one.submittedAt, applicant: names.get(one.applicantId) ?? '', unit: one.unit, department: one.department, position: one.position, phone: one.phone, viewerGroup: one.viewerGroup, viewer: one.viewer ?? '', viewerPaper: one.viewerPaper ?? '',
      type: one.type, reasonClass: one.reasonClass, reason: one.reason, place: one.place, cameras: [...one.cameras], from: one.from, until: one.until, paperNumber: one.paperNumber ?? '', state: one.state,
      opinions: (approval?.signatures ?? []).map((signature) => ({ role: people.roleTitle(approval?.steps[signature.step]?.roles[0] ?? ''), name: names.get(signature.personId) ?? '', decision: signature.decision, at: signature.signedAt, comment: signature.comment })),
      viewings: viewings.filter(({ requestId }) => requestId === one.requestId).map((viewing) => viewingView(viewing, names)), playbacks: playbacks.get(one.requestId) ?? 0, result: last === undefined ? null : resultView(last, names),
      keeper: fourNamed.allows(() => false) ? '' : keepers, purpose: one.purpose ?? '', receiver: one.receiver ?? '', copies: one.copies, returnBy: one.returnBy, remark: mine.slice(1).map(({ remark }) => remark).join('；'),
    };
  });
};

const noteRead = async (context: EvidenceContext, caller: Caller, query: RegisterQuery, rows: number, how: 'screen' | 'csv'): Promise<void> => {
  const { siteId, roomId } = caller;
  const { from, until } = query;
  await context.database.transaction((tx) => context.ledger.append(tx, { event: events.registerRead, siteId, roomId, actor: actorOf(caller), subject: roomId, body: { from, until, rows, how }, at: context.clock.now() }));
};

const requireSpan = ({ from, until }: RegisterQuery): void => {
  if (until <= from || until - from > longestDays * dayMs) throw refuse('register_span', { days: longestDays });
};
const filterOf = (caller: Caller, { from, until, type, state, search }: RegisterQuery) => ({ roomId: caller.roomId, from, until, type, search, states: state === undefined ? undefined : [state] });

export const readRegister = async (context: EvidenceContext, caller: Caller, query: RegisterQuery & { page: number }): Promise<z.input<typeof contract.register.response>> => {
  requireSpan(query);
  const { db } = context.database;
  const filter = filterOf(caller, query);
  const total = await countRequests(db, filter);
  const rows = await rowsOf(context, db, await listRequests(db, filter, pageRows, (query.page - 1) * pageRows), caller);
  await noteRead(context, caller, query, rows.length, 'screen');
  const place = await people.place(db);
  return {
    site: place?.site.name ?? '', room: place?.room.name ?? '', form: registerForm, timeZone: place?.site.timeZone ?? 'UTC', rows, total, page: query.page, pages: Math.max(1, Math.ceil(total / pageRows)), madeAt: context.clock.now(),
  };
};

/** A cell that a spreadsheet would take for a formula gets an apostrophe: what people typed is never run. */
export const csvCell = (value: string): string => {
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

const heads = [
  '编号', '申请日期', '申请人', '单位', '部门', '职务', '电话', '观看人', '证件', '类型', '事由类别', '事由', '地点', '摄像机', '录像起', '录像止', '法律文书号', '审批意见', '状态', '调阅起', '调阅止', '操作人', '陪同人', '回放次数', '结果', '结果说明', '填写人', '填写时间', '逾期填写', '保管人',
  '用途', '接收人', '份数', '归还或销毁', '备注',
];

export const csvText = (rows: readonly Row[], timeZone: string): string => {
  const time = (at: number | null): string => timeText(at, timeZone);
  const lines = rows.map((row) => [
    row.number, time(row.submittedAt), row.applicant, row.unit, row.department, row.position, row.phone, `${viewerGroupWords(row.viewerGroup).zh} ${row.viewer}`.trim(), row.viewerPaper, typeWords(row.type).zh, reasonWords(row.reasonClass).zh, row.reason, row.place, row.cameras.join('、'), time(row.from), time(row.until),
    row.paperNumber, row.opinions.map((one) => `${one.role.zh} ${one.name} ${one.decision === 'approve' ? '同意' : '不同意'} ${time(one.at)} ${one.comment}`.trim()).join('；'), stateWords[row.state].zh,
    row.viewings.map(({ from }) => time(from)).join('；'), row.viewings.map(({ until }) => time(until)).join('；'), [...new Set(row.viewings.map(({ operator }) => operator))].join('、'), [...new Set(row.viewings.map(({ witness }) => witness))].filter((name) => name !== '').join('、'),
    String(row.playbacks), row.result === null ? '' : outcomeWords(row.result.outcome).zh, row.result?.remark ?? '', row.result?.by ?? '', time(row.result?.at ?? null), row.result?.late === true ? '逾期' : '', row.keeper, row.purpose, row.receiver,
    row.copies === null ? '' : String(row.copies), time(row.returnBy), row.remark,
  ]);
  // The mark at the front tells spreadsheets that this is UTF-8.
  return `\uFEFF${[heads, ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
};

export const exportRegister = async (context: EvidenceContext, caller: Caller, query: RegisterQuery): Promise<string> => {
  requireSpan(query);
  const { db } = context.database;
  const rows = await rowsOf(context, db, await listRequests(db, filterOf(caller, query), mostRows), caller);
  await noteRead(context, caller, query, rows.length, 'csv');
  return csvText(rows, (await people.place(db))?.site.timeZone ?? 'UTC');
};
