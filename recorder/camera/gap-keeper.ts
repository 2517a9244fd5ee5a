/** The one gap that a camera may have open: takes the pure decisions of gaps.ts to the journal. */
import type { GapReason } from '../../contract/recorder.ts';
import type { Clock, Instant } from '../../server/src/base/clock.ts';
import { newId } from '../../server/src/base/ids.ts';
import { alarmGap, closeGap, splitGap, stopFootage } from '../gaps.ts';
import type { Gap, GapDecision } from '../gaps.ts';
import type { Journal } from '../journal/journal.ts';

export class GapKeeper {
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #cameraId: string;
  #gap: Gap | null;

  constructor(deps: { clock: Clock; journal: Journal; cameraId: string }) {
    this.#clock = deps.clock;
    this.#journal = deps.journal;
    this.#cameraId = deps.cameraId;
    this.#gap = deps.journal.state.openGaps[deps.cameraId] ?? null;
  }

  get open(): Gap | null {
    return this.#gap;
  }

  /** Footage ended at `from`; this became known `since`. */
  stopped(from: Instant, reason: GapReason, detail: string, since: Instant): void {
    this.#take(stopFootage(this.#gap, this.#fresh(from, reason, detail), since));
  }

  /** From `at` on the reason is this one, whatever it was. */
  changed(at: Instant, reason: GapReason, detail: string): void {
    this.#take(splitGap(this.#gap, this.#fresh(at, reason, detail)));
  }

  /** Footage of before the open gap is lost after all; whoever calls this ends the open gap, or changes it, next. */
  lost(from: Instant, until: Instant, reason: GapReason, detail: string): void {
    const end = Math.min(until, this.#gap?.from ?? until);
    if (end <= from) return; // the open gap says it
    const lost = this.#fresh(from, reason, detail);
    this.#journal.append({ kind: 'gap_opened', ...lost });
    this.#journal.append({ kind: 'gap_closed', ...lost, until: end });
  }

  resumed(until: Instant): void {
    this.#take(closeGap(this.#gap, until));
  }

  look(limitSeconds: number): void {
    this.#take(alarmGap(this.#gap, this.#clock.now(), limitSeconds));
  }

  #fresh(from: Instant, reason: GapReason, detail: string): Omit<Gap, 'alarmed'> {
    return { gapId: newId('gap', this.#clock), cameraId: this.#cameraId, from, reason, detail };
  }

  #take(decision: GapDecision): void {
    this.#gap = decision.gap;
    for (const event of decision.events) this.#journal.append(event);
  }
}
