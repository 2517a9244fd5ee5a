/**
 * Lines of the journal: `<crc32 of the JSON, 8 hex digits> <JSON>\n`. A line counts only when it ends, and when its checksum fits:
 * a tail that was torn by a crash is cut at the last whole line.
 */
import { crc32 } from 'node:zlib';
import type { JournalEntry } from '../../contract/recorder.ts';
import type { JournalRecord } from './state.ts';

/** Left out by whoever reports; the journal gives number and time. */
export type NewEntry = JournalEntry extends infer E ? (E extends JournalEntry ? Omit<E, 'seq' | 'at'> : never) : never;

const newline = 0x0a;
const crcDigits = 8;

const checksum = (json: string): string => crc32(json).toString(16).padStart(crcDigits, '0');

export const lineOf = (record: JournalRecord): string => {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
};

/** Null when the line is not whole. What passed its checksum was written by lineOf, so its shape is known. */
const recordOf = (line: string): JournalRecord | null => {
  const json = line.slice(crcDigits + 1);
  if (line[crcDigits] !== ' ' || line.slice(0, crcDigits) !== checksum(json)) return null;
  try {
    return JSON.parse(json) as JournalRecord;
  } catch {
    return null;
  }
};

export interface ReadLines {
  records: JournalRecord[];
  /** End of the last line before the first bad one. */
  goodBytes: number;
  /** Lines that are ended and wrong: damage, not a torn tail. */
  damagedLines: number;
}

/** Reads on behind a damaged line: in a file that is not the last one, the lines after it still count. */
export const readLines = (bytes: Buffer): ReadLines => {
  const records: JournalRecord[] = [];
  let at = 0;
  let goodBytes = 0;
  let damagedLines = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(newline, at);
    if (end < 0) break;
    const record = recordOf(bytes.toString('utf8', at, end));
    if (record === null) damagedLines += 1;
    else records.push(record);
    at = end + 1;
    if (damagedLines === 0) goodBytes = at;
  }
  return { records, goodBytes, damagedLines };
};
