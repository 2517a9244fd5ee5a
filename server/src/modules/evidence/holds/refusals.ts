/** Every "no" of holds. */
import { declareRefusals } from '../../../base/refusal.ts';

export const holdRefusals = declareRefusals('evidence', {
  hold_quota: {
    kind: 'conflict',
    zh: '您在本监控室待决的锁定已有 {used} 路·小时，加上这次 {asked} 路·小时，超过上限 {quota} 路·小时。{whoZh}可以放宽，或请缩短时间、减少摄像机。',
    en: 'You hold {used} undecided camera-hours in this room; with {asked} more that is over the limit of {quota}. {whoEn} may extend it, or ask for less time or fewer cameras.',
  },
  hold_unknown: { kind: 'not_found', zh: '没有这项锁定。', en: 'There is no such hold.' },
  hold_over: { kind: 'conflict', zh: '这项锁定已经结束。', en: 'This hold has ended.' },
  hold_confirmed: { kind: 'conflict', zh: '这项锁定已经确认。', en: 'This hold is confirmed already.' },
  hold_provisional: { kind: 'conflict', zh: '这项锁定还没有确认。', en: 'This hold is not confirmed yet.' },
  hold_reason_needed: { kind: 'invalid', zh: '请写明理由。', en: 'Say why.' },
  hold_owner_unknown: { kind: 'invalid', zh: '负责人不在本监控室名单中，或账号已停用。', en: 'The owner is not among the people of this room, or their account is closed.' },
  hold_review_wrong: { kind: 'invalid', zh: '复核日期须在今天之后，最迟 {days} 天内。', en: 'The review must lie ahead, within {days} days at most.' },
  hold_decide_wrong: { kind: 'invalid', zh: '新的期限须晚于现在的期限，最多再延长 {hours} 小时。', en: 'The new limit must be later than the present one, by {hours} hours at most.' },
  hold_space: {
    kind: 'conflict',
    zh: '锁定的录像将占存储的 {percent}%，超过 {share}%。请先腾出空间，再由安全主管部门或领导在“录像锁定”页确认，写明在哪里腾出。',
    en: 'Held footage would take {percent}% of the storage, more than its {share}%. Make room first; then the security department or a leader confirms it on the page of holds, saying where.',
  },
  hold_quota_wrong: { kind: 'invalid', zh: '放宽的期限须在今天之后，最长 {days} 天。', en: 'The larger quota must end ahead, within {days} days.' },
});
