/** Tables of text in and out of Excel files. The only place that knows the library behind, which is large: it is loaded when first needed. */
import { mebibyte } from '../../../base/units.ts';

export interface SheetToWrite {
  name: string;
  columns: readonly { title: string; width: number; note?: string; choices?: readonly string[] }[];
  rows: readonly (readonly string[])[];
}

const mostUnpackedBytes = 60 * mebibyte;
const mostRows = 5_000;
/** Rows of the template that offer the choices of a column. */
const offeredRows = 500;
const directoryEntry = Buffer.from([0x50, 0x4b, 0x01, 0x02]);

/** What the parts of a ZIP say they unpack to; a small file may hide gigabytes. */
const unpackedBytes = (bytes: Buffer): number => {
  let total = 0;
  for (let at = bytes.indexOf(directoryEntry); at !== -1 && at + 46 <= bytes.length; at = bytes.indexOf(directoryEntry, at + 46)) total += bytes.readUInt32LE(at + 24);
  return total;
};

export const isWorkbook = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));

/** A day that a cell holds as a date, as it is written in the column. */
const pad = (value: number): string => String(value).padStart(2, '0');
const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return `${value.getUTCFullYear()}-${pad(value.getUTCMonth() + 1)}-${pad(value.getUTCDate())}`;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return '';
  if ('richText' in value && Array.isArray(value.richText)) return value.richText.map((piece: unknown) => (typeof piece === 'object' && piece !== null && 'text' in piece ? textOf(piece.text) : '')).join('');
  if ('text' in value) return textOf(value.text);
  // A formula: what it last came to. It is never computed here.
  if ('result' in value) return textOf(value.result);
  return '';
};

/** Cells of the first sheet by row, the first row first; null when it cannot be read. */
export const readWorkbook = async (bytes: Buffer): Promise<string[][] | null> => {
  if (unpackedBytes(bytes) > mostUnpackedBytes) return null;
  const { Workbook } = await import('@cj-tech-master/excelts');
  const book = new Workbook();
  try {
    await book.xlsx.load(new Uint8Array(bytes));
  } catch {
    return null;
  }
  const sheet = book.worksheets[0];
  if (sheet === undefined) return null;
  const rows: string[][] = [];
  const last = Math.min(sheet.rowCount, mostRows);
  for (let number = 1; number <= last; number += 1) {
    const row = sheet.getRow(number);
    const cells: string[] = [];
    for (let column = 1; column <= Math.min(sheet.columnCount, 40); column += 1) cells.push(textOf(row.getCell(column).value));
    rows.push(cells);
  }
  return rows;
};

export const writeWorkbook = async ({ name, columns, rows }: SheetToWrite): Promise<Buffer> => {
  const { Workbook } = await import('@cj-tech-master/excelts');
  const book = new Workbook();
  const sheet = book.addWorksheet(name);
  sheet.columns = columns.map(({ title, width }) => ({ header: title, width }));
  sheet.getRow(1).font = { bold: true };
  columns.forEach(({ choices }, index) => {
    if (choices === undefined) return;
    for (let row = 2; row <= offeredRows; row += 1) sheet.getCell(row, index + 1).dataValidation = { type: 'list', allowBlank: true, formulae: [`"${choices.join(',')}"`] };
  });
  rows.forEach((row, at) => row.forEach((cell, column) => {
    // As text: a staff number keeps its zeros, and nothing becomes a formula.
    const target = sheet.getCell(at + 2, column + 1);
    target.value = cell;
    target.numFmt = '@';
  }));
  return Buffer.from(await book.xlsx.writeBuffer());
};
