/** 豁免申请: a person asks to be exempt from a clause for a span, by reason. The room manager agrees first, then a leader. */
import { z } from 'zod';
import { Instant } from '../../../../contract/endpoint.ts';
import { dayMs, hourMs } from '../../base/units.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { ApprovalsOptions, ClausesInForce } from './context.ts';
import { declareApprovalKind, type AskedAbout } from './kind.ts';
import { approvalsRefusals } from './refusals.ts';

/** A longer one is a change of the rules, not an exemption. */
const mostDays = 366;

type TitlesOf = ApprovalsOptions['clauseTitles'];

const Exemption = z.object({
  /** A clause in force here, e.g. BRN-9.4 */
  clause: z.string().trim().min(1).max(200),
  /** What is done instead, so that the purpose of the clause is kept. */
  instead: z.string().trim().min(1).max(1000),
  from: Instant,
  until: Instant,
});

/** As long as it lasts: what is signed reads the same in every time zone, and screens show its instants in the site's. */
const lasting = (ms: number): { zh: string; en: string } => {
  const days = Math.floor(ms / dayMs);
  const hours = Math.ceil((ms - days * dayMs) / hourMs);
  const zh = [days > 0 ? `${days} 天` : '', hours > 0 ? `${hours} 小时` : ''].filter((part) => part !== '').join(' ');
  const en = [days > 0 ? `${days} d` : '', hours > 0 ? `${hours} h` : ''].filter((part) => part !== '').join(' ');
  return { zh, en };
};

/** The clause as people name it, with its words; its number alone when it binds no more. */
const namedBy = (inForce: ClausesInForce, titles: TitlesOf) => async (db: Db, clause: string, { at, ...place }: AskedAbout): Promise<{ title: Sentence; words: Sentence }> => {
  const found = (await inForce(db, place, at)).find(({ id }) => id === clause);
  const [title = { zh: clause, en: clause }] = found === undefined ? [] : await titles(db, [found.cite]);
  return { title, words: found === undefined ? title : { zh: `${title.zh}：${found.zh}`, en: `${title.en}: ${found.en}` } };
};

/** Only from what binds: `inForce` knows the clauses of the room, `titles` what people call them. */
export const exemptionFrom = (inForce: ClausesInForce, titles: TitlesOf = async () => []) => declareApprovalKind({
  kind: 'approvals.exemption',
  title: { zh: '豁免申请', en: 'exemption from a clause' },
  version: 1,
  body: Exemption,
  summary: ({ clause, from, until }) => ({ zh: `豁免“${clause}”，${lasting(until - from).zh}`, en: `Exempt from "${clause}" for ${lasting(until - from).en}` }),
  summaryNow: async (db, { clause, from, until }, about) => {
    const { title } = await namedBy(inForce, titles)(db, clause, about);
    return { zh: `豁免${title.zh}，${lasting(until - from).zh}`, en: `Exempt from ${title.en} for ${lasting(until - from).en}` };
  },
  detailsNow: async (db, { clause, instead, from, until }, about) => [
    { title: { zh: '豁免条款', en: 'Clause' }, value: (await namedBy(inForce, titles)(db, clause, about)).words },
    { title: { zh: '开始', en: 'From' }, value: { at: from } },
    { title: { zh: '结束', en: 'Until' }, value: { at: until } },
    { title: { zh: '替代措施', en: 'Done instead' }, value: { zh: instead, en: instead } },
  ],
  risks: () => [{ zh: '豁免期间该条款不再约束此人，请确认替代措施足够。', en: 'During the exemption the clause does not bind this person: make sure that what is done instead is enough.' }],
  protected: true,
  submitVerb: 'approvals.exemption.ask',
  fields: [
    { key: 'clause', title: { zh: '豁免条款', en: 'Clause' }, type: 'clause', required: true },
    { key: 'from', title: { zh: '开始', en: 'From' }, type: 'instant', required: true },
    { key: 'until', title: { zh: '结束', en: 'Until' }, type: 'instant', required: true },
    { key: 'instead', title: { zh: '替代措施', en: 'Done instead' }, type: 'long_text', required: true },
  ],
  steps: () => Promise.resolve([
    { key: 'room_manager', title: { zh: '主管审批', en: 'room manager' }, mode: 'one_of', approvers: { roles: ['room_manager'] } },
    { key: 'leader', title: { zh: '领导审批', en: 'leader' }, mode: 'one_of', approvers: { roles: ['leader'] } },
  ]),
  expiresMs: 7 * dayMs,
  validMs: mostDays * dayMs,
  validUntil: ({ until }) => until,
  inForceAtOnce: true,
  emergency: { leaders: ['security_department', 'leader'] },
  check: async (tx, { body, siteId, roomId, at }) => {
    const { clause, from, until } = body;
    if (!(await inForce(tx, { siteId, roomId }, at)).some(({ id }) => id === clause)) {
      const no = approvalsRefusals('exemption_clause', { clause });
      throw approvalsRefusals('exemption_clause', { clause }, { fields: [{ path: 'body.clause', ...no.sentence }] });
    }
    if (until <= from || until <= at || until - from > mostDays * dayMs) {
      const no = approvalsRefusals('exemption_span', { days: mostDays });
      throw approvalsRefusals('exemption_span', { days: mostDays }, { fields: [{ path: 'body.until', ...no.sentence }] });
    }
  },
  // The record itself is the exemption: who judges the clause asks for it.
  approved: () => Promise.resolve(),
});
