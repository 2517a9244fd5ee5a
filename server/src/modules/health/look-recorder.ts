/** What the recorder's own report says of itself, its storages and its cameras. Pure. */
import { basename } from 'node:path';
import type { CameraStatus, RecorderStatus } from '../../../../contract/recorder.ts';
import type { Instant } from '../../base/clock.ts';
import { gibibyte, secondMs } from '../../base/units.ts';
import { usualOf, type Device, type Reading, type State } from './device.ts';
import { inOrder, lastedWords, notTold, offsetWords } from './words.ts';

export interface StreamLimits {
  offlineMs: number;
  clockOffsetMs: number;
  frameShare: number;
  bitShare: number;
  minFreePercent: number;
}

export interface KnownCamera {
  cameraId: string;
  camera: string;
  record: boolean;
}

/** A stream that has just begun has no rate yet. */
const settledAfterMs = 20 * secondMs;
const megabits = (bits: number): number => Math.round(bits / 100_000) / 10;

type UsualOf = (deviceId: string, check: State['check']) => number | null;

const ofCamera = (known: KnownCamera, status: CameraStatus | undefined, { limits, now, seenAt, usual }: { limits: StreamLimits; now: Instant; seenAt: Instant; usual: UsualOf }): Reading[] => {
  const device: Device = { deviceId: known.cameraId, kind: 'camera', name: known.camera };
  const away = notTold('录像服务没有这台摄像机的消息', 'the recorder says nothing about this camera');
  if (!known.record) return [{ device, check: 'offline', seen: 'unknown', value: null, words: notTold('没有启用录像', 'it is not set to record') }];
  if (status === undefined) return [{ device, check: 'offline', seen: 'unknown', value: null, words: away }];
  // By the recorder's own clock: this machine's may be another one's.
  const silentMs = status.state === 'recording' ? seenAt - (status.lastFrameAt ?? status.since) : seenAt - status.since;
  const isOff = status.state !== 'recording' || silentMs > limits.offlineMs;
  if (isOff && silentMs < limits.offlineMs) return [];
  if (isOff) {
    const lasted = lastedWords(silentMs);
    return [{ device, check: 'offline', seen: 'bad', value: silentMs / secondMs, since: now - silentMs, words: { zh: `离线 ${lasted.zh}，没有画面`, en: `offline for ${lasted.en}, no picture` } }];
  }
  const readings: Reading[] = [{ device, check: 'offline', seen: 'good', value: null, words: inOrder }];
  if (status.cameraClockOffsetMs !== null) {
    const wrong = Math.abs(status.cameraClockOffsetMs) > limits.clockOffsetMs;
    const off = offsetWords(status.cameraClockOffsetMs);
    readings.push({ device, check: 'clock', seen: wrong ? 'bad' : 'good', value: status.cameraClockOffsetMs / secondMs, words: wrong ? { zh: `摄像机时间${off.zh}`, en: `camera clock ${off.en}` } : off });
  }
  if (seenAt - status.since < settledAfterMs) return readings;
  const rate = (check: 'frame_rate' | 'bit_rate', value: number, share: number, zh: string, en: string): Reading => {
    const normal = usual(device.deviceId, check);
    const collapsed = normal !== null && value < normal * share;
    return { device, check, seen: collapsed ? 'bad' : 'good', value, usual: collapsed ? normal : usualOf(normal, value), words: { zh, en }, confirmations: 2 };
  };
  const frames = Math.round(status.framesPerSecond * 10) / 10;
  readings.push(
    rate('frame_rate', status.framesPerSecond, limits.frameShare, `每秒 ${frames} 帧`, `${frames} frames a second`),
    rate('bit_rate', status.bitsPerSecond, limits.bitShare, `码率 ${megabits(status.bitsPerSecond)} Mbit/s`, `${megabits(status.bitsPerSecond)} Mbit/s`),
  );
  return readings;
};

const ofStorages = (status: RecorderStatus, minFreePercent: number): Reading[] =>
  status.storages.flatMap(({ storageId, path, usable, freeBytes, totalBytes }, index): Reading[] => {
    const device: Device = { deviceId: storageId, kind: 'storage', name: `录像存储 ${index + 1}（${basename(path).slice(0, 60)}）` };
    const works: Reading = { device, check: 'usable', seen: usable ? 'good' : 'bad', value: null, words: usable ? inOrder : { zh: '存储不能使用', en: 'the storage cannot be used' } };
    if (!usable || totalBytes === 0) return [works];
    const free = (freeBytes / totalBytes) * 100;
    const words = { zh: `剩余 ${Math.floor(freeBytes / gibibyte)} GB（${Math.floor(free)}%）`, en: `${Math.floor(freeBytes / gibibyte)} GB free (${Math.floor(free)} %)` };
    return [works, { device, check: 'space', seen: free < minFreePercent ? 'bad' : 'good', value: Math.floor(free), words }];
  });

/** `awaySince`: the recorder has not answered since then. */
export const readRecorder = (
  { status, awaySince, recorderId, cameras }: { status: RecorderStatus | null; awaySince: Instant | null; recorderId: string; cameras: readonly KnownCamera[] },
  rules: { limits: StreamLimits; now: Instant; usual: UsualOf },
): Reading[] => {
  const { limits, now } = rules;
  const recorder: Device = { deviceId: recorderId, kind: 'recorder', name: '录像服务' };
  if (status === null) {
    const silentMs = now - (awaySince ?? now);
    const dead = silentMs >= limits.offlineMs;
    const lasted = lastedWords(silentMs);
    const self: Reading = { device: recorder, check: 'offline', seen: dead ? 'bad' : 'unknown', value: silentMs / secondMs, ...(dead ? { since: now - silentMs } : {}), words: dead ? { zh: `录像服务 ${lasted.zh}没有应答`, en: `the recorder has not answered for ${lasted.en}` } : notTold('录像服务没有应答', 'the recorder does not answer') };
    return [self, ...cameras.map((known): Reading => ({ device: { deviceId: known.cameraId, kind: 'camera', name: known.camera }, check: 'offline', seen: 'unknown', value: null, words: notTold('录像服务没有应答', 'the recorder does not answer') }))];
  }
  const byId = new Map(status.cameras.map((one) => [one.cameraId, one]));
  return [{ device: recorder, check: 'offline', seen: 'good', value: null, words: inOrder }, ...ofStorages(status, limits.minFreePercent), ...cameras.flatMap((known) => ofCamera(known, byId.get(known.cameraId), { ...rules, seenAt: status.now }))];
};
