/** What coded values of facts are called in the field (GLOSSARY). */
import type { GapReason } from '../../../../contract/recorder.ts';
import type { Sentence } from '../../base/refusal.ts';

export const gapReasonWords: Readonly<Record<GapReason, Sentence>> = {
  camera_unreachable: { zh: '摄像机连接不上', en: 'camera cannot be reached' },
  camera_refused: { zh: '摄像机拒绝连接', en: 'camera refused' },
  camera_silent: { zh: '摄像机没有送出画面', en: 'camera sends nothing' },
  stream_invalid: { zh: '码流无效', en: 'stream is no valid video' },
  network: { zh: '网络中断', en: 'network broke' },
  disk_full: { zh: '磁盘已满', en: 'disk is full' },
  disk_failed: { zh: '磁盘写入失败', en: 'disk failed' },
  storage_missing: { zh: '找不到录像存储', en: 'storage is missing' },
  memory_bound: { zh: '存储跟不上，缓存已满', en: 'storage too slow, buffer full' },
  clock_stepped: { zh: '本机时钟被拨动', en: 'clock was set' },
  recorder_crashed: { zh: '录像服务异常退出', en: 'recorder crashed' },
  recorder_stopped: { zh: '录像服务正常停止', en: 'recorder was stopped' },
  recording_off: { zh: '人为停止录像', en: 'recording switched off' },
  recovery_loss: { zh: '异常退出时未写入磁盘', en: 'lost in a crash before it reached the disk' },
};

export const recorderWords: Readonly<Record<string, Sentence>> = {
  recorder_started: { zh: '启动', en: 'started' },
  recorder_stopping: { zh: '有序停止', en: 'stopped in order' },
  clock_stepped: { zh: '本机时钟被拨动', en: 'clock of the machine was set' },
  storage_refused: { zh: '录像存储被拒绝使用', en: 'storage refused' },
  storage_low: { zh: '录像存储空间不足', en: 'storage is low' },
  journal_lost: { zh: '录像流水缺失', en: 'journal entries are missing' },
  journal_restarted: { zh: '录像流水丢失，从头编号', en: 'journal was lost and begins anew' },
  entry_set_aside: { zh: '流水中有条目无法入账，已原样留存', en: 'an entry could not be taken over and is kept as it came' },
  foreign_entries: { zh: '流水中有不属于本库的摄像机', en: 'journal speaks of cameras unknown here' },
};

export const sourceWords: Readonly<Record<string, Sentence>> = { live: { zh: '实时', en: 'live' }, playback: { zh: '回放', en: 'playback' } };

export const watchEndWords: Readonly<Record<string, Sentence>> = {
  unwatched: { zh: '不再显示', en: 'no longer shown' },
  window_closed: { zh: '窗口关闭', en: 'window closed' },
  right_ended: { zh: '权限结束', en: 'right ended' },
  camera_removed: { zh: '摄像机撤除', en: 'camera retired' },
  recorder_away: { zh: '录像服务联系不上', en: 'recorder away' },
  server_stopped: { zh: '服务停止或中断', en: 'server stopped or broke off' },
};

export const changedWords: Readonly<Record<string, Sentence>> = {
  name: { zh: '名称', en: 'name' },
  number: { zh: '编号', en: 'number' },
  address: { zh: '地址', en: 'address' },
  username: { zh: '用户名', en: 'user' },
  password: { zh: '密码', en: 'password' },
  retention: { zh: '保存天数', en: 'retention' },
};
