/** Kinds for tests: each mode, protected and not; what they heard is kept by subject. */
import { z } from 'zod';
import { hourMs } from '../../../base/units.ts';
import { declareVerbs, type VerbTable } from '../../identity/index.ts';
import { declareApprovalKind, type AnyApprovalKind, type ApprovalStep, type EndedApproval } from '../index.ts';

export const sampleVerbs: VerbTable = declareVerbs('sample', {
  'sample.thing.ask': { zh: '申请样例', en: 'ask for a sample', roles: ['duty_operator', 'technician', 'room_manager'] },
});

export interface Heard {
  granted: string[];
  ended: { approvalId: string; state: EndedApproval<unknown>['state'] }[];
}

const step = (key: string, mode: ApprovalStep['mode'], approvers: ApprovalStep['approvers']): ApprovalStep => ({ key, title: { zh: key, en: key }, mode, approvers, limitMs: 4 * hourMs });

export const sampleKinds = (): { kinds: readonly AnyApprovalKind[]; heard: Heard } => {
  const heard: Heard = { granted: [], ended: [] };
  const make = (name: string, isProtected: boolean, steps: readonly ApprovalStep[]) =>
    declareApprovalKind({
      kind: `sample.${name}`, title: { zh: '样例', en: 'sample' }, version: 1, body: z.object({ what: z.string().min(1) }), summary: ({ what }) => ({ zh: what, en: what }),
      protected: isProtected, submitVerb: 'sample.thing.ask', steps: () => Promise.resolve(steps), expiresMs: 48 * hourMs, validMs: 24 * hourMs, clauses: ['SEC-8.1'], emergency: { never: { zh: '样例不能先行', en: 'a sample never goes ahead' } },
      fields: [{ key: 'what', title: { zh: '事项', en: 'what' }, type: 'text', required: true }],
      approved: async (_tx, { approvalId }) => void heard.granted.push(approvalId),
      ended: async (_tx, { approvalId, state }) => void heard.ended.push({ approvalId, state }),
    });
  const kinds = [
    make('one_of', true, [step('first', 'one_of', { roles: ['room_manager', 'leader'] })]),
    make('all_of', true, [step('first', 'all_of', { roles: ['room_manager', 'security_department'] }), step('second', 'one_of', { roles: ['leader'] })]),
    make('in_order', true, [step('first', 'in_order', { roles: ['room_manager', 'security_department', 'leader'] })]),
    make('plain', false, [step('first', 'one_of', { roles: ['room_manager'] })]),
    make('empty', true, [step('first', 'one_of', { people: [] })]),
  ];
  return { kinds, heard };
};
