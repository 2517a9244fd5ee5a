/** Every "no" of grants. */
import { declareRefusals } from '../../../base/refusal.ts';

export const grantRefusals = declareRefusals('evidence', {
  needs_request: { kind: 'forbidden', zh: '录像严格保密，这段录像须先提出调阅申请并获批准。值守人员可回看最近 {minutes} 分钟。', en: 'Footage is confidential: ask for a viewing of this span and have it approved. The watch may look back {minutes} minutes.' },
  outside_grant_span: { kind: 'forbidden', zh: '您的调阅授权（{number}）只包括 {cameras} 批准的时段，其他摄像机和时间不能回放。', en: 'Your grant ({number}) covers the approved span of {cameras} only; other cameras and times are not played.' },
  grant_elsewhere: { kind: 'forbidden', zh: '申请 {number} 批准在“{post}”查看，请到该岗位的操作台。', en: 'Request {number} was approved to be seen at the post "{post}"; go to its console.' },
  grant_shows_only: { kind: 'forbidden', zh: '调阅授权只能观看，不能抓拍或导出；需要留存请另行申请拷贝。', en: 'A grant to view shows and keeps nothing: ask for a copy if a picture must be kept.' },
  grant_unknown: { kind: 'not_found', zh: '没有这项调阅授权。', en: 'There is no such grant.' },
  grant_over: { kind: 'conflict', zh: '这项调阅授权已经结束。', en: 'This grant has ended.' },
  grant_nobody: { kind: 'invalid', zh: '授权须指明人员，或指明岗位。', en: 'A grant names people, or a post.' },
  grant_time_wrong: { kind: 'invalid', zh: '授权的结束时间须晚于开始时间，且在将来。', en: 'A grant must end after it begins, and in the future.' },
});
