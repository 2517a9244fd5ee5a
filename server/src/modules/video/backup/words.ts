/** What coded values of backup are called in the field. */
import type { Sentence } from '../../../base/refusal.ts';

export const troubleWords: Readonly<Record<string, Sentence>> = {
  no_place: { zh: '没有设定备份文件夹', en: 'no folder for copies is set' },
  place_fault: { zh: '备份文件夹不能写入', en: 'the folder for copies cannot be written' },
  copies_behind: { zh: '录像超过备份周期仍未备份', en: 'footage was not copied within the period' },
  copy_damaged: { zh: '备份的录像核验不符', en: 'copied footage failed verification' },
  run_missed: { zh: '系统数据没有按期备份', en: 'the room was not backed up in time' },
  run_failed: { zh: '系统数据备份失败', en: 'backing up the room failed' },
  run_damaged: { zh: '系统数据的备份文件核验不符', en: 'a backup of the room failed verification' },
  drill_overdue: { zh: '恢复演练逾期', en: 'the restore drill is overdue' },
  drill_failed: { zh: '恢复演练不合格', en: 'the last restore drill failed' },
};
export const runWords: Readonly<Record<string, Sentence>> = {
  running: { zh: '进行中', en: 'running' }, good: { zh: '完好', en: 'good' }, failed: { zh: '失败', en: 'failed' }, damaged: { zh: '文件损坏', en: 'damaged' }, deleted: { zh: '已由较新的代替', en: 'replaced by newer ones' },
};
export const drillWords: Readonly<Record<string, Sentence>> = {
  equal: { zh: '与原录像一致', en: 'equal to the original' }, differs: { zh: '与原录像不一致', en: 'differs from the original' }, missing: { zh: '备份文件缺失', en: 'the copy is missing' },
};
export const unbackedWords = {
  left_out: { zh: '未纳入备份', en: 'left out of the copies' }, waiting: { zh: '等待备份', en: 'waits to be copied' }, damaged: { zh: '备份损坏', en: 'its copy is damaged' }, lost: { zh: '备份前原录像已缺失', en: 'the original was gone before it was copied' },
} as const satisfies Readonly<Record<string, Sentence>>;
export const faultWords: Readonly<Record<string, Sentence>> = {
  missing: { zh: '文件夹不在（磁盘可能没有挂载）', en: 'the folder is not there (its disk may not be mounted)' },
  identity: { zh: '文件夹不是原来的备份盘', en: 'it is not the folder that was set up' },
  write: { zh: '写入失败', en: 'writing failed' },
  full: { zh: '备份盘已满', en: 'the disk for copies is full' },
};
