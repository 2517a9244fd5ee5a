import { describe, expect, it } from 'vitest';
import { parseFragmentHead, parseInit } from '../../../../../formats/fmp4/index.ts';
import { UnitMuxer } from './unit-muxer.ts';

const data = new Uint8Array([0, 0, 0, 2, 0x65, 0x88]);
const at = 1_800_000_000_000;
const starts = (times: readonly number[]): number[] => {
  const muxer = new UnitMuxer();
  return times.map((mediaAt) => muxer.unit({ mediaAt, key: false, data }).startSeconds);
};

describe('unit muxer', () => {
  it('the head names the track as the camera describes it', () => {
    const decoderConfig = new Uint8Array([1, 0x64, 0, 0x28, 0xff, 0xe0, 0]);
    expect(parseInit(new UnitMuxer().init({ width: 1280, height: 720, entry: 'avc1', decoderConfig }))?.track).toEqual({ width: 1280, height: 720, entry: 'avc1', decoderConfig });
  });
  it('each unit is a whole fragment with its bytes unchanged', () => {
    const { bytes } = new UnitMuxer().unit({ mediaAt: at, key: true, data });
    const head = parseFragmentHead(bytes);
    expect(head?.samples).toMatchObject([{ size: data.length, key: true }]);
    expect([...bytes.subarray(head!.headBytes)]).toEqual([...data]);
  });
  it('media time becomes player time, and frames last as long as their distance', () => {
    const muxer = new UnitMuxer();
    muxer.unit({ mediaAt: at, key: true, data });
    const second = muxer.unit({ mediaAt: at + 66, key: false, data });
    expect(second.startSeconds).toBeCloseTo(0.066, 4);
    expect(second.frameSeconds).toBeCloseTo(0.066, 4);
  });
  it('a short outage leaves its hole in the timeline', () => {
    expect(starts([at, at + 40, at + 4_000]).at(-1)).toBeCloseTo(4, 4);
  });
  it('a clock that steps by hours goes on at the next frame, forwards and backwards', () => {
    expect(starts([at, at + 40, at + 3_600_000, at + 3_600_040])).toEqual([0, 0.04, 0.08, 0.12]);
    expect(starts([at, at + 40, at - 3_600_000, at - 3_599_960])).toEqual([0, 0.04, 0.08, 0.12]);
  });
  it('the cached group sent again after a reconnect stands where it stood', () => {
    expect(starts([at, at + 2_000, at + 1_000])).toEqual([0, 2, 1]);
  });
});
