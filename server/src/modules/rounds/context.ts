/** What the parts of watch rounds share; made once by createRounds. Slots are filled by app/room-rounds.ts. */
import type { Clock, Instant } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Ledger } from '../../mechanisms/ledger/index.ts';
import type { Notifications } from '../../mechanisms/notifications/index.ts';
import type { Rules } from '../../mechanisms/parameters/index.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import type { Span } from './turn.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

export interface RoundsContext {
  database: Database;
  ledger: Pick<Ledger, 'append'>;
  clock: Clock;
  log: Log;
  alarms: Notifications['alarms'];
  place(db: Db): Promise<Place | null>;
  rules(db: Db, place: Place, at: Instant): Promise<Rules>;
  /** Cameras in use. */
  cameras(db: Db, roomId: string): Promise<readonly { cameraId: string; camera: string }[]>;
  /** Who really had which live picture on the screen. */
  watched(db: Db, roomId: string, span: Span): Promise<readonly (Span & { cameraId: string; personId: string })[]>;
  posts(db: Db, roomId: string): Promise<readonly { postId: string; name: string }[]>;
  holders(db: Db, roomId: string, at: Instant): Promise<readonly { postId: string; personId: string; name: string }[]>;
  shift(db: Db, roomId: string): Promise<number | null>;
  /** A line of the duty log in the person's words; answers its id. */
  writeLine(tx: Tx, caller: Caller, line: { text: Sentence; cameraId: string; subject: string; at: Instant }): Promise<string>;
  /** Alarms on cameras that somebody should have seen. */
  events(db: Db, roomId: string, span: Span): Promise<readonly { cameraId: string; event: Sentence; at: Instant }[]>;
}
