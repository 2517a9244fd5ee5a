/** Every "no" of backup. */
import { declareRefusals } from '../../../base/refusal.ts';

const field = { fields: [{ path: 'path', zh: '请选别的文件夹', en: 'choose another folder' }] };

export const refuse = declareRefusals('copies', {
  place_unknown: { kind: 'not_found', zh: '没有这个备份文件夹，可能已停用。', en: 'There is no such folder for copies; it may be out of use.' },
  place_taken: { kind: 'conflict', zh: '已有备份文件夹 {path}，请先停用。', en: 'Copies go to {path} already; take that out of use first.' },
  same_disk: { kind: 'invalid', zh: '{path} 与录像存储在同一块磁盘上：磁盘一坏，两份都没有。请选另一块磁盘或网络盘。', en: '{path} is on the same disk as the footage: when that fails, both are gone. Choose another disk or a network drive.' },
  no_place: { kind: 'conflict', zh: '还没有设定备份文件夹。', en: 'No folder for copies is set yet.' },
  place_faulty: { kind: 'unavailable', zh: '备份文件夹现在不能使用：{detail}。', en: 'The folder for copies cannot be used now: {detail}.' },
  nothing_copied: { kind: 'conflict', zh: '还没有备份好的录像，无法演练。', en: 'Nothing has been copied yet; there is nothing to restore.' },
  no_copy: { kind: 'not_found', zh: '这段录像没有完好的备份，无法恢复。', en: 'There is no whole copy of this footage to restore from.' },
  not_lost: { kind: 'conflict', zh: '这段录像完好，不需要恢复。', en: 'This footage is whole; there is nothing to restore.' },
  running_already: { kind: 'conflict', zh: '备份正在进行，请等它结束。', en: 'A backup is running; wait until it has ended.' },
});
export const samePlaceFields = field;
