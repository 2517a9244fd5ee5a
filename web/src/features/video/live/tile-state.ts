/**
 * What a tile may claim about its picture: waiting, live, stale, frozen or lost (recording.md "Live and playback", visual.md 9).
 * Pure: all instants are on the server's clock, so that a wrong clock in the room's computer never makes a dead picture look alive.
 */
import type { CameraState, GapReason } from '../../../../../contract/recorder.ts';

/** A picture older than this is no longer "live"; three frames of the slowest stream that we accept (2 fps). */
export const staleAfterMs = 1_500;
/** A picture older than this is lost: greyed, with its time. */
export const lostAfterMs = 5_000;

export type LostCause =
  | { kind: 'reason'; reason: GapReason }
  /** The camera's connection is being made anew; no reason is known. */
  | { kind: 'camera' }
  /** This window has no connection to the server. */
  | { kind: 'connection' }
  | { kind: 'recorder_away' }
  | { kind: 'right_ended' }
  | { kind: 'camera_removed' }
  | { kind: 'covered' }
  | { kind: 'session_over' }
  /** The server said no, with its reason. */
  | { kind: 'refused'; zh: string; en: string }
  /** The browser cannot decode this stream. */
  | { kind: 'undecodable'; codec: string }
  /** This computer, or its line, cannot take in what arrives. */
  | { kind: 'overloaded' }
  /** Frames arrive and none becomes a picture. */
  | { kind: 'decoder' }
  /** Recording was stopped by an act: there is no stream. */
  | { kind: 'off' };

export type TileState =
  | { kind: 'waiting'; forMs: number }
  /** thinned: pictures are left out because this computer cannot keep up; what is shown is in time. */
  | { kind: 'live'; ageMs: number | null; thinned: boolean }
  | { kind: 'stale'; ageMs: number }
  /** Frames arrive in time, and all show the same picture. */
  | { kind: 'frozen'; forMs: number }
  /** lastFrameAt: of the picture that is still shown; receivedAt: of the newest that was recorded, when this window has shown none. */
  | { kind: 'lost'; cause: LostCause; lastFrameAt: number | null; receivedAt: number | null; forMs: number };

export interface TileFacts {
  watchedSince: number;
  connected: boolean;
  /** Arrival, at the recorder, of the newest frame that stands on the screen. */
  drawnArrivedAt: number | null;
  /** When the newest access unit reached this window. */
  unitReceivedAt: number | null;
  /** Pictures are being left out to keep up. */
  thinned: boolean;
  /** Measured delay arrival → screen, median of the last frames; null before it is known. */
  ageMs: number | null;
  /** For how long the pictures that came were all the same one; null: they change. */
  unchangedMs: number | null;
  /** From then on it is said (a parameter). */
  frozenAfterMs: number;
  /** Older than this the picture is not live: what a reader would notice, or what the room allows when that is less. */
  staleAfterMs: number;
  ended: 'right_ended' | 'camera_removed' | 'session_over' | 'covered' | 'recorder_away' | null;
  refusal: { zh: string; en: string } | null;
  undecodableCodec: string | null;
  camera: { state: CameraState; since: number | null; reason: GapReason | null; lastFrameAt: number | null };
}

const causeOf = (facts: TileFacts, now: number): LostCause => {
  if (facts.refusal !== null) return { kind: 'refused', ...facts.refusal };
  if (facts.ended !== null) return { kind: facts.ended };
  if (!facts.connected) return { kind: 'connection' };
  if (facts.undecodableCodec !== null) return { kind: 'undecodable', codec: facts.undecodableCodec };
  // As long as something comes in, neither the camera nor the recorder is to blame.
  if (facts.unitReceivedAt !== null && now - facts.unitReceivedAt < staleAfterMs) return { kind: facts.thinned ? 'overloaded' : 'decoder' };
  if (facts.camera.state === 'off') return { kind: 'off' };
  if (facts.camera.reason !== null) return { kind: 'reason', reason: facts.camera.reason };
  return { kind: 'camera' };
};

export const tileState = (facts: TileFacts, now: number): TileState => {
  const { drawnArrivedAt: drawn } = facts;
  const pictureAgeMs = drawn === null ? null : Math.max(0, now - drawn);
  const over = facts.ended !== null || facts.refusal !== null;
  if (pictureAgeMs !== null && !over) {
    // Between the groups of a thinned stream the picture stands still, and that is said; it is not the camera that stalls.
    const incoming = facts.unitReceivedAt !== null && now - facts.unitReceivedAt < staleAfterMs;
    if (pictureAgeMs < (facts.thinned && incoming ? lostAfterMs : facts.staleAfterMs)) {
      return facts.unchangedMs !== null && facts.unchangedMs >= facts.frozenAfterMs ? { kind: 'frozen', forMs: facts.unchangedMs } : { kind: 'live', ageMs: facts.ageMs, thinned: facts.thinned };
    }
    // The recorder's own word ends the waiting early: no use in five seconds of "stale" when the camera is known to be gone.
    const known = facts.camera.state === 'lost' || facts.camera.state === 'off';
    if (pictureAgeMs < lostAfterMs && !known) return { kind: 'stale', ageMs: pictureAgeMs };
  }
  const hopeless = over || facts.undecodableCodec !== null || facts.camera.state === 'lost' || facts.camera.state === 'off';
  const waitedMs = Math.max(0, now - facts.watchedSince);
  if (drawn === null && !hopeless && waitedMs < lostAfterMs) return { kind: 'waiting', forMs: waitedMs };
  const since = drawn ?? facts.camera.since ?? facts.watchedSince;
  const receivedAt = drawn === null ? facts.camera.lastFrameAt : null;
  return { kind: 'lost', cause: causeOf(facts, now), lastFrameAt: drawn, receivedAt, forMs: Math.max(0, now - since) };
};

/** Median of the delays of the last seconds: one late frame does not make the figure jump, a real slowing shows at once. */
export class DelayWindow {
  #entries: { delayMs: number; atMs: number }[] = [];
  readonly #spanMs: number;
  constructor(spanMs = 2_000) {
    this.#spanMs = spanMs;
  }
  /** atMs: any steady clock, the same as for `median`. */
  add(delayMs: number, atMs: number): void {
    this.#entries.push({ delayMs, atMs });
    if (this.#entries.length > 200) this.#entries.shift();
  }
  clear(): void {
    this.#entries = [];
  }
  /** Of a stream that is shown too seldom for a median, the last one. */
  median(nowMs: number): number | null {
    const last = this.#entries.at(-1);
    if (last === undefined) return null;
    this.#entries = this.#entries.filter(({ atMs }) => nowMs - atMs <= this.#spanMs);
    if (this.#entries.length === 0) this.#entries = [last];
    const sorted = this.#entries.map(({ delayMs }) => delayMs).toSorted((a, b) => a - b);
    // A clock offset that is off by a millisecond may give a small negative delay; time does not run backwards for the reader.
    return Math.max(0, sorted[Math.floor(sorted.length / 2)] ?? 0);
  }
}
