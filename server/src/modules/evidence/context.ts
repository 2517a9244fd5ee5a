/** What the parts of footage requests share; made once by createEvidence. Slots are filled by app/room-evidence.ts. */
import type { CameraFootage } from '../../../../contract/evidence.ts';
import type { Clock, Instant } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Refusal, Sentence } from '../../base/refusal.ts';
import type { Approvals } from '../../mechanisms/approvals/index.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Actor, Ledger } from '../../mechanisms/ledger/index.ts';
import type { Notifications } from '../../mechanisms/notifications/index.ts';
import type { Rules } from '../../mechanisms/parameters/index.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import type { FootageRequest } from './request.ts';
import type { ViewMode } from '../../../../contract/evidence.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

/** Footage that must not be deleted while somebody asks for it. */
export interface HoldsSlot {
  /** Answers the hold's id; provisional until it is confirmed. */
  place(tx: Tx, held: { requestId: string; siteId: string; roomId: string; requesterId: string; cameraIds: readonly string[]; from: Instant; until: Instant; reason: string; actor: Actor }): Promise<string>;
  confirm(tx: Tx, confirmed: { requestId: string; reason: string; ownerId: string; reviewAt: Instant; actor: Actor }): Promise<unknown>;
  release(tx: Tx, released: { requestId: string; why: string; actor: Actor }): Promise<unknown>;
}

/** The right to play what was approved, bounded by camera, span, person, place and time. */
export interface GrantsSlot {
  give(tx: Tx, given: {
    requestId: string; approvalId: string; siteId: string; roomId: string; personIds: readonly string[]; cameraIds: readonly string[]; from: Instant; until: Instant; place: { postId: string } | 'anywhere';
    validFrom: Instant; validUntil: Instant; mode: ViewMode; actor: Actor;
  }): Promise<string>;
  revoke(tx: Tx, revoked: { grantId: string; reason: string; actor: Actor }): Promise<unknown>;
  finish(tx: Tx, finished: { grantId: string; actor: Actor }): Promise<unknown>;
}

/** What somebody of the room owes after a viewing; obligations hold the deadline. */
export interface WriteBackSlot {
  /** End of the shift in which the instant lies. */
  shiftEnd(tx: Tx, place: Place, at: Instant): Promise<Instant>;
  open(tx: Tx, owed: Place & { number: string; requestId: string; at: Instant; until: Instant }): Promise<unknown>;
  done(tx: Tx, done: { caller: Caller; number: string; requestId: string; outcome: string; remark: string }): Promise<unknown>;
}

export interface EvidenceContext {
  database: Database;
  ledger: Pick<Ledger, 'append'>;
  clock: Clock;
  log: Log;
  approvals: () => Pick<Approvals, 'submit' | 'use' | 'finish' | 'withdraw'>;
  notices: () => Notifications['notices'];
  rules(db: Db, place: Place, at: Instant): Promise<Rules>;
  holds: HoldsSlot | null;
  grants: GrantsSlot | null;
  writeBack: WriteBackSlot;
  /** Cameras in use. */
  cameras(db: Db, roomId: string): Promise<readonly { cameraId: string; camera: string }[]>;
  /** What there is of the span; null: no such camera. */
  footage: (db: Db, place: { siteId: string; roomId: string }, cameraId: string, from: Instant, until: Instant, now: Instant) => Promise<CameraFootage | null>;
  /** How often footage was opened under a request. */
  playbacks(db: Db, requestIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  tellScreens(tx: Tx, topic: 'evidence.requests'): Promise<void>;
  /** Records a denial that depends on the thing asked for; answers what to throw. */
  deny(caller: Caller, what: string, reason: Sentence): Promise<Refusal>;
}

export const aboutOf = ({ requestId, number, type }: Pick<FootageRequest, 'requestId' | 'number' | 'type'>) => ({ requestId, number, type });
