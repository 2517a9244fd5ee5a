/** Identity put into this room: the rules that bind it, where its alarms and rotations go, and what else happens at a set-up. */
import { join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { createIdentity, questions, type AccessRules, type Identity, type SetUpSlot, type VerbTable } from '../mechanisms/identity/index.ts';
import type { Ledger } from '../mechanisms/ledger/index.ts';
import type { Notifications } from '../mechanisms/notifications/index.ts';
import type { Obligations } from '../mechanisms/obligations/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import { createDiskBlobs } from '../platform/blobs/disk-blobs.ts';
import type { Database, Db, Tx } from '../platform/postgres/db.ts';
import { createSealer } from '../platform/secrets/sealer.ts';
import { accessRulesOf } from './identity-rules.ts';

export interface IdentityParts {
  config: Config;
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  verbs: readonly VerbTable[];
  onSetUp: (tx: Tx, setUp: SetUpSlot) => Promise<void>;
  /** Asked late: these stand above identity and are made after it. */
  parameters: () => Pick<Parameters, 'rules'>;
  notifications: () => Pick<Notifications, 'alarms'>;
  obligations: () => Pick<Obligations, 'openAfter'>;
  /** Rules of getting in that differ from those in force. */
  access: Partial<AccessRules>;
}

export const createRoomIdentity = ({ config, database, ledger, clock, log, verbs, onSetUp, parameters, notifications, obligations, access }: IdentityParts): Identity => {
  // Never changes once there is a room.
  let demonstration: boolean | null = null;
  const isDemonstration = async (db: Db): Promise<boolean> => {
    demonstration ??= (await questions.place(db))?.demonstration ?? null;
    return demonstration ?? false;
  };
  return createIdentity({
    database, ledger, clock, log, verbs, onSetUp,
    sealer: createSealer(join(config.dataFolder, 'keys', 'people.key')),
    origin: config.origin,
    blobs: createDiskBlobs(join(config.dataFolder, 'qualifications'), () => newId('tmp', clock)),
    rules: async (db, place, at) => ({ ...accessRulesOf(await parameters().rules(db, place, at), await isDemonstration(db)), ...access }),
    onAlarm: async (tx, alarm) => {
      await notifications().alarms.raise(tx, alarm);
    },
    onAlarmCleared: async (tx, { kind, subject, roomId, at }) => {
      await notifications().alarms.clear(tx, { kind, subject, roomId, at, note: '' });
    },
    rotationDue: async (tx, { device, credentialId, siteId, roomId, setAt }) => {
      await obligations().openAfter(tx, { kind: 'device.password_rotation', siteId, roomId, subject: device, eventAt: setAt, eventKey: `${credentialId} ${setAt}` });
    },
  });
};
