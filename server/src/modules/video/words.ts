/** What coded values of facts are called in the field (GLOSSARY). */
import type { Sentence } from '../../base/refusal.ts';

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

export const streamWords: Readonly<Record<string, Sentence>> = { main: { zh: '主码流', en: 'main stream' }, sub: { zh: '子码流', en: 'sub stream' } };

export const watchEndWords: Readonly<Record<string, Sentence>> = {
  unwatched: { zh: '不再显示', en: 'no longer shown' },
  window_closed: { zh: '窗口关闭', en: 'window closed' },
  right_ended: { zh: '权限结束', en: 'right ended' },
  camera_removed: { zh: '摄像机撤除', en: 'camera retired' },
  covered: { zh: '遮屏', en: 'wall covered' },
  sub_unavailable: { zh: '子码流不可用', en: 'small stream not to be had' },
  recorder_away: { zh: '录像服务联系不上', en: 'recorder away' },
  server_stopped: { zh: '服务停止或中断', en: 'server stopped or broke off' },
};

export const changedWords: Readonly<Record<string, Sentence>> = {
  transport: { zh: '传输方式', en: 'way of transport' },
  certificate: { zh: '证书指纹', en: 'certificate fingerprint' },
  name: { zh: '名称', en: 'name' },
  number: { zh: '编号', en: 'number' },
  address: { zh: '地址', en: 'address' },
  subStream: { zh: '子码流地址', en: 'address of the sub stream' },
  username: { zh: '用户名', en: 'user' },
  password: { zh: '密码', en: 'password' },
  retention: { zh: '保存天数', en: 'retention' },
};
