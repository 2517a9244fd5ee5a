/** What facts about storages ring: a shortage that is foreseen, footage lost before its time, footage that failed verification. */
import type { Act } from '../mechanisms/ledger/index.ts';
import { backupTrouble, copyDamagedAlarm, footageDamaged, footageLost, recordingDiffersAlarm, roomRefused, storageShort } from './machine-alarms.ts';
import type { Reaction } from './reaction.ts';

/** Raises an alarm of this kind about the subject of the fact; `body` takes its words from the fact. */
const raises =
  (kind: { kind: string }, body: (act: Act) => object): Reaction =>
  async ({ alarms, place }, tx, act) => {
    const room = await place(tx);
    if (room !== null) await alarms.raise(tx, { ...room, kind: kind.kind, subject: act.subject, at: act.at, body: body(act) });
  };

interface Damaged {
  camera: string;
  what: string;
}

const damageOf = (act: Act): object => {
  const { camera, what } = act.body as Damaged; // the ledger has let it through as the body of video.footage_damaged
  return { camera, ...(act.event.words['what']?.[what] ?? { zh: what, en: what }) };
};

const backupWords = (act: Act): object => {
  const { what, about } = act.body as { what: string; about: string }; // of video.backup_troubled
  const words = act.event.words['what']?.[what] ?? { zh: what, en: what };
  const rest = about === '' ? '' : ` (${about})`;
  return { zh: `${words.zh}${rest}。`, en: `${words.en}${rest}.` };
};

export const storageReactions: Readonly<Record<string, Reaction>> = {
  'video.storage_short': raises(storageShort, ({ body }) => body as object),
  'video.storage_enough': async ({ alarms }, tx, act) => alarms.clear(tx, { kind: storageShort.kind, subject: act.subject, at: act.at, note: '存储预计足够' }),
  'video.retention_breached': raises(footageLost, ({ body }) => body as object),
  'video.room_refused': raises(roomRefused, ({ body }) => body as object),
  'video.footage_damaged': raises(footageDamaged, damageOf),
  'video.backup_troubled': raises(backupTrouble, backupWords),
  'video.backup_sound': async ({ alarms }, tx, act) => alarms.clear(tx, { kind: backupTrouble.kind, subject: act.subject, at: act.at, note: '备份已正常' }),
  'video.copy_damaged': raises(copyDamagedAlarm, ({ body }) => ({ camera: (body as { camera: string }).camera })),
  'video.recording_differs': raises(recordingDiffersAlarm, damageOf),
  'video.recording_agrees': async ({ alarms }, tx, act) => alarms.clear(tx, { kind: recordingDiffersAlarm.kind, subject: act.subject, at: act.at, note: '录像已恢复' }),
};
