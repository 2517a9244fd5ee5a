/** Register F7 巡检记录: one line for each item, with the columns of the paper book; for the screen, for A4 and as CSV. */
import type { z } from 'zod';
import type { FormField, RegisterLine } from '../../../../contract/obligations.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { dayMs } from '../../base/units.ts';
import { moment } from '../../platform/postgres/db.ts';
import type { Caller } from '../identity/index.ts';
import type { ObligationsContext } from './context.ts';
import { findForm, findingsOf, reviewsOf, submissionsOf, type FindingWithClosing, type KnownForm, type Submission } from './evidence-store.ts';
import { namingOf, type Naming } from './names.ts';
import type { Obligation } from './obligation.ts';
import { obligationRefusals as refuse } from './refusals.ts';
import { isRhythm } from './rhythm.ts';
import { columns, obligationOf, tables } from './store.ts';
import { whenText } from './when-text.ts';

type Line = z.input<typeof RegisterLine>;
const longestDays = 400;
const mostObligations = 2_000;

const cycles: Readonly<Record<string, Sentence>> = {
  day: { zh: '日', en: 'daily' }, week: { zh: '周', en: 'weekly' }, month: { zh: '月', en: 'monthly' }, quarter: { zh: '季', en: 'quarterly' }, year: { zh: '年', en: 'yearly' },
  days: { zh: '定期', en: 'periodic' }, hours: { zh: '每数小时', en: 'every few hours' }, shift: { zh: '班', en: 'each shift' }, once: { zh: '临时', en: 'unscheduled' },
};
export const stateWords: Readonly<Record<Obligation['state'], Sentence>> = {
  planned: { zh: '未到时间', en: 'planned' }, available: { zh: '待办', en: 'due' }, in_progress: { zh: '进行中', en: 'in progress' }, overdue: { zh: '逾期', en: 'overdue' }, submitted: { zh: '已提交', en: 'submitted' }, returned: { zh: '退回', en: 'returned' },
  reviewed: { zh: '已复核', en: 'reviewed' }, missed: { zh: '漏检', en: 'missed' }, waived: { zh: '免除', en: 'waived' }, withdrawn: { zh: '取消', en: 'withdrawn' },
};

const resultOf = (field: FormField, submission: Submission | undefined): Sentence => {
  const answer = submission?.answers[field.key];
  const photos = answer === undefined || answer.photos.length === 0 ? { zh: '', en: '' } : { zh: ` 照片 ${answer.photos.length} 张`, en: ` ${answer.photos.length} photos` };
  if (answer === undefined) return { zh: '—', en: '—' };
  if (field.type === 'check') return answer.value === true ? { zh: `正常${photos.zh}`, en: `in order${photos.en}` } : { zh: `异常${photos.zh}`, en: `not in order${photos.en}` };
  const option = field.options?.find(({ value }) => value === answer.value);
  if (option !== undefined) return { zh: option.title.zh + photos.zh, en: option.title.en + photos.en };
  const value = answer.value === null ? '' : `${String(answer.value)}${field.unit === undefined ? '' : ` ${field.unit}`}`;
  return { zh: (value + photos.zh).trim() || '—', en: (value + photos.en).trim() || '—' };
};

const standardOf = (field: FormField): Sentence => {
  const { min, max, unit = '' } = field;
  const range = min === undefined ? (max === undefined ? '' : `≤ ${max} ${unit}`.trim()) : `${max === undefined ? `≥ ${min}` : `${min}–${max}`} ${unit}`.trim();
  return { zh: [field.standard?.zh ?? '', range].filter(Boolean).join(' '), en: [field.standard?.en ?? '', range].filter(Boolean).join(' ') };
};

interface Sources {
  context: ObligationsContext;
  forms: ReadonlyMap<string, KnownForm>;
  submissions: readonly Submission[];
  findings: readonly FindingWithClosing[];
  reviewerOf: (submissionId: string) => string;
  name: Naming;
}

const linesOf = (one: Obligation, sources: Sources, number: () => number): Line[] => {
  const window = sources.context.kinds.get(one.kind)?.window;
  const cycle = cycles[window !== undefined && isRhythm(window) ? window.every : 'once'] ?? { zh: '', en: '' };
  const submission = sources.submissions.filter((each) => each.obligationId === one.obligationId).at(-1);
  const form = sources.forms.get(`${one.form} ${one.formVersion}`);
  const common = { cycle, from: one.from, until: one.until, title: one.title, state: one.state, late: one.late, form: `${one.form} v${one.formVersion}` };
  const done = { by: submission === undefined ? '' : sources.name(submission.by).name, at: submission?.at ?? null, enteredAt: submission?.at ?? null, reviewer: submission === undefined ? '' : sources.reviewerOf(submission.submissionId) };
  if (submission === undefined || form === undefined) {
    return [{ ...common, ...done, number: number(), item: one.subject === '' ? { zh: '全部项目', en: 'all items' } : { zh: one.subject, en: one.subject }, standard: { zh: '', en: '' }, result: stateWords[one.state], abnormal: '', handling: '' }];
  }
  return form.definition.fields.filter(({ key }) => one.fields.includes(key)).map((field) => {
    const found = sources.findings.filter((each) => each.submissionId === submission.submissionId && each.field === field.key);
    return {
      ...common, ...done, number: number(), item: field.title, standard: standardOf(field), result: resultOf(field, submission),
      abnormal: found.map(({ note }) => note).join('；'), handling: found.map(({ closed }) => closed?.result ?? '').filter(Boolean).join('；'),
    };
  });
};

export const registerLines = async (context: ObligationsContext, caller: Caller, query: { from: Instant; until: Instant; kind?: string | undefined }): Promise<{ lines: Line[]; more: boolean }> => {
  if (query.until - query.from > longestDays * dayMs) throw refuse('span_too_long', { days: longestDays });
  const { db } = context.database;
  let wanted = tables(db).selectFrom('obligations.obligations').select(columns).where('room_id', '=', caller.roomId).where('from_at', '>=', moment(query.from)).where('from_at', '<', moment(query.until)).where('state', 'not in', ['planned', 'withdrawn']);
  if (query.kind !== undefined) wanted = wanted.where('kind', '=', query.kind);
  const rows = (await wanted.orderBy('from_at').orderBy('obligation_id').limit(mostObligations + 1).execute()).map(obligationOf);
  const obligations = rows.slice(0, mostObligations);
  const ids = obligations.map((one) => one.obligationId);
  const [submissions, findings] = await Promise.all([submissionsOf(db, ids), findingsOf(db, ids)]);
  const reviews = (await reviewsOf(db, submissions.map((one) => one.submissionId))).filter(({ outcome }) => outcome === 'agreed');
  const forms = new Map<string, KnownForm>();
  for (const { form, formVersion } of obligations) {
    const key = `${form} ${formVersion}`;
    const known = forms.has(key) ? null : await findForm(db, form, formVersion);
    if (known !== null) forms.set(key, known);
  }
  const name = await namingOf(db, [...submissions.map((one) => one.by), ...reviews.map((one) => one.by)]);
  const reviewerOf = (submissionId: string): string => {
    const by = reviews.find((one) => one.submissionId === submissionId)?.by;
    return by === undefined ? '' : name(by).name;
  };
  let last = 0;
  const lines = obligations.flatMap((one) => linesOf(one, { context, forms, submissions, findings, reviewerOf, name }, () => (last += 1)));
  return { lines, more: rows.length > mostObligations };
};

const headings: Readonly<Record<keyof Sentence, readonly string[]>> = {
  zh: ['序号', '周期', '应检窗口起', '应检窗口止', '任务', '项目', '标准', '结果/读数', '异常', '处理', '检查人', '发生时间', '录入时间', '复核人', '状态', '迟做', '表单版本'],
  en: ['No.', 'cycle', 'window from', 'window until', 'task', 'item', 'standard', 'result / reading', 'abnormal', 'handling', 'done by', 'event time', 'entry time', 'reviewer', 'state', 'late', 'form version'],
};

/** A cell that begins like a formula would be run by a spreadsheet. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?( |$)/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** With a byte order mark, so that spreadsheets read the Chinese. */
export const registerCsv = (lines: readonly Line[], timeZone: string, language: keyof Sentence): string => {
  const when = (at: Instant | null): string => (at === null ? '' : whenText(at, timeZone));
  const rows = lines.map((line) => [
    String(line.number), line.cycle[language], when(line.from), when(line.until), line.title[language], line.item[language], line.standard[language], line.result[language], line.abnormal, line.handling, line.by, when(line.at), when(line.enteredAt), line.reviewer,
    stateWords[line.state][language], line.late ? { zh: '是', en: 'yes' }[language] : '', line.form,
  ]);
  return `\uFEFF${[headings[language], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
};
