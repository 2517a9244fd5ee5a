/** What the parts of grants share; made once by createGrants. */
import type { Clock, Instant } from '../../../base/clock.ts';
import type { Ledger } from '../../../mechanisms/ledger/index.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import type { Database, Db } from '../../../platform/postgres/db.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

/** An interval of footage that somebody really looked at. */
export interface Watched {
  cameraId: string;
  personId: string;
  from: Instant;
  until: Instant;
  seenAt: Instant;
}

export interface GrantsContext {
  database: Database;
  ledger: Pick<Ledger, 'append'>;
  clock: Clock;
  rules(db: Db, place: Place, at: Instant): Promise<Rules>;
  cameraNames(db: Db, cameraIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What video recorded as watched under a grant. */
  watched(db: Db, grantId: string): Promise<readonly Watched[]>;
}

/** Channel on which every server hears which grant has ended. */
export const endedChannel = 'vigil_grant_ended';
