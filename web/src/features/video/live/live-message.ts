/** Binary messages of the live socket as contract/live.ts and contract/recorder.ts frame them. What is cut short or unknown is refused, not guessed. */
import { z } from 'zod';
import { liveChannelBytes } from '../../../../../contract/live.ts';
import { CameraState, liveFlag, liveType, type LiveConfig } from '../../../../../contract/recorder.ts';

export interface AccessUnit {
  key: boolean;
  /** From the recorder's cached group: older than now, sent for the first picture. */
  cached: boolean;
  /** UTC ms on the recorder's clock. */
  mediaAt: number;
  arrivedAt: number;
  /** AVCC: NAL units with four-byte lengths. */
  data: Uint8Array<ArrayBuffer>;
}
export type LiveMessage =
  | { type: 'config'; channel: number; config: LiveConfig }
  | { type: 'unit'; channel: number; unit: AccessUnit }
  | { type: 'state'; channel: number; state: CameraState; since: number; detail: string };

const Config = z.object({ codec: z.string().min(1), width: z.number(), height: z.number(), avcC: z.string().min(1) });
const State = z.object({ state: CameraState, since: z.number(), detail: z.string() });
const unitHeaderBytes = 1 + 8 + 8; // flags, mediaAt, arrivedAt
const text = new TextDecoder('utf-8', { fatal: true });

const json = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(text.decode(bytes)) as unknown;
  } catch {
    return null;
  }
};

export const parseLiveMessage = (buffer: ArrayBuffer): LiveMessage | null => {
  if (buffer.byteLength < liveChannelBytes) return null;
  const view = new DataView(buffer);
  const type = view.getUint8(0);
  const channel = view.getUint16(1);
  const rest = new Uint8Array(buffer, liveChannelBytes);
  if (type === liveType.config) {
    const config = Config.safeParse(json(rest));
    return config.success ? { type: 'config', channel, config: config.data } : null;
  }
  if (type === liveType.state) {
    const state = State.safeParse(json(rest));
    return state.success ? { type: 'state', channel, ...state.data } : null;
  }
  if (type !== liveType.accessUnit || rest.byteLength <= unitHeaderBytes) return null;
  const flags = view.getUint8(liveChannelBytes);
  const mediaAt = view.getFloat64(liveChannelBytes + 1);
  const arrivedAt = view.getFloat64(liveChannelBytes + 9);
  if (!Number.isFinite(mediaAt) || !Number.isFinite(arrivedAt)) return null;
  const data = rest.subarray(unitHeaderBytes);
  return { type: 'unit', channel, unit: { key: (flags & liveFlag.key) !== 0, cached: (flags & liveFlag.cached) !== 0, mediaAt, arrivedAt, data } };
};
