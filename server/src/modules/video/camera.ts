/** A camera as the room knows it: pure rules of its address, number and retention. */
import { isIP } from 'node:net';
import type { CameraId } from '../../base/ids.ts';
import type { Instant } from '../../base/clock.ts';
import { refuse } from './errors.ts';

export interface Camera {
  cameraId: CameraId;
  siteId: string;
  roomId: string;
  number: number;
  name: string;
  /** The address as people see it (shown-address.ts). */
  shownUrl: string;
  /** The whole address, sealed; null only in a row from before that the start has not sealed yet. */
  addressSealed: Buffer | null;
  username: string | null;
  passwordSealed: Buffer | null;
  record: boolean;
  retentionDays: number;
  retentionFloorDays: number;
  allowLocal: boolean;
  transport: 'tcp' | 'udp';
  /** SHA-256 of the certificate it must show; null: one that this machine trusts. */
  tlsFingerprint: string | null;
  addedAt: Instant;
  rowVersion: number;
}

export interface CameraAddress {
  url: string;
  username: string | null;
  password: string | null;
}

/** How pictures come from a camera. Absent: as it was. */
export interface HowItComes {
  transport?: 'tcp' | 'udp' | undefined;
  tlsFingerprint?: string | null | undefined;
}

/** As the recorder compares it: 64 small digits. */
export const fingerprintOf = (typed: string): string => typed.replace(/[^0-9a-f]/gi, '').toLowerCase();

/** What people call it, in facts and logs: "07 行包房". */
export const cameraLabel = (camera: { number: number; name: string }): string => `${String(camera.number).padStart(2, '0')} ${camera.name}`;

/** Loopback, link-local or no host at all: this machine or its cable, not a camera of the site. */
export const isLocalHost = (host: string): boolean => {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost') || name === '') return true;
  if (isIP(name) === 4) return /^(127\.|0\.|169\.254\.)/.test(name);
  if (isIP(name) === 6) return /^(::1?$|fe[89ab][0-9a-f]:|::ffff:(127\.|0\.|169\.254\.|7f|a9fe))/.test(name);
  return false;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Takes an address as people paste it (often with `user:password@`), splits the credentials off, and refuses what is no RTSP address.
 * The recorder checks the resolved address again when it connects, so that a name cannot lead to this machine.
 */
export const readAddress = (given: CameraAddress, allowLocal: boolean): CameraAddress => {
  let parsed: URL;
  try {
    parsed = new URL(given.url.trim());
  } catch {
    throw refuse('address_wrong', {}, { fields: [{ path: 'url', zh: '地址无法识别', en: 'The address cannot be read' }] });
  }
  if (!/^rtsps?:$/.test(parsed.protocol) || parsed.hostname === '') {
    throw refuse('address_wrong', {}, { fields: [{ path: 'url', zh: '需要 rtsp:// 或 rtsps:// 地址', en: 'An rtsp:// or rtsps:// address is needed' }] });
  }
  if (!allowLocal && isLocalHost(parsed.hostname)) {
    throw refuse('address_local', { host: parsed.hostname }, { fields: [{ path: 'url', zh: '不能用本机地址', en: 'A local address is refused' }] });
  }
  const username = given.username ?? (parsed.username === '' ? null : decoded(parsed.username));
  const password = given.password ?? (parsed.password === '' ? null : decoded(parsed.password));
  parsed.username = '';
  parsed.password = '';
  return { url: parsed.toString(), username, password };
};

/** Do both addresses lead to the same host and port? A password that is kept goes nowhere else. */
export const isSameDevice = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((url) => (URL.canParse(url) ? new URL(url) : null));
  return a?.host !== undefined && a.host !== '' && a.host.toLowerCase() === b?.host.toLowerCase() && a.protocol === b.protocol;
};

/** The smallest number that is free. */
export const freeNumber = (taken: ReadonlySet<number>): number => {
  let number = 1;
  while (taken.has(number)) number += 1;
  return number;
};

export const checkRetention = (retentionDays: number, floorDays: number): void => {
  if (retentionDays < floorDays) {
    throw refuse('retention_below_floor', { floorDays }, { fields: [{ path: 'retentionDays', zh: `不少于 ${floorDays} 天`, en: `at least ${floorDays} days` }] });
  }
};

/** Parameters of the recorder until the packs carry them; each with the document that it comes from. */
export interface RecordingParameters {
  segmentSeconds: number;
  fragmentMs: number;
  drainMs: number;
  drainWatchedMs: number;
  /** Power cut: footage older than this is on the disk. At two fragments each is made safe by itself, past the cache, which also costs least. */
  maxLossMs: number;
  /** recording_gap_alarm_seconds of clauses.yaml (BRN-4.3 and kin) */
  gapAlarmSeconds: number;
  freeBytesWarn: number;
  /** Decree 799 art. 17 and 保安服务管理条例 art. 25: 30 days */
  retentionDays: number;
  retentionFloorDays: number;
  camerasPerRecorder: number;
  playbackHours: number;
  /** After this an opened playback must be opened, and recorded, again. */
  playbackLifeHours: number;
  picturesPerWindow: number;
  /** Frames arrive and the picture does not change: after this it is not live any more. */
  frozenAfterSeconds: number;
}

export const defaultParameters: RecordingParameters = {
  segmentSeconds: 60,
  fragmentMs: 1_000,
  drainMs: 200,
  drainWatchedMs: 30,
  maxLossMs: 2_000,
  gapAlarmSeconds: 10,
  freeBytesWarn: 5 * 1_073_741_824,
  retentionDays: 30,
  retentionFloorDays: 30,
  camerasPerRecorder: 256,
  playbackHours: 24,
  playbackLifeHours: 12,
  picturesPerWindow: 64,
  frozenAfterSeconds: 10,
};
