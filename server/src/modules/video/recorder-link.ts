/** Keeps server and recorder together: hands over the wanted configuration, takes over the journal, knows the newest status. */
import type { JournalEntry, RecorderConfig, RecorderStatus } from '../../../../contract/recorder.ts';
import type { Timer } from '../../base/clock.ts';
import { wait } from '../../base/clock.ts';
import { Refusal } from '../../base/refusal.ts';
import { secondMs } from '../../base/units.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { cameraLabel } from './camera.ts';
import { changedChannel, type VideoContext } from './context.ts';
import { restartJournal, takeOver } from './journal-intake.ts';
import { bumpConfig, camerasOfSite, storagesOf, theRecorder, type Recorder } from './store.ts';

const journalWaitMs = 20 * secondMs;
/** Segments that close within this time share one fact. */
const gatherMs = secondMs;
const retryMs = secondMs;
const statusEveryMs = 2 * secondMs;

/** The configuration that the database asks for. */
export const wantedConfig = async (context: VideoContext, db: Db, recorder: Recorder): Promise<RecorderConfig> => {
  const cameras = await camerasOfSite(db, recorder.siteId);
  const storages = await storagesOf(db, recorder.recorderId);
  const { segmentSeconds, fragmentMs, drainMs, drainWatchedMs, maxLossMs, gapAlarmSeconds, freeBytesWarn } = context.parameters;
  return {
    version: recorder.configVersion,
    recorderId: recorder.recorderId,
    siteId: recorder.siteId,
    storages: storages.map((storage) => ({ ...storage, siteId: recorder.siteId })),
    cameras: cameras.map((camera) => ({
      cameraId: camera.cameraId,
      label: cameraLabel(camera),
      url: camera.url,
      username: camera.username,
      password: camera.passwordSealed === null ? null : context.sealer.open(camera.passwordSealed, camera.cameraId),
      record: camera.record,
      allowLocal: camera.allowLocal,
    })),
    segmentSeconds, fragmentMs, drainMs, drainWatchedMs, maxLossMs, gapAlarmSeconds, freeBytesWarn,
  };
};

export class RecorderLink {
  readonly #context: VideoContext;
  #status: RecorderStatus | null = null;
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

  start(): void {
    this.#running = this.#intake();
    this.#poll = this.#context.clock.every(statusEveryMs, () => void this.#look());
    void this.#look();
  }

  /** Hands the wanted configuration over now; called after a camera was changed. */
  async push(): Promise<void> {
    await this.#look();
  }

  /** One page of the journal; answers how far it is taken over now. */
  async takeOver(entries: readonly JournalEntry[]): Promise<number> {
    const recorder = await theRecorder(this.#context.database.db);
    return recorder === null ? 0 : takeOver(this.#context, recorder, entries);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#poll?.cancel();
    await Promise.race([this.#running, wait(this.#context.clock, retryMs)]);
  }

  async #look(): Promise<void> {
    const before = this.#status;
    try {
      this.#status = await this.#context.recorder.status();
      await this.#align(this.#status);
    } catch (error) {
      if (!(error instanceof Refusal)) this.#context.log.warn('the recorder could not be asked', { error });
      this.#status = null;
    }
    if ((before === null) !== (this.#status === null)) await this.#tellPresence();
  }

  async #align(status: RecorderStatus): Promise<void> {
    const { database, recorder: client } = this.#context;
    let recorder = await theRecorder(database.db);
    if (recorder === null || status.configVersion === recorder.configVersion) return;
    // A database restored from a backup may want less than the recorder already has: go past it.
    while (status.configVersion > recorder.configVersion) recorder = await this.#bump(recorder.siteId);
    await client.putConfig(await wantedConfig(this.#context, database.db, recorder));
  }

  async #bump(siteId: string): Promise<Recorder> {
    await this.#context.database.transaction((tx) => bumpConfig(tx, siteId));
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
    if (waiting.last < recorder.journalSeq) {
      await restartJournal(this.#context, recorder);
      return true;
    }
    if (waiting.entries.length === 0 || this.#stopped) return true;
    await wait(clock, gatherMs);
    const page = await client.journal(recorder.journalSeq, 0);
    const upTo = await takeOver(this.#context, recorder, page.entries);
    await client.acknowledge(upTo);
    return true;
  }
}
