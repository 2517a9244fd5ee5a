/** The ways of a camera's pictures besides the usual one: packets over UDP, and a connection with TLS. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/src/base/clock.ts';
import { type OneCamera, type OneCameraOptions, startCamera } from '../../simulators/camera/index.ts';
import { probe } from '../probe/index.ts';
import { listen, type Listener } from './testing/listener.ts';

const cleanups: (() => unknown)[] = [];
let folder = '';
let tls = { key: '', cert: '' };
let fingerprint = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=camera', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  fingerprint = new X509Certificate(tls.cert).fingerprint256.replaceAll(':', '').toLowerCase();
});
afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  rmSync(folder, { recursive: true, force: true });
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

describe.concurrent('pictures over UDP', { timeout: 30_000 }, () => {
  it('are the same as over TCP, with the clock of the camera', async () => {
    const { url } = await camera();
    const seen = opened(listen({ url, transport: 'udp' }, systemClock));
    await seen.until((s) => s.units.length >= 20 && s.reports.length > 0);
    expect(seen.units[0]).toMatchObject({ key: true, ticks: 0 });
    expect(seen.units.slice(0, 20).map((u) => u.ticks)).toEqual(Array.from({ length: 20 }, (_, i) => i * 6_000));
    expect(seen.lost).toBe(0);
    expect(seen.ingest.stats().bytes).toBeGreaterThan(50_000);
  });

  it.each(['swap', 'double'] as const)('bear packets that come in another order or twice: %s', async (onTheWay) => {
    const { url } = await camera({ behaviour: { onTheWay } });
    const seen = opened(listen({ url, transport: 'udp' }, systemClock));
    await seen.until((s) => s.units.length >= 20);
    expect(seen.units.slice(0, 20).map((u) => u.ticks)).toEqual(Array.from({ length: 20 }, (_, i) => i * 6_000));
    expect(seen.lost).toBe(0);
  });

  it('count what was lost and go on', async () => {
    const { url, control } = await camera();
    const seen = opened(listen({ url, transport: 'udp' }, systemClock));
    await seen.until((s) => s.units.length >= 5);
    control.drop(3);
    await seen.until((s) => s.lost > 0);
    expect(seen.lost).toBe(3);
    const before = seen.units.length;
    await seen.until((s) => s.units.length > before + 5);
    expect(seen.ends).toEqual([]);
  });

  it('are kept flowing past the time-out of the session', async () => {
    const { url } = await camera({ behaviour: { sessionTimeoutSeconds: 2, enforceTimeout: true } });
    const seen = opened(listen({ url, transport: 'udp' }, systemClock));
    await seen.until((s) => s.units.length >= 15 * 5);
    expect(seen.ends).toEqual([]);
  });

  it('a camera that offers TCP only is told apart from one that is broken', async () => {
    const { url } = await camera({ behaviour: { refuse: { status: 461, method: 'SETUP' } } });
    const answer = await probe({ url, username: null, password: null, allowLocal: true, transport: 'udp' }, { clock: systemClock });
    expect(answer).toMatchObject({ outcome: 'transport_refused', video: null });
  });
});

describe.concurrent('a camera behind TLS', { timeout: 30_000 }, () => {
  const ask = async (tlsFingerprint: string | null): Promise<{ outcome: string; detail: string }> => {
    const { url } = await camera({ tls });
    expect(url).toMatch(/^rtsps:/);
    return probe({ url, username: null, password: null, allowLocal: true, tlsFingerprint }, { clock: systemClock });
  };

  it('is recorded when its certificate is the one that was noted', async () => {
    const { url } = await camera({ tls, behaviour: { auth: { scheme: 'digest-sha256', username: 'u', password: 'p' } } });
    const seen = opened(listen({ url, username: 'u', password: 'p', tlsFingerprint: fingerprint }, systemClock));
    await seen.until((s) => s.units.length >= 60);
    expect(seen.units.slice(0, 60).map((u) => u.ticks)).toEqual(Array.from({ length: 60 }, (_, i) => i * 6_000));
    expect(seen.lost).toBe(0);
  });

  it('is refused when nobody trusted signed its certificate, and its fingerprint is told', async () => {
    const answer = await ask(null);
    expect(answer.outcome).toBe('certificate_unknown');
    expect(answer.detail).toContain(fingerprint);
  });

  it('is refused when it shows another certificate than the one that was noted', async () => {
    expect((await ask('0'.repeat(64))).outcome).toBe('certificate_differs');
  });

  it('is told apart from a camera that speaks no TLS', async () => {
    const { url } = await camera();
    const answer = await probe({ url: url.replace('rtsp:', 'rtsps:'), username: null, password: null, allowLocal: true }, { clock: systemClock });
    expect(answer.outcome).toBe('not_rtsp');
  });

  it('has no password sent to it before its certificate is known', async () => {
    const { url, control } = await camera({ tls, behaviour: { auth: { scheme: 'basic', username: 'u', password: 'p' } } });
    const seen = opened(listen({ url, username: 'u', password: 'p' }, systemClock));
    await seen.until((s) => s.ends.length > 0);
    expect(seen.ends[0]).toMatchObject({ reason: 'camera_refused', detail: expect.stringContaining('certificate_unknown') as string });
    expect(control.figures().connections).toBe(0);
  });
});
