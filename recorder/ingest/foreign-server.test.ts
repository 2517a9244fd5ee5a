/** The ingest against an RTSP server that is not ours: GStreamer's. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CameraSource } from '../../contract/recorder.ts';
import { systemClock } from '../../server/src/base/clock.ts';
import { hevcLoopFile, sceneFramesPerSecond } from '../../simulators/camera/index.ts';
import { loopFile } from '../../simulators/camera/scenes/catalogue.ts';
import { probe } from '../probe/index.ts';
import { asMp4, type ForeignOptions, startForeignServer } from './testing/gstreamer.ts';
import { listen } from './testing/listener.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
const cleanups: (() => unknown)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-foreign-'));
  asMp4(loopFile('gate', 'sub'), sceneFramesPerSecond, at('h264.mp4'));
  asMp4(hevcLoopFile, sceneFramesPerSecond, at('h265.mp4'));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=camera', '-keyout', at('key.pem'), '-out', at('cert.pem')], { stdio: 'ignore' });
});
afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  rmSync(folder, { recursive: true, force: true });
});

const served = async (options: ForeignOptions): Promise<string> => {
  const server = await startForeignServer(at(`${options.codec}.mp4`), options);
  cleanups.push(() => server.close());
  return server.url;
};

const expected = { h264: { codec: /^avc1\.64/, width: 640, height: 360 }, h265: { codec: /^hvc1\.1\.6\./, width: 1_280, height: 720 } } as const;

describe.concurrent("an RTSP server that is not ours", { timeout: 40_000 }, () => {
  it.each([
    ['h264', 'tcp'],
    ['h264', 'udp'],
    ['h265', 'tcp'],
    ['h265', 'udp'],
  ] as const)('gives its %s pictures over %s, each in its time', async (codec, transport) => {
    const seen = listen({ url: await served({ codec }), transport }, systemClock);
    cleanups.push(() => seen.ingest.close());
    await seen.until((s) => s.units.length >= 45 && s.reports.length > 0);
    const { codec: name, width, height } = expected[codec];
    expect(seen.sets).toMatchObject([{ width, height }]);
    expect(seen.sets[0]?.codec).toMatch(name);
    const units = seen.units.slice(0, 45);
    expect(units.map((u) => Math.round(u.ticks / 6_000))).toEqual(Array.from({ length: 45 }, (_, i) => i));
    expect(units.flatMap((u, i) => (u.key ? [i] : []))).toEqual([0, 30]);
    expect(seen.lost).toBe(0);
    const region = seen.ingest.cut();
    expect(region?.bytes.length).toBe(seen.units.reduce((sum, u) => sum + u.size, 0));
    region?.release();
  });

  it('takes our answer to its challenge, and tells a wrong password', async () => {
    const url = await served({ codec: 'h264', login: { username: 'viewer', password: 'pass word: "1"' } });
    const ask = (password: string | null) => probe({ url, username: password === null ? null : 'viewer', password, allowLocal: true }, { clock: systemClock });
    expect(await ask('pass word: "1"')).toMatchObject({ outcome: 'ok', video: { width: 640 } });
    expect(await ask('wrong')).toMatchObject({ outcome: 'password_wrong' });
    expect(await ask(null)).toMatchObject({ outcome: 'password_needed' });
  });

  it('is recorded over TLS with its noted certificate and with no other', async () => {
    const url = await served({ codec: 'h265', tls: { certificate: at('cert.pem'), key: at('key.pem') } });
    const noted = new X509Certificate(readFileSync(at('cert.pem'))).fingerprint256.replaceAll(':', '').toLowerCase();
    const ask = (more: Partial<CameraSource>) => probe({ url, username: null, password: null, allowLocal: true, ...more }, { clock: systemClock });
    expect(await ask({ tlsFingerprint: noted })).toMatchObject({ outcome: 'ok', video: { width: 1_280 } });
    const unknown = await ask({});
    expect(unknown.outcome).toBe('certificate_unknown');
    expect(unknown.detail).toContain(noted);
  });
});
