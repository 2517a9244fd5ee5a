/** The small stream of a simulated camera over real RTSP: on demand, fanned out, closed again, never recorded. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liveType } from '../../contract/recorder.ts';
import type { CameraSource, LiveConfig } from '../../contract/recorder.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import type { Clock } from '../../server/src/base/clock.ts';
import { startCamera } from '../../simulators/camera/index.ts';
import type { OneCamera } from '../../simulators/camera/index.ts';
import { BufferPool, DrainClock } from '../ingest/index.ts';
import { quietLog, sourceOf } from '../testing/room.ts';
import type { LiveState, ViewerSink } from './live-feed.ts';
import { lingerMs } from './sub-stream.ts';
import { SubStreams } from './sub-streams.ts';

let camera: OneCamera;
beforeAll(async () => {
  camera = await startCamera({ scene: 'gate' });
});
afterAll(() => camera.close());

class Viewer implements ViewerSink {
  readonly writableLength = 0;
  readonly frames: Buffer[] = [];
  how: 'watching' | 'ended' | 'broken' = 'watching';
  #look: () => void = () => undefined;
  write(chunk: Uint8Array): boolean {
    this.frames.push(Buffer.from(chunk));
    this.#look();
    return true;
  }
  end(): void {
    this.how = 'ended';
    this.#look();
  }
  destroy(): void {
    this.how = 'broken';
    this.#look();
  }
  until(enough: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#look = () => {
        if (enough()) resolve();
      };
      this.#look();
    });
  }
  get pictures(): { key: boolean; cached: boolean }[] {
    return this.frames.filter((frame) => frame[4] === liveType.accessUnit).map((frame) => ({ key: (frame[5]! & 1) === 1, cached: (frame[5]! & 2) === 2 }));
  }
  json(type: number): unknown[] {
    return this.frames.filter((frame) => frame[4] === type).map((frame): unknown => JSON.parse(frame.subarray(5).toString()));
  }
}

/** The real clock, but for what is to happen later: that waits for the test. */
const heldClock = () => {
  const due: { ms: number; act: () => void; cancelled: boolean }[] = [];
  const clock: Clock = {
    ...systemClock,
    after: (ms, act) => {
      if (ms !== lingerMs) return systemClock.after(ms, act);
      const entry = { ms, act, cancelled: false };
      due.push(entry);
      return { cancel: () => void (entry.cancelled = true) };
    },
  };
  return {
    clock,
    pass: () => {
      for (const one of due.splice(0)) if (!one.cancelled) one.act();
    },
  };
};

const open = (change: Partial<CameraSource> = {}) => {
  const { clock, pass } = heldClock();
  let source = sourceOf(camera.url, { subUrl: `${camera.url}/sub`, ...change });
  let state: LiveState = { state: 'recording', since: 1, detail: '' };
  const streams = new SubStreams({ clock, log: quietLog, drain: new DrainClock(clock, { drainMs: 50, drainWatchedMs: 20 }), pool: new BufferPool() }, (cameraId) => (cameraId === source.cameraId ? { source, live: { newestState: state } } : undefined));
  return {
    streams, pass, cameraId: source.cameraId,
    change: (next: Partial<CameraSource>) => {
      source = { ...source, ...next };
      streams.look();
    },
    tell: (next: LiveState) => {
      state = next;
      streams.look();
    },
  };
};

describe('the small stream of a camera', () => {
  test('is opened by its first viewer, shared by the next, who begins with its newest group, and closed a while after the last', async () => {
    const { streams, pass, cameraId } = open();
    expect(streams.count).toBe(0);
    const [one, other] = [new Viewer(), new Viewer()];
    const leave = streams.attach(cameraId, one);
    await one.until(() => one.pictures.length > 5);
    expect(one.pictures[0]).toEqual({ key: true, cached: false });
    expect((one.json(liveType.config)[0] as LiveConfig).width).toBe(640);
    const leaveToo = streams.attach(cameraId, other);
    await other.until(() => other.pictures.length > 2);
    expect(other.pictures[0]).toEqual({ key: true, cached: true });
    expect(streams.count).toBe(1);
    leave?.();
    leaveToo?.();
    expect(streams.count).toBe(1);
    const again = streams.attach(cameraId, one);
    pass();
    expect(streams.count).toBe(1);
    again?.();
    pass();
    expect(streams.count).toBe(0);
  });

  test('is not there for a camera without one, nor for one whose recording was stopped', () => {
    expect(open({ subUrl: null }).streams.attach('cam_x', new Viewer())).toBeNull();
    const stopped = open({ record: false });
    expect(stopped.streams.attach(stopped.cameraId, new Viewer())).toBeNull();
    const without = open({ subUrl: null });
    expect(without.streams.attach(without.cameraId, new Viewer())).toBeNull();
  });

  test('that cannot be had ends for its viewers, and so does one whose camera gets another address or stops', async () => {
    const wrong = open({ subUrl: `${camera.url}/third` });
    const waiting = new Viewer();
    wrong.streams.attach(wrong.cameraId, waiting);
    await waiting.until(() => waiting.how === 'ended');
    expect(wrong.streams.count).toBe(0);
    for (const change of [{ subUrl: null }, { record: false }, { password: 'another' }]) {
      const room = open();
      const viewer = new Viewer();
      room.streams.attach(room.cameraId, viewer);
      await viewer.until(() => viewer.pictures.length > 0);
      room.change({ label: 'another name' });
      expect(viewer.how).toBe('watching');
      room.change(change);
      expect([viewer.how, room.streams.count]).toEqual(['ended', 0]);
    }
  });

  test('brings what is told of the camera, and breaks off when the recorder stops', async () => {
    const { streams, cameraId, tell } = open();
    const viewer = new Viewer();
    streams.attach(cameraId, viewer);
    tell({ state: 'lost', since: 2, detail: 'disk_full' });
    await viewer.until(() => viewer.json(liveType.state).length > 1);
    expect(viewer.json(liveType.state)).toMatchObject([{ state: 'recording' }, { state: 'lost', detail: 'disk_full' }]);
    streams.breakOff();
    expect([viewer.how, streams.count]).toEqual(['broken', 0]);
  });
});
