import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liveFlag, liveType } from '../../../contract/recorder.ts';
import { readLiveFrame } from './live-frame.ts';

const message = (type: number, channel: number, rest: Uint8Array): ArrayBuffer => {
  const bytes = new Uint8Array(3 + rest.length);
  new DataView(bytes.buffer).setUint8(0, type);
  new DataView(bytes.buffer).setUint16(1, channel);
  bytes.set(rest, 3);
  return bytes.buffer;
};
const unit = (flags: number, mediaAt: number, arrivedAt: number, data: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(17 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, flags);
  view.setFloat64(1, mediaAt);
  view.setFloat64(9, arrivedAt);
  bytes.set(data, 17);
  return bytes;
};
const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('live frame', () => {
  it('reads an access unit with its two times and flags', () => {
    const frame = readLiveFrame(message(liveType.accessUnit, 513, unit(liveFlag.key | liveFlag.cached, 1_700_000_000_123.5, 1_700_000_000_140, [1, 2, 3])));
    expect(frame).toEqual({
      kind: 'accessUnit',
      channel: 513,
      unit: { key: true, cached: true, mediaAt: 1_700_000_000_123.5, arrivedAt: 1_700_000_000_140, data: new Uint8Array([1, 2, 3]) },
    });
  });

  it('reads configuration and state', () => {
    const config = { codec: 'avc1.640028', width: 1920, height: 1080, decoderConfig: 'AWQAKA==' };
    expect(readLiveFrame(message(liveType.config, 1, json(config)))).toEqual({ kind: 'config', channel: 1, config });
    const state = { state: 'lost', since: 1_700_000_000_000, detail: 'no route' };
    expect(readLiveFrame(message(liveType.state, 2, json(state)))).toEqual({ kind: 'state', channel: 2, state });
  });

  it('refuses what is cut short, unknown or not a number', () => {
    expect(readLiveFrame(new ArrayBuffer(2))).toBeNull();
    expect(readLiveFrame(message(9, 1, json({})))).toBeNull();
    expect(readLiveFrame(message(liveType.accessUnit, 1, new Uint8Array(17)))).toBeNull();
    expect(readLiveFrame(message(liveType.accessUnit, 1, unit(0, NaN, 1, [1])))).toBeNull();
    expect(readLiveFrame(message(liveType.config, 1, json({ codec: 'avc1.640028' })))).toBeNull();
    expect(readLiveFrame(message(liveType.state, 1, json({ state: 'asleep', since: 1 })))).toBeNull();
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        readLiveFrame(Uint8Array.from(bytes).buffer);
      }),
      { numRuns: 2_000 },
    );
  });
});
