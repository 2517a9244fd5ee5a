import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../server/src/base/clock.ts';
import { createLog } from '../../server/src/base/log.ts';
import { Journal } from './journal.ts';

let folder: string;
const log = createLog({ name: 'test', sink: { write: () => undefined } });
const open = (rotateBytes?: number, at = folder): Promise<Journal> => Journal.open(at, { clock: systemClock, log, ...(rotateBytes === undefined ? {} : { rotateBytes }) });
const files = (at = folder): string[] => readdirSync(at).filter((name) => name.endsWith('.jnl')).sort();
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'vigil-journal-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const step = (deltaMs: number) => ({ kind: 'clock_stepped' as const, deltaMs });
const all = async (journal: Journal): Promise<number[]> => {
  const seen: number[] = [];
  for (let page = await journal.page(0, 7); page.length > 0; page = await journal.page(seen.at(-1)!, 7)) seen.push(...page.map((entry) => entry.seq));
  return seen;
};
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('journal', () => {
  test('what was appended is read in order without a hole, now and after a restart', async () => {
    const journal = await open(2_000);
    for (let i = 0; i < 100; i += 1) {
      journal.append(step(i));
      if (i % 9 === 0) await journal.flushed();
    }
    await journal.flushed();
    expect(await all(journal)).toEqual(upTo(100));
    await journal.close();
    const again = await open(2_000);
    expect(again.state.nextSeq).toBe(101);
    expect(await all(again)).toEqual(upTo(100));
    await again.close();
  });

  test('nothing counts before it is on disk', async () => {
    const journal = await open();
    journal.append(step(1));
    expect(journal.durableSeq).toBe(0);
    expect(await journal.page(0, 10)).toEqual([]);
    await journal.flushed();
    expect((await journal.page(0, 10)).length).toBe(1);
    expect(readFileSync(join(folder, files()[0]!), 'utf8')).toContain('"deltaMs":1');
    await journal.close();
  });

  test('[SCH-2.7.2 INTEGRITY] cut at any byte, the journal keeps every whole line and goes on without a hole', async () => {
    const journal = await open(900);
    for (let i = 0; i < 12; i += 1) {
      journal.append(step(i));
      await journal.flushed();
    }
    await journal.close();
    const names = files();
    expect(names.length).toBeGreaterThan(1);
    const last = names.at(-1)!;
    const bytes = readFileSync(join(folder, last));
    const copy = join(folder, 'copy');
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      rmSync(copy, { recursive: true, force: true });
      for (const name of names) cpSync(join(folder, name), join(copy, name));
      truncateSync(join(copy, last), cut);
      const again = await open(900, copy);
      const kept = again.state.nextSeq - 1;
      const whole = bytes.subarray(0, cut).toString().split('\n').slice(0, -1).filter((line) => line.includes('"t":"entry"')).length;
      const before = 12 - bytes.toString().split('\n').filter((line) => line.includes('"t":"entry"')).length;
      expect(kept, `cut at ${cut}`).toBe(before + whole);
      // What it costs is fsyncs: going on is tried around every end of a line and at every seventh byte besides.
      if (cut % 7 === 0 || bytes.subarray(Math.max(0, cut - 2), cut + 1).includes(0x0a)) {
        again.append(step(99));
        await again.flushed();
        expect(await all(again), `cut at ${cut}`).toEqual(upTo(kept + 1));
      }
      await again.close();
    }
  }, 30_000);

  test('a line that was altered is not believed, and the bytes are kept for a person', async () => {
    const journal = await open();
    for (let i = 0; i < 5; i += 1) journal.append(step(i));
    await journal.close();
    const path = join(folder, files()[0]!);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"deltaMs":3', '"deltaMs":7'));
    const again = await open();
    expect(await all(again)).toEqual([1, 2, 3]);
    expect(existsSync(`${path}.cut`)).toBe(true);
    await again.close();
  });

  test('acknowledged files are forgotten; what they said that still matters is not', async () => {
    const journal = await open(1_500);
    journal.noteOpened({ segmentId: 'seg_1', cameraId: 'cam_1', storageId: 'sto_1', path: 'cam_1/2026-01-01/000000000-seg_1.mp4' });
    journal.append({ kind: 'gap_opened', gapId: 'gap_1', cameraId: 'cam_2', from: 5, reason: 'network', detail: '' });
    for (let i = 0; i < 60; i += 1) {
      journal.append(step(i));
      await journal.flushed();
    }
    const before = files().length;
    await journal.ack(40);
    expect(files().length).toBeLessThan(before);
    expect((await journal.page(40, 500)).map((entry) => entry.seq)).toEqual(upTo(61).slice(40));
    await journal.ack(61);
    expect(files().length).toBe(1);
    await journal.close();
    const again = await open(1_500);
    expect(again.state).toMatchObject({ nextSeq: 62, ackedSeq: 61 });
    expect(again.state.openSegments['seg_1']?.cameraId).toBe('cam_1');
    expect(again.state.openGaps['cam_2']).toMatchObject({ gapId: 'gap_1', from: 5, reason: 'network' });
    await again.close();
  });

  test('an acknowledgement of what was never written forgets nothing', async () => {
    const journal = await open();
    journal.append(step(1));
    await journal.flushed();
    await journal.ack(1_000);
    expect(journal.state.ackedSeq).toBe(1);
    await journal.close();
  });

  test('who waits for news is told when they are on disk', async () => {
    const journal = await open();
    const waiting = journal.waitFor(0, 60_000).then(() => journal.durableSeq);
    journal.append(step(1));
    expect(await waiting).toBe(1);
    await journal.close();
  });
});
