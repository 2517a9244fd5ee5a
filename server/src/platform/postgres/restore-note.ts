/** The restore that the server has still to record as a fact, and the mark of a restore that broke off. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { declareRefusals } from '../../base/refusal.ts';

export interface RestoreNote {
  /** UTC ms. */
  restoredAt: number;
  /** When the backup was taken, UTC ms: what happened after it is lost. */
  takenAt: number;
  migration: string;
  /** SHA-256 of the backup's manifest, hex. */
  manifestSha256: string;
  /** Folder with what was replaced, its newer signed checkpoints among it; null when there was nothing. */
  keptIn: string | null;
  /** Who did it, two of them, and why: what the fact will say. */
  persons: string[];
  reason: string;
}

// By hand and not by zod: the supervisor, which stays small, imports this file.
const isNote = (value: unknown): value is RestoreNote =>
  typeof value === 'object' &&
  value !== null &&
  'restoredAt' in value && Number.isSafeInteger(value.restoredAt) &&
  'takenAt' in value && Number.isSafeInteger(value.takenAt) &&
  'migration' in value && typeof value.migration === 'string' &&
  'manifestSha256' in value && typeof value.manifestSha256 === 'string' &&
  'keptIn' in value && (value.keptIn === null || typeof value.keptIn === 'string') &&
  'persons' in value && Array.isArray(value.persons) && value.persons.every((person) => typeof person === 'string') &&
  'reason' in value && typeof value.reason === 'string';

export const restoreNoteRefusals = declareRefusals('backup', {
  restore_unfinished: {
    kind: 'conflict',
    zh: '上一次恢复没有完成。请再运行一次 vigil restore，然后启动。',
    en: 'The last restore was not finished. Run vigil restore again, then start.',
  },
});

export const restoreNoteFile = (dataFolder: string): string => join(dataFolder, 'restored.json');
export const unfinishedFile = (dataFolder: string): string => join(dataFolder, 'restore-unfinished');

export const assertNoUnfinishedRestore = (dataFolder: string): void => {
  if (existsSync(unfinishedFile(dataFolder))) throw restoreNoteRefusals('restore_unfinished');
};

/** The restore not yet in the ledger, or null. The server appends the fact, commits, and then calls `settleRestore`. */
export const pendingRestore = (dataFolder: string): RestoreNote | null => {
  const file = restoreNoteFile(dataFolder);
  if (!existsSync(file)) return null;
  const note: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isNote(note)) throw new Error(`${file} is damaged; it tells of a restore that is not in the ledger yet`);
  return note;
};

export const settleRestore = (dataFolder: string): void => rmSync(restoreNoteFile(dataFolder), { force: true });
