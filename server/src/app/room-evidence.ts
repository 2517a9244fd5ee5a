/** Requests for footage put into this room: what exists, who is asked, who owes the result. */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { hourMs } from '../base/units.ts';
import type { Approvals } from '../mechanisms/approvals/index.ts';
import type { Identity } from '../mechanisms/identity/index.ts';
import type { Ledger } from '../mechanisms/ledger/index.ts';
import type { Notifications } from '../mechanisms/notifications/index.ts';
import type { Obligations } from '../mechanisms/obligations/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import { createEvidence, footageIn, viewingsOf, type Evidence, type GrantsSlot, type HoldsSlot } from '../modules/evidence/index.ts';
import { changedChannel, footageKnown, playbacksUnder, videoQuestions } from '../modules/video/index.ts';
import type { Database } from '../platform/postgres/db.ts';

export interface EvidenceParts {
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  identity: Pick<Identity, 'gate'>;
  approvals: Approvals;
  notifications: Pick<Notifications, 'notices'>;
  obligations: Pick<Obligations, 'openAfter' | 'fulfil' | 'shiftEnd'>;
  parameters: Pick<Parameters, 'rules'>;
  holds?: HoldsSlot;
  grants?: GrantsSlot;
}

const writeBack = 'evidence.write_back';
/** Where the room's shifts do not cover the moment. */
const withoutShiftMs = 12 * hourMs;

export const createRoomEvidence = ({ database, ledger, clock, log, identity, approvals, notifications, obligations, parameters, holds, grants }: EvidenceParts): Evidence =>
  createEvidence({
    database, ledger, clock, log, approvals: () => approvals, notices: () => notifications.notices, rules: (db, place, at) => parameters.rules(db, place, at), holds: holds ?? null, grants: grants ?? null,
    cameras: async (db, roomId) => (await videoQuestions.cameras(db, roomId)).map(({ cameraId, camera }) => ({ cameraId, camera })),
    footage: async (db, { siteId, roomId }, cameraId, from, until, now) => {
      const known = await footageKnown(db, await parameters.rules(db, { siteId, roomId }, now), roomId, cameraId, from, until);
      return known === null ? null : footageIn(known, from, until, now);
    },
    playbacks: async (db, requestIds) => {
      const viewings = await viewingsOf(db, requestIds);
      const counts = await playbacksUnder(db, viewings.flatMap(({ grantId }) => (grantId === null ? [] : [grantId])));
      const sums = new Map<string, number>();
      for (const { requestId, grantId } of viewings) sums.set(requestId, (sums.get(requestId) ?? 0) + (counts.get(grantId ?? '') ?? 0));
      return sums;
    },
    writeBack: {
      shiftEnd: async (tx, place, at) => (await obligations.shiftEnd(tx, place, at)) ?? at + withoutShiftMs,
      open: (tx, { siteId, roomId, number, requestId, at, until }) => obligations.openAfter(tx, { kind: writeBack, siteId, roomId, subject: number, eventAt: at, eventKey: requestId, until }),
      done: (tx, { caller, number, requestId, outcome, remark }) =>
        obligations.fulfil(tx, caller, { kind: writeBack, subject: number, eventKey: requestId, answers: { outcome: { value: outcome, note: '', photos: [] }, remark: { value: remark, note: '', photos: [] } } }),
    },
    tellScreens: (tx, topic) => database.notify(tx, changedChannel, topic),
    deny: (caller, what, reason) => identity.gate.deny(caller, what, reason),
  });
