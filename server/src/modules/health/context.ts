/** What the parts of health share; made once by createHealth. Slots are filled by app/room-health.ts. */
import type { RecorderStatus } from '../../../../contract/recorder.ts';
import type { Clock, Instant } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Ledger } from '../../mechanisms/ledger/index.ts';
import type { Notifications } from '../../mechanisms/notifications/index.ts';
import type { Rules } from '../../mechanisms/parameters/index.ts';
import type { Blobs } from '../../platform/blobs/disk-blobs.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import type { KnownCamera } from './look-recorder.ts';
import type { KeyPicture } from './picture/byte-stream.ts';
import type { Examined } from './picture/examine.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

export interface HealthContext {
  database: Database;
  ledger: Pick<Ledger, 'append'>;
  clock: Clock;
  log: Log;
  alarms: Notifications['alarms'];
  blobs: Blobs;
  place(db: Db): Promise<Place | null>;
  rules(db: Db, place: Place, at: Instant): Promise<Rules>;
  /** Newest word of the recorder; null while it does not answer. */
  recorder(): RecorderStatus | null;
  recorderId(db: Db): Promise<string | null>;
  /** Cameras in use. */
  cameras(db: Db, roomId: string): Promise<readonly KnownCamera[]>;
  /** Newest key picture of a camera; null: none came in time. */
  keyPicture: (cameraId: string) => Promise<KeyPicture | null>;
  /** Asks the picture worker; rejects when it died. */
  examine: (picture: KeyPicture) => Promise<Examined>;
  /** Opens a fault in the duty log unless one of these words is open. */
  openFault(tx: Tx, place: Place, fault: { what: string; text: string; grade: 'A' | 'B' | 'C'; cameraId: string | null }): Promise<void>;
  /** Opens the task of clearing an obstruction before a camera; once for each trouble. */
  clearingTask(tx: Tx, place: Place, task: { camera: string; troubleId: string; at: Instant }): Promise<void>;
  /** False: an address of this machine or its link, which may not be asked here. Names are looked at when they are resolved. */
  mayAsk(host: string): boolean;
  /** The address to connect to; null: none, or one that may not be asked. */
  resolve(host: string): Promise<string | null>;
  /** The shift log that is open, and who is on post. */
  onDuty(db: Db, roomId: string, at: Instant): Promise<{ shift: number | null; names: string[] }>;
}
