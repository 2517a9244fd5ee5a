/** What the parts of holds share; made once by createHolds. */
import type { Clock, Instant } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import type { Ledger } from '../../../mechanisms/ledger/index.ts';
import type { Notifications } from '../../../mechanisms/notifications/index.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import type { Database, Db, Tx } from '../../../platform/postgres/db.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

export interface FootageSpan {
  cameraId: string;
  from: Instant;
  until: Instant;
}

/** What video answers about footage. */
export interface FootageQuestions {
  /** Closed segments that touch the spans, each once. */
  touched(db: Db, spans: readonly FootageSpan[]): Promise<{ segments: number; sizeBytes: number }>;
  cameraNames(db: Db, cameraIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export interface HoldsContext {
  database: Database;
  ledger: Pick<Ledger, 'append'>;
  clock: Clock;
  log: Log;
  rules(db: Db, place: Place, at: Instant): Promise<Rules>;
  footage: FootageQuestions;
  /** Bytes of the storages that the recorder can use; null: it does not say. */
  storageBytes(): number | null;
  notices: () => Pick<Notifications['notices'], 'send'>;
  /** When the database of the site was last restored; null: never. */
  restoredAt(db: Db, siteId: string): Promise<Instant | null>;
  tellScreens(tx: Tx, topic: 'evidence.holds'): Promise<void>;
}
