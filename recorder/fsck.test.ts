import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Storage } from '../contract/recorder.ts';
import { systemClock } from '../server/src/base/clock.ts';
import { newId } from '../server/src/base/ids.ts';
import { fsck } from './fsck.ts';
import type { ExpectedSegment, FilePlace, Finding } from './fsck.ts';
import { initialiseStorage } from './storage/identity.ts';
import { segmentPath } from './storage/segment-path.ts';
import { roomFolder } from './testing/room.ts';
import type { RoomFolder } from './testing/room.ts';

let room: RoomFolder;
let storage: Storage;
let rows: ExpectedSegment[];
const from = Date.UTC(2026, 1, 2, 23, 50);
const place = (n: number, cameraId: string): ExpectedSegment => {
  const path = segmentPath(cameraId, newId('seg', systemClock), from + n * 60_000);
  const bytes = Buffer.from(`segment ${n} of ${cameraId}`);
  mkdirSync(dirname(join(storage.path, path)), { recursive: true });
  writeFileSync(join(storage.path, path), bytes);
  return { storageId: storage.storageId, path, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
};
beforeEach(async () => {
  room = roomFolder();
  storage = { storageId: newId('sto', systemClock), siteId: newId('site', systemClock), path: room.storage };
  await initialiseStorage(storage, systemClock);
  const ids = [newId('cam', systemClock), newId('cam', systemClock)];
  rows = ids.flatMap((id) => Array.from({ length: 20 }, (_, n) => place(n, id))).sort((a, b) => (a.path < b.path ? -1 : 1));
});
afterEach(() => room.remove());

const run = async (change: { rows?: ExpectedSegment[]; pending?: ExpectedSegment[]; garbage?: FilePlace[]; hashes?: boolean; storages?: Storage[] } = {}): Promise<Finding[]> => {
  async function* stream(): AsyncGenerator<ExpectedSegment> {
    yield* change.rows ?? rows;
  }
  const found: Finding[] = [];
  for await (const finding of fsck({ storages: change.storages ?? [storage], rows: stream(), pending: change.pending ?? [], garbage: change.garbage ?? [], hashes: change.hashes ?? true })) found.push(finding);
  return found;
};
const fileOf = (row: ExpectedSegment): string => join(storage.path, row.path);
const at = (row: ExpectedSegment): FilePlace => ({ storageId: row.storageId, path: row.path });

describe('fsck', () => {
  test('what is in order gives no finding', async () => {
    expect(await run()).toEqual([]);
  });

  test.each([
    ['[SCH-2.3.1 INTEGRITY] one flipped bit in the oldest and in a later segment is found', [0, 17]],
    ['[COR-4.1.2 INTEGRITY] one flipped bit in the newest segment is found', [39]],
  ])('%s', async (_, changed) => {
    for (const row of changed.map((index) => rows[index]!)) {
      const bytes = readFileSync(fileOf(row));
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(fileOf(row), bytes);
      expect(await run()).toMatchObject([{ kind: 'wrong_hash', ...at(row), expected: row.sha256 }]);
      expect(await run({ hashes: false })).toEqual([]);
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(fileOf(row), bytes);
    }
  });

  test('[COR-4.1.3 INTEGRITY] a removed and a lengthened file are each found', async () => {
    rmSync(fileOf(rows[3]!));
    appendFileSync(fileOf(rows[5]!), 'x');
    const found = await run();
    expect(found).toContainEqual({ kind: 'missing', ...at(rows[3]!) });
    expect(found).toContainEqual({ kind: 'wrong_size', ...at(rows[5]!), expected: rows[5]!.sizeBytes, found: rows[5]!.sizeBytes + 1 });
    expect(found.length).toBe(2);
  });

  test('[BRN-A1.2.5 INTEGRITY] a file that was added from outside is found, and so are notes and links', async () => {
    const added = place(30, newId('cam', systemClock));
    writeFileSync(join(storage.path, 'note.txt'), 'x');
    symlinkSync('/etc/passwd', join(storage.path, 'link'));
    const found = await run();
    expect(found).toContainEqual({ kind: 'unknown', ...at(added) });
    expect(found).toContainEqual({ kind: 'unknown', storageId: storage.storageId, path: 'note.txt' });
    expect(found).toContainEqual({ kind: 'unknown', storageId: storage.storageId, path: 'link' });
    expect(found.length).toBe(3);
  });

  test('files are in exactly one of row, garbage and open; closed ones may still stand in the journal only', async () => {
    const [pending, ...rest] = rows;
    expect(await run({ rows: rest, pending: [pending!] })).toEqual([]);
    expect(await run({ rows: rest, garbage: [at(pending!)] })).toEqual([]);
    expect(await run({ garbage: [at(pending!)] })).toEqual([{ kind: 'double', ...at(pending!) }]);
    writeFileSync(`${fileOf(pending!)}.part`, 'x');
    expect(await run()).toEqual([{ kind: 'open', storageId: storage.storageId, path: `${pending!.path}.part` }]);
  });

  test('a storage that is not there makes every row of it missing, and says why', async () => {
    const found = await run({ storages: [{ ...storage, path: join(room.data, 'gone') }] });
    expect(found[0]).toMatchObject({ kind: 'storage_refused', reason: 'missing' });
    expect(found.slice(1).map((finding) => finding.kind)).toEqual(rows.map(() => 'missing'));
    expect((await run({ storages: [] })).length).toBe(rows.length);
  });

  test('rows out of order are an error, since findings would be wrong', async () => {
    await expect(run({ rows: [...rows].reverse() })).rejects.toThrow('not in order');
  });
});
