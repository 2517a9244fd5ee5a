/** Recovery in two steps: a quick look that tells where each camera's footage ends (recording begins at once), then file by file in the background. */
import type { CameraSource, Storage } from '../../contract/recorder.ts';
import type { Clock, Instant } from '../../server/src/base/clock.ts';
import type { Log } from '../../server/src/base/log.ts';
import { secondMs } from '../../server/src/base/units.ts';
import { GapKeeper } from '../camera/gap-keeper.ts';
import type { Journal } from '../journal/journal.ts';
import { findTails } from './find-tails.ts';
import type { Tail } from './find-tails.ts';
import { takeUp } from './take-up.ts';

/** Footage and gap do not meet to the millisecond where a file was not closed. */
const seamMs = secondMs;

export class Recovery {
  readonly #deps: { clock: Clock; log: Log; journal: Journal };
  readonly #until = new Map<string, Instant>();
  readonly #damaged = new Set<string>();
  #tails: Tail[] = [];
  #gone: string[] = [];
  #running: Promise<void> | null = null;

  constructor(deps: { clock: Clock; log: Log; journal: Journal }) {
    this.#deps = deps;
  }

  /** Segments with at least one whole fragment among what was found. */
  get recoverable(): number {
    return this.#tails.filter((tail) => tail.span !== null && tail.note !== null).length;
  }

  /** Before anything new is written to the storage. */
  async look(storage: Storage): Promise<void> {
    const found = await findTails(storage, this.#deps.journal.state);
    for (const tail of found.tails) {
      if (tail.span !== null) this.#until.set(tail.cameraId, Math.max(tail.span.until, this.#until.get(tail.cameraId) ?? 0));
      if (tail.scan.tail === 'damaged') this.#damaged.add(tail.cameraId);
    }
    this.#tails.push(...found.tails);
    this.#gone.push(...found.gone);
  }

  footageUntil(cameraId: string): Instant | null {
    const journalled = this.#deps.journal.state.footageUntil[cameraId];
    const found = this.#until.get(cameraId);
    if (journalled === undefined || found === undefined) return journalled ?? found ?? null;
    return Math.max(journalled, found);
  }

  /**
   * After a crash: from the end of its footage nothing of a camera is there until the first new frame. What had stopped for another reason
   * before is the recorder's from the moment at which it was last alive. Video that waited for the disk when it stopped is lost with the crash.
   */
  openGaps(cameras: readonly CameraSource[], lastAliveAt: Instant): void {
    const { clock, journal } = this.#deps;
    const crashedAt = Math.max(lastAliveAt, ...this.#until.values());
    const unfinished = new Set(Object.values(journal.state.openSegments).map((segment) => segment.cameraId));
    for (const { cameraId, record } of cameras) {
      const keeper = new GapKeeper({ clock, journal, cameraId });
      const until = this.footageUntil(cameraId);
      if (!record || keeper.open?.reason === 'recording_off') continue;
      if (keeper.open !== null) {
        const waited = keeper.open.reason === 'memory_bound' && unfinished.has(cameraId);
        if (waited && until !== null && until + seamMs < keeper.open.from) keeper.lost(until, keeper.open.from, 'recovery_loss', 'it waited for the disk when the recorder crashed');
        keeper.changed(crashedAt, 'recorder_crashed', '');
      } else if (until !== null) {
        const lost = this.#damaged.has(cameraId);
        keeper.stopped(until, lost ? 'recovery_loss' : 'recorder_crashed', lost ? 'the tail of the open segment did not reach the disk whole' : '', crashedAt);
        if (lost) keeper.changed(Math.max(until, crashedAt), 'recorder_crashed', '');
      }
    }
  }

  /** Takes up what was found, one file after the other. */
  begin(): void {
    this.#running ??= this.#run();
  }

  /** No further file is begun: the next start finds them again. */
  end(): void {
    this.#tails = [];
  }

  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    await Promise.resolve();
    for (const segmentId of this.#gone.splice(0)) this.#deps.journal.noteDropped(segmentId);
    for (let tail = this.#tails.shift(); tail !== undefined; tail = this.#tails.shift()) {
      try {
        await takeUp(tail, this.#deps);
      } catch (error) {
        this.#deps.log.error('segment not taken up, the next start tries again', { path: tail.path, error });
      }
    }
    this.#running = null;
  }
}
