/** Watch rounds put into this room: what was really on the screens, who is on which post, which alarms somebody should have seen. */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { actorOf, questions as people, type Identity } from '../mechanisms/identity/index.ts';
import type { Ledger } from '../mechanisms/ledger/index.ts';
import { questions as alarms, type Notifications } from '../mechanisms/notifications/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import type { Duty } from '../modules/duty/index.ts';
import { createRounds, type Rounds } from '../modules/rounds/index.ts';
import { videoQuestions } from '../modules/video/index.ts';
import type { Database } from '../platform/postgres/db.ts';
import { placeOf } from './room-notifications.ts';

export interface RoundsParts {
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  identity: Pick<Identity, 'posts'>;
  notifications: Pick<Notifications, 'alarms'>;
  parameters: Pick<Parameters, 'rules'>;
  duty: Pick<Duty, 'note' | 'onDuty'>;
}

/** Alarms that a picture shows to whoever looks; what is wrong with a device is found by the machine. */
const visible: ReadonlySet<string> = new Set(['fire', 'panic', 'intrusion', 'room']);

export const createRoomRounds = ({ database, ledger, clock, log, identity, notifications, parameters, duty }: RoundsParts): Rounds =>
  createRounds({
    database, ledger, clock, log, alarms: notifications.alarms, place: placeOf, rules: (db, place, at) => parameters.rules(db, place, at),
    cameras: videoQuestions.cameras, watched: (db, roomId, { from, until }) => videoQuestions.watchedLive(db, roomId, from, until),
    posts: (db, roomId) => identity.posts.of(db, roomId), holders: people.postHolders, shift: (db, roomId) => duty.onDuty(db, roomId),
    writeLine: (tx, caller, { text, cameraId, subject, at }) => duty.note(tx, { siteId: caller.siteId, roomId: caller.roomId }, { type: 'event', text, eventAt: at, actor: actorOf(caller), source: 'person', cameraId, subject }),
    events: async (db, roomId, { from, until }) =>
      (await alarms.alarmsBetween(db, roomId, from, until)).flatMap(({ cameraId, class: alarmClass, sentence, raisedAt }) => (cameraId === null || !visible.has(alarmClass) ? [] : [{ cameraId, event: sentence, at: raisedAt }])),
  });
