/** Reads the record of the last full run and says whether it speaks of the program as it is now. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../../platform/process/tool.ts';
import { programRoot } from '../../platform/process/program-root.ts';
import { LastRun } from './proofs.ts';

export const lastRunFile = (): string => join(programRoot(), 'test-results', 'last-run.json');

export interface ProofRun {
  /** Null: there was no full run, or it cannot be read. */
  run: LastRun | null;
  /** Commit of the checkout now; null where there is none. */
  commit: string | null;
  /** The run was of this commit: only then do its tests count. */
  counts: boolean;
}

const commitNow = (): string | null => {
  const { code, text } = runTool('git', ['-C', programRoot(), 'rev-parse', 'HEAD']);
  return code === 0 && /^[0-9a-f]{40,64}$/.test(text) ? text : null;
};

const readRun = (file: string): LastRun | null => {
  try {
    return LastRun.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null; // cut off while it was written
  }
};

export const readProofRun = (): ProofRun => {
  const file = lastRunFile();
  const commit = commitNow();
  if (!existsSync(file)) return { run: null, commit, counts: false };
  const run = readRun(file);
  return { run, commit, counts: run !== null && run.commit === commit };
};
