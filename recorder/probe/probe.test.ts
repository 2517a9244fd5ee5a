import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { ProbeResult, type ProbeRequest } from '../../contract/recorder.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { ManualClock } from '../../server/src/base/manual-clock.ts';
import { type OneCamera, type OneCameraOptions, startCamera } from '../../simulators/camera/index.ts';
import { rawServer, untilTrue } from '../ingest/testing/listener.ts';
import { probe } from './probe.ts';

const cleanups: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const camera = async (behaviour: NonNullable<OneCameraOptions['behaviour']> = {}): Promise<OneCamera> => {
  const made = await startCamera({ behaviour });
  cleanups.push(made.close);
  return made;
};

const ask = (url: string, more: Partial<ProbeRequest> = {}): Promise<ProbeResult> => probe({ url, username: null, password: null, allowLocal: true, ...more }, { clock: systemClock });

const closedPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

describe.concurrent('camera test', { timeout: 30_000 }, () => {
  it('brings the first key frame with what is needed to decode it', async () => {
    const { url } = await camera();
    const result = ProbeResult.parse(await ask(url));
    expect(result).toMatchObject({ outcome: 'ok', video: { codec: 'avc1.64001f', width: 1_280, height: 720, framesPerSecond: 15 } });
    const frame = Buffer.from(result.video?.keyFrame ?? '', 'base64');
    let at = 0;
    const types: number[] = [];
    while (at < frame.length) {
      types.push((frame[at + 4] ?? 0) & 0x1f);
      at += 4 + frame.readUInt32BE(at);
    }
    expect(at).toBe(frame.length);
    expect(types).toContain(5);
    expect(Buffer.from(result.video?.decoderConfig ?? '', 'base64')[0]).toBe(1);
  });

  it('tells wrong addresses apart', async () => {
    expect(await ask('http://10.0.0.7/')).toMatchObject({ outcome: 'address_wrong', video: null });
    expect(await ask('rtsp://127.0.0.1/', { allowLocal: false })).toMatchObject({ outcome: 'address_local' });
    expect(await ask('rtsp://[::ffff:127.0.0.1]/', { allowLocal: false })).toMatchObject({ outcome: 'address_local' });
    const lookup = (): Promise<string[]> => Promise.reject(new Error('ENOTFOUND'));
    expect(await probe({ url: 'rtsp://no-such-camera/', username: null, password: null, allowLocal: true }, { clock: systemClock, lookup })).toMatchObject({ outcome: 'name_unknown' });
    expect(await ask(`rtsp://127.0.0.1:${await closedPort()}/`)).toMatchObject({ outcome: 'port_closed' });
  });

  it('tells other servers apart from cameras', async () => {
    const web = await rawServer(() => 'HTTP/1.1 400 Bad Request\r\n\r\n');
    const shell = await rawServer(() => null, 'SSH-2.0-OpenSSH_9.2\r\n');
    const hangsUp = await rawServer((_, socket) => {
      socket.end();
      return null;
    });
    for (const server of [web, shell, hangsUp]) {
      cleanups.push(() => server.close());
      expect(await ask(server.url)).toMatchObject({ outcome: 'not_rtsp' });
    }
  });

  it('tells a missing password from a wrong one', async () => {
    const { url } = await camera({ auth: { scheme: 'digest-sha256', username: 'admin', password: 'right' } });
    expect(await ask(url)).toMatchObject({ outcome: 'password_needed' });
    expect(await ask(url, { username: 'admin', password: 'wrong' })).toMatchObject({ outcome: 'password_wrong' });
    expect(await ask(url, { username: 'admin', password: 'right' })).toMatchObject({ outcome: 'ok' });
    expect(await ask(url.replace('rtsp://', 'rtsp://admin:right@'))).toMatchObject({ outcome: 'ok' });
  });

  it('tells what the camera refuses', async () => {
    const { url, control } = await camera();
    expect(await ask(url.replace(/[^/]*$/, 'no-such-stream'))).toMatchObject({ outcome: 'path_unknown' });
    control.set({ refuse: { status: 453, method: 'SETUP' } });
    expect(await ask(url)).toMatchObject({ outcome: 'camera_busy' });
    control.set({ refuse: { status: 503, method: 'DESCRIBE' } });
    expect(await ask(url)).toMatchObject({ outcome: 'camera_busy' });
    control.set({ refuse: { status: 500, method: 'PLAY' } });
    expect(await ask(url)).toMatchObject({ outcome: 'camera_error', detail: expect.stringContaining('PLAY: 500') });
    control.set({ refuse: null, mangle: 'no_video' });
    expect(await ask(url)).toMatchObject({ outcome: 'no_video' });
  });

  it('gives up after ten seconds: silent when it plays, unreachable when nothing answers', async () => {
    const clock = new ManualClock(Date.UTC(2026, 10, 22));
    const { url, control } = await camera({ stalled: true });
    const silent = probe({ url, username: null, password: null, allowLocal: true }, { clock });
    await untilTrue(() => control.figures().viewers > 0);
    // The answer to PLAY may still be on its way: it is read in a later turn of the loop.
    let isDone = false;
    void silent.then(() => (isDone = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    clock.advance(10_000);
    await untilTrue(() => isDone);
    expect(await silent).toMatchObject({ outcome: 'silent', tookMs: 10_000 });

    const mute = await rawServer(() => null);
    cleanups.push(() => mute.close());
    const unanswered = probe({ url: mute.url, username: null, password: null, allowLocal: true }, { clock });
    await untilTrue(() => mute.received().includes('OPTIONS'));
    clock.advance(10_000);
    expect(await unanswered).toMatchObject({ outcome: 'unreachable', detail: expect.stringContaining('OPTIONS') });
  });

  it('shows no credential, even when the camera sends it back', async () => {
    const password = 'Sehr-Geheim#1';
    const echo = await rawServer((request) => {
      const cseq = /CSeq: (\d+)/.exec(request)?.[1] ?? '1';
      const basic = /Authorization: Basic (\S+)/.exec(request)?.[1];
      if (basic === undefined) return `RTSP/1.0 401 No\r\nCSeq: ${cseq}\r\nWWW-Authenticate: Basic realm="x"\r\n\r\n`;
      return `RTSP/1.0 400 ${basic} ${Buffer.from(basic, 'base64').toString('utf8')} \u001b[31m\r\nCSeq: ${cseq}\r\n\r\n`;
    });
    cleanups.push(() => echo.close());
    const { outcome, detail } = await ask(echo.url, { username: 'admin', password });
    expect(outcome).toBe('camera_error');
    expect(detail).not.toContain(password);
    expect(detail).not.toContain(Buffer.from(`admin:${password}`).toString('base64'));
    expect(detail).not.toContain('\u001b');
  });
});
