/** Every "no" of the recorder, in both languages (house rule 8). */
import { declareRefusals } from '../server/src/base/refusal.ts';

export const refuse = declareRefusals('recorder', {
  config_invalid: { kind: 'invalid', zh: '录像服务的设置不完整或有错误：{detail}', en: 'The recorder settings are incomplete or wrong: {detail}' },
  config_older: { kind: 'conflict', zh: '设置版本 {given} 比现有版本 {sealed} 旧，未采用。', en: 'Settings version {given} is older than the present one, {sealed}; it was not taken.' },
  config_not_sealed: { kind: 'unavailable', zh: '设置无法写入磁盘（{detail}），未采用。', en: 'The settings could not be written to disk ({detail}); they were not taken.' },
  key_missing: {
    kind: 'unavailable',
    zh: '密钥文件 {path} 缺失或损坏，已保存的摄像机设置无法读取。请从备份恢复该文件，或在页面上重新保存设置。',
    en: 'The key file {path} is missing or damaged, so the sealed camera settings cannot be read. Restore it from a backup, or save the settings again.',
  },
  sealed_damaged: { kind: 'unavailable', zh: '已保存的设置 {path} 已损坏，无法使用。', en: 'The sealed settings {path} are damaged and cannot be used.' },
  storage_missing: { kind: 'unavailable', zh: '存储目录 {path} 不存在：硬盘可能未挂载。', en: 'The storage folder {path} does not exist: its disk may not be mounted.' },
  storage_identity_absent: {
    kind: 'unavailable',
    zh: '存储目录 {path} 中没有身份文件 vigil-storage.json:硬盘可能未挂载，或目录属于别的用途。未写入任何内容。',
    en: 'The storage folder {path} holds no identity file vigil-storage.json: its disk may not be mounted, or it is used for something else. Nothing was written.',
  },
  storage_identity_differs: {
    kind: 'conflict',
    zh: '存储目录 {path} 属于另一处存储（{found}），不是 {expected}。未写入任何内容。',
    en: 'The storage folder {path} belongs to another storage ({found}), not to {expected}. Nothing was written.',
  },
  storage_not_writable: { kind: 'unavailable', zh: '存储目录 {path} 无法写入（{detail}）。', en: 'The storage folder {path} cannot be written ({detail}).' },
  storage_parent_missing: { kind: 'invalid', zh: '无法新建存储目录 {path}：上级目录不存在。', en: 'The storage folder {path} cannot be made: the folder above it does not exist.' },
  path_outside: { kind: 'invalid', zh: '路径 {path} 不是存储目录内的录像文件，已拒绝。', en: 'The path {path} is no recording inside the storage folder; refused.' },
  second_instance: { kind: 'conflict', zh: '已有一个录像服务在使用 {path}，本次启动已取消。', en: 'Another recorder is already using {path}; this start was cancelled.' },
  socket_path_long: { kind: 'invalid', zh: '数据目录路径过长，套接字 {path} 超过 {limit} 字节。', en: 'The data folder path is too long: the socket {path} is over {limit} bytes.' },
  camera_unknown: { kind: 'not_found', zh: '录像服务没有这台摄像机。', en: 'The recorder has no such camera.' },
  route_unknown: { kind: 'not_found', zh: '没有这个接口。', en: 'There is no such route.' },
  body_invalid: { kind: 'invalid', zh: '请求内容有错误：{detail}', en: 'The request body is wrong: {detail}' },
  body_too_large: { kind: 'invalid', zh: '请求内容过大。', en: 'The request body is too large.' },
  data_folder_missing: { kind: 'invalid', zh: '缺少 --data <目录>。', en: '--data <folder> is missing.' },
});
