/** Refusals of storages; in one list with those of the register they would be too long a file. */
import { declareRefusals } from '../../../base/refusal.ts';

export const refuse = declareRefusals('storage', {
  unknown: { kind: 'not_found', zh: '没有这处录像存储，可能已停用。', en: 'There is no such storage; it may have been taken out of use.' },
  path_wrong: { kind: 'invalid', zh: '请填写完整的文件夹路径，例如 /mnt/disk2/vigil，不能是根目录。', en: 'Give the whole path of a folder, e.g. /mnt/disk2/vigil; not the root folder.' },
  path_taken: { kind: 'conflict', zh: '文件夹 {path} 与存储 {other} 重叠，请选别的文件夹。', en: 'The folder {path} overlaps the storage {other}; choose another.' },
  parent_missing: { kind: 'invalid', zh: '文件夹 {path} 的上级文件夹不存在：磁盘可能没有挂载。', en: 'The folder above {path} does not exist: its disk may not be mounted.' },
  folder_used: { kind: 'conflict', zh: '文件夹 {path} 不是空的，请选一个空文件夹或新文件夹。', en: 'The folder {path} is not empty; choose an empty or a new one.' },
  folder_closed: { kind: 'invalid', zh: '文件夹 {path} 无法读写（{detail}）。', en: 'The folder {path} cannot be read and written ({detail}).' },
  too_many: { kind: 'conflict', zh: '最多 {limit} 处录像存储。', en: 'At most {limit} storages.' },
  last_one: { kind: 'conflict', zh: '这是唯一在用的存储，清空前请先添加另一处。', en: 'This is the only storage in use: add another before emptying it.' },
  no_room: { kind: 'conflict', zh: '其他存储的空间放不下这里的录像（需要 {needed} GB，可用 {free} GB）。', en: 'The other storages have no room for the footage here ({needed} GB needed, {free} GB free).' },
  recorder_away: { kind: 'unavailable', zh: '录像服务没有应答，看不到其他存储的空间，请稍后再试。', en: 'The recorder does not answer, so the room of the other storages is not known; try again later.' },
  not_in_use: { kind: 'conflict', zh: '这处存储不在“在用”状态。', en: 'This storage is not in use.' },
  not_emptying: { kind: 'conflict', zh: '这处存储没有在清空。', en: 'This storage is not being emptied.' },
  just_begun: { kind: 'conflict', zh: '清空刚开始，正在录的一段还没有结束，请约 {seconds} 秒后再停用。', en: 'Emptying has just begun and the newest segment here has not ended; try again in about {seconds} s.' },
  not_empty: { kind: 'conflict', zh: '还有 {segments} 段录像在这里，清空后才能停用。', en: '{segments} segments of footage still lie here; it can be taken out of use once it is empty.' },
});
