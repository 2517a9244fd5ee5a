/** A restore is the first fact of a new epoch, named with what was lost and who did it; the verifier then says "restored", not "altered". */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFacts } from '../../../contract/ledger.ts';
import { questions as people } from '../mechanisms/identity/index.ts';
import { verifyDatabase } from '../mechanisms/ledger/index.ts';
import { restoreNoteFile } from '../platform/postgres/restore-note.ts';
import { recordPendingRestore } from './restored.ts';
import { openWholeRoom, type WholeRoom } from './testing/whole-room.ts';

let house: WholeRoom;
beforeAll(async () => {
  house = await openWholeRoom();
});
afterAll(() => house.close());

test('a pending restore becomes a fact with both persons and the newest surviving signature, once', async () => {
  const place = await people.place(house.database.db);
  const siteId = place!.site.siteId;
  const signed = await house.room.checkpointer.sign(siteId, 'anchor');
  const keptIn = join(house.dataFolder, 'before-restore-test');
  cpSync(join(house.dataFolder, 'ledger'), join(keptIn, 'ledger'), { recursive: true });
  const note = { restoredAt: 2, takenAt: 1, migration: '0004-video', manifestSha256: 'ab', keptIn, persons: ['林海涛', '孙卫东'], reason: '磁盘更换' };
  writeFileSync(restoreNoteFile(house.dataFolder), JSON.stringify(note));
  const room = { database: house.database, ledger: house.room.ledger, dataFolder: house.dataFolder, video: house.room.video };
  expect(await recordPendingRestore(room)).toBe(true);
  expect(existsSync(restoreNoteFile(house.dataFolder))).toBe(false);
  expect(await recordPendingRestore(room)).toBe(false);
  const { facts } = await house.get(await house.signIn('auditor'), listFacts, { query: { kind: 'ledger.restored' } });
  expect(facts).toHaveLength(1);
  expect(facts[0]!.body).toMatchObject({ epoch: 2, persons: ['林海涛', '孙卫东'], reason: '磁盘更换', lastAnchor: signed.note });
  await house.room.checkpointer.sign(siteId, 'anchor');
  const report = await verifyDatabase({ url: house.adminUrl, siteId, anchors: signed.note, ownAnchors: [] });
  expect(report.findings.map((finding) => [finding.code, finding.severity])).toEqual([['restored', 'note']]);
  expect(report.verdict).toBe('intact_and_anchored');
});
