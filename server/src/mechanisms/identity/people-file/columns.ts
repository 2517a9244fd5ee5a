/** The columns of a file with people, found by their heading in either language. Pure. */
import type { Language, Role } from '../../../../../contract/identity.ts';
import type { ImportRow } from '../../../../../contract/identity-people.ts';
import type { Instant } from '../../../base/clock.ts';
import { allRoles, roleTitles, rolesConflict } from '../roles.ts';
import { accountKeyOf } from '../session-token.ts';

export type Column = 'name' | 'account' | 'staffNumber' | 'titles' | 'language' | 'until';
export const columns: readonly { column: Column; heading: string; heard: readonly string[]; width: number }[] = [
  { column: 'name', heading: '姓名 Name', heard: ['姓名', 'name'], width: 16 },
  { column: 'account', heading: '账号 Account', heard: ['账号', '帐号', '用户名', 'account', 'user'], width: 20 },
  { column: 'staffNumber', heading: '工号 Staff number', heard: ['工号', '编号', 'staff number', 'staff no', 'number'], width: 16 },
  { column: 'titles', heading: '岗位 Role', heard: ['岗位', '角色', '职务', 'role', 'title', 'post'], width: 28 },
  { column: 'language', heading: '语言 Language', heard: ['语言', 'language'], width: 14 },
  { column: 'until', heading: '有效期至 Until', heard: ['有效期', '期限', 'until', 'valid'], width: 16 },
];

export type Cells = Omit<ImportRow, 'faults'>;

const squeeze = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Rows as read, without empty ones; null when there is no heading with names and accounts. */
export const rowsOf = (table: readonly (readonly string[])[]): Cells[] | null => {
  const at = table.findIndex((row) => row.some((cell) => columns.some(({ column, heard }) => column === 'account' && heard.some((word) => squeeze(cell).includes(word)))));
  const heading = table[at]?.map(squeeze);
  if (heading === undefined) return null;
  const taken = new Set<number>();
  const places = new Map<Column, number>();
  for (const { column, heard } of columns) {
    const place = heading.findIndex((cell, index) => !taken.has(index) && heard.some((word) => cell.includes(word)));
    if (place === -1) continue;
    taken.add(place);
    places.set(column, place);
  }
  if (!places.has('name')) return null;
  const cell = (row: readonly string[], column: Column): string => (row[places.get(column) ?? -1] ?? '').trim();
  return table
    .map((row, index) => ({ line: index + 1, name: cell(row, 'name'), account: cell(row, 'account'), staffNumber: cell(row, 'staffNumber'), titles: cell(row, 'titles'), language: cell(row, 'language'), until: cell(row, 'until') }))
    .filter((row, index) => index > at && columns.some(({ column }) => row[column] !== ''));
};

export interface TitlesKnown {
  /** Words of both languages, of the standard and of the site, in lower case. */
  roleOf: (text: string) => Role | null;
}

export const titlesKnown = (siteTitles: readonly { role: Role; zh: string; en: string }[]): TitlesKnown => {
  const known = new Map<string, Role>();
  for (const role of allRoles) for (const word of [role, role.replaceAll('_', ' '), roleTitles[role].zh, roleTitles[role].en]) known.set(squeeze(word), role);
  // The site's own words win: 班长 may mean something else there.
  for (const { role, zh, en } of siteTitles) for (const word of [zh, en]) known.set(squeeze(word), role);
  return { roleOf: (text) => known.get(squeeze(text)) ?? null };
};

export const readLanguage = (text: string): Language | null => {
  const word = squeeze(text);
  if (word === '' || word === 'zh-cn' || word === 'zh' || word === '中文' || word === '简体中文' || word === 'chinese') return 'zh-CN';
  return word === 'en' || word === '英文' || word === '英语' || word === 'english' ? 'en' : null;
};

/** The day after the one written, at midnight of the site: a right "until the 31st" includes the 31st. Undefined: cannot be read. */
export const readUntil = (text: string, midnightAfter: (year: number, month: number, day: number) => Instant | null): Instant | null | undefined => {
  if (text.trim() === '') return null;
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/.exec(text.normalize('NFKC').trim());
  if (match === null) return undefined;
  const [year, month, day] = match.slice(1).map(Number);
  return midnightAfter(year ?? 0, month ?? 0, day ?? 0) ?? undefined;
};

export interface PersonRead {
  name: string;
  account: string;
  staffNumber: string;
  roles: Role[];
  language: Language;
  until: Instant | null;
}

export interface Judging extends TitlesKnown {
  /** Accounts that exist, as keys. */
  isTaken: (accountKey: string) => boolean;
  midnightAfter: (year: number, month: number, day: number) => Instant | null;
  now: Instant;
}

export type Judged = { row: ImportRow; person: PersonRead | null };

const fault = (column: Column, zh: string, en: string): ImportRow['faults'][number] => ({ column, zh, en });

const rolesIn = (titles: string, { roleOf }: TitlesKnown): { roles: Role[]; faults: ImportRow['faults'] } => {
  const words = titles.split(/[、,，;；/|]/).map((word) => word.trim()).filter((word) => word !== '');
  const roles: Role[] = [];
  const faults: ImportRow['faults'] = [];
  for (const word of words) {
    const role = roleOf(word);
    if (role === null) faults.push(fault('titles', `没有岗位“${word}”，可先在“岗位名称”中登记。`, `There is no role "${word}". It can be set under "Titles" first.`));
    else if (!roles.includes(role)) roles.push(role);
  }
  if (words.length === 0) faults.push(fault('titles', '请填写岗位。', 'Fill in a role.'));
  if (rolesConflict(roles)) faults.push(fault('titles', '系统管理员、安全管理员不能兼任其他岗位。', 'A system or security administrator holds no other role.'));
  return { roles, faults };
};

/** Each row with what is wrong about it. The first of two equal accounts stands, the second is told. */
export const judgeRows = (rows: readonly Cells[], judging: Judging): Judged[] => {
  const seen = new Map<string, number>();
  return rows.map((cells) => {
    const faults: ImportRow['faults'] = [];
    const name = cells.name.trim();
    if (name === '' || Array.from(name).length > 64) faults.push(fault('name', '请填写姓名，最长 64 字。', 'Fill in a name of at most 64 characters.'));
    const account = cells.account.trim();
    const key = accountKeyOf(account);
    if (!/^[\p{L}\p{N}._@-]{2,64}$/u.test(account)) faults.push(fault('account', '账号须为 2 到 64 个文字、数字或 . _ @ -。', 'An account has 2 to 64 letters, digits or . _ @ -.'));
    else if (judging.isTaken(key)) faults.push(fault('account', `账号“${account}”已被使用，账号不能重复使用。`, `The account "${account}" is taken; accounts are never reused.`));
    else if (seen.has(key)) faults.push(fault('account', `与第 ${seen.get(key) ?? 0} 行的账号相同。`, `The same account as in line ${seen.get(key) ?? 0}.`));
    else seen.set(key, cells.line);
    const staffNumber = cells.staffNumber.trim();
    if (staffNumber.length > 32) faults.push(fault('staffNumber', '工号最长 32 个字符。', 'A staff number has at most 32 characters.'));
    const titles = rolesIn(cells.titles, judging);
    faults.push(...titles.faults);
    const language = readLanguage(cells.language);
    if (language === null) faults.push(fault('language', '语言请填“中文”或“英文”，可不填。', 'Write "中文" or "English" as the language, or leave it empty.'));
    const until = readUntil(cells.until, judging.midnightAfter);
    if (until === undefined) faults.push(fault('until', '有效期请写成 2027-12-31，可不填。', 'Write the end as 2027-12-31, or leave it empty.'));
    else if (until !== null && until <= judging.now) faults.push(fault('until', '有效期已过。', 'The end has passed already.'));
    const good = faults.length === 0 && language !== null && until !== undefined;
    return { row: { ...cells, faults }, person: good ? { name, account, staffNumber, roles: titles.roles, language, until } : null };
  });
};
