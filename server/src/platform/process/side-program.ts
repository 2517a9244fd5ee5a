/**
 * A program of ours beside the server that answers one question at a time over IPC. It may die at any moment, also of the question: the asker
 * hears that it died, and the next question starts it anew. Nobody else notices.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';

export interface SideProgram {
  /** Rejects when it died or did not answer in time. */
  ask(question: unknown): Promise<unknown>;
  /** Process id while it runs; for who watches processes, and tests. */
  readonly pid: number | null;
  stop(): void;
}

/** Entry without its ending: compiled beside us, or the source that runs directly. */
const entryFile = (entry: string): string => (existsSync(`${entry}.js`) ? `${entry}.js` : `${entry}.ts`);

export const createSideProgram = ({ entry, limitMs, log }: { entry: string; limitMs: number; log: Log; clock: Clock }): SideProgram => {
  let child: ChildProcess | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const started = (): ChildProcess => {
    if (child !== null) return child;
    const born = fork(entryFile(entry), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { PATH: process.env['PATH'] ?? '' } });
    born.once('exit', (code, signal) => {
      if (child === born) child = null;
      log.debug('a side program ended', { code, signal });
    });
    born.on('error', () => undefined);
    // The server may end although it is there.
    born.unref();
    born.channel?.unref();
    child = born;
    return born;
  };
  const once = (question: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const asked = started();
      asked.channel?.ref();
      const over = (act: () => void): void => {
        clearTimeout(limit);
        asked.off('message', answered);
        asked.off('exit', died);
        asked.channel?.unref();
        act();
      };
      const answered = (answer: unknown): void => over(() => resolve(answer));
      const died = (): void => over(() => reject(new Error('the side program died')));
      const limit = setTimeout(() => asked.kill('SIGKILL'), limitMs);
      asked.once('message', answered);
      asked.once('exit', died);
      asked.send(question as object, (error) => {
        if (error !== null) over(() => reject(error));
      });
    });
  return {
    ask: (question) => {
      const answer = turn.then(() => once(question));
      turn = answer.catch(() => undefined);
      return answer;
    },
    get pid() {
      return child?.pid ?? null;
    },
    stop: () => {
      child?.kill('SIGKILL');
      child = null;
    },
  };
};
