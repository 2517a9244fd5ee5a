import { test as base, describe } from 'vitest';
import { startCamera } from '../simulators/camera/index.ts';
import type { OneCamera } from '../simulators/camera/index.ts';
import { RecorderStatus } from '../contract/recorder.ts';
import type { JournalEntry, RecorderConfig } from '../contract/recorder.ts';
import { systemClock } from '../server/src/base/clock.ts';
import { join } from 'node:path';
import { fsck } from './fsck.ts';
import type { ExpectedSegment, Finding } from './fsck.ts';
import { Journal } from './journal/journal.ts';
import { spawnRecorder } from './testing/child.ts';
import type { RecorderChild } from './testing/child.ts';
import { allEntries, configOf, ofKind, quietLog, roomFolder, sourceOf } from './testing/room.ts';
import type { RoomFolder } from './testing/room.ts';

interface Desk {
  room: RoomFolder;
  cameras: OneCamera[];
  /** The recorder that runs now: ended at the end, however the test goes. */
  start(): Promise<RecorderChild>;
}

/** Each test has its own room: they wait for processes, and wait together. */
const test = base.extend<{ desk: Desk }>({
  // oxlint-disable-next-line no-empty-pattern -- the form that a fixture must have
  desk: async ({}, use) => {
    const room = roomFolder();
    const cameras = await Promise.all([startCamera({ scene: 'gate' }), startCamera({ scene: 'lobby' })]);
    const children: RecorderChild[] = [];
    await use({
      room,
      cameras,
      start: async () => {
        const child = await spawnRecorder(room.data);
        children.push(child);
        return child;
      },
    });
    for (const child of children) {
      child.process.kill('SIGKILL');
      await child.ended;
    }
    await Promise.all(cameras.map((camera) => camera.close()));
    room.remove();
  },
});

const statusOf = async (recorder: RecorderChild): Promise<RecorderStatus> => RecorderStatus.parse(JSON.parse((await recorder.call('GET', '/status')).text));

const until = async (what: string, holds: () => Promise<boolean>, withinMs = 15_000): Promise<number> => {
  const start = performance.now();
  while (!(await holds())) {
    if (performance.now() - start > withinMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return performance.now() - start;
};

const allRecording = async (recorder: RecorderChild): Promise<boolean> => {
  const status = await statusOf(recorder);
  return status.cameras.length === 2 && status.cameras.every((camera) => camera.state === 'recording');
};

const journalOf = async (room: RoomFolder): Promise<JournalEntry[]> => {
  const journal = await Journal.open(join(room.data, 'recorder', 'journal'), { clock: systemClock, log: quietLog });
  const entries = await allEntries(journal);
  await journal.close();
  return entries;
};

const check = async (config: RecorderConfig, entries: readonly JournalEntry[]): Promise<Finding[]> => {
  const rows = ofKind(entries, 'segment_closed').sort((a, b) => (a.path < b.path ? -1 : 1));
  async function* stream(): AsyncGenerator<ExpectedSegment> {
    for (const row of rows) yield row;
  }
  const findings: Finding[] = [];
  for await (const finding of fsck({ storages: config.storages, rows: stream(), pending: [], garbage: [], hashes: true })) findings.push(finding);
  return findings;
};

/** Every moment between the first footage of a camera and its last is footage or a gap with a reason. */
const uncovered = (entries: readonly JournalEntry[], cameraId: string): string[] => {
  const segments = ofKind(entries, 'segment_closed').filter((s) => s.cameraId === cameraId).sort((a, b) => a.from - b.from);
  const gaps = ofKind(entries, 'gap_closed').filter((gap) => gap.cameraId === cameraId);
  return segments.slice(1).flatMap((segment, i) => {
    const before = segments[i]!;
    if (segment.from < before.until) return [`overlap at ${segment.from}`];
    if (segment.from === before.until) return [];
    return gaps.some((gap) => gap.from <= before.until && gap.until >= segment.from) ? [] : [`${segment.from - before.until} ms after ${before.until} are nobody's`];
  });
};

describe.concurrent('recorder process', { timeout: 120_000 }, () => {
  test('[BRN-4.3 RECORDING] killed again and again, it records from its sealed settings, loses at most the open fragment, and every file is accounted for', async ({ desk, expect }) => {
    const { room, cameras } = desk;
    const config = configOf(room.storage, cameras.map((camera) => sourceOf(camera.url)));
    let child = await desk.start();
    expect((await child.call('PUT', '/config', config)).status).toBe(204);
    const kills: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const running = child;
      await until('recording', () => allRecording(running));
      const pause = 300 + ((round * 911) % 2_900);
      await new Promise((resolve) => setTimeout(resolve, pause));
      child.process.kill('SIGKILL');
      kills.push(Date.now());
      expect((await child.ended).signal).toBe('SIGKILL');
      child = await desk.start(); // no settings are sent: nobody is there to send them
    }
    const took = await until('recording', () => allRecording(child));
    expect(took).toBeLessThan(15_000);
    child.process.kill('SIGTERM');
    expect(await child.ended).toEqual({ code: 0, signal: null });

    const entries = await journalOf(room);
    expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, i) => i + 1));
    expect(await check(config, entries)).toEqual([]);
    expect(ofKind(entries, 'recorder_started').map((entry) => entry.previousEnd)).toEqual(['first', ...kills.map(() => 'crashed')]);
    expect(ofKind(entries, 'segment_closed').filter((segment) => segment.recovered).length).toBeGreaterThanOrEqual(kills.length);
    for (const { cameraId } of config.cameras) {
      expect(uncovered(entries, cameraId)).toEqual([]);
      const crashes = ofKind(entries, 'gap_closed').filter((gap) => gap.cameraId === cameraId && gap.reason === 'recorder_crashed');
      expect(crashes.length).toBe(kills.length);
      // The open fragment and what the kernel still held for the drain clock.
      for (const [i, gap] of crashes.entries()) expect(kills[i]! - gap.from).toBeLessThan(config.fragmentMs + config.drainMs + 1_000);
    }
  });

  test('a second instance on the same data folder is refused with a sentence and disturbs nothing', async ({ desk, expect }) => {
    const child = await desk.start();
    const second = await desk.start().then(
      () => 'it ran',
      (error: unknown) => String(error),
    );
    expect(second).toContain('已有一个录像服务在使用');
    expect(second).toContain('Another recorder is already using');
    expect((await child.call('GET', '/status')).status).toBe(200);
  });

  test('the socket of a killed recorder is replaced', async ({ desk, expect }) => {
    const killed = await desk.start();
    killed.process.kill('SIGKILL');
    await killed.ended;
    expect((await statusOf(await desk.start())).cameras).toEqual([]);
  });
});
