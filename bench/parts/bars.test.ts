import { describe, expect, test } from 'vitest';
import { judge, missingFigures } from './bars.ts';

describe('the gate', () => {
  test('recording may cost a quarter of one ffmpeg for each camera, no more', () => {
    const line = { bench: 'ingest', figure: 'cpu_seconds_per_camera_minute', cameras: 8, pattern: 'burst', ours: 0.1, theirs: 0.4 };
    expect(judge({ ...line, ratio: 0.25 })?.met).toBe(true);
    expect(judge({ ...line, ratio: 0.251 })?.met).toBe(false);
    expect(judge({ ...line, ratio: null })?.met).toBe(false);
  });

  test('and 1.8 times a C reader that hashes too', () => {
    const line = { bench: 'ingest', figure: 'cpu_seconds_per_camera_minute', peer: 'C reader that hashes', cameras: 8, pattern: 'burst', ours: 0.09, theirs: 0.05 };
    expect(judge({ ...line, ratio: 1.8 })?.met).toBe(true);
    expect(judge({ ...line, ratio: 1.81 })?.met).toBe(false);
  });

  test('memory grows by 1.5 MB a camera over 70 MB', () => {
    const line = { bench: 'ingest', figure: 'memory_pss_mb', pattern: 'burst' };
    expect(judge({ ...line, cameras: 32, ours: 118 })?.met).toBe(true);
    expect(judge({ ...line, cameras: 8, ours: 82.1 })?.met).toBe(false);
  });

  test('a thousand durable acts a second, a million facts in fifteen seconds', () => {
    expect(judge({ bench: 'ledger', figure: 'acts_per_second', connections: 4, ours: 999 })?.met).toBe(false);
    expect(judge({ bench: 'ledger', figure: 'acts_per_second', connections: 1, ours: 500 })).toBeNull();
    expect(judge({ bench: 'ledger', figure: 'verify_million_seconds', ours: 15.1 })?.met).toBe(false);
  });

  test('what a bench has judged itself is believed, what has no bar is not judged', () => {
    expect(judge({ bench: 'room', figure: 'memory_pss_mb', ours: 351, atMost: 350, met: false })).toEqual({ met: false, words: 'memory_pss_mb 351 > 350' });
    expect(judge({ bench: 'room', figure: 'start_cold_ms', ours: 1_600 })).toBeNull();
  });

  test('a figure that never came is missed', () => {
    expect(missingFigures('fuzz', [{ bench: 'fuzz', figure: 'inputs', ours: 1 }], false)).toEqual(['crashes']);
    expect(missingFigures('ledger', [{ bench: 'ledger', figure: 'acts_per_second', ours: 1 }], true)).toEqual([]);
  });
});
