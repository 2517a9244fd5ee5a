/** The columns of a file with cameras, found by their heading in either language; each row with what is wrong about it. Pure. */
import { openZones, type CameraImportRow, type RegisterFields } from '../../../../../contract/cameras.ts';
import type { Instant } from '../../../base/clock.ts';
import { Refusal, type Sentence } from '../../../base/refusal.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import { readAddress } from '../camera.ts';
import { write } from '../register/decide.ts';
import { emptyEntry } from '../register/entry.ts';
import { purposeWords, zoneWords } from '../register/words.ts';

export type Column = Exclude<keyof CameraImportRow, 'line' | 'faults'>;
export const columns: readonly { column: Column; heading: string; heard: readonly string[]; width: number }[] = [
  { column: 'name', heading: '名称 Name', heard: ['名称', 'name'], width: 18 },
  { column: 'number', heading: '编号 No.', heard: ['编号', 'no.', 'number'], width: 10 },
  { column: 'url', heading: '视频地址 Video address', heard: ['视频地址', '地址', 'address', 'url', 'rtsp'], width: 44 },
  { column: 'username', heading: '用户名 User', heard: ['用户名', '用户', 'user'], width: 14 },
  { column: 'password', heading: '密码 Password', heard: ['密码', 'password'], width: 16 },
  { column: 'purpose', heading: '用途 Purpose', heard: ['用途', 'purpose'], width: 16 },
  { column: 'zone', heading: '区域类型 Kind of place', heard: ['区域', 'kind of place', 'zone'], width: 16 },
  { column: 'position', heading: '安装位置 Position', heard: ['位置', 'position'], width: 24 },
  { column: 'view', heading: '监视范围 Field of view', heard: ['监视范围', '视野', 'view'], width: 28 },
  { column: 'owner', heading: '责任人 Owner', heard: ['责任人', 'owner'], width: 14 },
  { column: 'filing', heading: '备案编号 Filing number', heard: ['备案', 'filing'], width: 18 },
  { column: 'approval', heading: '批准文号 Approval', heard: ['批准', 'approval'], width: 18 },
];

type Cells = Omit<CameraImportRow, 'faults'>;
const squeeze = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Rows as read, without empty ones; null when there is no heading with names and addresses. */
export const rowsOf = (table: readonly (readonly string[])[]): Cells[] | null => {
  const at = table.findIndex((row) => ['name', 'url'].every((wanted) => row.some((cell) => columns.some(({ column, heard }) => column === wanted && heard.some((word) => squeeze(cell).includes(word))))));
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
  const cell = (row: readonly string[], column: Column): string => (row[places.get(column) ?? -1] ?? '').trim();
  return table
    .map((row, index): Cells => ({
      line: index + 1, name: cell(row, 'name'), number: cell(row, 'number'), url: cell(row, 'url'), username: cell(row, 'username'), password: cell(row, 'password'), purpose: cell(row, 'purpose'), zone: cell(row, 'zone'),
      position: cell(row, 'position'), view: cell(row, 'view'), owner: cell(row, 'owner'), filing: cell(row, 'filing'), approval: cell(row, 'approval'),
    }))
    .filter((row, index) => index > at && columns.some(({ column }) => row[column] !== ''));
};

const keyOf = (words: Readonly<Record<string, Sentence>>, text: string): string => {
  const word = squeeze(text);
  return Object.entries(words).find(([key, { zh, en }]) => [key, zh, en].some((one) => squeeze(one) === word))?.[0] ?? word;
};

export interface CameraRead {
  name: string;
  number: number | undefined;
  url: string;
  username: string | null;
  password: string | null;
  fields: RegisterFields;
}

export interface Judging {
  rules: Rules;
  allowLocal: boolean;
  /** Numbers of the cameras in use. */
  taken: ReadonlySet<number>;
  now: Instant;
}

export interface Judged {
  row: CameraImportRow;
  camera: CameraRead | null;
}

type Fault = CameraImportRow['faults'][number];
const columnOfField: Readonly<Record<string, Column>> = { purpose: 'purpose', legalBasis: 'purpose', noticeRecord: 'purpose', zoneType: 'zone', url: 'url' };

/** A refusal of the register is a fault of the row. */
const faultsBy = (work: () => void): Fault[] => {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [{ column: columnOfField[error.fields[0]?.path ?? ''] ?? 'name', ...error.sentence }];
  }
};

const longest: Readonly<Partial<Record<Column, number>>> = { name: 64, url: 512, username: 128, password: 256, position: 200, view: 500, owner: 100, filing: 64, approval: 100 };

const numberOf = (text: string): number | null | undefined => (text === '' ? undefined : /^\d{1,4}$/.test(text) && Number(text) > 0 ? Number(text) : null);

const fieldsOf = (cells: Cells): RegisterFields => ({
  ...(cells.purpose === '' ? {} : { purpose: keyOf(purposeWords, cells.purpose) }), ...(cells.zone === '' ? {} : { zoneType: keyOf(zoneWords, cells.zone) }),
  ...(cells.position === '' ? {} : { position: cells.position }), ...(cells.view === '' ? {} : { viewWords: cells.view }), ...(cells.owner === '' ? {} : { owner: cells.owner }),
  ...(cells.filing === '' ? {} : { filingNumber: cells.filing }), ...(cells.approval === '' ? {} : { approvalReference: cells.approval }),
});

const numberFaults = (cells: Cells, number: number | null | undefined, { taken }: Judging, seen: Map<number, number>): Fault[] => {
  if (number === null) return [{ column: 'number', zh: '编号请填 1 到 9999 之间的整数，可不填。', en: 'Write a whole number from 1 to 9999, or leave it empty.' }];
  if (number === undefined) return [];
  if (taken.has(number)) return [{ column: 'number', zh: `编号 ${number} 已被使用。`, en: `Number ${number} is taken.` }];
  const first = seen.get(number);
  if (first !== undefined) return [{ column: 'number', zh: `与第 ${first} 行的编号相同。`, en: `The same number as in line ${first}.` }];
  seen.set(number, cells.line);
  return [];
};

const judgeRow = (cells: Cells, judging: Judging, seen: Map<number, number>): Judged => {
  const fields = fieldsOf(cells);
  const number = numberOf(cells.number);
  const faults: Fault[] = [];
  if (cells.name === '') faults.push({ column: 'name', zh: '请填写名称。', en: 'Fill in a name.' });
  for (const [column, most] of Object.entries(longest)) {
    if (cells[column as Column].length > most) faults.push({ column, zh: `最长 ${most} 个字符。`, en: `At most ${most} characters.` }); // `longest` has columns only
  }
  faults.push(...numberFaults(cells, number, judging, seen));
  const login = { username: cells.username === '' ? null : cells.username, password: cells.password === '' ? null : cells.password };
  faults.push(...faultsBy(() => void readAddress({ url: cells.url, ...login }, judging.allowLocal)));
  if (fields.purpose === undefined) faults.push({ column: 'purpose', zh: '请填写用途。', en: 'Fill in the purpose.' });
  if (fields.zoneType === undefined) faults.push({ column: 'zone', zh: `请填写区域类型，例如：${openZones.slice(0, 3).map((key) => zoneWords[key]?.zh ?? key).join('、')}。`, en: `Fill in the kind of place, e.g. ${openZones.slice(0, 3).map((key) => zoneWords[key]?.en ?? key).join(', ')}.` });
  const { purpose, zoneType, ...others } = fields;
  for (const part of [{ purpose }, { zoneType }]) faults.push(...faultsBy(() => void write(judging.rules, emptyEntry('', judging.now), part, judging.now)));
  const camera = faults.length > 0 || number === null ? null : { name: cells.name, number, url: cells.url, ...login, fields: { ...others, ...(purpose === undefined ? {} : { purpose }), ...(zoneType === undefined ? {} : { zoneType }) } };
  return { row: { ...cells, faults }, camera };
};

/** Of two equal numbers the first stands, the second is told. */
export const judgeRows = (rows: readonly Cells[], judging: Judging): Judged[] => {
  const seen = new Map<number, number>();
  return rows.map((cells) => judgeRow(cells, judging, seen));
};
