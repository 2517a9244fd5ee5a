/** The alarm history: pages for the screen, and register F11 报警处置登记 as CSV, each alarm with who answered it, when and with which words. */
import type { z } from 'zod';
import type * as contract from '../../../../contract/notifications.ts';
import type { AlarmClass, Severity } from '../../../../contract/notifications.ts';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { dayMs, minuteMs } from '../../base/units.ts';
import type { Bytes } from '../../platform/http/route.ts';
import { actorOf, type Caller } from '../identity/index.ts';
import { stepsOf, type Step } from './alarm-store.ts';
import { stateOf, type Alarm, type AlarmState } from './alarm.ts';
import type { NotificationsContext } from './context.ts';
import { events } from './events.ts';
import { alarmsFound, type Cursor } from './history-store.ts';
import { notificationsRefusals as refuse } from './refusals.ts';
import { present } from './views.ts';

const longestDays = 400;
const pageSize = 50;
/** Lines of one file; a longer span is asked for in parts. */
const mostLines = 20_000;

type Query = z.output<(typeof contract.alarmHistory)['query']>;

const requireSpan = ({ from, until }: Pick<Query, 'from' | 'until'>): void => {
  if (until <= from || until - from > longestDays * dayMs) throw refuse('span_wrong', { days: longestDays });
};

/** `<raisedAt>.<alarmId>`; what is not written so begins at the newest. */
const cursorOf = (before: string | undefined): Cursor | null => {
  const [at = '', alarmId = ''] = (before ?? '').split('.');
  return /^\d{1,15}$/.test(at) && alarmId !== '' ? { raisedAt: Number(at), alarmId } : null;
};

export const alarmHistory = async (context: NotificationsContext, caller: Caller, query: Query): Promise<z.input<(typeof contract.alarmHistory)['response']>> => {
  requireSpan(query);
  const found = await alarmsFound(context.database.db, caller.roomId, query, cursorOf(query.before), pageSize + 1);
  const page = found.slice(0, pageSize);
  const last = page.at(-1);
  const more = found.length > pageSize;
  return { alarms: await present(context, page), more, next: more && last !== undefined ? `${last.raisedAt}.${last.alarmId}` : null };
};

const classWords: Readonly<Record<AlarmClass, Sentence>> = {
  fire: { zh: '火警', en: 'fire' }, panic: { zh: '紧急', en: 'panic' }, intrusion: { zh: '入侵', en: 'intrusion' }, system: { zh: '系统', en: 'system' }, room: { zh: '监控室', en: 'room' }, duty: { zh: '值守', en: 'duty' },
  device: { zh: '设备', en: 'device' },
};
const severityWords: Readonly<Record<Severity, Sentence>> = { ordinary: { zh: '一般', en: 'ordinary' }, serious: { zh: '严重', en: 'serious' }, major: { zh: '重大', en: 'major' } };
const stateWords: Readonly<Record<AlarmState, Sentence>> = { waiting: { zh: '待确认', en: 'waiting' }, acknowledged: { zh: '已确认', en: 'acknowledged' }, shelved: { zh: '搁置', en: 'put aside' }, closed: { zh: '已结束', en: 'closed' } };
const verdictWords: Readonly<Record<string, Sentence>> = { real: { zh: '属实', en: 'real' }, false: { zh: '误报', en: 'false' } };

const headings: Readonly<Record<keyof Sentence, readonly string[]>> = {
  zh: ['序号', '发生时间', '类别', '程度', '报警内容', '次数', '首次确认人', '确认时间', '确认说明', '迟确认（分钟）', '搁置人', '搁置至', '搁置原因', '恢复时间', '结束人', '结束时间', '结论', '处置结果', '状态'],
  en: ['No.', 'raised', 'class', 'severity', 'alarm', 'times', 'first acknowledged by', 'acknowledged at', 'words', 'late (min)', 'put aside by', 'put aside until', 'why put aside', 'over at', 'closed by', 'closed at', 'verdict', 'result', 'state'],
};

/** A cell that begins like a formula would be run by a spreadsheet. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

interface Telling {
  language: keyof Sentence;
  when: (at: Instant | null | undefined) => string;
  name: (id: string | undefined) => string;
}

const lineOf = (alarm: Alarm, steps: readonly Step[], number: number, { language, when, name }: Telling): string[] => {
  const acknowledged = steps.find(({ what }) => what === 'acknowledged');
  const shelved = steps.findLast(({ what }) => what === 'shelved');
  const closed = steps.findLast(({ what }) => what === 'closed');
  const verdict = closed?.detail?.['verdict'];
  return [
    String(number), when(alarm.raisedAt), classWords[alarm.class][language], severityWords[alarm.severity][language], alarm.sentence[language], String(alarm.times),
    name(acknowledged?.by), when(acknowledged?.at), acknowledged?.text ?? '', acknowledged === undefined ? '' : String(Math.ceil(acknowledged.lateMs / minuteMs)), name(shelved?.by), when(shelved?.until), shelved?.text ?? '',
    when(alarm.clearedAt), name(closed?.by), when(closed?.at), typeof verdict === 'string' ? (verdictWords[verdict]?.[language] ?? '') : '', closed?.text ?? '', stateWords[stateOf(alarm)][language],
  ];
};

export const alarmHistoryFile = async (context: NotificationsContext, caller: Caller, query: Query & { language?: keyof Sentence | undefined }): Promise<Bytes> => {
  requireSpan(query);
  const { database, clock, ledger } = context;
  const { db } = database;
  const alarms = await alarmsFound(db, caller.roomId, query, null, mostLines);
  const steps = Map.groupBy(await stepsOf(db, alarms.map(({ alarmId }) => alarmId)), ({ alarmId }) => alarmId);
  const names = await context.people.names(db, [...new Set([...steps.values()].flatMap((some) => some.map(({ by }) => by)).filter((by) => by.startsWith('per_')))]);
  const language = query.language ?? (caller.language === 'en' ? 'en' : 'zh');
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: await context.timeZone(db), dateStyle: 'short', timeStyle: 'medium' });
  const telling: Telling = { language, when: (at) => (at == null ? '' : format.format(at)), name: (id) => (id === undefined ? '' : (names.get(id) ?? { zh: '系统', en: 'system' }[language])) };
  const rows = alarms.toReversed().map((alarm, index) => lineOf(alarm, steps.get(alarm.alarmId) ?? [], index + 1, telling));
  const { siteId, roomId } = caller;
  await database.transaction((tx) => ledger.append(tx, { event: events.historyExported, siteId, roomId, actor: actorOf(caller), subject: roomId, body: { from: query.from, until: query.until, alarms: rows.length }, at: clock.now() }));
  const body = `\uFEFF${[headings[language], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
  return { contentType: 'text/csv; charset=utf-8', body, headers: { 'content-disposition': 'attachment; filename="alarm-history.csv"' } };
};
