import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../base/config.ts';
import { createLog } from '../../base/log.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import { anchorFile, anchorFilePath, createCheckpointer, createLedger, ledgerExported, passingKey, serverActor } from '../../mechanisms/ledger/index.ts';
import { openDatabase } from '../../platform/postgres/db.ts';
import { freshDatabase, type FreshDatabase } from '../../platform/postgres/testing/database.ts';
import { command } from './verify-ledger.ts';

let fresh: FreshDatabase;
let dataFolder: string;
let anchor: string;

const verify = async (...args: string[]): Promise<{ code: number; said: string }> => {
  let said = '';
  const config = { ...readConfig({}), databaseUrl: fresh.appUrl, dataFolder };
  const code = await command.run({ args, config, tell: (sentence) => void (said += `${sentence.zh}\n${sentence.en}\n`), line: (text) => void (said += `${text}\n`) });
  return { code, said };
};

beforeAll(async () => {
  fresh = await freshDatabase();
  dataFolder = mkdtempSync(join(tmpdir(), 'vigil-verify-'));
  const log = createLog({ name: 'test', level: 'silent' });
  const database = openDatabase(fresh.appUrl, { log });
  const clock = new ManualClock(1_790_000_000_000);
  const key = passingKey();
  const ledger = createLedger({ clock, key });
  const append = () => database.transaction((tx) => ledger.append(tx, { event: ledgerExported, siteId: 'site_a', roomId: null, actor: serverActor, subject: 'site_a', body: { fromSeq: 1, untilSeq: 1, withPrivateValues: false }, at: clock.now() }));
  for (let n = 0; n < 5; n += 1) await append();
  const note = (await createCheckpointer({ database, ledger, clock, key, anchors: anchorFile(anchorFilePath(dataFolder)), log }).sign('site_a', 'anchor')).note;
  anchor = join(dataFolder, 'anchor.txt');
  writeFileSync(anchor, note);
  await database.close();
});
afterAll(async () => {
  await fresh.drop();
  rmSync(dataFolder, { recursive: true, force: true });
});

test('without an anchor it says so; with one the ledger is intact and anchored', async () => {
  const alone = await verify();
  expect(alone.code).toBe(0);
  expect(alone.said).toContain('完整，但没有独立锚点');
  expect(alone.said).toContain('intact, not independently anchored');
  const anchored = await verify('--anchor', anchor);
  expect(anchored.code).toBe(0);
  expect(anchored.said).toContain('完整，且有独立锚点');
  const [report] = JSON.parse((await verify('--anchor', anchor, '--json')).said) as { verdict: string; facts: number }[];
  expect(report).toMatchObject({ verdict: 'intact_and_anchored', facts: 6 });
});

test('a missing anchor file and an unknown option are refused with a sentence', async () => {
  await expect(verify('--anchor', join(dataFolder, 'absent.txt'))).rejects.toMatchObject({ code: 'command.file_missing' });
  await expect(verify('--nonsense')).rejects.toMatchObject({ code: 'command.usage' });
});

test('a cut tail is found by the room’s own file of anchors, and one changed row by its signature', async () => {
  const admin = new pg.Client({ connectionString: fresh.adminUrl });
  await admin.connect();
  for (const table of ['facts', 'checkpoints']) await admin.query(`alter table ledger.${table} disable trigger all`);
  await admin.query('update ledger.facts set actor_id = $1 where seq = 3', ['nobody']);
  const changed = await verify();
  expect(changed.code).toBe(1);
  expect(changed.said).toMatch(/第 3 条记录的列 actor_id 与规范内容不符/);
  await admin.query(`update ledger.facts set actor_id = 'server' where seq = 3`);
  await admin.query('delete from ledger.checkpoints');
  await admin.query('delete from ledger.facts where seq > 4');
  const cut = await verify();
  expect(cut.code).toBe(1);
  expect(cut.said).toMatch(/own file 1/);
  mkdirSync(dirname(anchorFilePath(dataFolder)), { recursive: true });
  writeFileSync(anchorFilePath(dataFolder), '');
  expect((await verify()).code).toBe(0); // the file is as good as its keeper: hence anchors elsewhere
  expect((await verify('--anchor', anchor)).code).toBe(1);
  await admin.end();
});
