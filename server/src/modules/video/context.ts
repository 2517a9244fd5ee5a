/** What the parts of the module share; made once by createVideo. */
import type { ChangedTopic as Topic } from '../../../../contract/live.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Refusal, Sentence } from '../../base/refusal.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Actor, Ledger } from '../../mechanisms/ledger/index.ts';
import type { Blobs } from '../../platform/blobs/disk-blobs.ts';
import type { Database, Tx } from '../../platform/postgres/db.ts';
import type { Sealer } from '../../platform/secrets/sealer.ts';
import type { RecordingParameters } from './camera.ts';
import type { VideoMeasures } from './measures.ts';
import type { RecorderClient } from './recorder-client.ts';
import type { RegisterSlots } from './register/slots.ts';

export interface VideoContext {
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  recorder: RecorderClient;
  sealer: Sealer;
  blobs: Blobs;
  parameters: RecordingParameters;
  measures: VideoMeasures;
  /** VIGIL_ALLOW_LOCAL_CAMERAS */
  allowLocal: boolean;
  /** What the register of cameras asks of the house. */
  register: RegisterSlots;
  /** Folder for footage when a site is set up. */
  footageFolder: string;
  /** Writes a backup of the room (database, ledger, keys, settings, documents) to this file; rejects where it could not. */
  backUpRoom(file: string): Promise<void>;
  /** What is signed with the key of the ledger, and the key that verifies it. */
  sign(message: Uint8Array): { signature: Uint8Array; publicKey: Uint8Array };
  /** Records a denial on a stream and answers what to throw; identity fills it. */
  deny(caller: Caller, what: string, reason: Sentence, verb: string): Promise<Refusal>;
}

/** Channel on which every server hears that screens should fetch again; the payload is a topic of contract/live.ts. */
export const changedChannel = 'vigil_changed';
export type ChangedTopic = Extract<Topic, `video.${string}`>;

export const tellScreens = (context: VideoContext, tx: Tx, topic: ChangedTopic): Promise<void> => context.database.notify(tx, changedChannel, topic);

export { actorOf } from '../../mechanisms/identity/index.ts';
export const recorderActor: Actor = { kind: 'process', id: 'recorder' };
export const serverActor: Actor = { kind: 'process', id: 'server' };
