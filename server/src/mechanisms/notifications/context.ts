/** What the parts of notifications share; made once by createNotifications. */
import type { Role } from '../../../../contract/identity.ts';
import type { Clock, Instant } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import type { Sealer } from '../../platform/secrets/sealer.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Kind } from './kinds.ts';
import type { Limits, Place } from './limits.ts';

export interface KnownPerson {
  personId: string;
  name: string;
  roles: readonly Role[];
  onPost: boolean;
}

/** What is asked about people; identity answers. */
export interface PeopleDoor {
  /** Active people who have one of these roles there and then. */
  withRoles(db: Db, place: Place, roles: readonly Role[], at: Instant): Promise<readonly KnownPerson[]>;
  names(db: Db, personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Site and room of this machine; null while it is new. */
  place(db: Db): Promise<Place | null>;
}

export type NotificationTopic = 'notifications.alarms' | 'notifications.notices';

export interface NotificationsContext {
  database: Database;
  ledger: Pick<Ledger, 'append'>;
  clock: Clock;
  log: Log;
  kinds: ReadonlyMap<string, Kind>;
  limits: Limits;
  people: PeopleDoor;
  sealer: Sealer;
  /** Every window hears after commit that it should fetch again. */
  tellScreens(tx: Tx, topic: NotificationTopic): Promise<void>;
  /** Until when an alarm may be put aside: the end of the shift that is on; null: none is on. */
  shiftEnd(db: Db, place: Place, at: Instant): Promise<Instant | null>;
  /** Does only who is on post acknowledge? */
  ackNeedsPost(db: Db, place: Place, at: Instant): Promise<boolean>;
  timeZone(db: Db): Promise<string>;
  /** What cameras are called, for alarms that name one; null: there is no such camera in the room. */
  cameraName(db: Db, roomId: string, cameraId: string): Promise<string | null>;
  /** VIGIL_ALLOW_LOCAL_CAMERAS: a webhook on this machine. */
  allowLocal: boolean;
  /** Longest time of one attempt of a channel, ms. */
  channelLimitMs: number;
}
