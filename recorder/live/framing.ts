/** Bytes of the live stream, as contract/recorder.ts says: u32be length, then type and body. */
import { liveAccessUnitHeaderBytes, liveFlag, liveType } from '../../contract/recorder.ts';
import type { CameraState, LiveConfig } from '../../contract/recorder.ts';

const lengthBytes = 4;

const jsonFrame = (type: number, value: object): Buffer => {
  const json = Buffer.from(JSON.stringify(value));
  const frame = Buffer.allocUnsafe(lengthBytes + 1 + json.length);
  frame.writeUInt32BE(1 + json.length, 0);
  frame.writeUInt8(type, lengthBytes);
  json.copy(frame, lengthBytes + 1);
  return frame;
};

export const configFrame = (config: LiveConfig): Buffer => jsonFrame(liveType.config, config);
export const stateFrame = (state: { state: CameraState; since: number; detail: string }): Buffer => jsonFrame(liveType.state, state);

export interface UnitToSend {
  key: boolean;
  cached: boolean;
  mediaAt: number;
  arrivedAt: number;
  /** AVCC; copied, since the receive buffer goes round. */
  bytes: Uint8Array;
}

export const unitFrame = (unit: UnitToSend): Buffer => {
  const frame = Buffer.allocUnsafe(lengthBytes + liveAccessUnitHeaderBytes + unit.bytes.length);
  frame.writeUInt32BE(liveAccessUnitHeaderBytes + unit.bytes.length, 0);
  frame.writeUInt8(liveType.accessUnit, 4);
  frame.writeUInt8((unit.key ? liveFlag.key : 0) | (unit.cached ? liveFlag.cached : 0), 5);
  frame.writeDoubleBE(unit.mediaAt, 6);
  frame.writeDoubleBE(unit.arrivedAt, 14);
  frame.set(unit.bytes, 22);
  return frame;
};
