/** Entry of `npm run vigil -- <command>`: finds the file of that name beside this one. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig } from '../../base/config.ts';
import { Refusal } from '../../base/refusal.ts';
import { localSettings } from '../../platform/tls/local-settings.ts';
import type { Command } from './command.ts';

const end = import.meta.filename.endsWith('.ts') ? '.ts' : '.js';
const isCommand = (value: unknown): value is Command =>
  typeof value === 'object' && value !== null && 'run' in value && typeof value.run === 'function' && 'usage' in value && 'summary' in value;

/** The command of a file here, or null when the file is a part of one. */
const load = async (name: string): Promise<Command | null> => {
  const found: unknown = await import(pathToFileURL(join(import.meta.dirname, `${name}${end}`)).href);
  return typeof found === 'object' && found !== null && 'command' in found && isCommand(found.command) ? found.command : null;
};

const names = (): string[] =>
  readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(end) && !file.includes('.test.') && !file.startsWith('vigil.') && !file.startsWith('command.'))
    .map((file) => file.slice(0, -end.length))
    .toSorted();

const help = async (): Promise<void> => {
  process.stdout.write('值守 Vigil\n\n  npm run vigil -- <命令 command>\n\n');
  for (const name of names()) {
    const command = await load(name);
    if (command !== null) process.stdout.write(`  ${command.usage}\n      ${command.summary.zh}\n      ${command.summary.en}\n`);
  }
};

const tell = ({ zh, en }: { zh: string; en: string }): void => void process.stdout.write(`· ${zh}\n  ${en}\n`);

const main = async (): Promise<number> => {
  const [name, ...args] = process.argv.slice(2);
  const command = name !== undefined && names().includes(name) ? await load(name) : null;
  if (command === null) {
    await help();
    return name === undefined || name === 'help' || name === '--help' ? 0 : 2;
  }
  try {
    const { config } = localSettings(readConfig);
    return await command.run({ args, config, tell, line: (text) => void process.stdout.write(`${text}\n`) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`✗ ${error.sentence.zh}\n  ${error.sentence.en}\n`);
    return 1;
  }
};

process.exitCode = await main();
