/** Files of the journal on disk: numbered, read whole at start, the torn tail of the last one cut. */
import { open, readFile, readdir, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLines } from './record.ts';
import type { JournalRecord } from './state.ts';

export interface JournalFile {
  number: number;
  path: string;
  sizeBytes: number;
  /** Highest entry number up to the end of this file. */
  lastSeq: number;
}

export const journalPath = (folder: string, number: number): string => join(folder, `${String(number).padStart(12, '0')}.jnl`);

export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

export interface JournalRead {
  files: JournalFile[];
  damagedLines: number;
  cutBytes: number;
}

/** Cuts what a crash tore; where whole lines would go with it, the bytes are kept beside for a person to look at. */
const cutTail = async (path: string, bytes: Buffer, goodBytes: number, damagedLines: number): Promise<void> => {
  if (damagedLines > 0) await writeFile(`${path}.cut`, bytes.subarray(goodBytes));
  await truncate(path, goodBytes);
};

export const readJournal = async (folder: string, take: (record: JournalRecord) => void): Promise<JournalRead> => {
  const numbers = (await readdir(folder)).flatMap((name) => (/^\d{12}\.jnl$/.test(name) ? [Number(name.slice(0, 12))] : [])).sort((a, b) => a - b);
  const result: JournalRead = { files: [], damagedLines: 0, cutBytes: 0 };
  let lastSeq = 0;
  for (const [i, number] of numbers.entries()) {
    const path = journalPath(folder, number);
    const bytes = await readFile(path);
    const isLast = i === numbers.length - 1;
    const { records, goodBytes, damagedLines } = readLines(bytes);
    result.damagedLines += damagedLines;
    const cut = isLast ? bytes.length - goodBytes : 0;
    if (cut > 0) await cutTail(path, bytes, goodBytes, damagedLines);
    result.cutBytes += cut;
    if (isLast && goodBytes === 0 && numbers.length > 1) {
      // The head of a new file did not reach the disk: the file before still holds everything.
      await unlink(path);
      continue;
    }
    const counted = isLast && damagedLines > 0 ? readLines(bytes.subarray(0, goodBytes)).records : records;
    for (const record of counted) {
      take(record);
      if (record.t === 'entry') lastSeq = record.entry.seq;
      if (record.t === 'head') lastSeq = Math.max(lastSeq, record.state.nextSeq - 1);
    }
    result.files.push({ number, path, sizeBytes: bytes.length - cut, lastSeq });
  }
  return result;
};
