/** What the recorder did, and what was wrong with its journal, as whole sentences of the field. Pure; they stand in the fact as they were said. */
import type { JournalEntryOf } from '../../../../contract/recorder.ts';
import type { Sentence } from '../../base/refusal.ts';
import { gibibyte, secondMs } from '../../base/units.ts';

export interface RecorderNote {
  /** A key of recorderWords. */
  what: string;
  detail: Sentence;
}

const before: Readonly<Record<JournalEntryOf<'recorder_started'>['previousEnd'], Sentence>> = {
  first: { zh: '首次', en: 'for the first time' },
  orderly: { zh: '上次有序停止', en: 'stopped in order before' },
  crashed: { zh: '上次异常退出', en: 'ended unexpectedly before' },
};
const refused: Readonly<Record<JournalEntryOf<'storage_refused'>['reason'], Sentence>> = {
  missing: { zh: '找不到文件夹', en: 'the folder is missing' },
  identity_absent: { zh: '没有标识文件，可能挂载错误', en: 'it has no identity file, as after a wrong mount' },
  identity_differs: { zh: '标识不符，属于别的存储或单位', en: 'its identity is that of another storage or site' },
  not_writable: { zh: '不能写入', en: 'it cannot be written to' },
};
/** The same by whatever the recorder says. */
export const refusedWords: Readonly<Record<string, Sentence>> = refused;

export const noteOfStart = ({ previousEnd, recoveredSegments }: Pick<JournalEntryOf<'recorder_started'>, 'previousEnd' | 'recoveredSegments'>): RecorderNote => {
  const { zh, en } = before[previousEnd];
  const some = recoveredSegments > 0;
  return {
    what: 'recorder_started',
    detail: { zh: `录像服务启动（${zh}${some ? `，找回录像 ${recoveredSegments} 段` : ''}）`, en: `Recorder started (${en}${some ? `; segments recovered: ${recoveredSegments}` : ''})` },
  };
};
export const noteOfStop = (): RecorderNote => ({ what: 'recorder_stopping', detail: { zh: '录像服务有序停止', en: 'Recorder stopped in order' } });
export const noteOfClock = ({ deltaMs }: Pick<JournalEntryOf<'clock_stepped'>, 'deltaMs'>): RecorderNote => {
  const seconds = (Math.abs(deltaMs) / secondMs).toFixed(1);
  return { what: 'clock_stepped', detail: { zh: `本机时钟被拨${deltaMs < 0 ? '慢' : '快'} ${seconds} 秒`, en: `The clock of the machine was set ${deltaMs < 0 ? 'back' : 'forward'} by ${seconds} s` } };
};
export const noteOfRefusedStorage = ({ path, reason }: Pick<JournalEntryOf<'storage_refused'>, 'path' | 'reason'>): RecorderNote => ({
  what: 'storage_refused',
  detail: { zh: `录像存储 ${path} 被拒绝使用：${refused[reason].zh}`, en: `Storage ${path} was refused: ${refused[reason].en}` },
});
export const noteOfLowStorage = ({ freeBytes }: Pick<JournalEntryOf<'storage_low'>, 'freeBytes'>): RecorderNote => {
  const free = (freeBytes / gibibyte).toFixed(1);
  return { what: 'storage_low', detail: { zh: `录像存储空间不足，剩余 ${free} GiB`, en: `Storage is low: ${free} GiB free` } };
};
export const noteOfLoss = (first: number, last: number): RecorderNote => ({
  what: 'journal_lost',
  detail: { zh: `录像流水缺失第 ${first} 至 ${last} 条`, en: `Entries ${first} to ${last} of the recorder's journal are missing` },
});
export const noteOfRestart = (takenOver: number): RecorderNote => ({
  what: 'journal_restarted',
  detail: { zh: `录像流水丢失，从头编号（此前已入账到第 ${takenOver} 条）`, en: `The recorder's journal was lost and begins anew (taken over before: up to ${takenOver})` },
});
export const noteOfSetAside = (asItCame: string): RecorderNote => ({
  what: 'entry_set_aside',
  detail: { zh: `录像流水中有一条无法入账，原样留存：${asItCame}`, en: `An entry of the recorder's journal could not be taken over and is kept as it came: ${asItCame}` },
});
export const noteOfForeign = (count: number): RecorderNote => ({
  what: 'foreign_entries',
  detail: { zh: `录像流水中有 ${count} 条属于本库没有的摄像机，未入账`, en: `Entries of the recorder's journal that speak of cameras unknown here: ${count}, not taken over` },
});
