/** What the supervisor says: few lines for a person, Chinese and English, and the same as JSON lines in logs/supervisor.log. Imports no logger: this process stays small. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { systemClock, type Clock } from '../../base/clock.ts';
import { Refusal, type Sentence } from '../../base/refusal.ts';
import { secondMs } from '../../base/units.ts';

export interface Terminal {
  tell(sentence: Sentence): void;
  /** A bare line: the address. */
  line(text: string): void;
  refuse(error: unknown): void;
  note(what: string, fields: object): void;
  /** Runs the work and says what takes so long when it takes more than a second. */
  during<T>(sentence: Sentence, work: () => Promise<T>): Promise<T>;
}

export const sentenceOf = (error: unknown): Sentence => {
  if (error instanceof Refusal) return error.sentence;
  const text = error instanceof Error ? error.message : String(error);
  return { zh: `出错：${text}`, en: text };
};

/**
 * Writes until the stream breaks. A terminal that has gone (its window closed, its reader ended) is no reason to stop recording, and telling
 * it so would only break again: what is said goes to the log alone from then on.
 */
export const writerTo = (stream: Writable): ((text: string) => void) => {
  let isWhole = true;
  stream.on('error', () => {
    isWhole = false;
  });
  return (text) => {
    if (isWhole) stream.write(text);
  };
};

export const createTerminal = (write: (text: string) => void, clock: Clock = systemClock): Terminal & { logTo(folder: string): void } => {
  let file: string | null = null;
  const note = (what: string, fields: object): void => {
    if (file === null) return;
    try {
      appendFileSync(file, `${JSON.stringify({ at: clock.now(), what, ...fields })}\n`, { mode: 0o600 });
    } catch {
      // a full disk must not stop the supervisor
    }
  };
  const tell = (sentence: Sentence): void => {
    write(`· ${sentence.zh}\n  ${sentence.en}\n`);
    note('told', { sentence: sentence.en });
  };
  return {
    logTo: (folder) => {
      file = join(folder, 'supervisor.log');
    },
    tell,
    line: (text) => write(`${text}\n`),
    refuse: (error) => {
      const sentence = sentenceOf(error);
      write(`✗ ${sentence.zh}\n  ${sentence.en}\n`);
      note('refused', { sentence: sentence.en, stack: error instanceof Error ? error.stack : undefined });
    },
    note,
    during: async (sentence, work) => {
      const timer = clock.after(secondMs, () => tell(sentence));
      try {
        return await work();
      } finally {
        timer.cancel();
      }
    },
  };
};
