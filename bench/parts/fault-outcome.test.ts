import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { JournalEntry, RecorderConfig } from '../../contract/recorder.ts';
import { configOf, sourceOf } from '../../recorder/testing/room.ts';
import { segmentPath } from '../../recorder/storage/segment-path.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { outcomeOf } from './fault-outcome.ts';
import { tableOf } from './fault-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigil-outcome-'));
afterAll(() => rmSync(folder, { recursive: true }));
const config: RecorderConfig = configOf(folder, [sourceOf('rtsp://127.0.0.1:1/m1')]);
const [storage] = config.storages;
const cameraId = config.cameras[0]!.cameraId;
writeFileSync(join(folder, 'vigil-storage.json'), JSON.stringify({ storageId: storage!.storageId, siteId: storage!.siteId, createdAt: 1 }));

const start = 1_790_000_000_000;
let seq = 0;
const segment = (from: number, until: number, content = 'footage'): JournalEntry => {
  const segmentId = newId('seg', systemClock);
  const path = segmentPath(cameraId, segmentId, start + from);
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), content);
  seq += 1;
  return { kind: 'segment_closed', seq, at: start + until, segmentId, cameraId, storageId: storage!.storageId, path, from: start + from, until: start + until, sizeBytes: 7, sha256: createHash('sha256').update('footage').digest('hex'), frames: 1, keyFrames: 1, codec: 'avc1.640028', width: 1, height: 1, runId: newId('run', systemClock), cameraClockOffsetMs: null, packetsLost: 0, recovered: false };
};
const gap = (from: number, until: number): JournalEntry => {
  seq += 1;
  return { kind: 'gap_closed', seq, at: start + until, gapId: newId('gap', systemClock), cameraId, from: start + from, until: start + until, reason: 'recorder_crashed', detail: '' };
};

describe('the outcome of a fault', () => {
  const whole = [segment(0, 1_000), gap(1_000, 2_500), segment(2_500, 3_000)];

  test('a gap that is named is missing, not unexplained', async () => {
    expect(await outcomeOf(config, whole, whole)).toMatchObject({ acknowledgedLost: 0, unexplainedMs: 0, strayFiles: 0, missing: { recorder_crashed: 1.5 } });
  });

  test('a hole that nothing names, a file that nobody knows, and an entry that was forgotten are seen', async () => {
    const entries = whole.filter(({ kind }) => kind !== 'gap_closed');
    const more = segment(3_000, 4_000);
    expect(await outcomeOf(config, [...entries, more], entries)).toMatchObject({ acknowledgedLost: 1, unexplainedMs: 1_500, strayFiles: 1 });
    expect(await outcomeOf(config, [], [...whole, more])).toMatchObject({ acknowledgedLost: 0, strayFiles: 0 });
    expect(await outcomeOf(config, [], [...whole, more, segment(4_000, 5_000, 'altered')])).toMatchObject({ acknowledgedLost: 1 });
  });

  test('the table says what was left out and why something failed', () => {
    const table = tableOf([{ fault: 'power cut', leftOut: 'not root' }, { fault: 'full disk', wrong: ['3 acknowledged lost'], againS: 2 }]);
    expect(table).toContain('left out: not root');
    expect(table).toContain('✗ 3 acknowledged lost');
  });
});
