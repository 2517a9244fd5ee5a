/** Holds and grants put into this room: what video asks before it deletes and before it plays. */
import { sql } from 'kysely';
import type { Clock, Instant } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { ledgerEvents, type Ledger } from '../mechanisms/ledger/index.ts';
import type { Notifications } from '../mechanisms/notifications/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import { createGrants, createHolds } from '../modules/evidence/index.ts';
import { changedChannel, videoQuestions, type createVideo } from '../modules/video/index.ts';
import type { Database, Db } from '../platform/postgres/db.ts';
import { placeOf } from './room-notifications.ts';

export interface FootageRightsParts {
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  parameters: Pick<Parameters, 'rules'>;
  /** Asked late: made after these. */
  notifications: () => Pick<Notifications, 'notices'>;
  video: () => Pick<ReturnType<typeof createVideo>, 'status' | 'grantEnded' | 'lookAgainAtGrants'>;
}

const restored = 'ledger.restored';
if (!ledgerEvents.some(({ kind }) => kind === restored)) throw new Error(`the ledger tells of no ${restored}`);

const restoredAt = async (db: Db, siteId: string): Promise<Instant | null> =>
  (await sql<{ at: Instant | null }>`select max(at) as at from ledger.facts where site_id = ${siteId} and kind = ${restored}`.execute(db)).rows[0]?.at ?? null;

export const createRoomFootageRights = ({ database, ledger, clock, log, parameters, notifications, video }: FootageRightsParts) => {
  const holds = createHolds(
    {
      database, ledger, clock, log, rules: (db, place, at) => parameters.rules(db, place, at), footage: videoQuestions, notices: () => notifications().notices, restoredAt,
      storageBytes: () => {
        const usable = (video().status()?.storages ?? []).filter((one) => one.usable);
        return usable.length === 0 ? null : usable.reduce((sum, one) => sum + one.totalBytes, 0);
      },
      tellScreens: (tx, topic) => database.notify(tx, changedChannel, topic),
    },
    placeOf,
  );
  const grants = createGrants(
    { database, ledger, clock, rules: (db, place, at) => parameters.rules(db, place, at), cameraNames: videoQuestions.cameraNames, watched: videoQuestions.watchedUnder },
    { log, onEnded: (grantId) => video().grantEnded(grantId), onMissed: () => video().lookAgainAtGrants() },
  );
  return { holds, grants };
};
export type FootageRights = ReturnType<typeof createRoomFootageRights>;
