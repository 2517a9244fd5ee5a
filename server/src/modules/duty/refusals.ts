/** Every "no" of duty. */
import { declareRefusals } from '../../base/refusal.ts';

export const dutyRefusals = declareRefusals('duty', {
  text_needed: { kind: 'invalid', zh: '请写明内容，不能空着。', en: 'Say what it is; it cannot be left empty.' },
  time_wrong: { kind: 'invalid', zh: '发生时间在将来，请检查时间。', en: 'The time of the event lies in the future; check it.' },
  entry_unknown: { kind: 'not_found', zh: '没有这条记录。', en: 'There is no such line.' },
  entry_of_signed_shift: { kind: 'conflict', zh: '那一班已经签字；更正请记在本班，写明是哪一条。', en: 'That shift is signed: write the correction in the present shift and say which line it concerns.' },
  already_struck: { kind: 'conflict', zh: '这条记录已被更正划去。', en: 'This line has been struck by a correction already.' },
  camera_unknown: { kind: 'not_found', zh: '没有这台摄像机，可能已撤除。', en: 'There is no such camera; it may have been retired.' },
  post_unknown: { kind: 'not_found', zh: '没有这个岗位。', en: 'There is no such post.' },
  already_on_post: { kind: 'conflict', zh: '您已经在岗。', en: 'You are on this post already.' },
  not_on_post: { kind: 'conflict', zh: '当前不在这个岗位上。', en: 'That person is not on this post.' },
  last_on_post: { kind: 'conflict', zh: '您是岗位上最后一人，监控室不得无人；请接班人先到岗。', en: 'You are the last on this post and the room is never unmanned: somebody must sign on first.' },
  serious_event_open: { kind: 'conflict', zh: '重大事件“{what}”还没有结束，不能离岗或结束本班。', en: 'The serious event "{what}" is not closed: nobody signs off and no shift is closed.' },
  sections_blank: { kind: 'conflict', zh: '还不能结束本班：{zh}。', en: 'The shift cannot be closed yet: {en}.' },
  no_shift: { kind: 'conflict', zh: '现在没有打开的班次，请先到岗。', en: 'No shift is open: sign on to a post first.' },
  points_missing: { kind: 'invalid', zh: '还没有逐项检查：{zh}。', en: 'Not every point has been checked: {en}.' },
  shift_unknown: { kind: 'not_found', zh: '没有这个班次，或还没有签字。', en: 'There is no such shift, or it is not signed yet.' },
  own_shift: { kind: 'forbidden', zh: '签字的人不能审阅自己的班次。', en: 'Who signed a shift does not review it.' },
  reviewed: { kind: 'conflict', zh: '这个班次已经审阅。', en: 'This shift has been reviewed already.' },
  thread_unknown: { kind: 'not_found', zh: '没有这个故障或事件。', en: 'There is no such fault or event.' },
  thread_closed: { kind: 'conflict', zh: '已经结束，不能再跟进。', en: 'It is closed; nothing more is added.' },
  not_handled: { kind: 'conflict', zh: '先写明处理结果，再报告或结束。', en: 'Say how it was handled before it is reported or closed.' },
  not_reported: { kind: 'conflict', zh: '处理后还没有报告有关人员，不能结束。', en: 'Those concerned have not been told yet: it cannot be closed.' },
  span_wrong: { kind: 'invalid', zh: '结束时间必须晚于开始时间，且一次最多 {days} 天。', en: 'The end must be after the start, at most {days} days at a time.' },
});
