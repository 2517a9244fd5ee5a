/** Comma-separated tables (RFC 4180) as Chinese Excel writes and reads them: UTF-8 with a mark, or GB 18030. Pure. */

/** UTF-8 when it is; what older Excel saves in China otherwise. */
export const textOfFile = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
};

const separatorOf = (text: string): string => {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  return [',', '\t', ';'].reduce((best, one) => (head.split(one).length > head.split(best).length ? one : best), ',');
};

export const parseCsv = (text: string): string[][] => {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    row.push(cell);
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator) endCell();
    else if (sign === '\n') endRow();
    else if (sign !== '\r') cell += sign;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
};

/** A cell that begins like a formula would be computed by the spreadsheet that opens it. */
const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);
const quotedCell = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** With a byte order mark, so that Excel sees UTF-8. */
export const writeCsv = (rows: readonly (readonly string[])[]): string => `\uFEFF${rows.map((row) => row.map((cell) => quotedCell(harmless(cell))).join(',')).join('\r\n')}\r\n`;
