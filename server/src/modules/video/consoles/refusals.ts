/** Every "no" of consoles. */
import { declareRefusals } from '../../../base/refusal.ts';

export const refuse = declareRefusals('consoles', {
  receiver_unknown: { kind: 'forbidden', zh: '这台电脑不是本监控室登记的操作台，不能接收画面；本次请求已记录并报警。', en: 'This computer is no registered console of the room and receives no pictures; the attempt is on record and has raised an alarm.' },
  console_unknown: { kind: 'not_found', zh: '没有这个操作台，可能已撤销。', en: 'There is no such console; it may have been removed.' },
  until_past: { kind: 'invalid', zh: '截止时间必须在将来。', en: 'The end must lie in the future.' },
  reason_needed: { kind: 'invalid', zh: '临时接收须写明原因。', en: 'Say why this computer may receive pictures for a time.' },
});
