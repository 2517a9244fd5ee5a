/** What the parts of obligations share; made once by createObligations. Slots are filled by wire.ts. */
import type { Role } from '../../../../contract/identity.ts';
import type { Clock, Instant } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Refusal, Sentence } from '../../base/refusal.ts';
import type { Blobs } from '../../platform/blobs/disk-blobs.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import type { Caller } from '../identity/index.ts';
import type { Act, Actor, Appended, Ledger } from '../ledger/index.ts';
import type { Finding } from './evidence-store.ts';
import type { FormDefinition } from './form.ts';
import type { ObligationKind, ObligationRules } from './kind.ts';
import type { Obligation } from './obligation.ts';
import type { WaiverBody } from './waiver.ts';
import type { z } from 'zod';

export interface Place {
  siteId: string;
  roomId: string;
  siteName: string;
  roomName: string;
  timeZone: string;
}

/** What people are told when a window opens, is overdue, or was missed. */
export interface ObligationNotice {
  what: 'opened' | 'overdue' | 'missed' | 'returned';
  obligation: Obligation;
  /** Who should do it, then who must hear of it. */
  roles: readonly Role[];
  at: Instant;
}


/** What people are told about a finding: that it is theirs, that its deadline has passed. */
export interface FindingNotice {
  what: 'finding_charged' | 'finding_overdue';
  finding: Finding;
  obligation: Obligation;
  ownerId: string | null;
  /** Those who see to it while nobody is named; when it is overdue those above, too. */
  roles: readonly Role[];
  dueAt: Instant;
  at: Instant;
}

export interface ObligationsContext {
  database: Database;
  ledger: Pick<Ledger, 'append'>;
  clock: Clock;
  log: Log;
  blobs: Blobs;
  kinds: ReadonlyMap<string, ObligationKind>;
  /** Forms in use by name; the newest version of each. */
  forms: ReadonlyMap<string, FormDefinition>;
  places(db: Db): Promise<readonly Place[]>;
  rules(db: Db, place: { siteId: string; roomId: string }, at: Instant): Promise<ObligationRules>;
  /** Tells people; in the same transaction as what it is about. */
  tell(tx: Tx, notice: ObligationNotice): Promise<void>;
  tellFinding(tx: Tx, notice: FindingNotice): Promise<void>;
  /** Active people of the room with one of these roles. */
  peopleWith(db: Db, place: { siteId: string; roomId: string }, roles: readonly Role[], at: Instant): Promise<readonly { personId: string; name: string }[]>;
  /** Asks for a waiver by approval; answers its id. */
  askWaiver(tx: Tx, asked: { caller: Caller; subject: string; body: WaiverBody; reason: string; orderId: string | null }): Promise<string>;
  /** Records a denial that depends on the thing asked for; answers what to throw. */
  deny(caller: Caller, what: string, reason: Sentence): Promise<Refusal>;
  /** Newest signed size and root of the ledger, for the foot of a printed register. */
  ledgerHead(db: Db, siteId: string): Promise<{ size: number; root: string } | null>;
}

export const processActor: Actor = { kind: 'process', id: 'server' };

/** One act about an obligation, with the clauses that asked for it. */
export const appendAbout = <Body extends z.ZodType>(context: Pick<ObligationsContext, 'ledger'>, tx: Tx, one: Obligation, act: Pick<Act<Body>, 'event' | 'body' | 'at' | 'actor'>): Promise<Appended> =>
  context.ledger.append(tx, { ...act, siteId: one.siteId, roomId: one.roomId, subject: one.obligationId, clauses: [...one.clauses] });

/** What every fact says of the obligation. */
export const aboutOf = (one: Obligation) => ({
  kind: one.kind, title: { ...one.title }, window: { key: one.windowKey, from: one.from, until: one.until }, concerns: one.subject === '' ? '' : ` · ${one.subject}`,
});
