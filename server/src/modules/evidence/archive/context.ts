/** What the archive needs. Slots are filled by app/room-archive.ts. */
import type { Instant } from '../../../base/clock.ts';
import type { Blobs } from '../../../platform/blobs/disk-blobs.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import type { EvidenceContext } from '../context.ts';
import type { FootageOfCamera } from '../copies/context.ts';

export interface FootageDay {
  cameraId: string;
  camera: string;
  /** Day of the site, 2026-11-22. */
  day: string;
  recordedMs: number;
  /** Where its files lie. */
  places: readonly string[];
}

export interface ArchiveContext extends Pick<EvidenceContext, 'database' | 'ledger' | 'clock' | 'log' | 'approvals' | 'notices' | 'rules' | 'cameras' | 'deny'> {
  /** All closed footage of the camera that touches the span, and what is missing of it. */
  files(db: Db, roomId: string, cameraId: string, from: Instant, until: Instant): Promise<FootageOfCamera | null>;
  /** Sums of what is recorded, by camera and day of the site; days without footage are left out. */
  days(db: Db, roomId: string, from: Instant, until: Instant, timeZone: string): Promise<readonly FootageDay[]>;
  /** Cameras that the room has or had, with the days for which their footage is kept. */
  everyCamera(db: Db, place: { siteId: string; roomId: string }, now: Instant): Promise<readonly { cameraId: string; camera: string; keptDays: number; addedAt: Instant; retiredAt: Instant | null }[]>;
  /** Pictures of signatures. */
  signatures: Blobs;
  /** Folder of the archive. */
  folder: string;
  /** Where packages lie that were made and not handed over. */
  packagesFolder: string;
  freeBytes(folder: string): Promise<number>;
}
