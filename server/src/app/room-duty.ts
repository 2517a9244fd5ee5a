/** Duty put into this room: what the machine knows of a shift, and who is told. */
import { GapReason, type RecorderStatus } from '../../../contract/recorder.ts';
import { gapReasonWords } from '../../../contract/gap-words.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { questions as people, type Identity } from '../mechanisms/identity/index.ts';
import type { Ledger } from '../mechanisms/ledger/index.ts';
import { questions as alarms, type Notifications } from '../mechanisms/notifications/index.ts';
import { questions as tasks, stateWords, whenText } from '../mechanisms/obligations/index.ts';
import type { Parameters } from '../mechanisms/parameters/index.ts';
import { createDuty, dutyQuestions, type Duty, type Telemetry } from '../modules/duty/index.ts';
import { healthQuestions, type Health } from '../modules/health/index.ts';
import { roundsQuestions } from '../modules/rounds/index.ts';
import { changedChannel, videoQuestions } from '../modules/video/index.ts';
import type { Database } from '../platform/postgres/db.ts';
import { placeOf } from './room-notifications.ts';

export interface DutyParts {
  database: Database;
  ledger: Ledger;
  clock: Clock;
  log: Log;
  identity: Identity;
  notifications: Notifications;
  parameters: Pick<Parameters, 'rules'>;
  recorder: () => RecorderStatus | null;
  /** Asked late: the state of devices. */
  health: () => Pick<Health, 'mayCloseFault'>;
}

const causeOf = (reason: string): Telemetry['gaps'][number]['cause'] => {
  const known = GapReason.safeParse(reason);
  return known.success ? gapReasonWords[known.data] : { zh: '原因不明', en: 'cause unknown' };
};

export const createRoomDuty = ({ database, ledger, clock, log, identity, notifications, parameters, recorder, health }: DutyParts): Duty =>
  createDuty({
    database, ledger, clock, log, posts: identity.posts, notices: notifications.notices, place: placeOf, cameraName: videoQuestions.cameraName, bareSnapshots: videoQuestions.bareSnapshots,
    number: async (db, place, name, at) => (await parameters.rules(db, place, at)).number(name),
    tellScreens: (tx, topic) => database.notify(tx, changedChannel, topic),
    mayCloseFault: (db, where, cameraId) => health().mayCloseFault(db, where, cameraId),
    carried: async (db, { roomId }, at) => {
      const timeZone = (await people.place(db))?.site.timeZone ?? 'UTC';
      const aside = (await alarms.openAlarms(db, roomId)).filter(({ shelvedUntil }) => shelvedUntil !== null);
      const waiting = (await tasks.open(db, roomId)).filter(({ from }) => from <= at);
      const begun = (await dutyQuestions.openSince(db, roomId)) ?? at;
      return [
        ...(await healthQuestions.changes(db, roomId, begun, at)), ...(await roundsQuestions.carried(db, roomId, begun, at)),
        ...aside.map(({ sentence, shelvedUntil }) => ({ zh: `报警已搁置至 ${whenText(shelvedUntil ?? at, timeZone)}：${sentence.zh}`, en: `Alarm put aside until ${whenText(shelvedUntil ?? at, timeZone)}: ${sentence.en}` })),
        ...waiting.map((one) => ({ zh: `任务未完成（${stateWords[one.state].zh}）：${one.title.zh}${one.subject === '' ? '' : ` · ${one.subject}`}`, en: `Task not done (${stateWords[one.state].en}): ${one.title.en}${one.subject === '' ? '' : ` · ${one.subject}`}` })),
      ];
    },
    tasks: async (db, { roomId }, from, until) => [
      ...(await roundsQuestions.tasks(db, roomId, from, until)),
      ...(await tasks.of(db, { roomId, from, until })).map(({ title, state, late, until: ended }) => ({
        title, until: ended, wanting: late || !['submitted', 'reviewed', 'waived'].includes(state),
        state: late && (state === 'submitted' || state === 'reviewed') ? { zh: `${stateWords[state].zh}（迟做）`, en: `${stateWords[state].en} (late)` } : stateWords[state],
      })),
    ],
    telemetry: async (db, { roomId }, from, until) => {
      const status = recorder();
      const gaps = await videoQuestions.gaps(db, roomId, from, until);
      const open = new Set(gaps.filter((gap) => gap.until === null).map(({ cameraId }) => cameraId));
      const states = new Map((status?.cameras ?? []).map(({ cameraId, state }) => [cameraId, state]));
      const cameras = (await videoQuestions.cameras(db, roomId)).filter(({ record }) => record);
      return {
        recorder: status === null ? 'away' : 'present',
        // While the recorder is away its last words about gaps are all that is known.
        cameras: cameras.map(({ cameraId, camera }) => ({ camera, recording: status === null ? !open.has(cameraId) : states.get(cameraId) === 'recording' })),
        gaps: gaps.map(({ camera, from: begun, until: ended, reason }) => ({ camera, from: begun, until: ended, cause: causeOf(reason) })),
        storages: (status?.storages ?? []).map(({ usable, freeBytes }) => ({ usable, freeBytes })),
      };
    },
  });
