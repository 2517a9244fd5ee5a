/** Footage that goes to another storage: real files in real folders, what goes wrong in between included. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test as base, describe } from 'vitest';
import type { MoveOrder, Storage } from '../../contract/recorder.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { Journal } from '../journal/journal.ts';
import { allEntries, ofKind, quietLog, roomFolder } from '../testing/room.ts';
import { initialiseStorage } from './identity.ts';
import { Moves, movingSuffix } from './moves.ts';
import { segmentPath } from './segment-path.ts';

type Ordered = MoveOrder['segments'][number];

const openDesk = async () => {
  const room = roomFolder();
  const siteId = newId('site', systemClock);
  const storages: Storage[] = ['one', 'two'].map((name) => ({ storageId: newId('sto', systemClock), siteId, path: join(room.data, name) }));
  for (const storage of storages) await initialiseStorage(storage, systemClock);
  const journal = await Journal.open(join(room.data, 'journal'), { clock: systemClock, log: quietLog });
  let busy = false;
  const moves = new Moves({ clock: systemClock, journal, find: (id) => storages.find(({ storageId }) => storageId === id) ?? null, busy: () => busy });
  const [one, two] = storages;
  if (one === undefined || two === undefined) throw new Error('two storages were made');
  const record = (bytes = randomBytes(2_500_000)): Ordered => {
    const segmentId = newId('seg', systemClock);
    const path = segmentPath(newId('cam', systemClock), segmentId, systemClock.now());
    mkdirSync(dirname(join(one.path, path)), { recursive: true });
    writeFileSync(join(one.path, path), bytes);
    return { segmentId, fromStorageId: one.storageId, storageId: two.storageId, path, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  };
  const outcomes = async () => {
    await moves.idle();
    await journal.flushed();
    return ofKind(await allEntries(journal), 'segment_moved');
  };
  return { room, one, two, journal, moves, record, outcomes, setBusy: (value: boolean) => (busy = value) };
};

const test = base.extend<{ desk: Awaited<ReturnType<typeof openDesk>> }>({
  // oxlint-disable-next-line no-empty-pattern -- the form that a fixture must have
  desk: async ({}, use) => {
    const desk = await openDesk();
    await use(desk);
    desk.moves.end();
    await desk.moves.idle();
    await desk.journal.close();
    desk.room.remove();
  },
});

describe('moving a segment', () => {
  test('the copy has the name and the bytes, the old file stays until it is ordered away', async ({ desk, expect }) => {
    const { one, two, moves, record, outcomes } = desk;
    const segment = record();
    moves.order({ segments: [segment, segment] });
    expect(await outcomes()).toMatchObject([{ segmentId: segment.segmentId, storageId: two.storageId, fromStorageId: one.storageId, outcome: 'moved' }]);
    expect(readFileSync(join(two.path, segment.path)).equals(readFileSync(join(one.path, segment.path)))).toBe(true);
    expect(readdirSync(dirname(join(two.path, segment.path))).filter((name) => name.endsWith(movingSuffix))).toEqual([]);
  });

  test('one flipped bit is no footage to move: it is told of and no copy is left', async ({ desk, expect }) => {
    const { one, two, moves, record, outcomes } = desk;
    const segment = record();
    const bytes = readFileSync(join(one.path, segment.path));
    bytes[1_234_567] = (bytes[1_234_567] ?? 0) ^ 1;
    writeFileSync(join(one.path, segment.path), bytes);
    moves.order({ segments: [segment] });
    expect(await outcomes()).toMatchObject([{ outcome: 'altered' }]);
    expect(existsSync(join(two.path, segment.path))).toBe(false);
    expect(existsSync(join(two.path, segment.path) + movingSuffix)).toBe(false);
  });

  test('a file that is gone is missing; a link, another size and a path that is no segment move nothing', async ({ desk, expect }) => {
    const { one, two, moves, record, outcomes } = desk;
    const [gone, linked, short, outside] = [record(), record(), record(), record()];
    rmSync(join(one.path, gone.path));
    renameSync(join(one.path, linked.path), join(one.path, 'elsewhere'));
    symlinkSync(join(one.path, 'elsewhere'), join(one.path, linked.path));
    moves.order({ segments: [gone, linked, { ...short, sizeBytes: 1 }, { ...outside, path: '../../etc/passwd' }] });
    expect((await outcomes()).map(({ outcome }) => outcome)).toEqual(['missing', 'failed', 'altered', 'failed']);
    for (const { path } of [linked, short]) expect(existsSync(join(two.path, path))).toBe(false);
  });

  test('nothing is written into a folder that is not the storage any more', async ({ desk, expect }) => {
    const { two, moves, record, outcomes } = desk;
    const segment = record();
    rmSync(join(two.path, 'vigil-storage.json'));
    moves.order({ segments: [segment] });
    expect(await outcomes()).toMatchObject([{ outcome: 'failed' }]);
    expect(readdirSync(two.path)).toEqual([]);
  });

  test('while recording needs the disks nothing is moved, and what is broken off is told of by nobody', async ({ desk, expect }) => {
    const { two, moves, record, outcomes, setBusy } = desk;
    setBusy(true);
    const segment = record();
    moves.order({ segments: [segment] });
    moves.end();
    expect(await outcomes()).toEqual([]);
    expect(existsSync(join(two.path, segment.path))).toBe(false);
  });
});
