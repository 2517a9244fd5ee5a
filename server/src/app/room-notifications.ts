/** Notifications put into this room: who is asked about people, cameras and windows, and which kinds there are. */
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import type { Log } from '../base/log.ts';
import { questions as people } from '../mechanisms/identity/index.ts';
import type { Ledger } from '../mechanisms/ledger/index.ts';
import { createNotifications, type Kind, type Notifications } from '../mechanisms/notifications/index.ts';
import { shiftEndAt } from '../mechanisms/obligations/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import { changedChannel, videoQuestions } from '../modules/video/index.ts';
import type { Database, Db } from '../platform/postgres/db.ts';
import { createSealer } from '../platform/secrets/sealer.ts';
import { machineAlarmKinds } from './machine-alarms.ts';
import type { Place } from './reaction.ts';

export interface NotificationParts {
  config: Config;
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  /** Kinds of the modules above. */
  kinds: readonly Kind[];
  /** Asked late: the rules of the room at an instant. */
  parameters: () => Pick<Parameters, 'rules'>;
}

export const placeOf = async (db: Db): Promise<Place | null> => {
  const place = await people.place(db);
  return place === null ? null : { siteId: place.site.siteId, roomId: place.room.roomId };
};

export const createRoomNotifications = ({ config, database, ledger, clock, log, kinds, parameters }: NotificationParts): Notifications =>
  createNotifications({
    database, ledger, clock, log, allowLocal: config.allowLocalCameras, kinds: [...machineAlarmKinds, ...kinds],
    sealer: createSealer(join(config.dataFolder, 'keys', 'notifications.key')),
    people: {
      withRoles: async (db, place, roles, at) => (await people.peopleWithRoles(db, place, roles, at)).map((person) => ({ ...person, onPost: person.onPost !== null })),
      names: people.personNames,
      place: placeOf,
    },
    tellScreens: (tx, topic) => database.notify(tx, changedChannel, topic),
    cameraName: videoQuestions.cameraName,
    timeZone: async (db) => (await people.place(db))?.site.timeZone ?? 'UTC',
    shiftEnd: async (db, place, at) => {
      const timeZone = (await people.place(db))?.site.timeZone ?? 'UTC';
      return shiftEndAt({ timeZone, shiftWindows: (await parameters().rules(db, place, at)).list('shift_windows') }, at);
    },
    ackNeedsPost: async (db, place, at) => (await parameters().rules(db, place, at)).flag('ack_needs_post'),
    limits: {
      number: async (db, place, name, at) => (await parameters().rules(db, place, at)).number(name),
      list: async (db, place, name, at) => (await parameters().rules(db, place, at)).list(name),
      cite: async (db, place, clauses, at) => (clauses.length === 0 ? [] : (await parameters().rules(db, place, at)).citeAll(clauses)),
    },
  });
