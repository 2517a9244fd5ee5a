import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket as ServerSocket } from 'ws';
import { LiveRequest } from '../../../contract/live.ts';
import { liveType } from '../../../contract/recorder.ts';
import { LiveSocket, windowNow } from './live-socket.ts';
import type { LiveSocketOptions, WatchHandlers } from './live-socket.ts';

const camera = 'cam_00000000000000000000000001';
const serverAheadMs = 90_000;

/** A real WebSocket server that notes what is asked and answers pings with a clock that is 90 s ahead. */
class Door {
  readonly asked: LiveRequest[] = [];
  readonly lines: ServerSocket[] = [];
  mute = false;
  #server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  #waiting: (() => void)[] = [];
  port = 0;

  async open(port = 0): Promise<void> {
    if (port !== 0) this.#server = new WebSocketServer({ port, host: '127.0.0.1' });
    if (this.#server.address() === null) await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
    this.#server.on('connection', (line) => {
      this.lines.push(line);
      line.on('message', (data: Buffer) => this.#heard(line, LiveRequest.parse(JSON.parse(data.toString('utf8')))));
      this.#tell();
    });
  }
  #heard(line: ServerSocket, request: LiveRequest): void {
    if (request.op === 'ping') {
      if (!this.mute) line.send(JSON.stringify({ op: 'pong', sentAt: request.sentAt, now: Math.round(windowNow() + serverAheadMs) }));
    } else this.asked.push(request);
    this.#tell();
  }
  #tell(): void {
    for (const waiting of this.#waiting.splice(0)) waiting();
  }
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
  }
  async close(): Promise<void> {
    for (const line of this.lines) line.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let door: Door;
const sockets: LiveSocket[] = [];
const dial = (more: Partial<LiveSocketOptions> = {}): LiveSocket => {
  const socket = new LiveSocket({ url: `ws://127.0.0.1:${door.port}`, firstRetryMs: 5, mostRetryMs: 20, pingMs: 10, ...more });
  sockets.push(socket);
  socket.start();
  return socket;
};
const noted = () => {
  const seen: string[] = [];
  let wake = (): void => undefined;
  const note = (what: string) => {
    seen.push(what);
    wake();
  };
  const handlers: WatchHandlers = {
    onWatching: (since) => note(`watching ${since}`),
    onConfig: (config) => note(`config ${config.codec}`),
    onAccessUnit: (unit) => note(`unit ${unit.data.length}`),
    onState: ({ state }) => note(`state ${state}`),
    onRefused: ({ code }) => note(`refused ${code}`),
    onEnded: (reason) => note(`ended ${reason}`),
    onInterrupted: () => note('interrupted'),
  };
  const until = async (what: string): Promise<void> => {
    while (!seen.includes(what)) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { seen, handlers, until, note };
};

beforeEach(async () => {
  door = new Door();
  await door.open();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.stop();
  await door.close();
});

describe('live socket', () => {
  it('asks for a camera that was watched before the line was open, and delivers what comes', async () => {
    const watcher = noted();
    dial().watch(camera, watcher.handlers);
    await door.until(() => door.asked.length === 1);
    expect(door.asked[0]).toEqual({ op: 'watch', channel: 0, cameraId: camera });
    const line = door.lines[0]!;
    line.send(JSON.stringify({ op: 'watching', channel: 0, cameraId: camera, since: 5 }));
    line.send(Buffer.concat([Buffer.from([liveType.config, 0, 0]), Buffer.from(JSON.stringify({ codec: 'avc1.640028', width: 2, height: 2, decoderConfig: 'AQ==' }))]));
    const unit = Buffer.alloc(3 + 17 + 4);
    unit.writeUInt8(liveType.accessUnit, 0);
    line.send(unit);
    await watcher.until('unit 4');
    expect(watcher.seen).toEqual(['watching 5', 'config avc1.640028', 'unit 4']);
  });

  it('dials again after a loss and asks anew for everything that is still watched, on the same channels', async () => {
    const first = noted();
    const second = noted();
    const socket = dial();
    socket.watch(camera, first.handlers);
    const stopSecond = socket.watch(camera, second.handlers);
    await door.until(() => door.asked.length === 2);
    stopSecond();
    await door.until(() => door.asked.length === 3);
    expect(door.asked[2]).toEqual({ op: 'unwatch', channel: 1 });
    door.lines[0]!.terminate();
    await door.until(() => door.asked.length === 4);
    expect(door.asked[3]).toEqual({ op: 'watch', channel: 0, cameraId: camera });
    expect(first.seen).toContain('interrupted');
    expect(second.seen).toEqual([]);
  });

  it('comes back when the server was gone for a while, and tells how long', async () => {
    let losses = 0;
    const lost = noted();
    const socket = dial({
      onLost: () => {
        losses += 1;
        if (losses === 3) lost.note('three tries');
      },
    });
    await door.until(() => door.lines.length === 1);
    const { port } = door;
    await door.close();
    await lost.until('three tries');
    expect(socket.connection.state).toBe('connecting');
    door = new Door();
    await door.open(port);
    await door.until(() => door.lines.length === 1);
    expect(losses).toBeGreaterThanOrEqual(3);
  });

  it('takes the server’s clock from the answers to its pings', async () => {
    const socket = dial();
    await door.until(() => socket.clockOffsetMs !== null);
    expect(Math.abs((socket.clockOffsetMs ?? 0) - serverAheadMs)).toBeLessThan(Math.max(2, socket.roundTripMs ?? 0));
    expect(Math.abs(socket.serverNow() - windowNow() - serverAheadMs)).toBeLessThan(60);
  });

  it('gives up a line that no longer answers and dials again', async () => {
    door.mute = true;
    dial({ deadMs: 60 });
    await door.until(() => door.lines.length >= 2);
    expect(door.lines.length).toBeGreaterThanOrEqual(2);
  });

  it('ends a watch that is refused or ended, and does not ask for it again', async () => {
    const refused = noted();
    const ended = noted();
    const socket = dial();
    socket.watch(camera, refused.handlers);
    socket.watch(camera, ended.handlers);
    await door.until(() => door.asked.length === 2);
    const refusal = { code: 'video.no_right', kind: 'forbidden', zh: '不可以', en: 'No', fields: [] };
    door.lines[0]!.send(JSON.stringify({ op: 'refused', channel: 0, refusal }));
    door.lines[0]!.send(JSON.stringify({ op: 'ended', channel: 1, reason: 'right_ended' }));
    await ended.until('ended right_ended');
    expect(refused.seen).toEqual(['refused video.no_right']);
    door.lines[0]!.terminate();
    await door.until(() => door.lines.length === 2);
    socket.watch(camera, noted().handlers);
    await door.until(() => door.asked.length === 3);
    expect(door.asked.slice(2).map((request) => (request.op === 'watch' ? request.channel : -1))).toEqual([2]);
  });

  it('passes on what changed and the end of the session, and ignores what it does not know', async () => {
    const heard = noted();
    dial({ onChanged: (topic) => heard.note(topic), onSignedOut: () => heard.note('signed out') });
    await door.until(() => door.lines.length === 1);
    const line = door.lines[0]!;
    line.send('not json');
    line.send(JSON.stringify({ op: 'something_newer' }));
    line.send(JSON.stringify({ op: 'changed', topic: 'video.cameras' }));
    line.send(JSON.stringify({ op: 'signed_out' }));
    await heard.until('signed out');
    expect(heard.seen).toEqual(['video.cameras', 'signed out']);
  });
});
