/** `vigil export-ledger <file>`: the ledger as a file that `verify/cli` reads elsewhere, without us. Handing it out is a fact. */
import { createWriteStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { systemClock } from '../../base/clock.ts';
import { createLog } from '../../base/log.ts';
import { questions as people } from '../../mechanisms/identity/index.ts';
import { anchorFile, anchorFilePath, createCheckpointer, createLedger, exportLedger, ledgerKeyFile, openLedgerKey } from '../../mechanisms/ledger/index.ts';
import type { Command, CommandContext } from './command.ts';
import { withDatabase } from './reach-database.ts';
import { commandRefusals } from './usage.ts';

const usage = 'export-ledger <文件 file> [--with-private-values]';

const read = (args: readonly string[]): { file: string; withPrivateValues: boolean } => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { 'with-private-values': { type: 'boolean', default: false } } });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw commandRefusals('usage', { usage });
    return { file: resolve(file), withPrivateValues: values['with-private-values'] };
  } catch (error) {
    if (error instanceof TypeError) throw commandRefusals('usage', { usage });
    throw error;
  }
};

const run = async ({ args, config, tell, line }: CommandContext): Promise<number> => {
  const { file, withPrivateValues } = read(args);
  if (existsSync(file)) throw commandRefusals('file_exists', { file });
  return withDatabase({ config }, async (database) => {
    const place = await people.place(database.db);
    if (place === null) throw commandRefusals('no_room', { folder: config.dataFolder });
    const clock = systemClock;
    const key = openLedgerKey(ledgerKeyFile(config.dataFolder));
    const ledger = createLedger({ clock, key });
    const log = createLog({ name: 'export-ledger', level: config.logLevel });
    const checkpointer = createCheckpointer({ database, ledger, clock, key, anchors: anchorFile(anchorFilePath(config.dataFolder)), log });
    const what = { siteId: place.site.siteId, withPrivateValues, actor: { kind: 'process', id: 'terminal' } as const };
    let lines = 0;
    const withEnds = async function* (): AsyncGenerator<string> {
      for await (const one of exportLedger({ database, ledger, checkpointer, clock }, what)) {
        lines += 1;
        yield `${one}\n`;
      }
    };
    await pipeline(Readable.from(withEnds()), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    tell({
      zh: `已导出 ${lines} 行${withPrivateValues ? '，含个人信息，请妥善保管' : '，不含个人信息'}。`,
      en: `Exported ${lines} lines${withPrivateValues ? ', personal values among them: keep it safe' : ', without personal values'}.`,
    });
    line(file);
    return 0;
  });
};

export const command: Command = { usage, summary: { zh: '导出账本，供别处独立核对（导出本身入账）', en: 'Export the ledger for verification elsewhere (the export is a fact)' }, run };
