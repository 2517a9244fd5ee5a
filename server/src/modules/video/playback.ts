/**
 * Footage for people who may see it: a playback names camera and span, is recorded before its first byte, and bounds what the server gives
 * out. What was really fetched is recorded as intervals of footage when it closes, expires, or the server stops.
 */
import type { Instant, Timer } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { hourMs, minuteMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Bytes } from '../../platform/http/route.ts';
import { at, type Tx } from '../../platform/postgres/db.ts';
import { cameraLabel } from './camera.ts';
import { actorOf, type VideoContext } from './context.ts';
import { refuse } from './errors.ts';
import { footageWatched, playbackOpened } from './events.ts';
import { findSegment, storagePath } from './footage-store.ts';
import { union, type Interval } from './intervals.ts';
import type { RecorderLink } from './recorder-link.ts';
import { fileSize, findOpenSegment, parseRange, pathInside, readIndex, readRange, type SegmentIndex } from './segment-file.ts';
import { findCamera } from './store.ts';
import type { VideoTables } from './tables.ts';

const lifeMs = 12 * hourMs;
const flushEveryMs = minuteMs;
const openIndexLifeMs = 500;

interface Playback {
  playbackId: string; cameraId: string; camera: string; from: Instant; until: Instant; expiresAt: Instant; caller: Caller; watched: Interval[];
}

interface Source {
  segmentId: string; cameraId: string; file: string; from: Instant; until: Instant; codec: string; width: number; height: number; growing: boolean;
}

export interface SegmentIndexView {
  codec: string; width: number; height: number; from: Instant; until: Instant; initBytes: number; fragments: SegmentIndex['fragments'];
}

export class Playbacks {
  readonly #context: VideoContext;
  readonly #link: RecorderLink;
  /** Playbacks that this server has answered for; others are read from the table when they are asked for. */
  readonly #open = new Map<string, Playback>();
  readonly #indexes = new Map<string, { index: SegmentIndex; readAt: number; growing: boolean }>();
  readonly #flushing: Timer;

  constructor(context: VideoContext, link: RecorderLink) {
    this.#context = context;
    this.#link = link;
    this.#flushing = context.clock.every(flushEveryMs, () => void this.#flushAll());
  }

  async open(caller: Caller, wanted: { cameraId: string; from: Instant; until: Instant }): Promise<{ playbackId: string; expiresAt: Instant }> {
    const { clock, database, ledger, parameters } = this.#context;
    const { siteId, roomId, personId, sessionId } = caller;
    const { cameraId, from, until } = wanted;
    const hours = parameters.playbackHours;
    if (until <= from || until - from > hours * hourMs) throw refuse('span_wrong', { hours });
    const found = await findCamera(database.db, roomId, cameraId, { retired: true });
    if (found === null) throw refuse('camera_unknown');
    const camera = cameraLabel(found);
    const playbackId = newId('pbk', clock);
    const now = clock.now();
    const expiresAt = now + lifeMs;
    await database.transaction(async (tx) => {
      await tx
        .$extendTables<VideoTables>()
        .insertInto('video.playbacks')
        .values({ playback_id: playbackId, site_id: siteId, room_id: roomId, camera_id: cameraId, person_id: personId, session_id: sessionId, from_at: at(from), until_at: at(until), opened_at: at(now), expires_at: at(expiresAt), closed_at: null })
        .execute();
      await ledger.append(tx, { event: playbackOpened, siteId, roomId, actor: actorOf(caller), subject: cameraId, body: { playbackId, cameraId, camera, from, until }, at: now });
    });
    this.#open.set(playbackId, { playbackId, cameraId, camera, from, until, expiresAt, caller, watched: [] });
    return { playbackId, expiresAt };
  }

  async index(caller: Caller, playbackId: string, segmentId: string): Promise<SegmentIndexView> {
    const playback = await this.#find(caller, playbackId);
    const source = await this.#source(playback, segmentId);
    const { initBytes, fragments } = await this.#indexOf(source);
    const { codec, width, height, from, until } = source;
    return { codec, width, height, from, until, initBytes, fragments };
  }

  async media(caller: Caller, playbackId: string, segmentId: string, rangeHeader: string | undefined): Promise<Bytes> {
    const playback = await this.#find(caller, playbackId);
    const source = await this.#source(playback, segmentId);
    const index = await this.#indexOf(source);
    const size = source.growing ? index.wholeBytes : await fileSize(source.file);
    const range = parseRange(rangeHeader, size) ?? { start: 0, end: size - 1 };
    for (const fragment of index.fragments) {
      if (fragment.offset > range.end || fragment.offset + fragment.size <= range.start) continue;
      const from = source.from + Math.floor(fragment.atMs);
      const until = source.from + Math.ceil(fragment.atMs + fragment.durationMs);
      // Fragments wholly outside the span are refused, not hidden: the lead-in to the first key frame is all that may stick out.
      if (from >= playback.until) throw refuse('outside_grant');
      playback.watched.push({ from, until });
    }
    return {
      status: rangeHeader === undefined ? 200 : 206,
      contentType: 'video/mp4',
      headers: { 'accept-ranges': 'bytes', 'content-length': String(range.end - range.start + 1), ...(rangeHeader === undefined ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${size}` }) },
      body: readRange(source.file, range),
    };
  }

  async close(caller: Caller, playbackId: string): Promise<void> {
    const playback = await this.#find(caller, playbackId);
    await this.#finish(playback);
  }

  async stop(): Promise<void> {
    this.#flushing.cancel();
    await Promise.allSettled([...this.#open.values()].map((playback) => this.#finish(playback)));
  }

  async #find(caller: Caller, playbackId: string): Promise<Playback> {
    const known = this.#open.get(playbackId) ?? (await this.#load(caller, playbackId));
    if (known === null || known.caller.sessionId !== caller.sessionId) throw refuse('playback_unknown');
    if (known.expiresAt <= this.#context.clock.now()) throw refuse('playback_over');
    return known;
  }

  async #load(caller: Caller, playbackId: string): Promise<Playback | null> {
    const row = await this.#context.database.db
      .$extendTables<VideoTables>()
      .selectFrom('video.playbacks as p')
      .innerJoin('video.cameras as c', 'c.camera_id', 'p.camera_id')
      .select(['p.camera_id', 'c.number', 'c.name', 'p.from_at', 'p.until_at', 'p.expires_at', 'p.closed_at'])
      .where('p.playback_id', '=', playbackId)
      .where('p.session_id', '=', caller.sessionId)
      .executeTakeFirst();
    if (row === undefined) return null;
    if (row.closed_at !== null) throw refuse('playback_over');
    const playback: Playback = { playbackId, cameraId: row.camera_id, camera: cameraLabel(row), from: row.from_at, until: row.until_at, expiresAt: row.expires_at, caller, watched: [] };
    this.#open.set(playbackId, playback);
    return playback;
  }

  async #source(playback: Playback, segmentId: string): Promise<Source> {
    const { db } = this.#context.database;
    const closed = await findSegment(db, segmentId);
    const source = closed === null ? await this.#growing(playback.cameraId, segmentId) : { ...closed, growing: false, file: await this.#fileOf(closed.storageId, closed.path) };
    if (source === null) throw refuse('segment_unknown');
    const inside = source.cameraId === playback.cameraId && source.from < playback.until && source.until > playback.from;
    if (!inside) throw refuse('outside_grant');
    return source;
  }

  async #growing(cameraId: string, segmentId: string): Promise<Source | null> {
    const open = await findOpenSegment(this.#link.status, cameraId);
    return open?.segmentId === segmentId ? { ...open, growing: true } : null;
  }

  async #fileOf(storageId: string, path: string): Promise<string> {
    const folder = await storagePath(this.#context.database.db, storageId);
    if (folder === null) throw refuse('segment_missing');
    return pathInside(folder, path);
  }

  async #indexOf(source: Source): Promise<SegmentIndex> {
    const now = this.#context.clock.monotonic();
    const kept = this.#indexes.get(source.segmentId);
    if (kept?.growing === source.growing && (!kept.growing || now - kept.readAt < openIndexLifeMs)) return kept.index;
    const index = await readIndex(source.file);
    if (this.#indexes.size > 512) this.#indexes.clear();
    this.#indexes.set(source.segmentId, { index, readAt: now, growing: source.growing });
    return index;
  }

  async #flushAll(): Promise<void> {
    const now = this.#context.clock.now();
    for (const playback of [...this.#open.values()]) {
      const isOver = playback.expiresAt <= now;
      await (isOver ? this.#finish(playback) : this.#flush(playback)).catch((error: unknown) => this.#context.log.error('watched footage not recorded, trying again', { error }));
    }
  }

  async #finish(playback: Playback): Promise<void> {
    await this.#context.database.transaction(async (tx) => {
      await this.#write(tx, playback);
      await tx.$extendTables<VideoTables>().updateTable('video.playbacks').set({ closed_at: at(this.#context.clock.now()) }).where('playback_id', '=', playback.playbackId).where('closed_at', 'is', null).execute();
    });
    this.#open.delete(playback.playbackId);
  }

  async #flush(playback: Playback): Promise<void> {
    if (playback.watched.length > 0) await this.#context.database.transaction((tx) => this.#write(tx, playback));
  }

  /** Takes what was watched so far out of memory only if it is written. */
  async #write(tx: Tx, playback: Playback): Promise<void> {
    const taken = playback.watched.splice(0);
    const intervals = union(taken);
    if (intervals.length === 0) return;
    const { caller, cameraId, camera, playbackId } = playback;
    const { siteId, roomId, personId, sessionId } = caller;
    const now = this.#context.clock.now();
    try {
      await tx
        .$extendTables<VideoTables>()
        .insertInto('video.watched')
        .values(intervals.map((one) => ({ watched_id: newId('wat', this.#context.clock), site_id: siteId, room_id: roomId, camera_id: cameraId, person_id: personId, session_id: sessionId, playback_id: playbackId, from_at: at(one.from), until_at: at(one.until), seen_at: at(now) })))
        .execute();
      const body = { playbackId, cameraId, camera, intervals, count: intervals.length };
      await this.#context.ledger.append(tx, { event: footageWatched, siteId, roomId, actor: actorOf(caller), subject: cameraId, body, at: now });
    } catch (error) {
      playback.watched.unshift(...taken);
      throw error;
    }
  }
}
