/** The list of people as a file, and the empty one to fill in. Reading it out is a fact. */
import { Temporal } from 'temporal-polyfill';
import type { Bytes } from '../../../platform/http/route.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { columns } from '../people-file/columns.ts';
import { writeCsv } from '../people-file/csv.ts';
import { writeWorkbook } from '../people-file/workbook.ts';
import { findPeople, findPlace } from '../people-store.ts';
import { roleTitles } from '../roles.ts';
import { titlesOfSite } from '../title-store.ts';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const asFile = (body: Buffer | string, contentType: string, name: string): Bytes => ({
  contentType, body, headers: { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` },
});

const example = ['张三', 'zhangsan', 'B007', '值班员', '中文', ''];

export const peopleTemplate = async (context: IdentityContext, caller: Caller): Promise<Bytes> => {
  const own = await titlesOfSite(context.database.db, caller.siteId);
  const choices = Object.entries(roleTitles).map(([role, title]) => own.find((one) => one.role === role)?.zh ?? title.zh);
  const sheet = {
    name: '人员 People',
    columns: columns.map(({ column, heading, width }) => ({ title: heading, width, ...(column === 'titles' ? { choices } : column === 'language' ? { choices: ['中文', 'English'] } : {}) })),
    rows: [example],
  };
  return asFile(await writeWorkbook(sheet), workbookType, '人员表模板 people.xlsx');
};

/** The last day on which a right holds, in the site's calendar. */
const lastDay = (until: number, timeZone: string): string => Temporal.Instant.fromEpochMilliseconds(until - 1).toZonedDateTimeISO(timeZone).toPlainDate().toString();

export const exportPeople = async (context: IdentityContext, caller: Caller, format: 'xlsx' | 'csv'): Promise<Bytes> => {
  const { database, clock, ledger } = context;
  const place = await findPlace(database.db);
  const timeZone = place?.site.timeZone ?? 'UTC';
  const own = await titlesOfSite(database.db, caller.siteId);
  const people = (await findPeople(database.db, '', clock.now())).filter((person) => person.active);
  const rows = people.map((person) => {
    const titles = person.roles.map(({ role }) => own.find((one) => one.role === role)?.zh ?? roleTitles[role].zh);
    const ends = person.roles.map(({ until }) => until);
    const until = ends.length > 0 && ends.every((end) => typeof end === 'number') ? Math.max(...ends) : null;
    return [person.name, person.account, person.staffNumber, titles.join('、'), person.language === 'en' ? 'English' : '中文', until === null ? '' : lastDay(until, timeZone)];
  });
  await database.transaction((tx) =>
    ledger.append(tx, { event: events.peopleExported, siteId: caller.siteId, roomId: caller.roomId, actor: actorOf(caller), subject: caller.siteId, body: { people: rows.length, format }, at: clock.now() }),
  );
  if (format === 'csv') return asFile(writeCsv([columns.map(({ heading }) => heading), ...rows]), 'text/csv; charset=utf-8', '人员表 people.csv');
  return asFile(await writeWorkbook({ name: '人员 People', columns: columns.map(({ heading, width }) => ({ title: heading, width })), rows }), workbookType, '人员表 people.xlsx');
};
