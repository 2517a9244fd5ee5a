import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/base/clock.ts';
import { ManualClock } from '../../server/src/base/manual-clock.ts';
import { type Mangle, type OneCamera, type OneCameraOptions, startCamera } from '../../simulators/camera/index.ts';
import { listen, type Listener, rawServer, untilTrue } from './testing/listener.ts';

const cleanups: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const camera = async (options: OneCameraOptions = {}): Promise<OneCamera> => {
  const made = await startCamera(options);
  cleanups.push(made.close);
  return made;
};

const opened = (listener: Listener): Listener => {
  cleanups.push(() => listener.ingest.close());
  return listener;
};

const start = Date.UTC(2026, 10, 22);

describe.concurrent('ingest of one camera', { timeout: 30_000 }, () => {
  it('announces sets, a key unit first, media time that grows, and the clock of the camera', async () => {
    const { url } = await camera({ behaviour: { clockOffsetMs: 3_600_000 } });
    const seen = opened(listen({ url }, systemClock));
    await seen.until((s) => s.units.length >= 20 && s.reports.length > 0);
    expect(seen.sets).toHaveLength(1);
    expect(seen.sets[0]).toMatchObject({ codec: 'avc1.64001f', width: 1_280, height: 720, framesPerSecond: 15 });
    expect(seen.units[0]).toMatchObject({ key: true, ticks: 0 });
    expect(seen.units.slice(0, 20).map((u) => u.ticks)).toEqual(Array.from({ length: 20 }, (_, i) => i * 6_000));
    expect((seen.reports[0]?.cameraClockAt ?? 0) - (seen.reports[0]?.arrivedAt ?? 0)).toBeGreaterThan(3_500_000);
    expect(seen.lost).toBe(0);
    const region = seen.ingest.cut();
    expect(region?.bytes.length).toBe(seen.units.reduce((sum, u) => sum + u.size, 0));
    region?.release();
  });

  it('cuts before a key unit, inside its announcement', async () => {
    const { url } = await camera();
    const regions: number[] = [];
    let bytesBefore = 0;
    const seen = opened(
      listen({ url }, systemClock, (unit, ingest) => {
        if (unit.key && unit.ticks > 0) {
          const region = ingest.cut(unit);
          regions.push((region?.bytes.length ?? 0) - bytesBefore);
          region?.release();
          expect(unit.offset).toBe(0);
          bytesBefore = 0;
        }
        bytesBefore += unit.size;
      }),
    );
    await seen.until(() => regions.length >= 1);
    expect(regions[0]).toBe(0);
  });

  it.each(['basic', 'digest-md5', 'digest-sha256', 'digest-both'] as const)('shows its password by %s', async (scheme) => {
    const { url } = await camera({ behaviour: { auth: { scheme, username: 'operator', password: 'p"ä\\ss' } } });
    const seen = opened(listen({ url, username: 'operator', password: 'p"ä\\ss' }, systemClock));
    await seen.until((s) => s.units.length > 0);
  });

  it('takes parameter sets from the stream where the description has none, and from the description where the stream has none', async () => {
    for (const behaviour of [{ omitSdpParameterSets: true }, { omitStreamParameterSets: true }]) {
      const { url } = await camera({ behaviour });
      const seen = opened(listen({ url }, systemClock));
      await seen.until((s) => s.units.length > 0);
      expect(seen.sets).toHaveLength(1);
    }
  });

  it('announces new sets when the camera changes its picture', async () => {
    const { url, control } = await camera();
    const seen = opened(listen({ url }, systemClock));
    await seen.until((s) => s.units.length > 2);
    control.set({ swapped: true });
    await seen.until((s) => s.sets.length === 2);
    expect(seen.sets[1]?.width).not.toBe(seen.sets[0]?.width);
  });

  it('counts lost packets and goes on with the next whole picture', async () => {
    const { url, control } = await camera();
    const seen = opened(listen({ url }, systemClock));
    await seen.until((s) => s.units.length > 3);
    control.drop(3);
    await seen.until((s) => s.lost > 0);
    const before = seen.units.length;
    await seen.until((s) => s.units.length > before + 2);
    expect(seen.lost).toBe(3);
    // Hardly more than the pictures that the packets were of, far less than the 30 to the next key frame.
    const hole = seen.units.slice(1).map((unit, i) => unit.ticks - (seen.units[i]?.ticks ?? 0)).filter((ticks) => ticks > 6_000);
    expect(hole.length).toBeGreaterThan(0);
    expect(hole.reduce((sum, ticks) => sum + ticks / 6_000 - 1, 0)).toBeLessThanOrEqual(4);
    expect(seen.ends).toEqual([]);
  });

  it.each([
    ['random_bytes', 'stream_invalid'],
    ['wrong_length', 'stream_invalid'],
    ['endless_header', 'stream_invalid'],
    ['endless_body', 'stream_invalid'],
    ['no_video', 'stream_invalid'],
  ] satisfies [Mangle, string][])('a camera that sends %s ends itself alone', async (mangle, reason) => {
    const good = await camera();
    const bad = await camera({ behaviour: { mangle } });
    const other = opened(listen({ url: good.url }, systemClock));
    const seen = opened(listen({ url: bad.url }, systemClock));
    await seen.until((s) => s.ends.length > 0);
    expect(seen.ends).toEqual([{ reason, detail: expect.any(String) }]);
    const before = other.units.length;
    await other.until((s) => s.units.length > before + 3);
    expect(other.ends).toEqual([]);
  });

  it.each(['random_packets', 'wrong_aggregate', 'endless_unit'] satisfies Mangle[])('a camera that sends %s without end is given up in its time', async (mangle) => {
    const clock = new ManualClock(start);
    const { url } = await camera({ behaviour: { mangle } });
    const seen = opened(listen({ url }, clock));
    await seen.until((s) => s.playing === 1 && s.ingest.stats().bytes > 5_000);
    // Its packets come in real time, the limits in ours: ten times as fast.
    await seen.until((s) => {
      clock.advance(20);
      return s.ends.length > 0;
    });
    expect(['stream_invalid', 'camera_silent']).toContain(seen.ends[0]?.reason);
    expect(seen.pool.stats().lentBytes).toBeLessThan(1 << 20);
  });

  it('is drained by the clock after its first seconds, and between the ticks the kernel keeps what comes', async () => {
    const clock = new ManualClock(start);
    const { url, control } = await camera();
    const seen = opened(listen({ url }, clock));
    await seen.until((s) => s.units.length > 2);
    clock.advance(3_400);
    const sentAt = control.figures().picturesSent;
    await untilTrue(() => control.figures().picturesSent > sentAt + 2);
    const before = seen.units.length;
    await untilTrue(() => control.figures().picturesSent > sentAt + 7);
    expect(seen.units.length).toBe(before);
    clock.advance(200);
    await seen.until((s) => s.units.length >= before + 4);
    seen.ingest.watched(true);
    const watchedFrom = seen.units.length;
    const sent = control.figures().picturesSent;
    await untilTrue(() => control.figures().picturesSent > sent + 3);
    clock.advance(30);
    await seen.until((s) => s.units.length > watchedFrom);
    expect(seen.lost).toBe(0);
  });

  it('says why: silent, mute, refused, closed, unreachable', async () => {
    const clock = new ManualClock(start);
    const silent = await camera();
    const seen = opened(listen({ url: silent.url }, clock));
    await seen.until((s) => s.units.length > 0);
    silent.control.set({ stalled: true });
    clock.advance(300);
    const sent = silent.control.figures().packetsSent;
    for (let i = 0; i < 60; i += 1) clock.advance(200);
    await seen.until((s) => s.ends.length > 0);
    expect(seen.ends[0]?.reason).toBe('camera_silent');
    expect(silent.control.figures().packetsSent).toBe(sent);

    const mute = await camera({ behaviour: { mute: true } });
    const muted = opened(listen({ url: mute.url }, clock));
    await untilTrue(() => mute.control.figures().connections > 0 || muted.ingest.stats().bytes === 0);
    for (let i = 0; i < 40; i += 1) clock.advance(200);
    await muted.until((s) => s.ends.length > 0);
    expect(['camera_silent', 'camera_unreachable']).toContain(muted.ends[0]?.reason);

    const locked = await camera({ behaviour: { auth: { scheme: 'digest-md5', username: 'u', password: 'right' } } });
    const refused = opened(listen({ url: locked.url, username: 'u', password: 'wrong-one' }, systemClock));
    await refused.until((s) => s.ends.length > 0);
    expect(refused.ends[0]?.reason).toBe('camera_refused');
    expect(JSON.stringify(refused.ends)).not.toContain('wrong-one');

    const cut = await camera();
    const broken = opened(listen({ url: cut.url }, systemClock));
    await broken.until((s) => s.units.length > 0);
    cut.control.cut(true);
    await broken.until((s) => s.ends.length > 0);
    expect(broken.ends).toMatchObject([{ reason: 'network' }]);
    expect(broken.ingest.cut()?.bytes.length).toBeGreaterThan(0);

    const local = opened(listen({ url: cut.url, allowLocal: false }, systemClock));
    await local.until((s) => s.ends.length > 0);
    expect(local.ends[0]).toMatchObject({ reason: 'camera_unreachable' });
  });

  it.each([
    [404, 'DESCRIBE', 'path_unknown'],
    [454, 'DESCRIBE', 'path_unknown'],
    [453, 'SETUP', 'camera_busy'],
    [503, 'PLAY', 'camera_busy'],
    [500, 'PLAY', 'camera_error'],
    [401, 'DESCRIBE', 'password_needed'],
  ] as const)('a camera that answers %i to %s says what it refuses: %s', async (status, method, what) => {
    const { url } = await camera({ behaviour: { refuse: { status, method } } });
    const seen = opened(listen({ url }, systemClock));
    await seen.until((s) => s.ends.length > 0);
    expect(seen.ends).toEqual([{ reason: 'camera_refused', detail: expect.stringMatching(new RegExp(`^${what}: ${method}: ${status}`)) }]);
  });

  it('keeps the session alive, reports what it received, and takes leave', async () => {
    const clock = new ManualClock(start);
    const sdp = 'v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:t\r\n';
    const server = await rawServer((request) => {
      const cseq = /CSeq: (\d+)/.exec(request)?.[1];
      if (cseq === undefined || request.startsWith('$')) return null;
      const extra = request.startsWith('DESCRIBE') ? `Content-Length: ${sdp.length}\r\n\r\n${sdp}` : request.startsWith('SETUP') ? 'Session: abc;timeout=10\r\nTransport: RTP/AVP/TCP;unicast;interleaved=4-5\r\n\r\n' : 'Public: OPTIONS, GET_PARAMETER\r\n\r\n';
      return `RTSP/1.0 200 OK\r\nCSeq: ${cseq}\r\n${extra}`;
    });
    cleanups.push(() => server.close());
    const seen = listen({ url: server.url }, clock);
    await seen.until((s) => s.playing === 1);
    clock.advance(5_200);
    await untilTrue(() => /GET_PARAMETER rtsp:\/\/127\.0\.0\.1:\d+\/live RTSP\/1\.0\r\nCSeq: 5\r\n[^$]*Session: abc\r\n/.test(server.received()));
    clock.advance(4_800);
    await untilTrue(() => server.received().includes('$\u0005'));
    seen.ingest.close();
    await untilTrue(() => server.received().includes('TEARDOWN'));
    expect(seen.ends).toEqual([]);
    expect(seen.pool.stats().lentBytes).toBe(0);
  });
});
