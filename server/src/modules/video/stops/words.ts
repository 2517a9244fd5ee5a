/** What coded values of stops are called in the field. */
import type { Sentence } from '../../../base/refusal.ts';

export const scopeWords: Readonly<Record<string, Sentence>> = {
  camera: { zh: '指定摄像机', en: 'certain cameras' },
  recorder: { zh: '整台录像机', en: 'the whole recorder' },
  room: { zh: '全室', en: 'the whole room' },
};
export const endingWords: Readonly<Record<string, Sentence>> = {
  window: { zh: '时段结束，自动恢复', en: 'its time was over' },
  person: { zh: '提前恢复', en: 'ended early' },
  revoked: { zh: '批准被撤销', en: 'the approval was taken back' },
  lapsed: { zh: '时段已过，未执行', en: 'its time passed unused' },
};
export const approverWords: Readonly<Record<string, Sentence>> = {
  responsible_leader: { zh: '值守负责人或安保部门，再由主管领导', en: 'the room or the security department, then the responsible leader' },
  relevant_department: { zh: '值守负责人，再由安保部门', en: 'the room, then the security department' },
};
export const differWords: Readonly<Record<string, Sentence>> = {
  off: { zh: '录像服务没有在录这台摄像机', en: 'the recorder does not record this camera' },
  unknown: { zh: '录像服务不知道这台摄像机', en: 'the recorder does not know this camera' },
  behind: { zh: '磁盘上没有新的录像', en: 'nothing new reaches the disk' },
};
