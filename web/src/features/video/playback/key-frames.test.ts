import { describe, expect, it } from 'vitest';
import { FragmentHead, parseFragmentHead, trackTimescale } from '../../../../../formats/fmp4/index.ts';
import { KeyReader, keyFragment } from './key-frames.ts';

const keySize = 5_000;
/** A second of footage: one key frame, then 24 that need it. */
const fragment = (key = true): Uint8Array<ArrayBuffer> => {
  const samples = Array.from({ length: 25 }, (_, n) => ({ size: n === 0 ? keySize : 400, durationTicks: 3_600, key: key && n === 0, compositionTicks: 0 }));
  const head = new FragmentHead().build({ sequence: 7, decodeTicks: 180_000, at: 1_800_000_002_000, samples });
  const out = new Uint8Array(head.length + keySize + 24 * 400).fill(9);
  out.set(head);
  out.fill(1, head.length, head.length + keySize);
  return out;
};
const segment = { segmentId: 'seg_1', runId: 'run_a', from: 0, until: 60_000, sizeBytes: 1_000_000, codec: 'avc1.640028', recovered: false };

describe('key frames alone', () => {
  it('the key frame stands until the next one, at its own time', () => {
    const made = keyFragment(fragment(), 2_000);
    if (!(made instanceof Uint8Array)) throw new Error('not cut');
    const head = parseFragmentHead(made);
    expect(head).toMatchObject({ sequence: 7, decodeTicks: 180_000, durationTicks: 2 * trackTimescale, bodyBytes: keySize });
    expect(head?.samples).toHaveLength(1);
    expect(new Set(made.subarray(head?.headBytes))).toEqual(new Set([1]));
  });
  it('too few bytes tell how many are needed; what is no key fragment is left alone', () => {
    const whole = fragment();
    const needed = keyFragment(whole.subarray(0, 2_000), 2_000);
    if (typeof needed !== 'number') throw new Error('no number');
    expect(keyFragment(whole.subarray(0, needed), 2_000)).toBeInstanceOf(Uint8Array);
    expect(keyFragment(whole.subarray(0, needed - 1), 2_000)).toBe(needed);
    expect(keyFragment(fragment(false), 2_000)).toBeNull();
    expect(keyFragment(new Uint8Array(50), 2_000)).toBeNull();
  });
  it('reads no more of a fragment than its key frame needs, and learns how much that is', async () => {
    const file = fragment();
    const asked: number[] = [];
    const reader = new KeyReader({
      read: (_, start, end) => {
        asked.push(end - start);
        return Promise.resolve(file.slice(start, end));
      },
    });
    const key = { n: 0, start: 0, end: file.length, fromMs: 0, untilMs: 2_000 };
    const { signal } = new AbortController();
    for (let n = 0; n < 30; n += 1) expect(await reader.read(segment, key, signal)).toBeInstanceOf(Uint8Array);
    expect(asked[0]).toBe(file.length);
    expect(asked.at(-1)).toBeLessThan(keySize * 1.8);
  });
});
