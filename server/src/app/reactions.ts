/**
 * "When X happened, do Y elsewhere": parts that must not know each other meet here. A fact of one part calls another in the same
 * transaction; what is no fact but a state (the recorder away, a disk full, a ledger unsigned) is looked at by a job.
 */
import type { z } from 'zod';
import { noteWords } from '../../../contract/alarm-notes.ts';
import { GapReason, type RecorderStatus } from '../../../contract/recorder.ts';
import type { Instant } from '../base/clock.ts';
import type { Sentence } from '../base/refusal.ts';
import { gibibyte, secondMs } from '../base/units.ts';
import type { Act, Ledger } from '../mechanisms/ledger/index.ts';
import { questions as alarmsNow, type AlarmToRaise } from '../mechanisms/notifications/index.ts';
import type { Job } from '../platform/jobs/schedule.ts';
import type { Tx } from '../platform/postgres/db.ts';
import { gapReasonWords } from '../../../contract/gap-words.ts';
import type { NewEntry } from '../modules/duty/index.ts';
import type { Place, Reaction, ReactionParts } from './reaction.ts';
import { videoReactions } from './video-reactions.ts';
import { cameraLost, ledgerTrouble, pictureBehindAlarm, recorderAway, storageLow, storageTrouble } from './machine-alarms.ts';
import { storageReactions } from './storage-reactions.ts';

interface Gap {
  cameraId: string;
  camera: string;
  reason: string;
}

const gapAlarmed: Reaction = async ({ alarms, place }, tx, act) => {
  const { cameraId, camera, reason } = act.body as Gap; // the ledger has let it through as the body of video.gap_alarmed
  const room = await place(tx);
  const known = GapReason.safeParse(reason);
  if (room === null || !known.success) return;
  // One alarm for one fault: that nothing arrives is said by this one from here on.
  await alarms.clear(tx, { kind: pictureBehindAlarm.kind, subject: cameraId, at: act.at, note: '录像中断，另行报警' });
  await alarms.raise(tx, { ...room, kind: cameraLost.kind, subject: cameraId, cameraId, at: act.at, body: { camera, reason: known.data, cause: gapReasonWords[known.data] } });
};
const gapClosed: Reaction = async ({ alarms }, tx, act) => alarms.clear(tx, { kind: cameraLost.kind, subject: (act.body as Gap).cameraId, at: act.at, note: '录像已恢复' });
const cameraRetired: Reaction = async ({ alarms }, tx, act) => alarms.clear(tx, { kind: cameraLost.kind, subject: act.subject, at: act.at, note: '摄像机已撤除' });

interface AlarmFact {
  alarmId: string;
  class: string;
  title: Sentence;
  sentence: Sentence;
}

/** Under which heading of the duty log an alarm stands. */
const typeOf = (alarmClass: string): NewEntry['type'] => (alarmClass === 'fire' ? 'fire_panel' : alarmClass === 'device' || alarmClass === 'system' ? 'fault' : 'alarm');

/** Alarms stand in the duty log by themselves; what the machine saw waits there for a person's words. */
const alarmLine =
  (zh: string, en: string, more: (act: Act) => { words?: Sentence; needsWords?: boolean } = () => ({})): Reaction =>
  async ({ note }, tx, act) => {
    const { alarmId, class: alarmClass, sentence } = act.body as AlarmFact; // bodies of all facts about alarms hold these
    if (act.roomId === null) return;
    const { words, needsWords = false } = more(act);
    const after = (language: keyof Sentence): string => (words === undefined || words[language] === '' ? '' : ` · ${words[language]}`);
    const text = { zh: `${zh}：${sentence.zh}${after('zh')}`, en: `${en}: ${sentence.en}${after('en')}` };
    const source = act.actor.kind === 'person' ? 'person' : 'system';
    await note(tx, { siteId: act.siteId, roomId: act.roomId }, { type: typeOf(alarmClass), text, eventAt: act.at, actor: act.actor, source, subject: alarmId, needsWords: needsWords && source === 'system' });
  };
const wordsOf = (act: Act): { words: Sentence } => ({ words: noteWords((act.body as { text: string }).text) });

/** Until when, and why. */
const shelvingOf = (act: Act): { words: Sentence } => {
  const { untilText, text } = act.body as { untilText: string; text: string }; // the body of notifications.alarm_shelved
  return { words: { zh: `至 ${untilText}，${text}`, en: `until ${untilText}, ${text}` } };
};

const alarmLines: Readonly<Record<string, Reaction>> = {
  'notifications.alarm_raised': alarmLine('报警', 'Alarm', () => ({ needsWords: true })),
  'notifications.alarm_acknowledged': alarmLine('确认', 'Acknowledged', wordsOf),
  'notifications.alarm_cleared': alarmLine('恢复', 'Over'),
  'notifications.alarm_unreached': alarmLine('联系不到任何人', 'Nobody could be reached'),
  'notifications.alarm_shelved': alarmLine('搁置', 'Put aside', shelvingOf),
  'notifications.alarm_unshelved': alarmLine('不再搁置', 'No longer put aside', wordsOf),
  'notifications.alarm_closed': alarmLine('结束', 'Closed', wordsOf),
};

interface ResultFact {
  requestId: string;
  number: string;
  cameras: readonly string[];
  outcome: string;
  remark: string;
}
/** Footage calls stand in the log of the shift by themselves: what was looked at, and what came of it. */
const footageLine =
  (zh: string, en: string): Reaction =>
  async ({ note }, tx, act) => {
    const { number, outcome, remark } = act.body as Partial<ResultFact>; // a viewing that begins has no outcome yet
    if (act.roomId === null) return;
    const found: Sentence = act.event.words['outcome']?.[outcome ?? ''] ?? { zh: '', en: '' };
    const rest = (language: keyof Sentence): string => [found[language], remark ?? ''].filter((part) => part !== '').map((part) => ` · ${part}`).join('');
    const text = { zh: `${zh} ${number}${rest('zh')}`, en: `${en} ${number}${rest('en')}` };
    await note(tx, { siteId: act.siteId, roomId: act.roomId }, { type: 'event', text, eventAt: act.at, actor: act.actor, source: act.actor.kind === 'person' ? 'person' : 'system', subject: act.subject, needsWords: false });
  };
const footageLines: Readonly<Record<string, Reaction>> = { 'evidence.viewing_begun': footageLine('开始录像调阅', 'Footage viewing begun,'), 'evidence.result_written': footageLine('录像调阅结果', 'Result of the footage viewing,') };

const reactions: Readonly<Record<string, Reaction>> = { 'video.gap_alarmed': gapAlarmed, 'video.gap_closed': gapClosed, 'video.camera_retired': cameraRetired, ...storageReactions, ...alarmLines, ...footageLines, ...videoReactions };

/** The ledger as a part sees it whose facts others act upon. `parts` is asked for when the first fact comes: by then the room is whole. */
export const reactingLedger = (ledger: Ledger, parts: () => ReactionParts): Ledger => {
  const react = async (tx: Tx, acts: readonly Act[]): Promise<void> => {
    for (const one of acts) await reactions[one.event.kind]?.(parts(), tx, one);
  };
  return {
    ...ledger,
    append: async <Body extends z.ZodType>(tx: Tx, act: Act<Body>) => {
      const appended = await ledger.append(tx, act);
      await react(tx, [act]);
      return appended;
    },
    appendMany: async (tx, acts) => {
      const appended = await ledger.appendMany(tx, acts);
      await react(tx, acts);
      return appended;
    },
  };
};

/** With the rhythm of asking it and of looking here: its silence is told within ten seconds, as the clauses on interruptions ask. */
const awayAfterMs = 6 * secondMs;
const lookEveryMs = 2 * secondMs;
/** So that a disk at the border does not ring and clear in turn. */
const enoughAgain = 1.1;

type Wanted = Pick<AlarmToRaise, 'kind' | 'subject' | 'body'>;

const ofStorages = (status: RecorderStatus, freeBytesWarn: number, lowBefore: ReadonlySet<string>): Wanted[] =>
  status.storages.flatMap(({ storageId, usable, reason, freeBytes }): Wanted[] => {
    if (!usable) return [{ kind: storageTrouble.kind, subject: storageId, body: { reason } }];
    const limit = lowBefore.has(storageId) ? freeBytesWarn * enoughAgain : freeBytesWarn;
    return freeBytes < limit ? [{ kind: storageLow.kind, subject: storageId, body: { freeGigabytes: Math.floor((freeBytes / gibibyte) * 10) / 10 } }] : [];
  });

const watched: readonly string[] = [recorderAway.kind, storageTrouble.kind, storageLow.kind, ledgerTrouble.kind];

/** States of the machine as alarms: raised when they begin, cleared when they are over, whatever happened in between. */
export const machineWatch = (parts: ReactionParts): Job => {
  const { alarms, clock, database } = parts;
  let awaySince: number | null = null;
  const wantedNow = (place: Place, lowBefore: ReadonlySet<string>): { wanted: Wanted[]; unknown: ReadonlySet<string> } => {
    const status = parts.recorder();
    awaySince = status === null ? (awaySince ?? clock.monotonic()) : null;
    const trouble = parts.ledgerTroubles().get(place.siteId);
    const wanted: Wanted[] = trouble === undefined ? [] : [{ kind: ledgerTrouble.kind, subject: place.siteId, body: { zh: trouble.zh, en: trouble.en } }];
    if (status !== null) return { wanted: [...wanted, ...ofStorages(status, parts.freeBytesWarn, lowBefore)], unknown: new Set() };
    // Of the storages nothing is known while the recorder is away: what rings goes on ringing.
    const away = awaySince !== null && clock.monotonic() - awaySince >= awayAfterMs;
    return { wanted: away ? [...wanted, { kind: recorderAway.kind, subject: place.roomId, body: {} }] : wanted, unknown: new Set([storageTrouble.kind, storageLow.kind, ...(away ? [] : [recorderAway.kind])]) };
  };
  const look = async (): Promise<void> => {
    const place = await parts.place(database.db);
    if (place === null) return;
    const open = (await alarmsNow.openAlarms(database.db, place.roomId)).filter((alarm) => watched.includes(alarm.kind) && alarm.clearedAt === null);
    const { wanted, unknown } = wantedNow(place, new Set(open.filter((alarm) => alarm.kind === storageLow.kind).map(({ subject }) => subject)));
    const is = (one: { kind: string; subject: string }, other: { kind: string; subject: string }): boolean => one.kind === other.kind && one.subject === other.subject;
    const begun = wanted.filter((one) => !open.some((alarm) => is(alarm, one)));
    const over = open.filter((alarm) => !unknown.has(alarm.kind) && !wanted.some((one) => is(alarm, one)));
    if (begun.length + over.length === 0) return;
    const at: Instant = clock.now();
    await database.transaction(async (tx) => {
      for (const one of begun) await alarms.raise(tx, { ...place, ...one, at });
      for (const { kind, subject } of over) await alarms.clear(tx, { kind, subject, at, note: '', roomId: place.roomId });
    });
  };
  return { name: 'room.machine_watch', everyMs: lookEveryMs, run: look };
};
