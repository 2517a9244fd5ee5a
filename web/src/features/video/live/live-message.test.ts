import { describe, expect, it } from 'vitest';
import { liveFlag, liveType } from '../../../../../contract/recorder.ts';
import { parseLiveMessage } from './live-message.ts';

const message = (type: number, channel: number, rest: Uint8Array): ArrayBuffer => {
  const bytes = new Uint8Array(3 + rest.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, type);
  view.setUint16(1, channel);
  bytes.set(rest, 3);
  return bytes.buffer;
};
const unit = (flags: number, mediaAt: number, arrivedAt: number, payload: number[]): Uint8Array => {
  const bytes = new Uint8Array(17 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, flags);
  view.setFloat64(1, mediaAt);
  view.setFloat64(9, arrivedAt);
  bytes.set(payload, 17);
  return bytes;
};
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('live message', () => {
  it('an access unit keeps its times to the fraction, its flags and its bytes', () => {
    const parsed = parseLiveMessage(message(liveType.accessUnit, 513, unit(liveFlag.key | liveFlag.cached, 1_800_000_000_000.25, 1_800_000_000_007.5, [0, 0, 0, 2, 0x65, 0x88])));
    expect(parsed).toEqual({
      type: 'unit', channel: 513,
      unit: { key: true, cached: true, mediaAt: 1_800_000_000_000.25, arrivedAt: 1_800_000_000_007.5, data: new Uint8Array([0, 0, 0, 2, 0x65, 0x88]) },
    });
  });
  it('a config and a state are read, in any language', () => {
    expect(parseLiveMessage(message(liveType.config, 1, json({ codec: 'avc1.640028', width: 1280, height: 720, avcC: 'AWQAKA==' })))).toEqual({
      type: 'config', channel: 1, config: { codec: 'avc1.640028', width: 1280, height: 720, avcC: 'AWQAKA==' },
    });
    expect(parseLiveMessage(message(liveType.state, 1, json({ state: 'lost', since: 5, detail: '网络中断' })))).toEqual({ type: 'state', channel: 1, state: 'lost', since: 5, detail: '网络中断' });
  });
  it('every truncation of a message is refused or still whole, and never throws', () => {
    for (const whole of [message(liveType.accessUnit, 2, unit(1, 1, 2, [9, 9])), message(liveType.state, 2, json({ state: 'lost', since: 5, detail: '' })), message(liveType.config, 2, json({ codec: 'a', width: 1, height: 1, avcC: 'A' }))]) {
      for (let length = 0; length < whole.byteLength - 2; length += 1) expect(parseLiveMessage(whole.slice(0, length))).toBeNull();
      expect(parseLiveMessage(whole)).not.toBeNull();
    }
  });
  it('unknown types, times that are no numbers and states that do not exist are refused', () => {
    expect(parseLiveMessage(message(9, 1, new Uint8Array(40)))).toBeNull();
    expect(parseLiveMessage(message(liveType.accessUnit, 1, unit(1, Number.NaN, 2, [1])))).toBeNull();
    expect(parseLiveMessage(message(liveType.state, 1, json({ state: 'fine', since: 5, detail: '' })))).toBeNull();
    expect(parseLiveMessage(message(liveType.config, 1, new Uint8Array([0xff, 0xfe])))).toBeNull();
  });
});
