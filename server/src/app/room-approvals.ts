/** Approvals put into this room: who is asked about people, signatures and clauses, and which kinds there are. */
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { createApprovals, type AnyApprovalKind, type Approvals } from '../mechanisms/approvals/index.ts';
import { checkEvidence, questions as people, type Identity } from '../mechanisms/identity/index.ts';
import type { Ledger } from '../mechanisms/ledger/index.ts';
import { declareNoticeKind, type Notifications } from '../mechanisms/notifications/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import { changedChannel } from '../modules/video/index.ts';
import type { Database } from '../platform/postgres/db.ts';

export interface ApprovalParts {
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  identity: Identity;
  /** Asked late: parameters stands above approvals. */
  parameters: () => Pick<Parameters, 'rules'>;
  kinds: () => readonly AnyApprovalKind[];
  notifications: () => Pick<Notifications, 'notices'>;
}

/** What people hear of a request: it waits for them, it was decided, it is late. Nothing that people wrote stands in it. */
export const approvalNotice = declareNoticeKind({
  kind: 'approvals.request_moved', title: { zh: '审批', en: 'Approvals' }, body: z.object({ zh: z.string(), en: z.string() }), sentence: ({ zh, en }) => ({ zh, en }),
  to: 'given', channels: ['console', 'mail'], clauses: [],
});

export const createRoomApprovals = ({ database, ledger, clock, log, identity, parameters, notifications, kinds }: ApprovalParts): Approvals =>
  createApprovals({
    database, ledger, clock, log, kinds, people,
    signing: { ...identity.signing, check: checkEvidence },
    cite: async (db, place, at, clauses) => (clauses.length === 0 ? [] : (await parameters().rules(db, place, at)).citeAll(clauses)),
    clausesInForce: async (db, place, at) => (await parameters().rules(db, place, at)).clauses(),
    remind: async (tx, { siteId, roomId, approvalId, to, sentence, at }) => {
      await notifications().notices.send(tx, { kind: approvalNotice.kind, siteId, roomId, subject: approvalId, body: sentence, to: { personIds: to }, at });
    },
    tellScreens: (tx, topic) => database.notify(tx, changedChannel, topic),
    deny: (caller, what, reason, verb) => identity.gate.deny(caller, what, reason, verb),
  });
