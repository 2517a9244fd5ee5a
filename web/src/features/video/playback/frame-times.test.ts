import { describe, expect, it } from 'vitest';
import { FrameTimes } from './frame-times.ts';

const sample = (durationTicks: number, compositionTicks = 0) => ({ size: 1, key: false, durationTicks, compositionTicks });

describe('frame times', () => {
  it('one step is one frame, on and back, across fragments', () => {
    const frames = new FrameTimes();
    frames.add('b', 1_000_120, { samples: [sample(3_600), sample(3_600)] });
    frames.add('a', 1_000_000, { samples: [sample(3_600), sample(3_600), sample(3_600)] });
    expect(frames.next(1_000_080)).toBe(1_000_120);
    expect(frames.previous(1_000_120)).toBe(1_000_080);
    expect(frames.next(1_000_000)).toBe(1_000_040);
    expect(frames.previous(1_000_000)).toBeNull();
    expect(frames.next(1_000_160)).toBeNull();
  });
  it('uneven frames keep their own distance', () => {
    const frames = new FrameTimes();
    frames.add('a', 0, { samples: [sample(9_000), sample(900), sample(9_000)] });
    expect(frames.next(0)).toBe(100);
    expect(frames.next(100)).toBe(110);
  });
  it('frames that are shown in another order than they are decoded are stepped as they are shown', () => {
    const frames = new FrameTimes();
    frames.add('a', 0, { samples: [sample(3_600, 3_600), sample(3_600, 7_200), sample(3_600, 0)] });
    expect([frames.next(0), frames.next(40), frames.next(80)]).toEqual([40, 80, 120]);
  });
  it('the far side of a gap is not the next frame', () => {
    const frames = new FrameTimes();
    frames.add('a', 0, { samples: [sample(3_600)] });
    frames.add('b', 60_000, { samples: [sample(3_600)] });
    expect(frames.next(0)).toBeNull();
  });
  it('what is far from the playhead is forgotten', () => {
    const frames = new FrameTimes();
    frames.add('a', 0, { samples: [sample(3_600), sample(3_600)] });
    frames.keepAround(500_000, 60_000);
    expect(frames.next(0)).toBeNull();
  });
});
