/** What the parts of the audit are given. People, cameras and rules are asked by slots that wire.ts fills. */
import type { Clock, Instant } from '../../base/clock.ts';
import type { checkEvidence, Caller, SigningSlot } from '../../mechanisms/identity/index.ts';
import type { Checkpointer, Ledger, LedgerQuestions, NamesOf } from '../../mechanisms/ledger/index.ts';
import type { Database, Db } from '../../platform/postgres/db.ts';

export interface AuditPerson {
  personId: string;
  name: string;
  staffNumber: string;
}
export interface AuditCamera {
  cameraId: string;
  label: string;
}

export interface AuditContext {
  database: Database;
  ledger: Pick<Ledger, 'append' | 'erase'>;
  checkpointer: Pick<Checkpointer, 'sign'>;
  questions: LedgerQuestions;
  /** How reviews are signed, and how a signature is looked at later. */
  signing: Pick<SigningSlot, 'options' | 'verify'> & { check: typeof checkEvidence };
  clock: Clock;
  /** Everybody who ever had an account here. */
  people: (db: Db) => Promise<readonly AuditPerson[]>;
  namesOf: NamesOf;
  timeZone: (db: Db) => Promise<string>;
  /** All kinds of facts that are declared. */
  kinds: () => readonly string[];
  /** Days that the record of acts is kept at least, with the clauses that say so. */
  retention: (db: Db, place: { siteId: string; roomId: string }, at: Instant) => Promise<{ days: number; clauses: readonly string[] }>;
  /** `pack@version#clause` of those of these clauses that bind the room now. */
  cite: (db: Db, place: { siteId: string; roomId: string }, clauses: readonly string[], at: Instant) => Promise<readonly string[]>;
}

export const placeOf = ({ siteId, roomId }: Caller): { siteId: string; roomId: string } => ({ siteId, roomId });
