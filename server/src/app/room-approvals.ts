/** Approvals put into this room: who is asked about people, signatures and clauses, and which kinds there are. */
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { createApprovals, limitsFrom, type AnyApprovalKind, type Approvals } from '../mechanisms/approvals/index.ts';
import { checkEvidence, questions as people, type Identity } from '../mechanisms/identity/index.ts';
import type { Ledger } from '../mechanisms/ledger/index.ts';
import { declareAlarmKind, declareNoticeKind, type Notifications } from '../mechanisms/notifications/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import { changedChannel } from '../modules/video/index.ts';
import { createDiskBlobs } from '../platform/blobs/disk-blobs.ts';
import type { Database } from '../platform/postgres/db.ts';

export interface ApprovalParts {
  config: Pick<Config, 'dataFolder'>;
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  identity: Identity;
  /** Asked late: parameters stands above approvals. */
  parameters: () => Pick<Parameters, 'rules' | 'clauseTitles'>;
  kinds: () => readonly AnyApprovalKind[];
  notifications: () => Pick<Notifications, 'notices' | 'alarms'>;
}

/** What people hear of a request: it waits for them, it was decided, it is late. Nothing that people wrote stands in it. */
export const approvalNotice = declareNoticeKind({
  kind: 'approvals.request_moved', title: { zh: '审批', en: 'Approvals' }, body: z.object({ zh: z.string(), en: z.string() }), sentence: ({ zh, en }) => ({ zh, en }),
  to: 'given', channels: ['console', 'mail'], clauses: [],
});

/** An order by word of mouth whose papers did not come in time, or were refused: those who answer for the room must act. */
export const papersMissing = declareAlarmKind({
  kind: 'approvals.papers_missing', title: { zh: '口头命令未补手续', en: 'Verbal order without papers' }, class: 'room', tell: ['room_manager', 'security_department'], channels: ['console', 'mail', 'webhook'], clearsItself: true, clauses: [],
  body: z.object({ number: z.int(), title: z.object({ zh: z.string(), en: z.string() }), why: z.enum(['late', 'refused']) }),
  sentence: ({ number, title, why }) =>
    why === 'late'
      ? { zh: `口头命令 ${number}（${title.zh}）没有按时补办手续。`, en: `Verbal order ${number} (${title.en}): no papers in time.` }
      : { zh: `口头命令 ${number}（${title.zh}）的手续未获批准。`, en: `Verbal order ${number} (${title.en}): the papers were refused.` },
});
export const approvalAlerts = [approvalNotice, papersMissing] as const;

export const createRoomApprovals = ({ config, database, ledger, clock, log, identity, parameters, notifications, kinds }: ApprovalParts): Approvals =>
  createApprovals({
    database, ledger, clock, log, kinds, people,
    signing: { ...identity.signing, check: checkEvidence },
    limits: async (db, place, at) => limitsFrom(await parameters().rules(db, place, at)),
    blobs: createDiskBlobs(join(config.dataFolder, 'approval-files'), () => newId('tmp', clock)),
    papers: {
      missing: async (tx, { siteId, roomId, orderId, number, title, why, at }) => {
        await notifications().alarms.raise(tx, { kind: papersMissing.kind, siteId, roomId, subject: orderId, body: { number, title, why }, at });
      },
      came: (tx, { orderId, at }) => notifications().alarms.clear(tx, { kind: papersMissing.kind, subject: orderId, at, note: '手续已补办' }),
    },
    clauseTitles: (db, cites) => parameters().clauseTitles(db, cites),
    cite: async (db, place, at, clauses) => (clauses.length === 0 ? [] : (await parameters().rules(db, place, at)).citeAll(clauses)),
    clausesInForce: async (db, place, at) => (await parameters().rules(db, place, at)).clauses(),
    remind: async (tx, { siteId, roomId, approvalId, to, sentence, at }) => {
      await notifications().notices.send(tx, { kind: approvalNotice.kind, siteId, roomId, subject: approvalId, body: sentence, to: { personIds: to }, at });
    },
    tellScreens: (tx, topic) => database.notify(tx, changedChannel, topic),
    deny: (caller, what, reason, verb) => identity.gate.deny(caller, what, reason, verb),
  });
