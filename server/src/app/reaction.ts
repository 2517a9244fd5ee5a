/** What a reaction is given: see reactions.ts. */
import type { RecorderStatus } from '../../../contract/recorder.ts';
import type { Clock } from '../base/clock.ts';
import type { Sentence } from '../base/refusal.ts';
import type { Act } from '../mechanisms/ledger/index.ts';
import type { Notifications } from '../mechanisms/notifications/index.ts';
import type { Duty } from '../modules/duty/index.ts';
import type { Database, Db, Tx } from '../platform/postgres/db.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

export interface ReactionParts {
  database: Database;
  clock: Clock;
  alarms: Notifications['alarms'];
  /** Writes a line of the duty log. */
  note: Duty['note'];
  place: (db: Db) => Promise<Place | null>;
  /** Newest word of the recorder; null while it does not answer. */
  recorder(): RecorderStatus | null;
  freeBytesWarn: number;
  ledgerTroubles(): ReadonlyMap<string, Sentence>;
}

export type Reaction = (parts: ReactionParts, tx: Tx, act: Act) => Promise<void>;
