/** Kinds that belong to notifications itself: what a person at the console reports with one key, and the confidential report. */
import { z } from 'zod';
import type { OneKeyClass } from '../../../../contract/notifications.ts';
import { minuteMs } from '../../base/units.ts';
import { declareAlarmKind, declareNoticeKind, type Kind } from './kinds.ts';

const body = z.object({ operator: z.string(), camera: z.string().nullable(), text: z.string() });
type Body = z.output<typeof body>;
const where = ({ camera, text }: Body): string => [camera, text].filter((part) => part !== null && part !== '').join(' · ');
const told = (zh: string, en: string) => (values: Body) => {
  const rest = where(values);
  return { zh: `${values.operator}${zh}${rest === '' ? '' : `：${rest}`}`, en: `${en} by ${values.operator}${rest === '' ? '' : `: ${rest}`}` };
};

export const oneKeyKinds = {
  panic: declareAlarmKind({ kind: 'notifications.operator_panic', title: { zh: '人工报警', en: 'Alarm by the operator' }, sentence: told('报警', 'alarm'), body, class: 'panic', clauses: ['SAF-5.2.2'] }),
  intrusion: declareAlarmKind({
    kind: 'notifications.operator_intrusion', title: { zh: '人工报警：入侵', en: 'Intrusion reported by the operator' }, sentence: told('报告入侵', 'intrusion reported'), body, class: 'intrusion', tell: ['guard_captain'], clauses: ['BRN-A2.3.1', 'SAF-5.2.2'],
  }),
  fire: declareAlarmKind({ kind: 'notifications.operator_fire', title: { zh: '人工报警：火情', en: 'Fire reported by the operator' }, sentence: told('报告火情', 'fire reported'), body, class: 'fire', tell: ['guard_captain', 'duty_manager'], clauses: ['SAF-5.2.2'] }),
} satisfies Record<OneKeyClass, Kind>;

const confidentialAnswerMinutes = 30;
/** To one person; without an answer to the same person again, never to another. */
export const confidentialReport = declareNoticeKind({
  kind: 'notifications.confidential_report', title: { zh: '保密上报', en: 'Report in confidence' }, body: z.object({}), severity: 'serious', to: 'given', ackWithin: { ms: confidentialAnswerMinutes * minuteMs }, escalateTo: 'same',
  channels: ['console', 'mail'], confidential: true, clauses: ['BRN-6.3'],
  sentence: () => ({ zh: '有一份保密上报，请登录查看。', en: 'There is a confidential report for you: sign in to read it.' }),
});

export const operatorKinds: readonly Kind[] = [...Object.values(oneKeyKinds), confidentialReport];
