/** Health put into this room: where key pictures come from, who decodes them, and what a trouble leads to. */
import { isIP } from 'node:net';
import { join } from 'node:path';
import { liveAccessUnitHeaderBytes, liveFlag, liveType, type RecorderStatus } from '../../../contract/recorder.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { secondMs } from '../base/units.ts';
import { questions as people } from '../mechanisms/identity/index.ts';
import type { Ledger } from '../mechanisms/ledger/index.ts';
import type { Notifications } from '../mechanisms/notifications/index.ts';
import type { Obligations } from '../mechanisms/obligations/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import type { Duty } from '../modules/duty/index.ts';
import { createHealth, type Health, type HealthContext } from '../modules/health/index.ts';
import { createRecorderClient, guardedLookup, isLocalHost, videoQuestions } from '../modules/video/index.ts';
import { createDiskBlobs } from '../platform/blobs/disk-blobs.ts';
import type { Database } from '../platform/postgres/db.ts';
import { createSideProgram } from '../platform/process/side-program.ts';
import { placeOf } from './room-notifications.ts';

export interface HealthParts {
  config: Config;
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  notifications: Pick<Notifications, 'alarms'>;
  obligations: Pick<Obligations, 'openAfter'>;
  parameters: Pick<Parameters, 'rules'>;
  duty: Pick<Duty, 'openFault' | 'onDuty'>;
  recorder: () => RecorderStatus | null;
}

const pictureWaitMs = 6 * secondMs;
/** A decoder that hangs is ended; the worker gives up a little earlier by itself. */
const examineLimitMs = 15 * secondMs;
const clearingKind = 'inspection.obstruction';

type KeyPicture = Awaited<ReturnType<HealthContext['keyPicture']>>;

/** The first key picture of the live feed: the recorder sends the one it has at once, and the connection ends with it. */
export const keyPictureOf = (recorder: ReturnType<typeof createRecorderClient>, clock: Clock, cameraId: string): Promise<KeyPicture> =>
  new Promise((resolve) => {
    let config: { codec: string; decoderConfig: string } | null = null;
    const done = (picture: KeyPicture): void => {
      limit.cancel();
      feed.close();
      resolve(picture);
    };
    const limit = clock.after(pictureWaitMs, () => done(null));
    const feed = recorder.live(cameraId, (body) => {
      if (body[0] === liveType.config) config = JSON.parse(body.toString('utf8', 1)) as { codec: string; decoderConfig: string }; // LiveConfig of our own recorder
      if (body[0] !== liveType.accessUnit || config === null || ((body[1] ?? 0) & liveFlag.key) === 0) return;
      done({ codec: config.codec, decoderConfig: Buffer.from(config.decoderConfig, 'base64'), units: Buffer.from(body.subarray(liveAccessUnitHeaderBytes)) });
    }, () => done(null));
  });

/** As for cameras: a name that leads to this machine is refused where it is resolved, whatever it is called. */
const resolverOf = (allowLocal: boolean) => (host: string): Promise<string | null> =>
  new Promise((resolve) => {
    if (isIP(host) !== 0) return resolve(allowLocal || !isLocalHost(host) ? host : null);
    guardedLookup(allowLocal)(host, {}, (error, address) => resolve(error === null && typeof address === 'string' ? address : null));
  });

export const createRoomHealth = ({ config, database, ledger, clock, log, notifications, obligations, parameters, duty, recorder }: HealthParts): Health & { stopWorker(): void } => {
  const client = createRecorderClient(join(config.dataFolder, 'run', 'recorder.sock'));
  const worker = createSideProgram({ entry: join(import.meta.dirname, '..', 'modules', 'health', 'picture', 'worker-main'), limitMs: examineLimitMs, log, clock });
  const health = createHealth({
    database, ledger, clock, log, alarms: notifications.alarms, place: placeOf, recorder, rules: (db, place, at) => parameters.rules(db, place, at),
    blobs: createDiskBlobs(join(config.dataFolder, 'health-stills'), () => newId('tmp', clock)),
    recorderId: videoQuestions.recorderId, cameras: videoQuestions.cameras,
    keyPicture: (cameraId) => keyPictureOf(client, clock, cameraId),
    examine: async (picture) => (await worker.ask(picture)) as Awaited<ReturnType<HealthContext['examine']>>, // our own worker answers
    openFault: (tx, place, fault) => duty.openFault(tx, place, fault),
    clearingTask: async (tx, place, { camera, troubleId, at }) => {
      await obligations.openAfter(tx, { kind: clearingKind, ...place, subject: camera, eventAt: at, eventKey: troubleId });
    },
    mayAsk: (host) => config.allowLocalCameras || !isLocalHost(host), resolve: resolverOf(config.allowLocalCameras),
    onDuty: async (db, roomId, at) => ({ shift: await duty.onDuty(db, roomId), names: [...new Set((await people.postHolders(db, roomId, at)).map(({ name }) => name))] }),
  });
  return { ...health, stopWorker: () => worker.stop() };
};
