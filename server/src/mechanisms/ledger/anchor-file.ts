/** Anchors by file: signed checkpoints appended to `<data>/ledger/checkpoints.log`, outside the database (points 4 and 5). Plain C2SP notes, empty lines between. */
import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NoteError, parseCheckpointText, parseNote, splitNotes } from '../../../../formats/tlog/index.ts';

export interface AnchorFile {
  append(note: string): void;
  /** Newest note of a log whose origin is given; null when the file has none in its last 256 KiB. */
  last(origin: string): string | null;
  /** The newest notes of the file, of whatever log, oldest first. */
  newest(most: number): string[];
}

const tailBytes = 256 * 1024;

const originOfNote = (note: string): string | null => {
  try {
    return parseCheckpointText(parseNote(note).text).origin;
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
};

export const anchorFilePath = (dataFolder: string): string => join(dataFolder, 'ledger', 'checkpoints.log');

const readTail = (file: string): string[] => {
  if (!existsSync(file)) return [];
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const from = Math.max(0, size - tailBytes);
    const tail = Buffer.alloc(size - from);
    readSync(handle, tail, 0, tail.length, from);
    const { notes } = splitNotes(tail.toString('utf8'));
    return from === 0 ? notes : notes.slice(1); // the first may be cut
  } finally {
    closeSync(handle);
  }
};

export const anchorFile = (file: string): AnchorFile => ({
  append: (note) => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const handle = openSync(file, 'a', 0o600);
    try {
      // The empty lines before it close off what a power cut may have torn: the end of that line, and of that note.
      writeSync(handle, `\n\n${note}`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  },
  last: (origin) => readTail(file).findLast((note) => originOfNote(note) === origin) ?? null,
  newest: (most) => readTail(file).slice(-most),
});
