/** What a file of this folder exports as `command` to be a command of `npm run vigil -- <name>`; the file's name is the command's. */
import type { Config } from '../../base/config.ts';
import type { Sentence } from '../../base/refusal.ts';

export interface CommandContext {
  args: readonly string[];
  config: Config;
  /** One thing that a person should know. */
  tell: (sentence: Sentence) => void;
  /** Bare output, to be read by people or programs. */
  line: (text: string) => void;
}

export interface Command {
  summary: Sentence;
  /** After the name, e.g. `backup [file] [--with-footage]`. */
  usage: string;
  /** Exit code. A thrown Refusal is printed in both languages and ends with 1. */
  run(context: CommandContext): Promise<number>;
}
