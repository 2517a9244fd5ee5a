/** The approval that waives an obligation: protected, agreed to by somebody who neither asked nor has to do it. */
import { z } from 'zod';
import { dayMs, hourMs } from '../../base/units.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { declareApprovalKind, type ApprovalKind } from '../approvals/index.ts';
import { whenText } from './when-text.ts';

const text = z.string();
export const WaiverBody = z.object({ obligationId: text, title: z.object({ zh: text, en: text }), from: z.int(), until: z.int(), timeZone: text });
export type WaiverBody = z.infer<typeof WaiverBody>;

export interface WaiverDoor {
  granted(tx: Tx, granted: { obligationId: string; approvalId: string; reason: string }): Promise<unknown>;
  ended(tx: Tx, approvalId: string): Promise<void>;
}

export const waiverKindName = 'obligations.waiver';

export const waiverKind = (door: () => WaiverDoor): ApprovalKind<typeof WaiverBody> =>
  declareApprovalKind({
    kind: waiverKindName, version: 1, title: { zh: '免除一项检查或任务', en: 'Waiver of a task' }, body: WaiverBody,
    summary: ({ title, from, until, timeZone }) => ({
      zh: `免除“${title.zh}”（${whenText(from, timeZone)} 至 ${whenText(until, timeZone)}）`, en: `Waive "${title.en}" (${whenText(from, timeZone)} to ${whenText(until, timeZone)})`,
    }),
    risks: () => [{ zh: '免除之后，这段时间内没有这项检查的记录。', en: 'Once waived there is no record of this check for that time.' }],
    protected: true, submitVerb: 'obligations.waive', expiresMs: 7 * dayMs, validMs: null, inForceAtOnce: true,
    emergency: { leaders: ['security_department', 'leader'], fileAt: { zh: '请打开该项任务，点“申请免除”并选择这项口头命令', en: 'open the task, ask for the waiver there and choose this order' } },
    steps: async () => [{ key: 'agree', title: { zh: '同意免除', en: 'agrees to the waiver' }, mode: 'one_of', approvers: { roles: ['leader', 'security_department', 'room_manager'] }, limitMs: 4 * hourMs }],
    approved: async (tx, { approvalId, body, reason }) => {
      await door().granted(tx, { obligationId: body.obligationId, approvalId, reason });
    },
    ended: (tx, { approvalId }) => door().ended(tx, approvalId),
  });
