/** People come in by a file: read and judged without writing, then the good rows are made; what is wrong is told in its row and never lost. */
import { Temporal } from 'temporal-polyfill';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { importPeople as importPeopleEndpoint, ImportRow, readPeopleFile as readPeopleFileEndpoint } from '../../../../../contract/identity-people.ts';
import type { Role } from '../../../../../contract/identity.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Sentence } from '../../../base/refusal.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../caller.ts';
import type { IdentityContext } from '../context.ts';
import { events } from '../events.ts';
import { generatePassword } from '../passwords/generate.ts';
import { judgeRows, rowsOf, titlesKnown, type Cells, type Judged, type PersonRead } from '../people-file/columns.ts';
import { parseCsv, textOfFile } from '../people-file/csv.ts';
import { isWorkbook, readWorkbook } from '../people-file/workbook.ts';
import { findPlace } from '../people-store.ts';
import { identityRefusals } from '../refusals.ts';
import { roleTitles } from '../roles.ts';
import { accountKeyOf } from '../session-token.ts';
import { titlesOfSite } from '../title-store.ts';
import { makePerson } from './make-person.ts';

const mostRows = 1_000;

/** Midnight at the end of a day of the site. */
const midnightAfterIn = (timeZone: string) => (year: number, month: number, day: number): Instant | null => {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return null;
  }
};

const judge = async (context: IdentityContext, db: Db, siteId: string, rows: readonly Cells[]): Promise<Judged[]> => {
  const keys = rows.map((row) => accountKeyOf(row.account));
  const { rows: taken } = await sql<{ account_key: string }>`select account_key from identity.people where account_key = any(${keys})`.execute(db);
  const known = new Set(taken.map((row) => row.account_key));
  const place = await findPlace(db);
  return judgeRows(rows, {
    ...titlesKnown(await titlesOfSite(db, siteId)),
    isTaken: (key) => known.has(key),
    midnightAfter: midnightAfterIn(place?.site.timeZone ?? 'UTC'),
    now: context.clock.now(),
  });
};

const fileRows = async (bytes: Buffer): Promise<Cells[]> => {
  const table = isWorkbook(bytes) ? await readWorkbook(bytes) : parseCsv(textOfFile(bytes));
  if (table === null) throw identityRefusals('file_unreadable');
  const rows = rowsOf(table);
  if (rows === null) throw identityRefusals('file_no_heading');
  if (rows.length === 0) throw identityRefusals('file_empty');
  if (rows.length > mostRows) throw identityRefusals('file_too_long', { rows: rows.length, most: mostRows });
  return rows;
};

export const readPeopleFile = async (context: IdentityContext, caller: Caller, file: z.output<(typeof readPeopleFileEndpoint)['body']>): Promise<z.input<(typeof readPeopleFileEndpoint)['response']>> => {
  const judged = await judge(context, context.database.db, caller.siteId, await fileRows(Buffer.from(file.base64, 'base64')));
  return { rows: judged.map(({ row }) => row), good: judged.filter(({ person }) => person !== null).length };
};

type Imported = z.input<(typeof importPeopleEndpoint)['response']>;
type Made = Imported['made'][number];

/** All good rows in one transaction: when an account was taken by somebody meanwhile, nothing is made and the file can be read again. */
export const importPeople = async (context: IdentityContext, caller: Caller, rows: readonly Cells[]): Promise<Imported> => {
  const { database, clock, hasher, ledger } = context;
  const { siteId, roomId } = caller;
  const judged = await judge(context, database.db, siteId, rows);
  const good = judged.flatMap(({ person }) => (person === null ? [] : [person]));
  const refused: ImportRow[] = judged.flatMap(({ row, person }) => (person === null ? [row] : []));
  const ready = await Promise.all(
    good.map(async (person: PersonRead) => {
      const password = generatePassword();
      return { person, password, phc: await hasher.hash(password) };
    }),
  );
  const own = await titlesOfSite(database.db, siteId);
  const titleOf = (role: Role): Sentence => own.find((title) => title.role === role) ?? roleTitles[role];
  const wordsOf = (roles: readonly Role[]): Sentence => ({ zh: roles.map((role) => titleOf(role).zh).join('、'), en: roles.map((role) => titleOf(role).en).join(', ') });
  const made = await database.transaction(async (tx) => {
    const done: Made[] = [];
    for (const { person, password, phc } of ready) {
      const personId = await makePerson(context, tx, { siteId, roomId }, { ...person, phc, accountPath: 'rows', changeNeeded: 'first' }, actorOf(caller));
      done.push({ personId, account: person.account, name: person.name, staffNumber: person.staffNumber, titles: wordsOf(person.roles), password });
    }
    if (done.length > 0) {
      await ledger.append(tx, { event: events.peopleImported, siteId, roomId, actor: actorOf(caller), subject: siteId, body: { made: done.length, refused: refused.length }, at: clock.now() });
    }
    return done;
  });
  return { made, refused };
};
