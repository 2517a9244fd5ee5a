/**
 * `vigil restore <file>`: brings a backup back into the data folder of a room that is not running. With a database of somebody else's a
 * person unpacks the backup and runs its script, and then `vigil restore <folder>` does the rest. The server records either as a fact at
 * its next start.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { howToRestore } from '../../platform/postgres/backup.ts';
import { restoreByHand } from '../../platform/postgres/restore-by-hand.ts';
import { restoreRoom } from '../../platform/postgres/restore.ts';
import type { Command, CommandContext } from './command.ts';
import { commandRefusals } from './usage.ts';

const usage = 'restore <文件或已解开的文件夹 file, or folder where it was unpacked> --by <姓名 name> --by <姓名 name> --reason <原因 why>';

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
  const { dataFolder, databaseUrl, databaseOwnerUrl } = config;
  const found = statSync(file, { throwIfNoEntry: false });
  const isUnpacked = found?.isDirectory() === true;
  if (databaseUrl !== null && !isUnpacked) throw commandRefusals('external_restore', { how: howToRestore(file, dataFolder) });
  if (found === undefined) throw commandRefusals('file_missing', { file });
  if (databaseUrl === null && isUnpacked) throw commandRefusals('usage', { usage });
  const { takenAt, keptIn } =
    databaseUrl === null
      ? await restoreRoom({ file, dataFolder, persons, reason, onNotice: tell }).then(({ manifest, keptIn: kept }) => ({ takenAt: manifest.takenAt, keptIn: kept }))
      : await restoreByHand({ folder: file, dataFolder, ownerUrl: databaseOwnerUrl ?? databaseUrl, persons, reason });
  const taken = new Date(takenAt).toISOString();
  tell({ zh: `已恢复到备份时刻 ${taken}；其后的记录不在其中，恢复本身将在下次启动时记入账本。`, en: `Restored to the backup of ${taken}; what came later is not in it. The restore itself enters the ledger at the next start.` });
  if (keptIn !== null && databaseUrl === null) tell({ zh: `被替换的内容保留在 ${keptIn}，数据库旁有同样标记的旧文件夹。`, en: `What was replaced is kept in ${keptIn}, and the former database beside the new one.` });
  if (keptIn !== null && databaseUrl !== null) tell({ zh: `被替换的文件保留在 ${keptIn}。`, en: `The files that were replaced are kept in ${keptIn}.` });
  return 0;
};

export const command: Command = { summary: { zh: '从备份恢复整个监控室（须先停止）', en: 'Restore the whole room from a backup (stop it first)' }, usage, run };
