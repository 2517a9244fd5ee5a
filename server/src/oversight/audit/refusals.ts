/** What the audit refuses. */
import { declareRefusals } from '../../base/refusal.ts';

export const auditRefusals = declareRefusals('audit', {
  too_many: { kind: 'invalid', zh: '符合条件的记录超过 {limit} 条，请缩小时间或条件后再导出。', en: 'More than {limit} entries match: narrow the span or the filters, then export.' },
  watermark_unreadable: {
    kind: 'invalid',
    zh: '从“{text}”读不出月-日 时:分。请按画面上的样子输入，例如 张三 1007 · 11-22 02:47。',
    en: 'No month-day hour:minute can be read from "{text}". Type it as it stands on the picture, e.g. Zhang San 1007 · 11-22 02:47.',
  },
  watermark_unknown: { kind: 'not_found', zh: '没有人的姓名或工号与“{text}”相符。', en: 'Nobody has the name or staff number of "{text}".' },
  camera_unknown: { kind: 'not_found', zh: '没有这台摄像机。', en: 'There is no such camera.' },
  span_empty: { kind: 'invalid', zh: '结束时间必须晚于开始时间。', en: 'The end must be after the beginning.' },
  span_long: { kind: 'invalid', zh: '一次最多查 {days} 天。', en: 'At most {days} days at a time.' },
  review_unread: {
    kind: 'conflict',
    zh: '请先打开并查看这段时间的操作记录，再签署审查。',
    en: 'Open and read the acts of this period first, then sign its review.',
  },
  review_too_early: { kind: 'conflict', zh: '这段时间还没有结束，不能签署审查。', en: 'This period is not over yet: its review cannot be signed.' },
  review_stale: { kind: 'conflict', zh: '签署内容已经过时，请重新核对后再签署。', en: 'What was to be signed is out of date: look again, then sign.' },
  review_note_missing: { kind: 'invalid', zh: '有问题时请写明是什么问题。', en: 'Say what the findings are.' },
  before_term: {
    kind: 'conflict',
    zh: '操作记录必须保存 {days} 天，{day} 之后的还没有期满，不能抹除。',
    en: 'The record of acts is kept for {days} days: what is newer than {day} cannot be erased yet.',
  },
  question_unknown: { kind: 'not_found', zh: '没有这个保存的查询。', en: 'There is no such kept question.' },
  questions_full: { kind: 'conflict', zh: '最多保存 {limit} 个查询，请先删除不用的。', en: 'At most {limit} questions are kept: let go of one first.' },
});
