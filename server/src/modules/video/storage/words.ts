/** What coded values of storages are called in the field. */
import type { Sentence } from '../../../base/refusal.ts';

export const rerouteWords: Readonly<Record<string, Sentence>> = {
  refused: { zh: '原存储不能使用', en: 'the former one cannot be used' },
  full: { zh: '原存储已满', en: 'the former one is full' },
  closing: { zh: '原存储正在清空', en: 'the former one is being emptied' },
  settings: { zh: '存储设置变更', en: 'the storages were changed' },
};
export const deletionWords: Readonly<Record<string, Sentence>> = {
  retention: { zh: '保存期满', en: 'its time is over' },
  space: { zh: '腾出空间，已过保存期限', en: 'to make room, past its term' },
  space_below_term: { zh: '磁盘写满，未到保存期限', en: 'the disk is full, before the end of its term' },
};
export const damageWords: Readonly<Record<string, Sentence>> = {
  missing: { zh: '文件缺失', en: 'file missing' },
  unreadable: { zh: '文件无法读取', en: 'file cannot be read' },
  wrong_size: { zh: '大小不符', en: 'wrong size' },
  wrong_hash: { zh: '内容被改动', en: 'content altered' },
};
