import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeRows, readUntil, rowsOf, titlesKnown, type Judging } from './columns.ts';
import { parseCsv, textOfFile, writeCsv } from './csv.ts';
import { isWorkbook, readWorkbook, writeWorkbook } from './workbook.ts';

const midnightAfter = (year: number, month: number, day: number): number | null => {
  const at = Date.UTC(year, month - 1, day + 1);
  return new Date(at - 86_400_000).getUTCDate() === day ? at : null;
};
const judging: Judging = { ...titlesKnown([{ role: 'duty_operator', zh: '调度员', en: 'dispatcher' }, { role: 'duty_manager', zh: '班长', en: 'foreman' }]), isTaken: (key) => key === 'wang', midnightAfter, now: Date.UTC(2026, 10, 22) };
const table = (...rows: string[][]): string[][] => [['姓名 Name', '账号 Account', '工号', '岗位 Role', '语言', '有效期至'], ...rows];
const judged = (...rows: string[][]) => judgeRows(rowsOf(table(...rows))!, judging);

describe('a file of people', () => {
  test('is found by its heading in either language and in any order; empty rows are no people; lines count as in the spreadsheet', () => {
    const rows = rowsOf([['2026 年人员'], ['Account', 'Role', 'Name'], ['', '', ''], ['zhang', 'monitor', '张三']]);
    expect(rows).toEqual([{ line: 4, name: '张三', account: 'zhang', staffNumber: '', titles: 'monitor', language: '', until: '' }]);
    expect(rowsOf([['a', 'b'], ['1', '2']])).toBeNull();
  });

  test('gives people with the roles of the regulations and of the site; the site’s own word wins', () => {
    const [row] = judged(['张三', 'Zhang', '007', '调度员、监控员/technician', 'English', '2027-12-31']);
    expect(row!.person).toEqual({ name: '张三', account: 'Zhang', staffNumber: '007', roles: ['duty_operator', 'monitor', 'technician'], language: 'en', until: Date.UTC(2028, 0, 1) });
    expect(judged(['李', 'li', '', '班长', '', ''])[0]!.person?.roles).toEqual(['duty_manager']);
  });

  test('tells every fault of a row at once, in both languages, and keeps the row as it was', () => {
    const [first, second, third] = judged(['张三', 'zhang', '', '监控员', '', ''], ['', 'Ｚhang', '', '厨师', 'français', '明天'], ['王', 'WANG', '', '系统管理员、监控员', '', '2020-01-01']);
    expect(first!.row.faults).toEqual([]);
    expect(second!.row.faults.map(({ column }) => column)).toEqual(['name', 'account', 'titles', 'language', 'until']);
    expect(second!.row.faults[1]).toMatchObject({ zh: '与第 2 行的账号相同。', en: 'The same account as in line 2.' });
    expect(second!.row).toMatchObject({ account: 'Ｚhang', titles: '厨师', until: '明天' });
    expect(third!.row.faults.map(({ zh }) => zh)).toEqual(['账号“WANG”已被使用，账号不能重复使用。', '系统管理员、安全管理员不能兼任其他岗位。', '有效期已过。']);
    expect([second!.person, third!.person]).toEqual([null, null]);
  });

  test('reads days as people write them, and none that does not exist', () => {
    for (const text of ['2027-2-3', '2027/02/03', '2027年2月3日', '２０２７.2.3']) expect(readUntil(text, midnightAfter)).toBe(Date.UTC(2027, 1, 4));
    expect([readUntil('', midnightAfter), readUntil('2027-02-30', midnightAfter), readUntil('3.2.2027', midnightAfter)]).toEqual([null, undefined, undefined]);
  });
});

describe('CSV', () => {
  test('is read as it was written, whatever stands in the cells', () => {
    const cell = fc.string().filter((text) => !/^[=+\-@\t\r']/.test(text) && !text.includes('\r'));
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), (rows) => {
      const lines = [['a', 'b', 'c'], ...rows];
      expect(parseCsv(textOfFile(Buffer.from(writeCsv(lines), 'utf8')))).toEqual(lines);
    }));
  });

  test('of an older Chinese Excel is read too, and no cell becomes a formula', () => {
    const gb = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd5, 0xcb, 0xba, 0xc5]); // 姓名,账号 in GB 18030
    expect(parseCsv(textOfFile(gb))).toEqual([['姓名', '账号']]);
    expect(writeCsv([['=1+1', '-2', '@x']])).toBe('\uFEFF\'=1+1,\'-2,\'@x\r\n');
  });
});

describe('Excel', () => {
  test('keeps every cell as text: zeros of a staff number stay, and nothing is computed', async () => {
    const columns = ['姓名', '账号', '工号'].map((title) => ({ title, width: 12 }));
    const bytes = await writeWorkbook({ name: '人员', columns, rows: [['张三', 'zhang', '007'], ['=1+1', '李', '']] });
    expect(isWorkbook(bytes)).toBe(true);
    expect(await readWorkbook(bytes)).toEqual([['姓名', '账号', '工号'], ['张三', 'zhang', '007'], ['=1+1', '李', '']]);
  });

  test('that is none, or that would unpack to gigabytes, is not read', async () => {
    expect(await readWorkbook(Buffer.from('PK\u0003\u0004 nothing'))).toBeNull();
    const bomb = Buffer.alloc(200);
    bomb.set([0x50, 0x4b, 0x03, 0x04], 0);
    bomb.set([0x50, 0x4b, 0x01, 0x02], 100);
    bomb.writeUInt32LE(4_000_000_000, 124);
    expect(await readWorkbook(bomb)).toBeNull();
  });
});
