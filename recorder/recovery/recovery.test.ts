import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JournalEntryOf, Storage } from '../../contract/recorder.ts';
import { FragmentHead, initSegment, scanSegment } from '../../formats/fmp4/index.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { Journal } from '../journal/journal.ts';
import { segmentPath } from '../storage/segment-path.ts';
import { allEntries, ofKind, quietLog, roomFolder, sourceOf } from '../testing/room.ts';
import type { RoomFolder } from '../testing/room.ts';
import { initialiseStorage } from '../storage/identity.ts';
import { Recovery } from './recovery.ts';

let room: RoomFolder;
let storage: Storage;
let journal: Journal;
const cameraId = newId('cam', systemClock);
const from = systemClock.now() - 600_000;
const openJournal = (): Promise<Journal> => Journal.open(join(room.data, 'journal'), { clock: systemClock, log: quietLog });

beforeEach(async () => {
  room = roomFolder();
  storage = { storageId: newId('sto', systemClock), siteId: newId('site', systemClock), path: room.storage };
  await initialiseStorage(storage, systemClock);
  journal = await openJournal();
});
afterEach(async () => {
  await journal.close();
  room.remove();
});

/** Fragments of two frames of 40 ms; `learnt`: by how much the start of the run was found to be earlier after the first. */
const fileBytes = (segmentId: string, fragments: number, learntMs = 0): { bytes: Buffer; ends: number[] } => {
  const note = { segmentId, cameraId, storageId: storage.storageId, runId: newId('run', systemClock), codec: 'avc1.640028', width: 640, height: 360, from };
  const parts: Uint8Array[] = [initSegment({ width: 640, height: 360, entry: 'avc1', decoderConfig: Buffer.from([1, 0x64, 0, 0x28, 0xff, 0xe0, 0]) }, note)];
  const ends = [parts[0]!.length];
  const head = new FragmentHead();
  for (let n = 0; n < fragments; n += 1) {
    const samples = [
      { size: 8, durationTicks: 3_600, key: true, compositionTicks: 0 },
      { size: 7, durationTicks: 3_600, key: false, compositionTicks: 0 },
    ];
    const bytes = head.build({ sequence: n + 1, decodeTicks: n * 7_200, at: from + n * 80 - (n > 0 ? learntMs : 0), samples }).slice();
    parts.push(bytes, Buffer.from([0, 0, 0, 4, 0x65, n, n, n, 0, 0, 0, 3, 0x41, n, n]));
    ends.push(ends.at(-1)! + bytes.length + 15);
  }
  return { bytes: Buffer.concat(parts), ends };
};

const place = (fragments: number, options: { suffix?: string; cut?: number; learntMs?: number; noted?: boolean } = {}): { segmentId: string; path: string } => {
  const segmentId = newId('seg', systemClock);
  const path = segmentPath(cameraId, segmentId, from);
  const file = join(storage.path, path + (options.suffix ?? '.part'));
  mkdirSync(dirname(file), { recursive: true });
  const { bytes } = fileBytes(segmentId, fragments, options.learntMs);
  writeFileSync(file, options.cut === undefined ? bytes : bytes.subarray(0, options.cut));
  if (options.noted ?? true) journal.noteOpened({ segmentId, cameraId, storageId: storage.storageId, path });
  return { segmentId, path };
};

const recover = async (): Promise<{ recovery: Recovery; closed: JournalEntryOf<'segment_closed'>[] }> => {
  const recovery = new Recovery({ clock: systemClock, log: quietLog, journal });
  await recovery.look(storage);
  recovery.begin();
  await recovery.idle();
  await journal.flushed();
  return { recovery, closed: ofKind(await allEntries(journal), 'segment_closed') };
};

describe('recovery', { timeout: 60_000 }, () => {
  test('[SCH-2.3.2 INTEGRITY] an open segment cut at any byte is taken up to its last whole fragment, or leaves nothing behind', async () => {
    const { bytes, ends } = fileBytes(newId('seg', systemClock), 3);
    // Inside the head every cut is alike: some of them do.
    for (let cut = 0; cut <= bytes.length; cut += cut < ends[0]! - 20 ? 37 : 1) {
      const { path, segmentId } = place(3, { cut });
      const whole = ends.slice(1).filter((end) => end <= cut).length;
      const { closed } = await recover();
      const mine = closed.filter((entry) => entry.segmentId === segmentId);
      expect(readdirSync(dirname(join(storage.path, path))), `cut at ${cut}`).toEqual(whole === 0 ? [] : [path.split('/').at(-1)]);
      expect(journal.state.openSegments).toEqual({});
      if (whole === 0) {
        expect(mine).toEqual([]);
        continue;
      }
      const file = readFileSync(join(storage.path, path));
      expect(mine).toMatchObject([{ recovered: true, from, until: from + whole * 80, frames: whole * 2, keyFrames: whole, sizeBytes: file.length, sha256: createHash('sha256').update(file).digest('hex') }]);
      const scan = await scanSegment({ sizeBytes: file.length, readAt: async (offset, length) => file.subarray(offset, offset + length) });
      expect([scan.tail, scan.fragments.length]).toEqual(['index', whole]);
      rmSync(join(storage.path, path));
    }
  });

  test('footage stands where it was learnt to stand, not where the file was opened', async () => {
    place(3, { learntMs: 500 });
    const { closed, recovery } = await recover();
    expect(closed).toMatchObject([{ from: from - 500, until: from - 500 + 240 }]);
    expect(recovery.footageUntil(cameraId)).toBe(from - 260);
  });

  test('a body that a power cut left empty is not taken for video', async () => {
    const { path } = place(3);
    const file = `${join(storage.path, path)}.part`;
    const bytes = readFileSync(file);
    bytes.fill(0, bytes.length - 15);
    writeFileSync(file, bytes);
    const { closed } = await recover();
    expect(closed).toMatchObject([{ until: from + 160, frames: 4 }]);
  });

  test('a segment that was named and not journalled is journalled, one that is known is left alone', async () => {
    const named = place(2, { suffix: '' });
    const first = await recover();
    expect(first.closed.map((entry) => entry.segmentId)).toEqual([named.segmentId]);
    const again = await recover();
    expect(again.closed.length).toBe(1);
    const unnoted = newId('seg', systemClock);
    const path = segmentPath(cameraId, unnoted, from + 60_000);
    copyFileSync(join(storage.path, named.path), join(storage.path, path));
    expect((await recover()).closed.map((entry) => entry.segmentId)).toEqual([named.segmentId, unnoted]);
  });

  test('when the journal is lost, everything on disk is journalled again from what the files say', async () => {
    const a = place(2, { suffix: '', noted: false });
    const b = place(1, { noted: false });
    const { closed } = await recover();
    expect(new Set(closed.map((entry) => entry.segmentId))).toEqual(new Set([a.segmentId, b.segmentId]));
  });

  test('a second crash in the middle of recovery loses nothing', async () => {
    const { path, segmentId } = place(3, { cut: fileBytes(newId('seg', systemClock), 3).ends[2]! + 9 });
    // Cut and named, and the journal knows of nothing: as far as a crash after the rename leaves it.
    truncateSync(`${join(storage.path, path)}.part`, fileBytes(segmentId, 3).ends[2]);
    renameSync(`${join(storage.path, path)}.part`, join(storage.path, path));
    const { closed } = await recover();
    expect(closed).toMatchObject([{ segmentId, frames: 4, recovered: true }]);
  });

  test('[BRN-4.3 RECORDING] after a crash each camera has a gap from the end of its footage, with its reason', async () => {
    place(3);
    const source = sourceOf('rtsp://127.0.0.1/x', { cameraId });
    const off = sourceOf('rtsp://127.0.0.1/y', { record: false });
    const away = sourceOf('rtsp://127.0.0.1/z');
    journal.append({ kind: 'gap_opened', gapId: newId('gap', systemClock), cameraId: away.cameraId, from: from - 5_000, reason: 'camera_unreachable', detail: '' });
    const recovery = new Recovery({ clock: systemClock, log: quietLog, journal });
    await recovery.look(storage);
    recovery.openGaps([source, off, away], from + 1_000);
    await journal.flushed();
    const entries = (await allEntries(journal)).slice(1);
    expect(entries).toMatchObject([
      { kind: 'gap_opened', cameraId, from: from + 240, reason: 'recorder_crashed' },
      { kind: 'gap_closed', cameraId: away.cameraId, from: from - 5_000, until: from + 1_000, reason: 'camera_unreachable' },
      { kind: 'gap_opened', cameraId: away.cameraId, from: from + 1_000, reason: 'recorder_crashed' },
    ]);
    expect(existsSync(storage.path)).toBe(true);
  });

  test('[BRN-4.3 RECORDING] video that waited for a slow disk when the recorder crashed is a gap of its own before that of the slow disk', async () => {
    place(3);
    const slow = { gapId: newId('gap', systemClock), cameraId, from: from + 8_000, reason: 'memory_bound' as const, detail: '' };
    journal.append({ kind: 'gap_opened', ...slow });
    const recovery = new Recovery({ clock: systemClock, log: quietLog, journal });
    await recovery.look(storage);
    recovery.openGaps([sourceOf('rtsp://127.0.0.1/x', { cameraId })], from + 60_000);
    await journal.flushed();
    const entries = await allEntries(journal);
    expect(ofKind(entries, 'gap_closed').map(({ reason, from: begin, until }) => [reason, begin, until])).toEqual([
      ['recovery_loss', from + 240, from + 8_000],
      ['memory_bound', from + 8_000, from + 60_000],
    ]);
    expect(entries.at(-1)).toMatchObject({ kind: 'gap_opened', from: from + 60_000, reason: 'recorder_crashed' });
    expect(journal.state.openGaps[cameraId]).toMatchObject({ reason: 'recorder_crashed' });
  });

  test('[BRN-4.3 RECORDING] a tail that did not reach the disk whole is a gap of its own, and the crash begins where the recorder was last alive', async () => {
    const { path } = place(3);
    const file = `${join(storage.path, path)}.part`;
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0, bytes.length - 15));
    const recovery = new Recovery({ clock: systemClock, log: quietLog, journal });
    await recovery.look(storage);
    recovery.openGaps([sourceOf('rtsp://127.0.0.1/x', { cameraId })], from + 1_000);
    await journal.flushed();
    expect(await allEntries(journal)).toMatchObject([
      { kind: 'gap_opened', from: from + 160, reason: 'recovery_loss' },
      { kind: 'gap_closed', from: from + 160, until: from + 1_000, reason: 'recovery_loss' },
      { kind: 'gap_opened', from: from + 1_000, reason: 'recorder_crashed' },
    ]);
  });
});
