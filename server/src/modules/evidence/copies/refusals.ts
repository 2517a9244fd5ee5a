/** Every "no" of copies. */
import { declareRefusals } from '../../../base/refusal.ts';

export const copyRefusals = declareRefusals('evidence_copies', {
  unknown: { kind: 'not_found', zh: '没有这份拷贝。', en: 'There is no such copy.' },
  only_viewing: { kind: 'forbidden', zh: '申请 {number} 只批准了调阅，不能导出；请另提拷贝申请。', en: 'Request {number} was approved to be seen, not copied; ask for a copy in a request of its own.' },
  not_approved: { kind: 'forbidden', zh: '申请 {number} 还没有批准，不能导出录像。', en: 'Request {number} is not approved: nothing is exported.' },
  not_open: { kind: 'forbidden', zh: '申请 {number} 现在是“{state}”，不能再导出。', en: 'Request {number} is now "{stateEn}": nothing is exported under it.' },
  revoked: { kind: 'forbidden', zh: '申请 {number} 的批准已被撤销，拷贝不能再导出、取走或交付。', en: 'The approval of {number} was revoked: nothing is exported, taken or handed over any more.' },
  own_request: { kind: 'forbidden', zh: '申请人不能自己导出，请由值班员办理。', en: 'Who asked does not export; the operator does.' },
  agreed_to_it: { kind: 'forbidden', zh: '批准人不能自己导出。', en: 'Who agreed does not export.' },
  run_out: { kind: 'conflict', zh: '申请 {number} 的批准已过有效期，请重新申请。', en: 'The approval of request {number} has run out; ask again.' },
  enough: { kind: 'conflict', zh: '申请 {number} 批准了 {most} 份，都已导出。', en: 'Request {number} allows {most} copies, and all are made.' },
  under_way: { kind: 'conflict', zh: '申请 {number} 正在导出，请等它完成。', en: 'A copy of request {number} is being made; wait for its end.' },
  no_room: { kind: 'unavailable', zh: '磁盘空间不够：这份拷贝约需 {needed} MB，还有 {free} MB。', en: 'Not enough room on the disk: this copy takes about {needed} MB, {free} MB are free.' },
  nothing_there: { kind: 'conflict', zh: '这段录像已经不在，没有可以导出的内容。', en: 'This footage is no longer there: nothing can be exported.' },
  still_open: { kind: 'conflict', zh: '这段录像的最后一分钟还在写入，请一分钟后再导出。', en: 'The last minute of this footage is still being written: make the copy a minute later.' },
  not_now: { kind: 'conflict', zh: '拷贝 {number} 现在是“{state}”，不能这样做。', en: 'Copy {number} is now "{stateEn}": this cannot be done.' },
  not_encrypted: { kind: 'conflict', zh: '拷贝 {number} 没有加密，没有口令。', en: 'Copy {number} is not encrypted and has no passphrase.' },
  file_gone: { kind: 'unavailable', zh: '拷贝文件不在原处或与登记的校验值不符，不予取走；请通知技术人员。', en: 'The file of this copy is not where it was or does not match its hash; it is not given out. Call the technician.' },
  receiver_needed: { kind: 'invalid', zh: '请写明接收人。', en: 'Name the receiver.' },
  words_needed: { kind: 'invalid', zh: '请写明交给谁、用什么方式。', en: 'Say to whom, and by which channel.' },
  second_needed: { kind: 'invalid', zh: '清除和销毁须两人在场，请写明另一人的姓名。', en: 'Wiping and destroying take two persons: name the other.' },
  at_wrong: { kind: 'invalid', zh: '时间不能在将来，也不能早于导出。', en: 'The time is not in the future and not before the copy was made.' },
  signature_wrong: { kind: 'invalid', zh: '签名图片无法读取（须为 PNG）。', en: 'The signature could not be read (it must be a PNG).' },
  not_yours: { kind: 'forbidden', zh: '这份申请由别人提出，您没有查看的权限。', en: 'This request was made by somebody else and you may not see it.' },
  register_span: { kind: 'invalid', zh: '结束时间必须晚于开始时间，一次最多 {days} 天。', en: 'The end must be after the start, at most {days} days at a time.' },
});
