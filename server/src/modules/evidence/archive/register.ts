/** Register of the archive, for screens, paper and as CSV, and the index of footage by day. Reading the register is a recorded act. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/evidence-archive.ts';
import { dayMs } from '../../../base/units.ts';
import { actorOf, questions as people, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import { csvCell } from '../register.ts';
import { namesOf } from '../views.ts';
import { timeText } from '../words.ts';
import { countItems, itemsWithFootage, listItems, type ItemFilter } from './archive-store.ts';
import type { ArchiveContext } from './context.ts';
import { everyDayIndexed } from './controls.ts';
import { archiveEvents as events } from './events.ts';
import type { Item } from './item.ts';
import { ordersOf, custodianName, custodyOf, rowOf } from './views.ts';
import { standings } from './order-commands.ts';
import { archiveRefusals as refuse } from './refusals.ts';
import { actWords, classWords, howWords, sourceWords, stateWords } from './words.ts';

const longestDays = 366;
const longestIndexDays = 31;
const pageRows = 50;
const mostRows = 5_000;
type Register = z.input<typeof contract.archiveRegister.response>;
type Line = Register['rows'][number];
type Query = Omit<z.output<typeof contract.archiveRegister.query>, 'page'>;

const requireSpan = ({ from, until }: { from: number; until: number }, days: number): void => {
  if (until <= from || until - from > days * dayMs) throw refuse('register_span', { days }, { fields: [{ path: 'until', ...refuse('register_span', { days }).sentence }] });
};

const linesOf = async (context: ArchiveContext, db: Db, caller: Caller, items: readonly Item[]): Promise<Line[]> => {
  const now = context.clock.now();
  const custodian = await custodianName(db, caller.roomId);
  const names = await namesOf(db, items.flatMap(({ filedBy, acts }) => [filedBy, ...acts.map(({ by }) => by).filter((by) => by !== 'server')]));
  const lines: Line[] = [];
  for (const one of items) {
    const orders = await ordersOf(db, await standings(db, one, now));
    const releases = orders.filter(({ approvers }) => approvers.length > 0).map(({ how, approvers, receiver, place, state }) => ({ how, approvers: approvers.map(({ name }) => name), receiver, place, done: state === 'done' }));
    lines.push({ ...rowOf(one, names, custodian, now), custody: custodyOf(one, names), releases });
  }
  return lines;
};

const noteRead = (context: ArchiveContext, caller: Caller, { from, until }: Query, rows: number, how: 'screen' | 'csv'): Promise<unknown> => {
  const { siteId, roomId } = caller;
  return context.database.transaction((tx) => context.ledger.append(tx, { event: events.registerRead, siteId, roomId, actor: actorOf(caller), subject: roomId, body: { from, until, rows, how }, at: context.clock.now() }));
};
const filterOf = (caller: Caller, { from, until, search, class: kind }: Query): ItemFilter => ({ roomId: caller.roomId, filedFrom: from, filedUntil: until, search, class: kind });

export const registerView = async (context: ArchiveContext, caller: Caller, query: Query & { page: number }): Promise<Register> => {
  requireSpan(query, longestDays);
  const { db } = context.database;
  const filter = filterOf(caller, query);
  const total = await countItems(db, filter);
  const rows = await linesOf(context, db, caller, await listItems(db, filter, pageRows, (query.page - 1) * pageRows));
  await noteRead(context, caller, query, rows.length, 'screen');
  const place = await people.place(db);
  return { site: place?.site.name ?? '', room: place?.room.name ?? '', rows, total, page: query.page, pages: Math.max(1, Math.ceil(total / pageRows)), madeAt: context.clock.now() };
};

const heads = ['编号', '归档时间', '归档人', '来源', '类别', '案号', '题名', '索引词', '摄像机', '录像起', '录像止', '存放处', '保管人', '保存至', '状态', '锁定', '缺项', '文件数', '字节', 'SHA-256', '批准', '保管链'];

export const registerCsv = async (context: ArchiveContext, caller: Caller, query: Query): Promise<string> => {
  requireSpan(query, longestDays);
  const { db } = context.database;
  const rows = await linesOf(context, db, caller, await listItems(db, filterOf(caller, query), mostRows, 0));
  await noteRead(context, caller, query, rows.length, 'csv');
  const timeZone = (await people.place(db))?.site.timeZone ?? 'UTC';
  const time = (at: number | null): string => timeText(at, timeZone);
  const lines = rows.map((row) => [
    row.number, time(row.filedAt), row.filedBy, sourceWords[row.source].zh, classWords[row.class].zh, row.caseNumber, row.title, row.words, row.camera, time(row.from), time(row.until), row.place, row.custodian, row.keepUntil === null ? '长期' : time(row.keepUntil),
    stateWords[row.state].zh, row.held ? '锁定' : '', row.missing.map(({ zh }) => zh).join('；'), String(row.files), String(row.sizeBytes), row.sha256,
    row.releases.map(({ how, approvers, receiver, place }) => `${howWords[how].zh} ${approvers.join('、')} ${receiver} ${place}`.trim()).join('；'),
    row.custody.map(({ act, at, by, to, note }) => `${time(at)} ${actWords[act].zh} ${by} ${to} ${note}`.trim()).join('；'),
  ]);
  // The mark at the front tells spreadsheets that this is UTF-8.
  return `\uFEFF${[heads, ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
};

const dayOf = (at: number, timeZone: string): string => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
/** A day on which less than this is missing counts as whole: a recorder that starts anew takes a few seconds. */
const wholeWithinMs = 60_000;

/** Days of the site that the span touches, each with how long it was, as far as it is over. */
const daysOf = (from: number, until: number, timeZone: string): { day: string; from: number; dayMs: number }[] => {
  const found = new Map<string, { day: string; from: number; dayMs: number }>();
  const stepMs = dayMs / 96;
  for (let at = from; at < until; at += stepMs) {
    const day = dayOf(at, timeZone);
    const known = found.get(day) ?? { day, from: at, dayMs: 0 };
    known.dayMs += Math.min(stepMs, until - at);
    found.set(day, known);
  }
  return [...found.values()];
};

export const daysView = async (context: ArchiveContext, caller: Caller, { from, until }: { from: number; until: number }): Promise<z.input<typeof contract.archiveDays.response>> => {
  requireSpan({ from, until }, longestIndexDays);
  const { db } = context.database;
  const now = context.clock.now();
  const timeZone = (await people.place(db))?.site.timeZone ?? 'UTC';
  const end = Math.min(until, now);
  const sums = new Map((await context.days(db, caller.roomId, from, end, timeZone)).map((one) => [`${one.cameraId} ${one.day}`, one]));
  const items = await itemsWithFootage(db, caller.roomId, from, until);
  const cameras = await context.everyCamera(db, caller, now);
  const rows = daysOf(from, end, timeZone).flatMap(({ day, from: begin, dayMs: lengthMs }) =>
    cameras.filter(({ retiredAt }) => retiredAt === null || retiredAt > begin).map(({ cameraId, camera, keptDays, addedAt, retiredAt }): z.input<typeof contract.ArchiveDay> => {
      const sum = sums.get(`${cameraId} ${day}`);
      // What can be expected of a day on which the camera came or went is the part of it that the camera was there.
      const recordedMs = Math.min(sum?.recordedMs ?? 0, lengthMs);
      const there = Math.max(recordedMs, Math.min(begin + lengthMs, retiredAt ?? Infinity) - Math.max(begin, addedAt));
      const empty = there === 0 ? 'before' : begin + lengthMs <= now - keptDays * dayMs ? 'past' : 'none';
      const state = recordedMs === 0 ? empty : there - recordedMs <= wholeWithinMs ? 'whole' : 'partly';
      const filed = items.filter((one) => one.cameraId === cameraId && dayOf(one.from, timeZone) <= day && dayOf(one.until - 1, timeZone) >= day).map(({ itemId, number }) => ({ itemId, number }));
      return { cameraId, camera, day, state, recordedMs, dayMs: there, places: [...(sum?.places ?? [])], items: filed };
    }),
  );
  return { days: [...everyDayIndexed.find(() => rows)], now };
};
