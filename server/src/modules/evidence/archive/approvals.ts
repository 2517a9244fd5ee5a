/** What people ask approvers for about the archive: to view, lend, transfer or publish an item; and, apart from it and by two persons, to destroy one. */
import { z } from 'zod';
import type { Role } from '../../../../../contract/identity.ts';
import { ArchiveHow } from '../../../../../contract/evidence-archive.ts';
import type { Sentence } from '../../../base/refusal.ts';
import { dayMs, hourMs } from '../../../base/units.ts';
import { bodyDigest, declareApprovalKind, type AnyApprovalKind, type ApprovalContext, type ApprovalDetail, type ApprovalStep } from '../../../mechanisms/approvals/index.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { approversOf } from '../approvals.ts';
import { undecidedDays } from '../limits.ts';
import { archiveRefusals as refuse } from './refusals.ts';
import { classWords, howWords } from './words.ts';

const text = z.string();
/** Everything that an approver must see, as it was when it was asked. */
export const OrderBody = z.object({
  orderId: text, itemId: text, number: text, how: ArchiveHow, class: text, caseNumber: text, title: text, sha256: text, files: z.int(), applicant: text, receiver: text, place: text, content: text, paper: text, returnBy: z.int().nullable(), held: z.boolean(),
  validHours: z.number().positive(),
});
export type OrderBody = z.infer<typeof OrderBody>;

export interface OrderDoor {
  rules(db: Db, place: { siteId: string; roomId: string }, at: number): Promise<Rules>;
  /** What stands in the tables about this order; null: there is none. */
  bodyOf(tx: Tx, roomId: string, order: { itemId: string; orderId: string }): Promise<OrderBody | null>;
}

export const releaseKindName = 'evidence.archive_release';
export const destroyKindName = 'evidence.archive_destroy';

const line = (zh: string, en: string, value: string | Sentence): ApprovalDetail[] => {
  const said = typeof value === 'string' ? { zh: value, en: value } : value;
  return said.zh === '' ? [] : [{ title: { zh, en }, value: said }];
};
const classOf = (kind: string): Sentence => Object.entries(classWords).find(([key]) => key === kind)?.[1] ?? { zh: kind, en: kind };
const detailsOf = (body: OrderBody): readonly ApprovalDetail[] => [
  ...line('档案编号', 'Item', body.number),
  ...line('题名', 'Title', body.title),
  ...line('类别', 'Class', classOf(body.class)),
  ...line('案号', 'Case', body.caseNumber),
  ...line('申请事项', 'To be', howWords[body.how]),
  ...line('内容', 'Content', body.content),
  ...line('接收人', 'Receiver', body.receiver),
  ...line(body.how === 'publish' ? '公布处' : '去处', body.how === 'publish' ? 'Published at' : 'Where to', body.place),
  ...line('法律文书号', 'Legal paper', body.paper),
  ...(body.returnBy === null ? [] : [{ title: { zh: '归还', en: 'Back by' }, value: { at: body.returnBy } }]),
  ...line('校验值 SHA-256', 'SHA-256', body.sha256),
  ...line('批准有效期', 'Approval holds', { zh: `批准后 ${body.validHours} 小时`, en: `${body.validHours} h from the approval` }),
];
const summaryOf = ({ number, how, title }: OrderBody): Sentence => ({ zh: `${howWords[how].zh}档案 ${number} ${title}`.trim(), en: `Archive item ${number} ${title} to be ${howWords[how].en}` });

const releasers: Readonly<Record<string, readonly Role[]>> = { relevant_leader: ['leader'], leader: ['leader'] };
/** Who agrees, as the adopted rules name them: to a viewing whoever agrees to viewings, to what leaves the archive whoever agrees to a release. */
const stepsOfRelease = (rules: Rules, how: OrderBody['how'] | undefined): readonly ApprovalStep[] => [
  { key: 'agree', title: { zh: '审批', en: 'approval' }, mode: 'one_of', approvers: { roles: how === 'view' ? approversOf(rules, 'view') : (releasers[rules.text('release_approver')] ?? ['leader']) }, limitMs: rules.number('footage_decision_hours') * hourMs },
];
/** One after the other; a protected kind never lets one person sign twice. */
const destroyers: readonly (readonly Role[])[] = [['security_department'], ['leader'], ['room_manager']];
const stepsOfDestruction = (rules: Rules): readonly ApprovalStep[] =>
  Array.from({ length: rules.number('destroy_approvals') }, (_, index) => ({
    key: 'agree', title: { zh: `第 ${index + 1} 批准人`, en: `approver ${index + 1}` }, mode: 'one_of' as const, approvers: { roles: destroyers[index % destroyers.length] ?? ['leader'] }, limitMs: rules.number('footage_decision_hours') * hourMs,
  }));

const common = (door: () => OrderDoor) => ({
  version: 1, body: OrderBody, protected: true, submitVerb: 'evidence.archive.ask', summary: summaryOf, details: detailsOf, expiresMs: undecidedDays * dayMs, validMs: null,
  // Clauses want the approval first; what is urgent is decided sooner.
  emergency: { never: { zh: '档案未经批准不得查阅、带出、公布或销毁，紧急时请审批人立即审批', en: 'nothing of the archive is opened, taken out, published or destroyed before the approval; in a hurry the approver decides at once' } },
  validUntil: ({ validHours }: OrderBody, grantedAt: number) => grantedAt + validHours * hourMs,
  check: async (tx: Tx, { body, roomId }: ApprovalContext<OrderBody>) => {
    const stands = await door().bodyOf(tx, roomId, body);
    // At the first submission the order is written after it; when it comes again it must be the same.
    if (stands !== null && bodyDigest(body) !== bodyDigest(stands)) throw refuse('body_differs');
  },
  // Nothing waits for the grant: whoever carries it out looks how the approval stands.
  approved: () => Promise.resolve(),
});

export const archiveKinds = (door: () => OrderDoor): readonly AnyApprovalKind[] => [
  declareApprovalKind({
    ...common(door), kind: releaseKindName, title: { zh: '档案查阅、借出、移交、公布', en: 'use of the archive' }, clauses: ['BUS-2.2.3', 'BUS-2.2.4', 'BUS-2.2.5'],
    risks: ({ how }) => (how === 'publish' ? [{ zh: '公布后无法收回，请核对内容、公布处和当事人隐私。', en: 'What is published cannot be called back: check content, place and the privacy of those shown.' }] : []),
    steps: async ({ db, siteId, roomId, at, body }) => stepsOfRelease(await door().rules(db, { siteId, roomId }, at), (body as Partial<OrderBody> | undefined)?.how),
  }),
  declareApprovalKind({
    ...common(door), kind: destroyKindName, title: { zh: '销毁档案', en: 'destruction of an item of the archive' }, clauses: ['BUS-2.2.6'],
    risks: ({ held }) => [
      { zh: '销毁后不能恢复。', en: 'What is destroyed does not come back.' },
      ...(held ? [{ zh: '该档案仍在锁定中：解除锁定之前不能执行。', en: 'The item is still held: this cannot be carried out before the hold is released.' }] : []),
    ],
    steps: async ({ db, siteId, roomId, at }) => stepsOfDestruction(await door().rules(db, { siteId, roomId }, at)),
  }),
];
