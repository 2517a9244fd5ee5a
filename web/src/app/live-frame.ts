/** One binary message of /api/live taken apart (contract/live.ts, framing at the end of contract/recorder.ts). */
import { liveChannelBytes } from '../../../contract/live.ts';
import { CameraState, liveAccessUnitHeaderBytes, liveFlag, liveType } from '../../../contract/recorder.ts';
import type { LiveConfig } from '../../../contract/recorder.ts';

export interface LiveAccessUnit {
  key: boolean;
  /** From the recorder's cached group of pictures: older than now, to be shown only if nothing newer is there. */
  cached: boolean;
  /** UTC ms on the recorder's clock. */
  mediaAt: number;
  arrivedAt: number;
  /** AVCC; a view into the message, valid as long as it is held. */
  data: Uint8Array<ArrayBuffer>;
}
export interface LiveState {
  state: CameraState;
  since: number;
  detail: string;
}
export type LiveFrame =
  | { kind: 'config'; channel: number; config: LiveConfig }
  | { kind: 'accessUnit'; channel: number; unit: LiveAccessUnit }
  | { kind: 'state'; channel: number; state: LiveState };

const text = (message: ArrayBuffer): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(new Uint8Array(message, liveChannelBytes))) as unknown;
  } catch {
    return null;
  }
};
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const configOf = (value: unknown): LiveConfig | null =>
  isObject(value) && typeof value['codec'] === 'string' && typeof value['decoderConfig'] === 'string' && typeof value['width'] === 'number' && typeof value['height'] === 'number'
    ? { codec: value['codec'], decoderConfig: value['decoderConfig'], width: value['width'], height: value['height'] }
    : null;

const stateOf = (value: unknown): LiveState | null => {
  if (!isObject(value) || typeof value['since'] !== 'number') return null;
  const state = CameraState.safeParse(value['state']);
  return state.success ? { state: state.data, since: value['since'], detail: typeof value['detail'] === 'string' ? value['detail'] : '' } : null;
};

/** Null for what this window does not know or cannot read: a newer server may send more types. */
export const readLiveFrame = (message: ArrayBuffer): LiveFrame | null => {
  if (message.byteLength < liveChannelBytes) return null;
  const view = new DataView(message);
  const type = view.getUint8(0);
  const channel = view.getUint16(1);
  if (type === liveType.accessUnit) {
    const headerBytes = liveAccessUnitHeaderBytes + liveChannelBytes - 1; // the type byte is counted in both
    if (message.byteLength <= headerBytes) return null;
    const flags = view.getUint8(3);
    if (!Number.isFinite(view.getFloat64(4)) || !Number.isFinite(view.getFloat64(12))) return null;
    return {
      kind: 'accessUnit',
      channel,
      unit: {
        key: (flags & liveFlag.key) !== 0,
        cached: (flags & liveFlag.cached) !== 0,
        mediaAt: view.getFloat64(4),
        arrivedAt: view.getFloat64(12),
        data: new Uint8Array(message, headerBytes),
      },
    };
  }
  if (type === liveType.config) {
    const config = configOf(text(message));
    return config === null ? null : { kind: 'config', channel, config };
  }
  if (type === liveType.state) {
    const state = stateOf(text(message));
    return state === null ? null : { kind: 'state', channel, state };
  }
  return null;
};
