/**
 * A recorder that a test plays: it answers on the room's own socket by the contract, with disks as large and as full as the test says. What it
 * is told to delete or to move it does to the files that lie in its folders, and tells of it in its journal. The server is the real one.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { CameraState, DeletionOrder, JournalEntry, MoveOrder, RecorderConfig, RecorderStatus } from '../../../../../../contract/recorder.ts';
import type { Clock } from '../../../../base/clock.ts';
import { newId } from '../../../../base/ids.ts';
import { minuteMs } from '../../../../base/units.ts';
import { until, type WholeRoom } from '../../../../app/testing/whole-room.ts';

type NewEntry = JournalEntry extends infer E ? (E extends JournalEntry ? Omit<E, 'seq' | 'at'> : never) : never;
type Status = RecorderStatus['storages'][number];

export interface RecorderDesk {
  config(): RecorderConfig | null;
  /** What is known of a storage; a storage of the settings that nothing was said about is large and empty. */
  disk(storageId: string, change: Partial<Omit<Status, 'storageId'>>): void;
  deleted: DeletionOrder['segments'];
  moved: MoveOrder['segments'];
  /** While false orders are taken and nothing is done. */
  obeys: boolean;
  /** While true it does not answer. */
  away: boolean;
  /** How often it was told to start anew. */
  restarts: number;
  /** What it says of its cameras; none until then. */
  states(cameras: readonly { cameraId: string; state: CameraState }[]): void;
  /** Until the server has asked once more, answered or not. */
  asked(): Promise<void>;
  tell(entries: readonly NewEntry[]): void;
  /** A minute of footage with its file; answers its id. */
  record(cameraId: string, storageId: string, from: number, more?: { bytes?: Buffer; sizeBytes?: number }): { segmentId: string; path: string };
  /** Until the server has heard the newest status and journal. */
  heard(): Promise<void>;
  close(): Promise<void>;
}

const terabyte = 1e12;
const stillCamera = { reason: '', detail: '', bitsPerSecond: 4e6, framesPerSecond: 25, packetsLost: 0, reconnects: 0, cameraClockOffsetMs: null, codec: 'avc1.64001f', width: 1_280, height: 720, viewers: 0, openSegmentId: null };
const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString('utf8'));
};

class Desk implements RecorderDesk {
  readonly deleted: DeletionOrder['segments'] = [];
  readonly moved: MoveOrder['segments'] = [];
  obeys = true;
  away = false;
  restarts = 0;
  #states: readonly { cameraId: string; state: CameraState }[] = [];
  #knocks = 0;
  readonly #clock: Clock & { advance?: (ms: number) => void };
  readonly #house: WholeRoom;
  readonly #disks = new Map<string, Partial<Status>>();
  readonly #journal: JournalEntry[] = [];
  #config: RecorderConfig | null = null;
  #asked = 0;
  readonly #server = createServer((request, response) => {
    this.#answer(request).then(
      (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });

  constructor(house: WholeRoom, clock: Clock & { advance?: (ms: number) => void }) {
    this.#house = house;
    this.#clock = clock;
  }

  async open(): Promise<void> {
    const socket = join(this.#house.dataFolder, 'run', 'recorder.sock');
    mkdirSync(dirname(socket), { recursive: true });
    await new Promise<void>((resolve) => void this.#server.listen(socket, resolve));
    this.#house.room.video.start();
    await this.heard();
  }

  config(): RecorderConfig | null {
    return this.#config;
  }

  disk(storageId: string, change: Partial<Omit<Status, 'storageId'>>): void {
    this.#disks.set(storageId, { ...this.#disks.get(storageId), ...change });
  }

  tell(entries: readonly NewEntry[]): void {
    for (const entry of entries) this.#journal.push({ ...entry, seq: this.#journal.length + 1, at: this.#clock.now() });
  }

  record(cameraId: string, storageId: string, from: number, { bytes = Buffer.from(`${cameraId} ${from}`), sizeBytes = bytes.length }: { bytes?: Buffer; sizeBytes?: number } = {}): { segmentId: string; path: string } {
    const segmentId = newId('seg', this.#clock);
    const path = `${cameraId}/2026-01-01/000000000-${segmentId}.mp4`;
    const file = join(this.#folder(storageId), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    this.tell([{
      kind: 'segment_closed', segmentId, cameraId, storageId, path, from, until: from + minuteMs, sizeBytes, sha256: createHash('sha256').update(bytes).digest('hex'), frames: 1_500, keyFrames: 30, codec: 'avc1.64001f', width: 1_280, height: 720,
      runId: newId('run', this.#clock), cameraClockOffsetMs: null, packetsLost: 0, recovered: false,
    }]);
    return { segmentId, path };
  }

  /** Polls are on the room's clock: where it stands still it is moved on. */
  async heard(): Promise<void> {
    const asked = this.#asked;
    await until('the server hears the recorder', async () => {
      this.#clock.advance?.(2_100);
      if (this.#asked < asked + 2 || this.#house.room.video.status()?.configVersion !== this.#config?.version || this.#config === null) return false;
      const { rows } = await sql<{ seq: number }>`select journal_seq as seq from video.recorders`.execute(this.#house.database.db);
      return rows[0]?.seq === this.#journal.length;
    });
  }

  states(cameras: readonly { cameraId: string; state: CameraState }[]): void {
    this.#states = cameras;
  }

  async asked(): Promise<void> {
    const knocks = this.#knocks;
    await until('the server asks the recorder', async () => {
      if (this.#knocks > knocks) return true;
      this.#clock.advance?.(0);
      return false;
    });
  }

  async close(): Promise<void> {
    await this.#house.room.video.stop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #folder(storageId: string): string {
    return this.#config?.storages.find((one) => one.storageId === storageId)?.path ?? '';
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    const url = new URL(request.url ?? '/', 'http://recorder');
    switch (`${request.method ?? ''} ${url.pathname}`) {
      case 'GET /status':
        this.#knocks += 1;
        if (this.away) throw new Error('away');
        this.#asked += 1;
        return this.#status();
      case 'PUT /config':
        this.#config = (await bodyOf(request)) as RecorderConfig;
        return {};
      case 'GET /journal': {
        const after = Number(url.searchParams.get('after'));
        return { recorderId: this.#config?.recorderId ?? '', entries: this.#journal.filter(({ seq }) => seq > after), last: this.#journal.length };
      }
      case 'POST /restart':
        this.restarts += 1;
        return {};
      case 'POST /deletions':
        this.#delete((await bodyOf(request)) as DeletionOrder);
        return {};
      case 'POST /moves':
        this.#move((await bodyOf(request)) as MoveOrder);
        return {};
      default:
        return {};
    }
  }

  #status(): RecorderStatus {
    const now = this.#clock.now();
    const storages = (this.#config?.storages ?? []).map(({ storageId, path }) => ({ storageId, path, usable: true, reason: '', freeBytes: terabyte, totalBytes: 2 * terabyte, ...this.#disks.get(storageId) }));
    return { recorderId: this.#config?.recorderId ?? '', startedAt: now, now, configVersion: this.#config?.version ?? 0, journalLast: this.#journal.length, journalAcked: 0, cameras: this.#states.map((one) => ({ ...one, ...stillCamera, since: now - minuteMs, lastFrameAt: now, writtenUntil: now })), storages };
  }

  #delete({ segments }: DeletionOrder): void {
    this.deleted.push(...segments);
    if (!this.obeys) return;
    for (const { segmentId, storageId, path } of segments) {
      const file = join(this.#folder(storageId), path);
      const outcome = existsSync(file) ? ('deleted' as const) : ('missing' as const);
      rmSync(file, { force: true });
      this.tell([{ kind: 'segment_deleted', segmentId, storageId, path, outcome, detail: '' }]);
    }
  }

  #move({ segments }: MoveOrder): void {
    this.moved.push(...segments);
    if (!this.obeys) return;
    for (const { segmentId, fromStorageId, storageId, path } of segments) {
      const [from, to] = [join(this.#folder(fromStorageId), path), join(this.#folder(storageId), path)];
      const isThere = existsSync(from);
      mkdirSync(dirname(to), { recursive: true });
      // As the recorder copies: beside its place first, the old file stays.
      if (isThere) copyFileSync(from, `${to}.moving`);
      if (isThere) renameSync(`${to}.moving`, to);
      this.tell([{ kind: 'segment_moved', segmentId, fromStorageId, storageId, path, outcome: isThere ? 'moved' : 'missing', detail: '' }]);
    }
  }
}

export const openRecorderDesk = async (house: WholeRoom, clock: Clock & { advance?: (ms: number) => void }): Promise<RecorderDesk> => {
  const desk = new Desk(house, clock);
  await desk.open();
  return desk;
};
