/** What the board refuses. */
import { declareRefusals } from '../../base/refusal.ts';

export const complianceRefusals = declareRefusals('compliance', {
  clause_unknown: { kind: 'not_found', zh: '没有条款 {clause}。', en: 'There is no clause {clause}.' },
  period_wrong: { kind: 'invalid', zh: '时间范围要在 366 天之内，结束晚于开始。', en: 'A period is at most 366 days long and ends after it begins.' },
});
