/** The entry of one camera in the register, and the limits of a look at it. Pure. */
import type { Instant } from '../../../base/clock.ts';
import { secondMs } from '../../../base/units.ts';

export interface KeptPicture {
  sha256: string;
  contentType: 'image/jpeg' | 'image/png';
  at: Instant;
}

export interface Entry {
  cameraId: string;
  purpose: string | null;
  legalBasis: string;
  noticeRecord: string;
  zoneType: string | null;
  position: string;
  viewWords: string;
  view: KeptPicture | null;
  sign: KeptPicture | null;
  filingNumber: string;
  filingDueSince: Instant;
  owner: string;
  approvalReference: string;
  deviceId: string | null;
  channel: number | null;
  subShownUrl: string | null;
  subAddressSealed: Buffer | null;
  activatedAt: Instant | null;
  rowVersion: number;
}

export const emptyEntry = (cameraId: string, at: Instant): Entry => ({
  cameraId, purpose: null, legalBasis: '', noticeRecord: '', zoneType: null, position: '', viewWords: '', view: null, sign: null, filingNumber: '', filingDueSince: at, owner: '', approvalReference: '', deviceId: null, channel: null,
  subShownUrl: null, subAddressSealed: null, activatedAt: null, rowVersion: 1,
});

/** Where a turning camera looks: pan and tilt -1 to 1, zoom 0 to 1. */
export interface Direction {
  pan: number;
  tilt: number;
  zoom: number;
}

/** What ONVIF told of a camera, and the last look at it. */
export interface OnvifRow {
  cameraId: string;
  serviceUrl: string;
  manufacturer: string;
  model: string;
  firmware: string;
  profileToken: string;
  ptz: boolean;
  events: boolean;
  approved: Direction | null;
  seen: Direction | null;
  clockOffsetMs: number | null;
  checkedAt: Instant | null;
  outcome: string | null;
  movedSince: Instant | null;
  clockWrongSince: Instant | null;
}

/** Steps of a camera's motor and the rounding of its answer lie within this. */
const turnTolerance = 0.03;
/** As on the list of cameras: further off, the time burnt into the picture misleads. */
export const clockOffsetAllowedMs = 2 * secondMs;

export const looksElsewhere = (approved: Direction, seen: Direction): boolean =>
  Math.abs(approved.pan - seen.pan) > turnTolerance || Math.abs(approved.tilt - seen.tilt) > turnTolerance || Math.abs(approved.zoom - seen.zoom) > turnTolerance;
