/**
 * What should be recorded beside what is, every two seconds: the rows of the room against what the recorder last told. A camera that the
 * recorder itself knows to be missing has its gap and its alarm already; here is found what it does not know.
 */
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import type { Instant } from '../../../base/clock.ts';
import { secondMs } from '../../../base/units.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import { cameraLabel } from '../camera.ts';
import { serverActor, type VideoContext } from '../context.ts';
import { gapsAlarmed } from '../controls.ts';
import { camerasOfSite, theRecorder } from '../store.ts';
import { recordingAgrees, recordingDiffers } from './events.ts';
import { stoppedCameras } from './store.ts';

export const compareEveryMs = 2 * secondMs;

export type Difference = 'off' | 'unknown' | 'behind';

/** Null: as it should be, or known to the recorder as a gap. Pure. */
export const differenceOf = (status: RecorderStatus, cameraId: string, limitMs: number): Difference | null => {
  const seen = status.cameras.find((one) => one.cameraId === cameraId);
  if (seen === undefined) return 'unknown';
  if (seen.state === 'off') return 'off';
  const since = Math.max(seen.writtenUntil ?? seen.since, seen.since);
  return seen.state === 'recording' && status.now - since > limitMs ? 'behind' : null;
};

interface Differing {
  since: Instant; told: boolean; what: Difference; camera: string; siteId: string; roomId: string;
}

export class Divergence {
  readonly #context: VideoContext;
  readonly #status: () => RecorderStatus | null;
  readonly #differing = new Map<string, Differing>();

  constructor(context: VideoContext, status: () => RecorderStatus | null) {
    this.#context = context;
    this.#status = status;
  }

  /** One look. While the recorder does not answer that has its own alarm. */
  async look(): Promise<void> {
    const { database, clock, parameters } = this.#context;
    const status = this.#status();
    const recorder = await theRecorder(database.db);
    // Settings that are on their way are no difference yet.
    if (status === null || recorder === null || status.recorderId !== recorder.recorderId) return;
    const limitMs = parameters.gapAlarmSeconds * secondMs;
    const wanted = await this.#wanted(database.db, recorder.siteId);
    const now = clock.now();
    for (const camera of wanted) {
      const what = differenceOf(status, camera.cameraId, limitMs);
      const before = this.#differing.get(camera.cameraId);
      if (what === null) await this.#over(camera.cameraId, before, now);
      else if (before === undefined) this.#differing.set(camera.cameraId, { since: now, told: false, what, ...camera });
      else if (!before.told && now - before.since >= limitMs - compareEveryMs) await this.#tell(camera.cameraId, { ...before, what }, now);
    }
    const ids = new Set(wanted.map(({ cameraId }) => cameraId));
    for (const [cameraId, before] of this.#differing) if (!ids.has(cameraId)) await this.#over(cameraId, before, now);
  }

  async #wanted(db: Db, siteId: string): Promise<{ cameraId: string; camera: string; siteId: string; roomId: string }[]> {
    const stopped = await stoppedCameras(db, siteId);
    return (await camerasOfSite(db, siteId)).filter((one) => one.record && !stopped.has(one.cameraId)).map((one) => ({ cameraId: one.cameraId, camera: cameraLabel(one), siteId, roomId: one.roomId }));
  }

  async #tell(cameraId: string, one: Differing, now: Instant): Promise<void> {
    const { database, ledger } = this.#context;
    const { camera, siteId, roomId, since, what } = one;
    for (const found of gapsAlarmed.find(() => [{ cameraId, camera, from: since, what }])) {
      await database.transaction((tx) => ledger.append(tx, { event: recordingDiffers, siteId, roomId, actor: serverActor, subject: cameraId, body: found, at: now }));
    }
    this.#differing.set(cameraId, { ...one, told: true });
  }

  async #over(cameraId: string, one: Differing | undefined, now: Instant): Promise<void> {
    if (one === undefined) return;
    const { database, ledger } = this.#context;
    const { camera, siteId, roomId, since: from } = one;
    if (one.told) await database.transaction((tx) => ledger.append(tx, { event: recordingAgrees, siteId, roomId, actor: serverActor, subject: cameraId, body: { cameraId, camera, from }, at: now }));
    this.#differing.delete(cameraId);
  }
}
