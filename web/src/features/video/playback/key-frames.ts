/** Fast playback shows key frames alone: each is cut out of its fragment and stands until the next one, so that 16× costs less than 1×. */
import { FragmentHead, parseFragmentHead, trackTimescale } from '../../../../../formats/fmp4/index.ts';
import type { FootageSegment } from './footage-map.ts';
import type { FootageSource } from './footage-source.ts';
import type { KeySpan } from './fragment-scheduler.ts';

/** From this speed on nobody sees single frames any more, and decoding all of them is what no office computer can do. */
export const keysOnlyFromSpeed = 8;

/** A fragment of the first sample alone, lasting `lastsMs`; a number when so many bytes from its start are needed; null when it is none of ours. */
export const keyFragment = (bytes: Uint8Array, lastsMs: number): Uint8Array<ArrayBuffer> | number | null => {
  const head = parseFragmentHead(bytes);
  const first = head?.samples[0];
  if (head === null || first === undefined || !first.key) return null;
  const needed = head.headBytes + first.size;
  if (bytes.length < needed) return needed;
  const durationTicks = Math.max(1, Math.round((lastsMs * trackTimescale) / 1_000));
  const made = new FragmentHead().build({ sequence: head.sequence, decodeTicks: head.decodeTicks, at: head.at ?? 0, samples: [{ ...first, durationTicks }] });
  const out = new Uint8Array(made.length + first.size);
  out.set(made);
  out.set(bytes.subarray(head.headBytes, needed), made.length);
  return out;
};

const firstGuessBytes = 96_000;

/** Reads as much of each fragment as its key frame probably needs, by what the last ones needed; the rest only when that was too little. */
export class KeyReader {
  readonly #source: Pick<FootageSource, 'read'>;
  #guessBytes = firstGuessBytes;
  constructor(source: Pick<FootageSource, 'read'>) {
    this.#source = source;
  }
  /** null: that fragment cannot be cut; it is left out. */
  async read(segment: FootageSegment, key: KeySpan, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null> {
    const lastsMs = key.untilMs - key.fromMs;
    const end = Math.min(key.end, key.start + this.#guessBytes);
    const bytes = await this.#source.read(segment, key.start, end, signal);
    const cut = keyFragment(bytes, lastsMs);
    if (cut instanceof Uint8Array) {
      this.#guessBytes = Math.max(8_000, Math.round(this.#guessBytes * 0.75 + cut.length * 1.3 * 0.25));
      return cut;
    }
    if (end === key.end) return null;
    // Too little of it: its head tells how much is needed, or not even the head was whole.
    const needed = cut === null ? key.end : Math.min(key.end, key.start + cut);
    this.#guessBytes = Math.round((needed - key.start) * 1.2);
    const rest = await this.#source.read(segment, end, needed, signal);
    const whole = new Uint8Array(bytes.length + rest.length);
    whole.set(bytes);
    whole.set(rest, bytes.length);
    const again = keyFragment(whole, lastsMs);
    return again instanceof Uint8Array ? again : null;
  }
}
