/**
 * `vigil fsck`: every row has its file of the stated size and hash; every file is in exactly one of row, journal, garbage, open. With the room
 * running or stopped. Repairs nothing; the check and what it found are a fact.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { JournalEntryOf } from '../../../../contract/recorder.ts';
import { fsck, type Finding } from '../../../../recorder/fsck.ts';
import { readJournal } from '../../../../recorder/journal/files.ts';
import { systemClock } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import { mebibyte } from '../../base/units.ts';
import { createLedger, ledgerKeyFile, openLedgerKey } from '../../mechanisms/ledger/index.ts';
import { footageCheck } from '../../modules/video/index.ts';
import type { Database, Db } from '../../platform/postgres/db.ts';
import type { Command, CommandContext } from './command.ts';
import { withDatabase } from './reach-database.ts';
import { commandRefusals } from './usage.ts';

const usage = 'fsck [--names-only]';

/** Closed segments that the server has not taken over yet: the recorder's journal, as it lies on disk. */
const pendingSegments = async (dataFolder: string, after: number): Promise<JournalEntryOf<'segment_closed'>[]> => {
  const pending: JournalEntryOf<'segment_closed'>[] = [];
  await readJournal(join(dataFolder, 'recorder', 'journal'), (record) => {
    if (record.t === 'entry' && record.entry.kind === 'segment_closed' && record.entry.seq > after) pending.push(record.entry);
  });
  return pending;
};

const words: Readonly<Record<Finding['kind'], Sentence>> = {
  missing: { zh: '文件缺失', en: 'file missing' },
  unknown: { zh: '来历不明的文件', en: 'unknown file' },
  unreadable: { zh: '文件无法读取', en: 'file cannot be read' },
  open: { zh: '正在录制', en: 'being recorded' },
  double: { zh: '同时在索引和待删除中', en: 'both indexed and to be deleted' },
  wrong_size: { zh: '大小不符', en: 'wrong size' },
  wrong_hash: { zh: '内容被改动（哈希不符）', en: 'content altered (hash differs)' },
  storage_refused: { zh: '存储不可用', en: 'storage refused' },
};

/** While the room runs, files come and go: what the database knows by now, or what is gone from it, is no finding. */
const holds = async (db: Db, finding: Finding): Promise<boolean> => {
  if (finding.kind === 'open') return false;
  if (finding.kind !== 'unknown' && finding.kind !== 'missing') return true;
  const known = await footageCheck.isKnownFile(db, finding.storageId, finding.path);
  return finding.kind === 'unknown' ? !known : known;
};

const say = async (db: Db, finding: Finding, { line }: CommandContext): Promise<void> => {
  const place = await footageCheck.placeOfFile(db, finding.storageId, finding.path);
  const { zh, en } = words[finding.kind];
  const where = place === null ? '' : `  ${String(place.number).padStart(2, '0')} ${place.name}  ${new Date(place.from).toISOString()} – ${new Date(place.until).toISOString()}`;
  line(`✗ ${zh} · ${en}${where}\n  ${finding.path}`);
};

const settleMs = 3_000;

const check = async (context: CommandContext, database: Database, hashes: boolean): Promise<number> => {
  const { config, tell } = context;
  const { db } = database;
  const site = await footageCheck.checkedSite(db);
  if (site === null) throw commandRefusals('no_room', { folder: config.dataFolder });
  let checked = { files: 0, bytes: 0 };
  const suspects: Finding[] = [];
  const run = fsck({
    storages: site.storages,
    rows: footageCheck.expectedFiles(db),
    pending: await pendingSegments(config.dataFolder, site.recorder.journalSeq),
    garbage: await footageCheck.garbageFiles(db),
    hashes,
    onChecked: (now) => (checked = now),
  });
  for await (const finding of run) if (finding.kind !== 'open') suspects.push(finding);
  // Give the journal time to be taken over before what seemed unknown is asked about again.
  if (suspects.some((one) => one.kind === 'unknown')) await new Promise<void>((done) => void systemClock.after(settleMs, done));
  const findings: Finding[] = [];
  for (const suspect of suspects) if (await holds(db, suspect)) findings.push(suspect);
  for (const finding of findings) await say(db, finding, context);
  const ledger = createLedger({ clock: systemClock, key: openLedgerKey(ledgerKeyFile(config.dataFolder)) });
  const outcome = { files: checked.files, sizeBytes: checked.bytes, hashes, findings: findings.map(({ kind, path }) => ({ kind, path })) };
  await footageCheck.recordCheck(database, ledger, site.recorder.siteId, { kind: 'process', id: 'terminal' }, outcome, systemClock.now());
  const size = Math.round(checked.bytes / mebibyte);
  tell(
    findings.length === 0
      ? { zh: `录像完好：${checked.files} 个文件，${size} MB,${hashes ? '哈希全部相符' : '大小全部相符'}。`, en: `The footage is whole: ${checked.files} files, ${size} MB, every ${hashes ? 'hash' : 'size'} agrees.` }
      : { zh: `核对了 ${checked.files} 个文件，发现 ${findings.length} 处问题。`, en: `Checked ${checked.files} files: ${findings.length} findings.` },
  );
  return findings.length === 0 ? 0 : 1;
};

export const command: Command = {
  usage,
  summary: { zh: '核对录像：磁盘、索引与哈希（结果入账）', en: 'Compare disk, index and hashes of the footage (the outcome is a fact)' },
  run: async (context) => {
    const { values, positionals } = parseArgs({ args: [...context.args], allowPositionals: true, options: { 'names-only': { type: 'boolean', default: false } } });
    if (positionals.length > 0) throw commandRefusals('usage', { usage });
    return withDatabase({ config: context.config }, (database) => check(context, database, !values['names-only']));
  },
};
