/** The simulated cameras against ffmpeg, an independent reader of RTSP and H.264. */
import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { startCamera, startControl, type OneCamera, type OneCameraOptions } from './index.ts';
import { startCameras } from './server.ts';
import { loadScene } from './loops.ts';
import { readStrip } from './scenes/strip.ts';
import { readWallClock } from './wall-clock.ts';

const run = promisify(execFile);
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const camera = async (options: OneCameraOptions = {}): Promise<OneCamera> => {
  const started = await startCamera(options);
  opened.push(started.close);
  return started;
};

const ffmpeg = async (args: string[]): Promise<{ stdout: Buffer; stderr: string }> => {
  const { stdout, stderr } = await run('ffmpeg', ['-hide_banner', '-nostdin', ...args], { encoding: 'buffer', maxBuffer: 1 << 28, timeout: 25_000 });
  return { stdout, stderr: stderr.toString() };
};

/** Luma of n decoded pictures of 640×360. */
const decoded = async (url: string, pictures: number): Promise<Buffer[]> => {
  const args = ['-v', 'warning', '-rtsp_transport', 'tcp', '-i', url, '-frames:v', String(pictures), '-vsync', 'passthrough', '-pix_fmt', 'gray', '-f', 'rawvideo', '-'];
  const { stdout } = await ffmpeg(args);
  return Array.from({ length: stdout.length / (640 * 360) }, (_, i) => stdout.subarray(i * 640 * 360, (i + 1) * 640 * 360));
};
const numberOf = (luma: Buffer): number | null => readStrip(640, (x, y) => luma[y * 640 + x] ?? 0);

/** A bare RTSP conversation; collects everything that arrives. */
const talk = async (port: number): Promise<{ ask: (text: string) => Promise<string>; socket: Socket; frames: () => { channel: number; bytes: Buffer }[] }> => {
  const socket = connect(port, '127.0.0.1');
  let held = Buffer.alloc(0);
  const texts: string[] = [];
  const frames: { channel: number; bytes: Buffer }[] = [];
  let wake: () => void = () => undefined;
  socket.on('data', (chunk) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      if (held[0] === 0x24) {
        if (held.length < 4 || held.length < 4 + held.readUInt16BE(2)) break;
        const end = 4 + held.readUInt16BE(2);
        frames.push({ channel: held[1]!, bytes: held.subarray(4, end) });
        held = held.subarray(end);
      } else {
        const head = held.indexOf('\r\n\r\n');
        if (head < 0) break;
        const body = Number(/content-length: *(\d+)/i.exec(held.toString('latin1', 0, head))?.[1] ?? '0');
        if (held.length < head + 4 + body) break;
        texts.push(held.toString('utf8', 0, head + 4 + body));
        held = held.subarray(head + 4 + body);
      }
      wake();
    }
  });
  const ask = async (text: string): Promise<string> => {
    const before = texts.length;
    socket.write(text);
    while (texts.length === before) await new Promise<void>((resolve) => (wake = resolve));
    return texts.at(-1)!;
  };
  opened.push(async () => {
    socket.destroy();
  });
  return { ask, socket, frames: () => frames };
};

const play = async (url: string, port: number, channels = '0-1'): Promise<Awaited<ReturnType<typeof talk>>> => {
  const line = await talk(port);
  await line.ask(`DESCRIBE ${url} RTSP/1.0\r\nCSeq: 1\r\n\r\n`);
  const setup = await line.ask(`SETUP ${url}/trackID=0 RTSP/1.0\r\nCSeq: 2\r\nTransport: RTP/AVP/TCP;unicast;interleaved=${channels}\r\n\r\n`);
  const session = /Session: ([0-9a-f]+)/.exec(setup)?.[1] ?? '';
  await line.ask(`PLAY ${url} RTSP/1.0\r\nCSeq: 3\r\nSession: ${session}\r\n\r\n`);
  return line;
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a simulated camera', { timeout: 30_000 }, () => {
  it('is read by ffmpeg without a word of complaint, its pictures numbered without a hole', async () => {
    const { url } = await camera({ scene: 'lobby' });
    const { stderr } = await ffmpeg(['-v', 'warning', '-rtsp_transport', 'tcp', '-i', url, '-frames:v', '20', '-f', 'null', '-']);
    expect(stderr).toBe('');
    const numbers = (await decoded(`${url}/sub`, 35)).map(numberOf);
    expect(numbers).toHaveLength(35);
    expect(numbers[0]! % 30).toBe(0);
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0]! + i) % 360));
  });

  it.each(['spread', 'even'] as const)('sends %s packets that are the same stream', async (arrival) => {
    const { url } = await camera({ behaviour: { arrival } });
    const numbers = (await decoded(`${url}/sub`, 20)).map(numberOf);
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0]! + i) % 360));
  });

  it('repeats the very same picture when frozen', async () => {
    const { url } = await camera({ behaviour: { frozen: true } });
    const pictures = await decoded(`${url}/sub`, 45);
    expect(new Set(pictures.slice(0, 30).map((luma) => luma.toString('latin1'))).size).toBe(1);
    expect(new Set(pictures.map(numberOf)).size).toBe(1);
  });

  it('loses exactly the packets it was told to, and says so by sequence number', async () => {
    const { url, port, control } = await camera();
    const line = await play(`${url}/sub`, port);
    const rtp = (): Buffer[] => line.frames().filter((f) => f.channel === 0).map((f) => f.bytes);
    await until(() => rtp().length > 5);
    control.drop(4);
    await until(() => control.figures().packetsDropped === 4);
    const known = rtp().length;
    await until(() => rtp().length > known + 5);
    const sequence = rtp().map((packet) => packet.readUInt16BE(2));
    const missing = sequence.slice(1).reduce((sum, n, i) => sum + ((n - sequence[i]! - 1) & 0xffff), 0);
    expect(missing).toBe(4);
  });

  it('says in RTP-Info where its first packet stands', async () => {
    const { url, port } = await camera({ scene: 'hall' });
    const line = await talk(port);
    const setup = await line.ask(`SETUP ${url}/sub/trackID=0 RTSP/1.0\r\nCSeq: 2\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n`);
    const session = /Session: ([0-9a-f]+)/.exec(setup)?.[1] ?? '';
    const answer = await line.ask(`PLAY ${url}/sub RTSP/1.0\r\nCSeq: 3\r\nSession: ${session}\r\n\r\n`);
    const [, sequence, timestamp] = /seq=(\d+);rtptime=(\d+)/.exec(answer) ?? [];
    await until(() => line.frames().some((f) => f.channel === 0));
    const first = line.frames().find((f) => f.channel === 0)!.bytes;
    expect([first.readUInt16BE(2), first.readUInt32BE(4)]).toEqual([Number(sequence), Number(timestamp)]);
    expect(setup).toContain(`ssrc=${first.toString('hex', 8, 12)}`);
  });

  it('loses packets when its small send buffer is full, and none while the viewer keeps up', async () => {
    const { url, port, control } = await camera({ scene: 'carpark', behaviour: { sendBufferBytes: 16_384 } });
    const line = await play(url, port);
    await until(() => control.figures().picturesSent > 5);
    expect(control.figures().packetsDropped).toBe(0);
    line.socket.pause();
    await until(() => control.figures().packetsDropped > 0);
    expect(control.figures().packetsDropped).toBeGreaterThan(0);
  });

  it('lies about its clock in sender reports and in the picture, as told', async () => {
    const { url, port } = await camera({ behaviour: { clockOffsetMs: 3_600_000 } });
    const line = await play(url, port, '4-5');
    await until(() => line.frames().some((f) => f.channel === 5) && line.frames().some((f) => f.channel === 4 && (f.bytes[12]! & 0x1f) === 6));
    const report = line.frames().find((f) => f.channel === 5)!.bytes;
    const reported = (report.readUInt32BE(8) - 2_208_988_800) * 1_000 + (report.readUInt32BE(12) / 2 ** 32) * 1_000;
    const pictured = readWallClock(line.frames().find((f) => f.channel === 4 && (f.bytes[12]! & 0x1f) === 6)!.bytes.subarray(12))!;
    expect(Math.abs(reported - Date.now() - 3_600_000)).toBeLessThan(20_000);
    expect(Math.abs(pictured - reported)).toBeLessThan(20_000);
  });

  it('sends the other stream in mid-stream, with its own parameter sets', async () => {
    const { url, port, control } = await camera();
    const line = await play(`${url}/sub`, port);
    const sets = (): Set<string> => new Set(line.frames().filter((f) => f.channel === 0 && (f.bytes[12]! & 0x1f) === 24).map((f) => f.bytes.subarray(12).toString('hex')));
    await until(() => sets().size === 1);
    control.set({ swapped: true });
    await until(() => sets().size === 2);
    expect(sets().size).toBe(2);
  });

  it.each(['basic', 'digest-md5', 'digest-sha256', 'digest-both'] as const)('lets in who knows the password by %s, and nobody else', async (scheme) => {
    const { url, port } = await camera({ behaviour: { auth: { scheme, username: 'vigil', password: 'p"w 1' } } });
    const refused = await (await talk(port)).ask(`DESCRIBE ${url} RTSP/1.0\r\nCSeq: 1\r\n\r\n`);
    expect(refused).toMatch(/^RTSP\/1.0 401 /);
    expect(refused).toContain(scheme === 'basic' ? 'Basic realm' : 'Digest realm');
    if (scheme === 'basic' || scheme === 'digest-md5') {
      const known = url.replace('rtsp://', `rtsp://vigil:${encodeURIComponent('p"w 1')}@`);
      const { stderr } = await ffmpeg(['-v', 'warning', '-rtsp_transport', 'tcp', '-i', `${known}/sub`, '-frames:v', '3', '-f', 'null', '-']);
      expect(stderr).toBe('');
    }
    const wrong = url.replace('rtsp://', 'rtsp://vigil:wrong@');
    await expect(ffmpeg(['-v', 'error', '-rtsp_transport', 'tcp', '-i', wrong, '-frames:v', '1', '-f', 'null', '-'])).rejects.toThrow(/401/);
  });

  it('refuses, falls silent and ends idle sessions when told to', async () => {
    const { url, port, control } = await camera({ behaviour: { refuse: { status: 453, method: 'SETUP' }, sessionTimeoutSeconds: 1 } });
    const line = await talk(port);
    expect(await line.ask(`DESCRIBE ${url} RTSP/1.0\r\nCSeq: 1\r\n\r\n`)).toMatch(/ 200 /);
    const setup = `SETUP ${url} RTSP/1.0\r\nCSeq: 2\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n`;
    expect(await line.ask(setup)).toMatch(/ 453 /);
    control.set({ refuse: null });
    expect(await line.ask(setup)).toMatch(/ 200 /);
    await until(() => line.socket.closed);
    expect(line.socket.closed).toBe(true);
    expect(await (await talk(port)).ask(`DESCRIBE ${url}/nowhere RTSP/1.0\r\nCSeq: 1\r\n\r\n`)).toMatch(/ 404 /);
  });

  it('is steered over HTTP; a wrong switch is refused by name', async () => {
    const server = await startCameras([{ name: 'gate', ...(await loadScene('gate')) }]);
    const control = await startControl(server.cameras);
    opened.push(server.close, control.close);
    const at = `http://127.0.0.1:${control.port}/cameras`;
    const change = (body: unknown): Promise<Response> => fetch(`${at}/gate`, { method: 'PATCH', body: JSON.stringify(body) });
    expect((await change({ stalled: true, arrival: 'spread' })).status).toBe(200);
    expect(server.cameras.get('gate')!.behaviour()).toMatchObject({ stalled: true, arrival: 'spread' });
    const wrong = await change({ arrival: 'sideways' });
    expect([wrong.status, await wrong.json()]).toEqual([400, { wrong: 'arrival' }]);
    expect((await fetch(`${at}/none/cut`, { method: 'POST' })).status).toBe(404);
    expect(await (await fetch(at)).json()).toHaveLength(1);
  });
});
