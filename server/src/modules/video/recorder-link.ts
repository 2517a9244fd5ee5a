/** Keeps server and recorder together: hands over the wanted configuration, takes over the journal, knows the newest status. */
import type { JournalEntry, RecorderConfig, RecorderStatus } from '../../../../contract/recorder.ts';
import type { Timer } from '../../base/clock.ts';
import { wait } from '../../base/clock.ts';
import { Refusal } from '../../base/refusal.ts';
import { secondMs } from '../../base/units.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { cameraLabel } from './camera.ts';
import { openAddress } from './camera-address.ts';
import { changedChannel, type VideoContext } from './context.ts';
import { restartJournal, takeOverAll } from './journal-intake.ts';
import { stoppedCameras } from './stops/store.ts';
import { subAddresses } from './subs/sub-streams.ts';
import { bumpConfig, camerasOfSite, storagesOf, theRecorder, type Recorder } from './store.ts';

const journalWaitMs = 20 * secondMs;
/** Segments that close within this time share one fact. */
const gatherMs = secondMs;
const retryMs = secondMs;
const statusEveryMs = 2 * secondMs;
/** Whoever changed a camera waits at most so long for the recorder; it gets the settings in any case. */
const pushWaitMs = 3 * secondMs;

/** The configuration that the database asks for. */
export const wantedConfig = async (context: VideoContext, db: Db, recorder: Recorder): Promise<RecorderConfig> => {
  const cameras = await camerasOfSite(db, recorder.siteId);
  const storages = await storagesOf(db, recorder.recorderId);
  const subs = await subAddresses(context, db, cameras);
  const stopped = await stoppedCameras(db, recorder.siteId);
  const { segmentSeconds, fragmentMs, drainMs, drainWatchedMs, maxLossMs, gapAlarmSeconds, freeBytesWarn } = context.parameters;
  return {
    version: recorder.configVersion,
    recorderId: recorder.recorderId,
    siteId: recorder.siteId,
    storages: storages.map((storage) => ({ ...storage, siteId: recorder.siteId })),
    cameras: cameras.map((camera) => ({
      cameraId: camera.cameraId,
      label: cameraLabel(camera),
      url: openAddress(context.sealer, camera),
      subUrl: subs.get(camera.cameraId) ?? null,
      username: camera.username,
      password: camera.passwordSealed === null ? null : context.sealer.open(camera.passwordSealed, camera.cameraId),
      record: camera.record && !stopped.has(camera.cameraId),
      ...(stopped.has(camera.cameraId) ? { recordAgainAt: stopped.get(camera.cameraId) ?? null } : {}),
      allowLocal: camera.allowLocal,
      transport: camera.transport,
      tlsFingerprint: camera.tlsFingerprint,
    })),
    segmentSeconds, fragmentMs, drainMs, drainWatchedMs, maxLossMs, gapAlarmSeconds, freeBytesWarn,
  };
};

export class RecorderLink {
  readonly #context: VideoContext;
  #status: RecorderStatus | null = null;
  #before: RecorderStatus | null = null;
  #looking: Promise<void> | null = null;
  #stopped = false;
  #poll: Timer | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(context: VideoContext) {
    this.#context = context;
  }

  /** Newest status; null while the recorder cannot be reached. */
  get status(): RecorderStatus | null {
    return this.#status;
  }

  /** The newest status and the one before: a minute that has just closed is known from the latter until its row is there. */
  get statuses(): readonly RecorderStatus[] {
    return [this.#status, this.#before].filter((one) => one !== null);
  }

  start(): void {
    this.#running = this.#intake();
    this.#poll = this.#context.clock.every(statusEveryMs, () => void this.#look());
    void this.#look();
  }

  /** Hands the wanted configuration over now; called after a camera was changed. */
  async push(): Promise<void> {
    const seen = async (): Promise<void> => {
      await this.#looking; // it may have begun before the change
      await this.#look();
    };
    await Promise.race([seen(), wait(this.#context.clock, pushWaitMs)]);
  }

  /** One page of the journal; answers how far it is taken over now. */
  async takeOver(entries: readonly JournalEntry[]): Promise<number> {
    const recorder = await theRecorder(this.#context.database.db);
    return recorder === null ? 0 : takeOverAll(this.#context, recorder, entries);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#poll?.cancel();
    await Promise.race([this.#running, wait(this.#context.clock, retryMs)]);
  }

  /** One at a time: an older answer must not overtake a newer one. Never rejects. */
  #look(): Promise<void> {
    this.#looking ??= this.#lookNow().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #lookNow(): Promise<void> {
    const { log, measures, recorder } = this.#context;
    const wasPresent = this.#status !== null;
    const status = await recorder.status().catch((error: unknown) => {
      if (!(error instanceof Refusal)) log.warn('the recorder could not be asked', { error });
      return null;
    });
    this.#before = this.#status;
    this.#status = status;
    measures.recorderPresent.set(status === null ? 0 : 1);
    // That the database is away does not make the recorder away.
    if (status !== null) await this.#align(status).catch((error: unknown) => log.warn('the recorder does not have its newest settings yet, trying again', { error }));
    if (wasPresent !== (status !== null)) await this.#tellPresence();
  }

  async #align(status: RecorderStatus): Promise<void> {
    const { database, measures, recorder: client } = this.#context;
    let recorder = await theRecorder(database.db);
    if (recorder === null) return;
    measures.journalBehind.set(Math.max(0, status.journalLast - recorder.journalSeq));
    if (status.configVersion === recorder.configVersion) return;
    // A database restored from a backup may want less than the recorder already has: go past it.
    if (status.configVersion > recorder.configVersion) recorder = await this.#bumpPast(recorder.siteId, status.configVersion);
    await client.putConfig(await wantedConfig(this.#context, database.db, recorder));
  }

  async #bumpPast(siteId: string, version: number): Promise<Recorder> {
    await this.#context.database.transaction((tx) => bumpConfig(tx, siteId, version));
    const recorder = await theRecorder(this.#context.database.db);
    if (recorder === null) throw new Error('the recorder row vanished');
    return recorder;
  }

  async #tellPresence(): Promise<void> {
    const { database, log } = this.#context;
    await database.transaction((tx) => database.notify(tx, changedChannel, 'video.cameras')).catch((error: unknown) => log.debug('screens could not be told', { error }));
  }

  async #intake(): Promise<void> {
    const { clock, log } = this.#context;
    while (!this.#stopped) {
      try {
        if (!(await this.#takeOnePage())) await wait(clock, retryMs);
      } catch (error) {
        if (!(error instanceof Refusal)) log.warn('journal not taken over, trying again', { error });
        await wait(clock, retryMs);
      }
    }
  }

  /** False when there is no recorder to read from yet. */
  async #takeOnePage(): Promise<boolean> {
    const { database, recorder: client, clock } = this.#context;
    const recorder = await theRecorder(database.db);
    if (recorder === null) return false;
    const waiting = await client.journal(recorder.journalSeq, journalWaitMs);
    if (waiting.recorderId !== '' && waiting.recorderId !== recorder.recorderId) {
      this.#context.log.error('the recorder that answers belongs to another room; its journal is not taken over', { recorderId: waiting.recorderId });
      return false;
    }
    if (waiting.last < recorder.journalSeq) {
      await restartJournal(this.#context, recorder, waiting.last);
      return true;
    }
    if (waiting.entries.length === 0 || this.#stopped) return true;
    await wait(clock, gatherMs);
    const page = await client.journal(recorder.journalSeq, 0);
    const upTo = await takeOverAll(this.#context, recorder, page.entries);
    await client.acknowledge(upTo);
    return true;
  }
}
