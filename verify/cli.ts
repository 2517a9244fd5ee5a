/** `node verify/cli.ts <export.jsonl> [--anchor <file>]… [--json]`: verifies an exported ledger with no network, database or server. Exit 0 intact, 1 altered, 2 wrong use. */
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { nodeCrypto } from '../formats/tlog/node-crypto.ts';
import { openExport, tellReport, verifyLedger } from './index.ts';

const usage = '用法 / usage: verify <导出文件 export.jsonl> [--anchor <锚点文件 anchor file>]… [--json]\n';

const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { anchor: { type: 'string', multiple: true }, json: { type: 'boolean' } } });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    process.stderr.write(usage);
    return 2;
  }
  const anchors = (values.anchor ?? []).map((name) => readFileSync(name, 'utf8')).join('\n\n');
  const opened = await openExport(createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY }));
  const report = await verifyLedger(nodeCrypto, { ...opened, anchors });
  process.stdout.write(values.json === true ? `${JSON.stringify(report, null, 2)}\n` : `${tellReport(report, 'zh')}\n${tellReport(report, 'en')}`);
  return report.verdict === 'altered_or_incomplete' ? 1 : 0;
};

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
