/**
 * How far behind the watched pictures are (RES-5.1.2): time since the newest one reached the recorder, for each camera that somebody
 * watches. Past the limit of the room it is a fact, which becomes an alarm; when pictures come in time again, or nobody watches any more,
 * that is a fact too. What was never seen in this watching is a gap's affair, not a delay.
 */
import type { Instant, Timer } from '../../base/clock.ts';
import { minuteMs, secondMs } from '../../base/units.ts';
import { cameraLabel, type Camera } from './camera.ts';
import { serverActor, type VideoContext } from './context.ts';
import { behindAlarmed } from './controls.ts';
import { pictureBehind, pictureInTime } from './events.ts';

const lookEveryMs = secondMs / 2;
/** The limit of the room is asked for so often. */
const limitHoldsMs = minuteMs;

interface Seen {
  camera: Camera;
  newestAt: Instant;
  /** Since when it is told as behind; null: it is in time. */
  behindSince: Instant | null;
}

export class LiveDelay {
  readonly #context: VideoContext;
  readonly #seen = new Map<string, Seen>();
  readonly #watched: () => ReadonlySet<string>;
  readonly #timer: Timer;
  #limit: { ms: number; readAt: Instant } | null = null;
  #looking = false;

  constructor(context: VideoContext, watched: () => ReadonlySet<string>) {
    this.#context = context;
    this.#watched = watched;
    this.#timer = context.clock.every(lookEveryMs, () => {
      this.look().catch((error: unknown) => context.log.debug('delays of pictures not looked at', { error }));
    });
  }

  /** A picture that reached the recorder then goes out to a window now. */
  saw(camera: Camera, arrivedAt: Instant): void {
    const seen = this.#seen.get(camera.cameraId);
    if (seen === undefined) this.#seen.set(camera.cameraId, { camera, newestAt: arrivedAt, behindSince: null });
    else if (arrivedAt > seen.newestAt) seen.newestAt = arrivedAt;
  }

  async look(): Promise<void> {
    if (this.#looking || this.#seen.size === 0) return;
    this.#looking = true;
    try {
      const watched = this.#watched();
      for (const [cameraId, seen] of [...this.#seen]) await this.#lookAt(seen, watched.has(cameraId));
    } finally {
      this.#looking = false;
    }
  }

  stop(): void {
    this.#timer.cancel();
  }

  async #lookAt(seen: Seen, watched: boolean): Promise<void> {
    const { camera, newestAt, behindSince } = seen;
    const now = this.#context.clock.now();
    const isBehind = watched && now - newestAt > (await this.#limitMs(camera, now));
    if (isBehind && behindSince === null && behindAlarmed.find(() => [camera]).length > 0) {
      await this.#record(camera, pictureBehind, { since: newestAt, delayMs: now - newestAt });
      seen.behindSince = newestAt;
    }
    if (!isBehind && behindSince !== null) {
      await this.#record(camera, pictureInTime, { since: behindSince, delayMs: now - behindSince });
      seen.behindSince = null;
    }
    if (!watched) this.#seen.delete(camera.cameraId);
  }

  async #record(camera: Camera, event: typeof pictureBehind, figures: { since: Instant; delayMs: number }): Promise<void> {
    const { siteId, roomId, cameraId } = camera;
    await this.#context.database.transaction((tx) =>
      this.#context.ledger.append(tx, { event, siteId, roomId, actor: serverActor, subject: cameraId, body: { cameraId, camera: cameraLabel(camera), ...figures }, at: this.#context.clock.now() }),
    );
  }

  async #limitMs({ siteId, roomId }: Camera, now: Instant): Promise<number> {
    const held = this.#limit;
    if (held !== null && now - held.readAt < limitHoldsMs) return held.ms;
    const rules = await this.#context.register.rules(this.#context.database.db, { siteId, roomId }, now);
    const ms = rules.number('max_live_delay_seconds') * secondMs;
    this.#limit = { ms, readAt: now };
    return ms;
  }
}
