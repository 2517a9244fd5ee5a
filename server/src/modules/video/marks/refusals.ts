/** Every "no" of marks. */
import { declareRefusals } from '../../../base/refusal.ts';

export const refuse = declareRefusals('marks', {
  bookmark_unknown: { kind: 'not_found', zh: '没有这个标记，可能已被划去。', en: 'There is no such mark; it may have been struck.' },
  bookmark_not_yours: { kind: 'forbidden', zh: '标记只能由本人或班长以上人员划去。', en: 'A mark is struck by who made it, or by the shift leader or above.' },
  span_wrong: { kind: 'invalid', zh: '结束时间必须晚于开始时间。', en: 'The end must be after the start.' },
});
