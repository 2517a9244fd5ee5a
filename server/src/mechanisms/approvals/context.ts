/** What the parts of approvals share; made once by createApprovals. */
import type { Role } from '../../../../contract/identity.ts';
import type { Clock, Instant } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Blobs } from '../../platform/blobs/disk-blobs.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import type { IdentityGate } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { AnyApprovalKind } from './kind.ts';
import type { ApprovalLimits } from './limits.ts';
import type { SigningSlot } from './signing.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

export interface PersonHere {
  personId: string;
  name: string;
  active: boolean;
  roles: readonly Role[];
}

/** Identity's questions. */
export interface ApprovalPeople {
  peopleWithRoles(db: Db, place: Place, roles: readonly Role[], at: Instant): Promise<readonly PersonHere[]>;
  /** All who have an account, for a search by name. */
  everybody(db: Db, at: Instant): Promise<readonly { personId: string; name: string }[]>;
  peopleStanding(db: Db, place: Place, personIds: readonly string[], at: Instant): Promise<readonly PersonHere[]>;
}

export type ClausesInForce = (db: Db, place: Place, at: Instant) => Promise<readonly ({ id: string; cite: string } & Sentence)[]>;

/** An order by word of mouth, as others hear of it. */
export interface OrderToldOf extends Place {
  orderId: string;
  number: number;
  title: Sentence;
  at: Instant;
}

export interface ApprovalsOptions {
  database: Database;
  ledger: Pick<Ledger, 'append' | 'appendMany'>;
  clock: Clock;
  log: Log;
  /** Kinds of all modules; asked once, when the first is needed. */
  kinds: () => readonly AnyApprovalKind[];
  people: ApprovalPeople;
  signing: SigningSlot;
  /** The room's numbers of approvals at an instant; filled by parameters. */
  limits: (db: Db, place: Place, at: Instant) => Promise<ApprovalLimits>;
  /** Attachments, by their hash. */
  blobs: Blobs;
  /** The papers of an order did not come in time or were refused: somebody must know. And that they came after all. */
  papers: { missing: (tx: Tx, order: OrderToldOf & { why: 'late' | 'refused' }) => Promise<void>; came: (tx: Tx, order: OrderToldOf) => Promise<void> };
  /** A citation as people name it: 《制度》第 x 条. */
  clauseTitles: (db: Db, cites: readonly string[]) => Promise<readonly Sentence[]>;
  /** Those of the clauses that are in force in the room at the instant, as pack@version#clause. */
  cite: (db: Db, place: Place, at: Instant, clauses: readonly string[]) => Promise<readonly string[]>;
  /** All clauses in force in the room at the instant, with their words. */
  clausesInForce: ClausesInForce;
  /** Tells people that something waits for them; filled by notifications. */
  remind: (tx: Tx, told: Place & { approvalId: string; to: readonly string[]; sentence: Sentence; at: Instant }) => Promise<void>;
  /** Lists of approvals on open screens are read again. */
  tellScreens: (tx: Tx, topic: 'approvals.requests') => Promise<void>;
  /** Records a denial that depends on the request asked for. */
  deny: IdentityGate['deny'];
}

export interface ApprovalsContext extends Omit<ApprovalsOptions, 'kinds'> {
  kindOf: (kind: string) => AnyApprovalKind | undefined;
  allKinds: () => readonly AnyApprovalKind[];
}
