/** What people are told: a window opens, is over, was missed, or a form came back. */
import { z } from 'zod';
import { declareNoticeKind } from '../notifications/index.ts';
import { minuteMs } from '../../base/units.ts';
import type { FindingNotice, ObligationNotice } from './context.ts';

const body = z.object({ zh: z.string(), en: z.string(), until: z.string() });
const words: Readonly<Record<ObligationNotice['what'], { title: { zh: string; en: string }; zh: (title: string, until: string) => string; en: (title: string, until: string) => string }>> = {
  opened: { title: { zh: '任务开始', en: 'Task due' }, zh: (title, until) => `${title}可以开始，${until} 前完成。`, en: (title, until) => `${title} is due before ${until}.` },
  overdue: { title: { zh: '任务逾期', en: 'Task overdue' }, zh: (title, until) => `${title}已过时间没有做；最迟 ${until} 补做并写明原因。`, en: (title, until) => `${title} was not done in time; do it before ${until} and give the reason.` },
  missed: { title: { zh: '任务漏做', en: 'Task missed' }, zh: (title) => `${title}没有做，补做期限已过，记为漏检。`, en: (title) => `${title} was not done and its grace has ended: it is recorded as missed.` },
  returned: { title: { zh: '检查被退回', en: 'Inspection returned' }, zh: (title) => `${title}被退回，请按意见重做。`, en: (title) => `${title} was returned: do it again as said.` },
};

const kindOf = (what: ObligationNotice['what'], severity: 'ordinary' | 'serious') =>
  declareNoticeKind({
    kind: `obligations.task_${what}`, title: words[what].title, body, severity, to: 'given', clauses: [], channels: severity === 'serious' ? ['console', 'mail'] : ['console'],
    sentence: (said) => ({ zh: words[what].zh(said.zh, said.until), en: words[what].en(said.en, said.until) }),
  });

const findingBody = z.object({ zh: z.string(), en: z.string(), task: z.object({ zh: z.string(), en: z.string() }), due: z.string() });
const findingCharged = declareNoticeKind({
  kind: 'obligations.finding_charged', title: { zh: '检查发现的问题', en: 'Finding to put in order' }, body: findingBody, to: 'given', clauses: [], channels: ['console'],
  sentence: ({ zh, en, task, due }) => ({ zh: `${task.zh}发现：${zh}。请于 ${due} 前处理。`, en: `Found by ${task.en}: ${en}. Put it in order before ${due}.` }),
});
const overdueAnswerMinutes = 60;
const findingOverdue = declareNoticeKind({
  kind: 'obligations.finding_overdue', title: { zh: '问题逾期未处理', en: 'Finding overdue' }, body: findingBody, severity: 'serious', to: 'given', ackWithin: { ms: overdueAnswerMinutes * minuteMs },
  escalateTo: [['shift_leader'], ['room_manager'], ['security_department', 'leader']], clauses: [], channels: ['console', 'mail'],
  sentence: ({ zh, en, task, due }) => ({ zh: `${task.zh}发现的问题到 ${due} 仍未处理：${zh}。`, en: `Found by ${task.en} and not put in order by ${due}: ${en}.` }),
});
export const findingNoticeKindName = (what: FindingNotice['what']): string => `obligations.${what}`;

export const obligationNoticeKinds = [findingCharged, findingOverdue, kindOf('opened', 'ordinary'), kindOf('overdue', 'serious'), kindOf('missed', 'serious'), kindOf('returned', 'ordinary')] as const;
export const noticeKindName = (what: ObligationNotice['what']): string => `obligations.task_${what}`;
