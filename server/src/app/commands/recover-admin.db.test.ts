import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestHttp, openTestRoom, signInOver, type TestRoom } from '../../mechanisms/identity/testing/room.ts';
import { createDiskBlobs } from '../../platform/blobs/disk-blobs.ts';
import { openDatabase } from '../../platform/postgres/db.ts';
import { startEmbedded } from '../../platform/postgres/embedded.ts';
import { migrate } from '../../platform/postgres/migrate.ts';
import { createSealer } from '../../platform/secrets/sealer.ts';
import { lockHolder, takeLock } from '../../platform/process/lock.ts';
import { createLog } from '../../base/log.ts';
import { systemClock } from '../../base/clock.ts';
import { createIdentity } from '../../mechanisms/identity/index.ts';
import { createLedger, ledgerKeyFile, openLedgerKey } from '../../mechanisms/ledger/index.ts';
import { readConfig } from '../../base/config.ts';
import { command, recoverAdmin } from './recover-admin.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-recover-'));
  chmodSync(folder, 0o755); // as root the database runs under another account, which must pass here
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('vigil recover-admin', () => {
  describe('while the room runs', () => {
    let room: TestRoom;
    const options = () => ({ config: { dataFolder: folder, databaseUrl: room.appUrl, logLevel: 'silent' } });
    beforeEach(async () => {
      room = await openTestRoom();
    });
    afterEach(() => room.close());

    test('gives a new password, ends the old sessions in the running server and is a fact without the password', async () => {
      const http = await openTestHttp(room);
      const people = await room.identity.makeDemonstration('zh-CN');
      const stop = await room.identity.start();
      const before = people.find((person) => person.role === 'system_administrator')!;
      const cookie = await signInOver(http, before.account, before.password);
      const ended = new Promise((resolve) => room.identity.onEnded(resolve));
      const lines: string[] = [];
      const config = readConfig({ VIGIL_DATA: folder, VIGIL_DATABASE_URL: room.appUrl, VIGIL_LOG_LEVEL: 'silent' });
      const terminal = { config, tell: () => undefined, line: (text: string) => void lines.push(text) };
      await expect(command.run({ ...terminal, args: ['a', 'b'] })).rejects.toMatchObject({ code: 'command.usage' });
      expect(await command.run({ ...terminal, args: [] })).toBe(0);
      const password = lines.find((line) => line.startsWith('密码 / Password: '))!.split(': ')[1]!;
      expect(await ended).toMatchObject({ personId: expect.stringMatching(/^per_/) });
      expect((await http.inject({ method: 'GET', url: '/api/identity/session', headers: { host: 'localhost', cookie } })).json()).toMatchObject({ code: 'identity.session_ended' });
      await expect(signInOver(http, before.account, before.password)).rejects.toThrow('401');
      await signInOver(http, before.account, password);
      const [fact] = await room.facts('identity.administrator_recovered');
      expect(fact).toMatchObject({ actor: { kind: 'process', id: 'terminal' }, body: { madeNew: false } });
      expect(JSON.stringify(await room.facts())).not.toContain(password);
      await stop();
      await http.close();
    });

    test('makes a new administrator, refuses to turn somebody else into one, and a machine that is new', async () => {
      await expect(recoverAdmin('root', options())).rejects.toMatchObject({ code: 'recover.not_set_up' });
      await room.identity.makeDemonstration('zh-CN');
      await expect(recoverAdmin('wangjianguo', options())).rejects.toMatchObject({ code: 'recover.not_administrator', sentence: { zh: expect.stringContaining('linhaitao') } });
      await expect(recoverAdmin('a b', options())).rejects.toMatchObject({ code: 'recover.account_wrong' });
      const made = await recoverAdmin('jinji', options());
      expect(made.madeNew).toBe(true);
      const http = await openTestHttp(room);
      await signInOver(http, 'jinji', made.password);
      await expect(recoverAdmin(null, options())).rejects.toMatchObject({ code: 'recover.choose' });
      await http.close();
    });
  });

  test('starts the stopped room’s database, and stops it again, under the room’s lock', async () => {
    const dataFolder = join(folder, 'data');
    const stateRoot = join(folder, 'state');
    const log = createLog({ name: 'test', level: 'silent' });
    const embedded = await startEmbedded({ dataFolder, stateRoot });
    await migrate({ ownerUrl: embedded.ownerUrl });
    const database = openDatabase(embedded.appUrl, { log });
    const ledger = createLedger({ clock: systemClock, key: openLedgerKey(ledgerKeyFile(dataFolder)) });
    await createIdentity({ database, clock: systemClock, log, ledger, verbs: [], onSetUp: async () => undefined, origin: 'http://localhost:8480', sealer: createSealer(join(dataFolder, 'keys', 'people.key')), blobs: createDiskBlobs(join(dataFolder, 'files'), () => 'tmp') }).makeDemonstration('zh-CN');
    await database.close();
    await embedded.stop();
    const options = { config: { dataFolder, databaseUrl: null, logLevel: 'silent' }, stateRoot };
    const recovered = await recoverAdmin('linhaitao', options);
    expect(recovered).toMatchObject({ account: 'linhaitao', name: '林海涛', madeNew: false });
    expect(lockHolder(dataFolder)).toBeNull();
    expect(() => readFileSync(join(embedded.cluster, 'postmaster.pid'))).toThrow();
    const lock = takeLock(dataFolder);
    lock.release();
    await expect(recoverAdmin(null, { config: { dataFolder: join(folder, 'elsewhere'), databaseUrl: null, logLevel: 'silent' } })).rejects.toMatchObject({ code: 'command.no_room' });
  }, 120_000); // initdb and a copy of the programs, on a machine that may be busy
});
