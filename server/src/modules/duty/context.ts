/** What the parts of duty share; made once by createDuty. */
import type { Sentence } from '../../base/refusal.ts';
import type { Clock, Instant } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Identity } from '../../mechanisms/identity/index.ts';
import type { Ledger } from '../../mechanisms/ledger/index.ts';
import type { Notifications } from '../../mechanisms/notifications/index.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import type { Telemetry } from './sections.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

export interface ShiftTask {
  title: Sentence;
  /** In one word, as the register says it. */
  state: Sentence;
  until: Instant;
  /** Not done, or not in time. */
  wanting: boolean;
}

export interface DutyContext {
  database: Database;
  ledger: Pick<Ledger, 'append'>;
  clock: Clock;
  log: Log;
  posts: Identity['posts'];
  notices: Notifications['notices'];
  /** A parameter in force there and then. */
  number(db: Db, place: Place, name: string, at: Instant): Promise<number>;
  tellScreens(tx: Tx, topic: 'duty.log'): Promise<void>;
  cameraName(db: Db, roomId: string, cameraId: string): Promise<string | null>;
  /** What the machine knows of a span of the room. */
  telemetry(db: Db, place: Place, from: Instant, until: Instant): Promise<Telemetry>;
  /** Snapshots of the span that were taken without a note. */
  bareSnapshots(db: Db, roomId: string, from: Instant, until: Instant): Promise<{ snapshotId: string; camera: string; takenAt: Instant }[]>;
  place(db: Db): Promise<Place | null>;
  /** What goes over to the next shift besides faults: alarms put aside, tasks that wait. */
  carried(db: Db, place: Place, at: Instant): Promise<readonly Sentence[]>;
  /** Throws the reason why a fault of this camera cannot be closed yet. */
  mayCloseFault(db: Db, place: Place, cameraId: string | null): Promise<void>;
  /** Tasks whose window ended in the span, with what became of them. */
  tasks(db: Db, place: Place, from: Instant, until: Instant): Promise<readonly ShiftTask[]>;
}
