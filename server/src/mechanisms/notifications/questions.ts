/** Narrow reads for modules and oversight. */
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { alarmsBetween, openAlarms, stepsOf } from './alarm-store.ts';
import { stateOf } from './alarm.ts';
import { sendingsAbout } from './notice-store.ts';

const most = 2_000;

export const questions = {
  /** Not closed, newest first. */
  openAlarms,
  /** Waiting for somebody: nobody has acknowledged, or the acknowledgement ran out. */
  unacknowledged: async (db: Db, roomId: string) => (await openAlarms(db, roomId)).filter((alarm) => stateOf(alarm) === 'waiting'),
  alarmsBetween: (db: Db, roomId: string, from: Instant, until: Instant) => alarmsBetween(db, roomId, from, until, most),
  stepsOf,
  /** What people were told about a subject, oldest first. */
  sendingsAbout,
};
