/** Narrow reads for other parts. */
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { shiftDifference } from './controls.ts';
import { statesOf, troublesBetween, type TroubleRow } from './store.ts';
import { checkWords } from './words.ts';

const most = 100;

export const questions = {
  /** Troubles that touch the span, oldest first. */
  troubles: async (db: Db, roomId: string, from: Instant, until: Instant): Promise<TroubleRow[]> => (await troublesBetween(db, roomId, { from, until, limit: most })).toReversed(),
  /** What is otherwise than at the beginning of the span: began in it and goes on, or went on before it and is over. */
  changes: async (db: Db, roomId: string, from: Instant, until: Instant): Promise<Sentence[]> => {
    const rows = await troublesBetween(db, roomId, { from, until: until + 1, limit: most });
    const changed = rows.flatMap(({ device, check, words, from: begun, until: over }): Sentence[] => {
      if (begun >= from && over === null) return [{ zh: `设备异常（本班开始时正常）：${device}，${words.zh}`, en: `Device not in order (it was when the shift began): ${device}, ${words.en}` }];
      if (begun < from && over !== null && over <= until) return [{ zh: `设备已恢复（本班开始时异常）：${device}，${checkWords[check].zh}`, en: `Device in order again (it was not when the shift began): ${device}, ${checkWords[check].en}` }];
      return [];
    });
    return [...shiftDifference.find(() => changed)];
  },
  /** Why a fault of this camera cannot be closed yet: what is still wrong, or was until a moment ago. Null: it is well. */
  notNormal: async (db: Db, roomId: string, cameraId: string, since: Instant, now: Instant): Promise<{ device: string; words: Sentence } | null> => {
    const bad = (await statesOf(db, roomId)).find(({ device, state }) => device.deviceId === cameraId && state === 'bad');
    if (bad !== undefined) return { device: bad.device.name, words: bad.words };
    const ended = (await troublesBetween(db, roomId, { from: since, until: now + 1, deviceId: cameraId, limit: 1 }))[0];
    return ended === undefined ? null : { device: ended.device, words: ended.words };
  },
};
