/** What people ask approvers for: to see footage, and, apart from it, to have a copy. A grant of one is none of the other. */
import { z } from 'zod';
import type { Role } from '../../../../contract/identity.ts';
import { hourMs, dayMs } from '../../base/units.ts';
import type { Sentence } from '../../base/refusal.ts';
import { bodyDigest, declareApprovalKind, type ApprovalContext, type ApprovalDetail, type ApprovalKind, type ApprovedApproval, type EndedApproval } from '../../mechanisms/approvals/index.ts';
import { questions as people } from '../../mechanisms/identity/index.ts';
import type { Rules } from '../../mechanisms/parameters/index.ts';
import type { Control } from '../../base/control.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';
import { copyByApprover, viewByApprover } from './controls.ts';
import { evidenceRefusals as refuse } from './errors.ts';
import { undecidedDays } from './limits.ts';
import type { FootageRequest } from './request.ts';
import { findRequest } from './store.ts';
import { modeWords, reasonWords, spanText, viewerGroupWords } from './words.ts';

const text = z.string();
/** Everything that an approver must see, as it was when it was asked. */
export const RequestBody = z.object({
  requestId: text, number: text, type: z.enum(['view', 'copy']), applicant: text, department: text, unit: text, position: text, phone: text, cameras: z.array(text), cameraIds: z.array(text), from: z.int(), until: z.int(), timeZone: text,
  place: text, reasonClass: text, viewerGroup: text, viewer: text, viewerPaper: text, paperNumber: text, mode: text, purpose: text, receiver: text, copies: z.int().nullable(), returnBy: z.int().nullable(), exists: z.array(z.object({ zh: text, en: text })),
  validHours: z.number().positive(),
});
export type RequestBody = z.infer<typeof RequestBody>;

export interface DecisionDoor {
  rules: (db: Db, place: { siteId: string; roomId: string }, at: number) => Promise<Rules>;
  approved(tx: Tx, approval: ApprovedApproval<RequestBody>): Promise<void>;
  ended(tx: Tx, approval: EndedApproval<RequestBody>): Promise<void>;
  bodyOf(tx: Tx, one: FootageRequest): Promise<RequestBody>;
}

/** Roles behind the options of view_approver and copy_approver. The responsible leader of the rules is who holds the role of a leader. */
const rolesOf: Readonly<Record<string, readonly Role[]>> = { leader: ['leader'], responsible_leader: ['leader'], safety_department: ['security_department'] };
const everyApprover: readonly Role[] = ['leader', 'security_department', 'room_manager', 'duty_manager', 'shift_leader'];

/** Who decides here, by parameter; the control is the one place where the others are kept out. */
export const approversOf = (rules: Pick<Rules, 'text'>, type: 'view' | 'copy'): Role[] => {
  const named = rolesOf[rules.text(type === 'view' ? 'view_approver' : 'copy_approver')] ?? ['leader'];
  const control: Control = type === 'view' ? viewByApprover : copyByApprover;
  return everyApprover.filter((role) => control.allows(() => named.includes(role)));
};
export const approverWords = (rules: Pick<Rules, 'text'>, type: 'view' | 'copy'): Sentence => {
  const titles = approversOf(rules, type).map((role) => people.roleTitle(role));
  return { zh: titles.map(({ zh }) => zh).join('、'), en: titles.map(({ en }) => en).join(', ') };
};

const same = (value: string): Sentence => ({ zh: value, en: value });
const line = (zh: string, en: string, value: Sentence | string): ApprovalDetail[] => {
  const shown = typeof value === 'string' ? same(value) : value;
  return shown.zh === '' ? [] : [{ title: { zh, en }, value: shown }];
};

const detailsOf = (body: RequestBody): ApprovalDetail[] => [
  ...line('申请编号', 'Request', body.number),
  ...line('申请人', 'Asked by', [body.applicant, body.position, body.department, body.unit, body.phone].filter((part) => part !== '').join(' · ')),
  ...line('为谁申请', 'For', body.viewerGroup === 'colleague' && body.viewer === '' ? '' : { zh: `${viewerGroupWords(body.viewerGroup).zh} ${body.viewer} ${body.viewerPaper}`.trim(), en: `${viewerGroupWords(body.viewerGroup).en} ${body.viewer} ${body.viewerPaper}`.trim() }),
  ...line('摄像机', 'Cameras', { zh: body.cameras.join('、'), en: body.cameras.join(', ') }),
  ...line('录像时间', 'Footage', spanText(body.from, body.until, body.timeZone)),
  ...line('地点', 'Place', body.place),
  ...line('事由类别', 'Kind of reason', reasonWords(body.reasonClass)),
  ...line('法律文书号', 'Legal paper', body.paperNumber),
  ...(body.type === 'view'
    ? line('调阅方式', 'How it is seen', modeWords(body.mode))
    : [...line('用途', 'Purpose', body.purpose), ...line('接收人', 'Receiver', body.receiver), ...line('份数', 'Copies', body.copies === null ? '' : String(body.copies))]),
  ...(body.returnBy === null ? [] : [{ title: { zh: '归还或销毁', en: 'Back or destroyed by' }, value: { at: body.returnBy } }]),
  ...body.exists.flatMap((value) => line('现有录像', 'Footage there is', value)),
  ...line('批准有效期', 'Approval holds', { zh: `批准后 ${body.validHours} 小时`, en: `${body.validHours} h from the approval` }),
];

/** As long as the room lets a grant of footage hold, and any grant. */
export const grantHours = (rules: Pick<Rules, 'number'>): number => Math.min(rules.number('footage_grant_valid_hours'), rules.number('approval_grant_valid_hours'));

const submitVerb = 'evidence.request.ask';

const kindOf = (type: 'view' | 'copy', title: Sentence, clauses: readonly string[], risks: (body: RequestBody) => readonly Sentence[], door: () => DecisionDoor): ApprovalKind<typeof RequestBody> =>
  declareApprovalKind({
    kind: `evidence.${type}`, version: 1, title, body: RequestBody, protected: true, submitVerb, clauses, risks, details: detailsOf,
    summary: (body) => {
      const span = spanText(body.from, body.until, body.timeZone);
      return { zh: `${body.department}${body.applicant}申请${title.zh}：${body.cameras.join('、')}，${span.zh}`, en: `${body.applicant} (${body.department}) asks for a ${title.en}: ${body.cameras.join(', ')}, ${span.en}` };
    },
    steps: async ({ db, siteId, roomId, at }) => {
      const rules = await door().rules(db, { siteId, roomId }, at);
      return [{ key: 'agree', title: { zh: '审批', en: 'approval' }, mode: 'one_of', approvers: { roles: approversOf(rules, type) }, limitMs: rules.number('footage_decision_hours') * hourMs }];
    },
    expiresMs: undecidedDays * dayMs,
    validMs: null,
    // Clauses want the approval before footage is opened or leaves; what is urgent is decided sooner.
    emergency: { never: { zh: '录像未经批准不得打开或带出，紧急时请审批人立即审批', en: 'footage is neither opened nor taken out before the approval; in a hurry the approver decides at once' } },
    validUntil: ({ validHours }, grantedAt) => grantedAt + validHours * hourMs,
    check: async (tx, { body, roomId }: ApprovalContext<RequestBody>) => {
      // What is agreed to is what the request says, also when it comes again after a return.
      const one = await findRequest(tx, roomId, body.requestId);
      if (one === null || bodyDigest(body) !== bodyDigest(await door().bodyOf(tx, one))) throw refuse('body_differs');
    },
    approved: (tx, approval) => door().approved(tx, approval),
    ended: (tx, approval) => door().ended(tx, approval),
  });

export const viewKindName = 'evidence.view';
export const copyKindName = 'evidence.copy';

export const evidenceKinds = (door: () => DecisionDoor) =>
  [
    kindOf('view', { zh: '调阅录像', en: 'viewing of footage' }, ['BUS-1.4.8', 'BUS-2.4.1', 'BRN-7.1', 'TEN-7.3', 'SCH-3.1.2', 'SCH-3.1.3', 'SCH-3.1.4'], (body) => [
      ...(body.viewerGroup === 'colleague' ? [] : [{ zh: '申请为外来人员提出，请核对身份和事由。', en: 'It is asked for somebody from outside: check identity and reason.' }]),
      ...(body.mode === 'remote' ? [{ zh: '批准后可远程回放，仅限所列摄像机和时段。', en: 'Once approved it can be played elsewhere, these cameras and this span only.' }] : []),
    ], door),
    kindOf('copy', { zh: '拷贝录像', en: 'copy of footage' }, ['BUS-1.4.9', 'BUS-2.3.2', 'BUS-2.4.2', 'SAF-4.1.2', 'SCH-2.4.1', 'BRN-A4.3.1'], () => [{ zh: '拷贝离开监控室后无法收回，请核对用途和接收人。', en: 'A copy that has left the room cannot be called back: check purpose and receiver.' }], door),
  ] as const;
