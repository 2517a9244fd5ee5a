/**
 * `vigil verify-ledger`: recomputes every fact, root, signature and private value of every site from the database, with the room running or
 * stopped (ledger-and-evidence.md point 9). Anchors given with --anchor are what makes the verdict independent of whoever holds the database.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { tellReport, type Report } from '../../../../verify/index.ts';
import { anchorFile, anchorFilePath, ledgerSites, verifyDatabase } from '../../mechanisms/ledger/index.ts';
import type { Command, CommandContext } from './command.ts';
import { withDatabase } from './reach-database.ts';
import { commandRefusals } from './usage.ts';

const usage = 'verify-ledger [--anchor <锚点文件 anchor file>]… [--site <id>] [--json]';

const read = (args: readonly string[]): { anchors: string; site: string | undefined; json: boolean } => {
  try {
    const { values } = parseArgs({ args: [...args], options: { anchor: { type: 'string', multiple: true }, site: { type: 'string' }, json: { type: 'boolean' } } });
    const files = values.anchor ?? [];
    for (const file of files) if (!existsSync(file)) throw commandRefusals('file_missing', { file });
    return { anchors: files.map((file) => readFileSync(file, 'utf8')).join('\n\n'), site: values.site, json: values.json ?? false };
  } catch (error) {
    if (error instanceof TypeError) throw commandRefusals('usage', { usage });
    throw error;
  }
};

/** How many notes of the room's own file are held against the database: each costs two signature checks. */
const ownNotes = 200;

const run = async (context: CommandContext): Promise<number> => {
  const { config, line } = context;
  const { anchors, site, json } = read(context.args);
  return withDatabase({ config }, async (_database, url) => {
    const ownAnchors = anchorFile(anchorFilePath(config.dataFolder)).newest(ownNotes);
    const sites = (await ledgerSites(url)).filter((id) => site === undefined || id === site);
    if (sites.length === 0) throw commandRefusals('no_room', { folder: config.dataFolder });
    const reports: Report[] = [];
    for (const siteId of sites) {
      const own = ownAnchors.filter((note) => note.startsWith(`vigil/${siteId}\n`) || note.startsWith(`vigil/${siteId}/`));
      const report = await verifyDatabase({ url, siteId, anchors, ownAnchors: own });
      reports.push(report);
      if (!json) line(`${tellReport(report, 'zh')}\n${tellReport(report, 'en')}`);
    }
    if (json) line(JSON.stringify(reports));
    return reports.some((report) => report.verdict === 'altered_or_incomplete') ? 1 : 0;
  });
};

export const command: Command = {
  usage,
  summary: { zh: '核对账本：有没有被改动、是否完整、有没有独立锚点', en: 'verify the ledger: altered, complete, independently anchored' },
  run,
};
