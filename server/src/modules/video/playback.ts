/**
 * Footage for people who may see it: a playback names camera and span, is recorded before its first byte, and bounds what the server gives
 * out. What was really fetched is recorded as intervals of footage when it closes, expires, or the server stops.
 */
import type { Readable } from 'node:stream';
import type { Instant, Timer } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { Refusal } from '../../base/refusal.ts';
import { hourMs, minuteMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Bytes } from '../../platform/http/route.ts';
import { at } from '../../platform/postgres/db.ts';
import { copyInItsPlace } from './backup/restore.ts';
import { cameraLabel } from './camera.ts';
import { actorOf, type VideoContext } from './context.ts';
import { refuse } from './errors.ts';
import { requireUncovered } from './layouts/wall.ts';
import { footageWatched, playbackOpened } from './events.ts';
import { findSegment, storagePath, type Segment } from './footage-store.ts';
import { union, type Interval } from './intervals.ts';
import { basisOf, requireRight, type MayPlay, type PlayRight } from './playback-right.ts';
import type { RecorderLink } from './recorder-link.ts';
import { fileSize, findOpenSegments, parseRange, pathInside, readIndex, readRange, type ByteRange, type SegmentIndex } from './segment-file.ts';
import { findCamera } from './store.ts';
import type { VideoTables } from './tables.ts';

const flushEveryMs = minuteMs;
const openIndexLifeMs = 500;
const keptIndexes = 512;
/** A database that is away must not let the list of what was watched grow without end: past this, it is joined. */
const joinAfter = 256;

interface Playback {
  playbackId: string; cameraId: string; camera: string; from: Instant; until: Instant; openedAt: Instant; expiresAt: Instant; caller: Caller;
  /** Under what it was opened. */
  grantId: string | null; request: string | null;
  /** Ends it to the moment when its grant does. */
  ending: Timer | null;
  /** Not yet recorded; taken out only for a transaction, and put back when that fails. */
  watched: Interval[];
  /** Bytes on their way. */
  streams: Set<Readable>;
  /** Nothing more is given out; what was watched may still wait to be recorded. */
  over: boolean;
}

interface Source {
  segmentId: string; cameraId: string; file: string; from: Instant; until: Instant; codec: string; width: number; height: number; growing: boolean;
}

export interface SegmentIndexView {
  codec: string; width: number; height: number; from: Instant; until: Instant; initBytes: number; fragments: SegmentIndex['fragments'];
}

/**
 * Which footage lies in these bytes. What lies wholly outside the span is refused, not hidden; only the lead-in from the key frame that the
 * first moment of the span needs may stick out.
 */
const seenIn = (span: Interval, segmentFrom: Instant, { fragments }: SegmentIndex, range: ByteRange): Interval[] => {
  const placed = fragments.map((one) => ({ ...one, from: segmentFrom + Math.floor(one.atMs), until: segmentFrom + Math.ceil(one.atMs + one.durationMs) }));
  const leadIn = placed.findLast((one) => one.key && one.from <= span.from)?.from ?? segmentFrom;
  const asked = placed.filter((one) => one.offset <= range.end && one.offset + one.size > range.start);
  if (asked.some((one) => one.from >= span.until || one.from < leadIn)) throw refuse('outside_grant');
  return asked.map(({ from, until }) => ({ from, until }));
};

export class Playbacks {
  readonly #context: VideoContext;
  readonly #link: RecorderLink;
  readonly #mayPlay: MayPlay;
  /** Playbacks that this server has answered for; others are read from the table when they are asked for. */
  readonly #open = new Map<string, Playback>();
  readonly #indexes = new Map<string, { index: SegmentIndex; readAt: number; growing: boolean }>();
  readonly #flushing: Timer;

  constructor(context: VideoContext, link: RecorderLink, mayPlay: MayPlay) {
    this.#context = context;
    this.#link = link;
    this.#mayPlay = mayPlay;
    this.#flushing = context.clock.every(flushEveryMs, () => void this.#flushAll());
  }

  async open(caller: Caller, wanted: { cameraId: string; from: Instant; until: Instant; clip: boolean }): Promise<{ playbackId: string; expiresAt: Instant; from: Instant; until: Instant }> {
    const { clock, database, ledger, parameters } = this.#context;
    const { siteId, roomId, personId, sessionId } = caller;
    const { cameraId } = wanted;
    const hours = parameters.playbackHours;
    if (wanted.until <= wanted.from || wanted.until - wanted.from > hours * hourMs) throw refuse('span_wrong', { hours });
    const found = await findCamera(database.db, roomId, cameraId, { retired: true });
    if (found === null) throw refuse('camera_unknown');
    const camera = cameraLabel(found);
    const playbackId = newId('pbk', clock);
    const now = clock.now();
    await requireUncovered(this.#context, caller, cameraId);
    const right = await requireRight(this.#context, this.#mayPlay, { ...wanted, caller, at: now, openedAt: now, what: 'footage' });
    const expiresAt = Math.min(now + parameters.playbackLifeHours * hourMs, right.endsAt ?? Number.POSITIVE_INFINITY);
    const { grantId, request, from, until } = right;
    await database.transaction(async (tx) => {
      await tx
        .$extendTables<VideoTables>()
        .insertInto('video.playbacks')
        .values({ playback_id: playbackId, site_id: siteId, room_id: roomId, camera_id: cameraId, person_id: personId, session_id: sessionId, from_at: at(from), until_at: at(until), opened_at: at(now), expires_at: at(expiresAt), closed_at: null, grant_id: grantId })
        .execute();
      await ledger.append(tx, { event: playbackOpened, siteId, roomId, actor: actorOf(caller), subject: cameraId, body: { playbackId, cameraId, camera, from, until, grantId, basis: basisOf(right) }, at: now });
    });
    this.#hold({ playbackId, cameraId, camera, from, until, openedAt: now, expiresAt, caller, grantId, request, ending: null, watched: [], streams: new Set(), over: false });
    return { playbackId, expiresAt, from, until };
  }

  async index(caller: Caller, playbackId: string, segmentId: string): Promise<SegmentIndexView> {
    const playback = await this.#find(caller, playbackId);
    await this.#stillMay(playback, caller);
    const source = await this.#source(playback, segmentId);
    const { initBytes, fragments } = await this.#indexOf(source);
    const { codec, width, height, from, until } = source;
    return { codec, width, height, from, until, initBytes, fragments };
  }

  async media(caller: Caller, playbackId: string, segmentId: string, rangeHeader: string | undefined): Promise<Bytes> {
    const playback = await this.#find(caller, playbackId);
    await this.#stillMay(playback, caller);
    const source = await this.#source(playback, segmentId);
    const index = await this.#indexOf(source);
    const size = source.growing ? index.wholeBytes : await fileSize(source.file);
    if (size === 0) throw refuse('segment_unknown');
    const range = parseRange(rangeHeader, size) ?? { start: 0, end: size - 1 };
    const seen = seenIn(playback, source.from, index, range);
    const body = await readRange(source.file, range);
    // From here to the answer nothing waits: a playback that ends meanwhile gives nothing more and forgets nothing.
    if (playback.over) {
      body.destroy();
      throw refuse('playback_over');
    }
    playback.watched.push(...seen);
    if (playback.watched.length > joinAfter) playback.watched = union(playback.watched);
    playback.streams.add(body);
    body.once('close', () => playback.streams.delete(body));
    return {
      status: rangeHeader === undefined ? 200 : 206,
      contentType: 'video/mp4',
      headers: { 'accept-ranges': 'bytes', 'content-length': String(range.end - range.start + 1), ...(rangeHeader === undefined ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${size}` }) },
      body,
    };
  }

  async close(caller: Caller, playbackId: string): Promise<void> {
    const playback = await this.#find(caller, playbackId);
    await this.#finish(playback);
  }

  /** The right of these people has ended: bytes on their way stop, what was watched is recorded. */
  rightEnded(concerns: (caller: Caller) => boolean): void {
    for (const playback of this.#open.values()) {
      if (concerns(playback.caller)) this.#end(playback);
    }
  }

  /** This grant has ended: whatever plays under it stops now. */
  grantEnded(grantId: string): void {
    for (const playback of this.#open.values()) if (playback.grantId === grantId) this.#end(playback);
  }

  /** While nobody listened a grant may have ended: each that plays under one is asked for again. */
  async lookAgain(): Promise<void> {
    for (const playback of [...this.#open.values()]) if (playback.grantId !== null) await this.#stillMay(playback, playback.caller).catch(() => this.#end(playback));
  }

  /** Bytes on their way stop, what was watched is recorded. */
  #end(playback: Playback): void {
    playback.streams.forEach((stream) => stream.destroy());
    this.#finish(playback).catch((error: unknown) => this.#context.log.error('a playback could not be closed, trying again', { error }));
  }

  #hold(playback: Playback): Playback {
    this.#open.set(playback.playbackId, playback);
    const { clock } = this.#context;
    if (playback.grantId !== null) playback.ending = clock.after(Math.max(0, playback.expiresAt - clock.now()), () => this.#end(playback));
    return playback;
  }

  /** The right is asked for at each request, with the caller as they stand now; what was opened under one right does not go on under another. */
  async #stillMay(playback: Playback, caller: Caller): Promise<void> {
    await requireUncovered(this.#context, caller, playback.cameraId);
    const { cameraId, from, until, openedAt, grantId } = playback;
    const question = { caller, cameraId, from, until, at: this.#context.clock.now(), openedAt, what: 'footage' as const, clip: false };
    const right: PlayRight = await requireRight(this.#context, this.#mayPlay, question).catch((error: unknown) => {
      if (error instanceof Refusal) this.#end(playback);
      throw error;
    });
    if (right.grantId !== grantId) {
      this.#end(playback);
      throw refuse('playback_over');
    }
    playback.request = right.request;
  }

  async stop(): Promise<void> {
    this.#flushing.cancel();
    await Promise.allSettled([...this.#open.values()].map((playback) => this.#finish(playback)));
  }

  async #find(caller: Caller, playbackId: string): Promise<Playback> {
    const known = this.#open.get(playbackId) ?? (await this.#load(caller, playbackId));
    if (known === null || known.caller.sessionId !== caller.sessionId) throw refuse('playback_unknown');
    if (known.over || known.expiresAt <= this.#context.clock.now()) throw refuse('playback_over');
    return known;
  }

  async #load(caller: Caller, playbackId: string): Promise<Playback | null> {
    const row = await this.#context.database.db
      .$extendTables<VideoTables>()
      .selectFrom('video.playbacks as p')
      .innerJoin('video.cameras as c', 'c.camera_id', 'p.camera_id')
      .select(['p.camera_id', 'c.number', 'c.name', 'p.from_at', 'p.until_at', 'p.opened_at', 'p.expires_at', 'p.closed_at', 'p.grant_id'])
      .where('p.playback_id', '=', playbackId)
      .where('p.session_id', '=', caller.sessionId)
      .executeTakeFirst();
    if (row === undefined) return null;
    if (row.closed_at !== null) throw refuse('playback_over');
    // Two requests may have asked at once: what they note must come to one list.
    const already = this.#open.get(playbackId);
    if (already !== undefined) return already;
    const playback: Playback = { playbackId, cameraId: row.camera_id, camera: cameraLabel(row), from: row.from_at, until: row.until_at, openedAt: row.opened_at, expiresAt: row.expires_at, caller, grantId: row.grant_id, request: null, ending: null, watched: [], streams: new Set(), over: false };
    return this.#hold(playback);
  }

  async #source(playback: Playback, segmentId: string): Promise<Source> {
    const { db } = this.#context.database;
    const closed = await findSegment(db, segmentId);
    const source = closed === null ? await this.#growing(playback.cameraId, segmentId) : { ...closed, growing: false, file: await this.#fileOf(closed) };
    if (source === null) throw refuse('segment_unknown');
    const inside = source.cameraId === playback.cameraId && source.from < playback.until && source.until > playback.from;
    if (!inside) throw refuse('outside_grant');
    return source;
  }

  async #growing(cameraId: string, segmentId: string): Promise<Source | null> {
    const open = (await findOpenSegments(this.#link.statuses, cameraId)).find((one) => one.segmentId === segmentId);
    return open === undefined ? null : { ...open, growing: true };
  }

  /** Where the original is lost its copy stands in. */
  async #fileOf({ segmentId, storageId, path }: Pick<Segment, 'segmentId' | 'storageId' | 'path'>): Promise<string> {
    const { database: { db }, log } = this.#context;
    const folder = await storagePath(db, storageId);
    if (folder === null) throw refuse('segment_missing');
    return pathInside(folder, path).catch(async (error: unknown) => {
      log.error('a file of footage could not be reached', { storageId, path, error });
      const copy = await copyInItsPlace(db, segmentId);
      if (copy === null) throw error;
      return copy;
    });
  }

  async #indexOf(source: Source): Promise<SegmentIndex> {
    const now = this.#context.clock.monotonic();
    const kept = this.#indexes.get(source.segmentId);
    if (kept?.growing === source.growing && (!kept.growing || now - kept.readAt < openIndexLifeMs)) return kept.index;
    const index = await readIndex(source.file);
    if (this.#indexes.size > keptIndexes) this.#indexes.clear();
    this.#indexes.set(source.segmentId, { index, readAt: now, growing: source.growing });
    return index;
  }

  async #flushAll(): Promise<void> {
    const now = this.#context.clock.now();
    for (const playback of [...this.#open.values()]) {
      const isOver = playback.over || playback.expiresAt <= now;
      await (isOver ? this.#finish(playback) : this.#record(playback)).catch((error: unknown) => this.#context.log.error('watched footage not recorded, trying again', { error }));
    }
  }

  async #finish(playback: Playback): Promise<void> {
    playback.over = true;
    playback.ending?.cancel();
    await this.#record(playback, { closing: true });
    this.#open.delete(playback.playbackId);
  }

  /** Writes what was watched so far. It is out of memory only once it is committed: a commit that fails puts it back. */
  async #record(playback: Playback, { closing }: { closing: boolean } = { closing: false }): Promise<void> {
    const taken = playback.watched;
    if (taken.length === 0 && !closing) return;
    playback.watched = [];
    const intervals = union(taken);
    const { caller, cameraId, camera, playbackId } = playback;
    const { siteId, roomId, personId, sessionId } = caller;
    const now = this.#context.clock.now();
    try {
      await this.#context.database.transaction(async (tx) => {
        const tables = tx.$extendTables<VideoTables>();
        if (closing) await tables.updateTable('video.playbacks').set({ closed_at: at(now) }).where('playback_id', '=', playbackId).where('closed_at', 'is', null).execute();
        if (intervals.length === 0) return;
        await tables
          .insertInto('video.watched')
          .values(intervals.map((one) => ({ watched_id: newId('wat', this.#context.clock), site_id: siteId, room_id: roomId, camera_id: cameraId, person_id: personId, session_id: sessionId, playback_id: playbackId, from_at: at(one.from), until_at: at(one.until), seen_at: at(now), grant_id: playback.grantId })))
          .execute();
        const body = { playbackId, cameraId, camera, intervals, count: intervals.length, grantId: playback.grantId, basis: basisOf(playback) };
        await this.#context.ledger.append(tx, { event: footageWatched, siteId, roomId, actor: actorOf(caller), subject: cameraId, body, at: now });
      });
    } catch (error) {
      playback.watched = [...intervals, ...playback.watched];
      throw error;
    }
  }
}
