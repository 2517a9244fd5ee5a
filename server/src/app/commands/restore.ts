/** `vigil restore <file>`: brings a backup back into the data folder of a room that is not running. The server records it as a fact at its next start. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { howToRestore } from '../../platform/postgres/backup.ts';
import { restoreRoom } from '../../platform/postgres/restore.ts';
import type { Command, CommandContext } from './command.ts';
import { commandRefusals } from './usage.ts';

const usage = 'restore <文件 file> --by <姓名 name> --by <姓名 name> --reason <原因 why>';

interface Asked {
  name: string;
  persons: string[];
  reason: string;
}

/** Two persons answer for a restore, since it is the one act that removes facts (ledger-and-evidence.md point 8). */
const read = (args: readonly string[]): Asked => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { by: { type: 'string', multiple: true }, reason: { type: 'string' } } });
    const [name, ...more] = positionals;
    const persons = [...new Set((values.by ?? []).map((person) => person.trim()).filter((person) => person !== ''))];
    const reason = values.reason?.trim() ?? '';
    if (name === undefined || more.length > 0 || persons.length < 2 || reason === '') throw commandRefusals('usage', { usage });
    return { name, persons, reason };
  } catch (error) {
    if (error instanceof TypeError) throw commandRefusals('usage', { usage });
    throw error;
  }
};

const run = async ({ args, config, tell }: CommandContext): Promise<number> => {
  const { name, persons, reason } = read(args);
  const file = resolve(name);
  if (config.databaseUrl !== null) throw commandRefusals('external_restore', { how: howToRestore(file, config.dataFolder) });
  if (!existsSync(file)) throw commandRefusals('file_missing', { file });
  const { manifest, keptIn } = await restoreRoom({ file, dataFolder: config.dataFolder, persons, reason, onNotice: tell });
  const taken = new Date(manifest.takenAt).toISOString();
  tell({ zh: `已恢复到备份时刻 ${taken}；其后的记录不在其中，恢复本身将在下次启动时记入账本。`, en: `Restored to the backup of ${taken}; what came later is not in it. The restore itself enters the ledger at the next start.` });
  if (keptIn !== null) tell({ zh: `被替换的内容保留在 ${keptIn}，数据库旁有同样标记的旧文件夹。`, en: `What was replaced is kept in ${keptIn}, and the former database beside the new one.` });
  return 0;
};

export const command: Command = { summary: { zh: '从备份恢复整个监控室（须先停止）', en: 'Restore the whole room from a backup (stop it first)' }, usage, run };
