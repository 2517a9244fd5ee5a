/** Approvals: who asked, who must agree, what is granted, for how long. */
import { z } from 'zod';
import { Can, Role, SigningAssertion, SigningOptions } from './identity.ts';
import { endpoint, IdOf, Instant, Sentence } from './endpoint.ts';

export const ApprovalState = z.enum(['pending', 'returned', 'rejected', 'withdrawn', 'expired', 'approved', 'in_use', 'closed', 'lapsed', 'revoked']);
export type ApprovalState = z.infer<typeof ApprovalState>;
export const StepMode = z.enum(['one_of', 'all_of', 'in_order']);
export const Decision = z.enum(['approve', 'reject']);
export type Decision = z.infer<typeof Decision>;
export const SigningMethod = z.enum(['webauthn', 'password_totp', 'session']);

const reason = z.string().trim().min(1).max(2000);
const comment = z.string().trim().max(2000);
const approvalId = IdOf('apr');
const personId = IdOf('per');
const Named = z.object({ personId: z.string(), name: z.string() });

/** What a kind asks in its form, for the page that fills it in. */
export const FormField = z.object({ key: z.string(), title: Sentence, type: z.enum(['text', 'long_text', 'instant', 'clause']), required: z.boolean() });
export type FormField = z.infer<typeof FormField>;

/** A file that belongs to what is asked; part of what is signed. */
export const Attachment = z.object({ name: z.string().trim().min(1).max(200), sha256: z.string().regex(/^[0-9a-f]{64}$/), sizeBytes: z.int().min(1).max(10_485_760) });
export type Attachment = z.infer<typeof Attachment>;
const attachments = z.array(Attachment).max(10);

export const ApprovalRow = z.object({
  approvalId: z.string(), number: z.int(), kind: z.string(), title: Sentence, summary: Sentence, subject: z.string(),
  applicant: Named, state: ApprovalState, escalated: z.enum(['late', 'vacant']).nullable(), submittedAt: Instant,
  /** The present step while it is pending; who is asked there, and until when. */
  step: z.object({ title: Sentence, waitingFor: z.array(Named), dueAt: Instant.nullable() }).nullable(),
  validUntil: Instant.nullable(),
});
export type ApprovalRow = z.infer<typeof ApprovalRow>;

export const Signature = z.object({
  person: Named, onBehalfOf: Named.nullable(), decision: Decision, comment: z.string(), method: SigningMethod, signedAt: Instant,
  digest: z.string(),
  /** Recomputed now: the digest fits what is shown, and the evidence fits the digest. */
  verified: z.boolean(),
  /** What the check rests on. key: the signer's own key, anybody can recompute it; record: digest, time of the code and the signed record of Vigil; session: the record alone. */
  rests: z.enum(['key', 'record', 'session']),
});

export const ApprovalView = ApprovalRow.extend({
  version: z.int(), round: z.int(), protected: z.boolean(), expiresAt: Instant,
  /** In this room a password with a one-time code signs too, and not a passkey alone. */
  passwordSigns: z.boolean(),
  /** Exactly what is asked for, as people read it. */
  details: z.array(z.object({ title: Sentence, value: z.union([Sentence, z.object({ at: Instant })]) })),
  body: z.unknown(),
  reason: z.string(),
  /** What an approver should look at twice. */
  risks: z.array(Sentence),
  clauses: z.array(z.string()),
  /** The same clauses as people name them. */
  clauseTitles: z.array(Sentence),
  attachments,
  /** The order by word of mouth whose papers this is. */
  order: z.object({ orderId: z.string(), number: z.int() }).nullable(),
  executor: Named.nullable(),
  steps: z.array(z.object({
    step: z.int(), key: z.string(), title: Sentence, mode: StepMode, roles: z.array(Role), needs: z.int(), limitMs: z.int(),
    state: z.enum(['done', 'now', 'later']),
    seats: z.array(z.object({ seat: z.int(), person: Named, place: z.int(), hops: z.int(), cameBy: z.enum(['submission', 'transfer', 'assignment', 'addition']),
      turn: z.int(), added: z.enum(['signature', 'opinion']).nullable(), addedBy: Named.nullable(), canRemove: z.union([z.literal(true), Sentence]), left: z.boolean(), signature: Signature.nullable() })),
  })),
  trail: z.array(z.object({
    number: z.int(), at: Instant, act: z.string(), words: Sentence, actor: z.object({ id: z.string(), name: Sentence }), onBehalfOf: Named.nullable(), toPerson: Named.nullable(), reason: z.string(), lateMs: z.int().nullable(),
  })),
  /** By act: approve, reject, return, transfer, add, opine, assign, withdraw, resubmit, remind, revoke. */
  can: Can,
});
export type ApprovalView = z.infer<typeof ApprovalView>;

export const inbox = endpoint({
  method: 'GET', path: '/api/approvals', summary: { zh: '审批列表', en: 'Approvals: to decide, mine, all' },
  query: z.object({
    list: z.enum(['to_decide', 'mine', 'all']).default('to_decide'), search: z.string().max(100).optional(), kind: z.string().max(64).optional(), state: ApprovalState.optional(),
    before: z.coerce.number().pipe(z.int().min(1)).optional(),
  }),
  response: z.object({ approvals: z.array(ApprovalRow), more: z.boolean(), counts: z.object({ toDecide: z.int(), mine: z.int() }), canSeeAll: z.boolean() }),
});

export const counts = endpoint({
  method: 'GET', path: '/api/approvals/counts', summary: { zh: '待我审批的数量', en: 'How many wait for me' },
  response: z.object({ toDecide: z.int(), mine: z.int() }),
});

/** What a draft or a verbal order may be for. */
const kindName = z.string().min(3).max(64);

export const kinds = endpoint({
  method: 'GET', path: '/api/approvals/kinds', summary: { zh: '可以申请的事项', en: 'What can be asked for here' },
  response: z.object({
    kinds: z.array(z.object({ kind: z.string(), title: Sentence, fields: z.array(FormField), can: z.union([z.literal(true), Sentence]) })),
    /** In force here: what a field of type clause can be. */
    clauses: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string() })),
  }),
});

export const submit = endpoint({
  method: 'POST', path: '/api/approvals', summary: { zh: '提交申请', en: 'Ask for something' },
  body: z.object({
    kind: kindName, body: z.record(z.string(), z.unknown()), reason, attachments: attachments.default([]),
    /** The draft that it was written from goes with it. */
    draftId: IdOf('drf').nullable().default(null),
    /** The order by word of mouth whose papers this is. */
    orderId: IdOf('ord').nullable().default(null),
  }),
  response: z.object({ approvalId: z.string() }),
});

export const one = endpoint({
  method: 'GET', path: '/api/approvals/:approvalId', summary: { zh: '一项审批及其全过程', en: 'One approval with its trail' },
  params: z.object({ approvalId }), response: ApprovalView,
});

const seen = { round: z.int().min(1), step: z.int().min(0) };

export const prepare = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/prepare', summary: { zh: '准备签名', en: 'What is to be signed for a decision' },
  params: z.object({ approvalId }), body: z.object({ decision: Decision, comment, ...seen }),
  /** `digest`: hex, the challenge of the passkey is these 32 bytes. `needed`: false for kinds that need no signature of their own. */
  response: SigningOptions.extend({ digest: z.string(), needed: z.boolean() }),
});

export const decide = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/decisions', summary: { zh: '同意或拒绝', en: 'Agree or refuse' },
  params: z.object({ approvalId }), body: z.object({ decision: Decision, comment, ...seen, assertion: SigningAssertion.nullable() }),
  response: z.object({ state: ApprovalState }),
});

export const giveBack = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/returns', summary: { zh: '退回', en: 'Return to the applicant or an earlier step' },
  params: z.object({ approvalId }), body: z.object({ reason, ...seen, toStep: z.int().min(0).nullable() }),
});

export const resubmit = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/rounds', summary: { zh: '重新提交', en: 'Submit again after a return' },
  params: z.object({ approvalId }), body: z.object({ body: z.record(z.string(), z.unknown()), reason, attachments: attachments.default([]) }),
});

export const transfer = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/transfers', summary: { zh: '转交', en: 'Hand on to somebody with the same authority' },
  params: z.object({ approvalId }), body: z.object({ toPersonId: personId, reason, ...seen }),
});

export const add = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/additions', summary: { zh: '加签或委派', en: 'Ask for a signature besides, or for an opinion' },
  /** before, after: their signature is needed too; opinion: they say what they think and it comes back. */
  params: z.object({ approvalId }), body: z.object({ toPersonId: personId, how: z.enum(['before', 'after', 'opinion']), reason, ...seen }),
});

export const remove = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/removals', summary: { zh: '减签', en: 'Take back what was asked besides' },
  params: z.object({ approvalId }), body: z.object({ seat: z.int().min(1), reason, ...seen }),
});

export const opine = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/opinions', summary: { zh: '回复意见', en: 'Give the opinion that was asked for' },
  params: z.object({ approvalId }), body: z.object({ opinion: reason, ...seen }),
});

export const assign = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/assignments', summary: { zh: '指定审批人', en: 'Assign an approver to a place that nobody can fill' },
  params: z.object({ approvalId }), body: z.object({ toPersonId: personId, reason, ...seen }),
});

export const candidates = endpoint({
  method: 'GET', path: '/api/approvals/:approvalId/candidates', summary: { zh: '可转交的人', en: 'People with the same authority' },
  params: z.object({ approvalId }), response: z.object({ people: z.array(Named) }),
});

export const withdraw = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/withdrawal', summary: { zh: '撤回', en: 'Withdraw' },
  params: z.object({ approvalId }), body: z.object({ reason: comment }),
});

export const remind = endpoint({ method: 'POST', path: '/api/approvals/:approvalId/reminders', summary: { zh: '催办', en: 'Remind' }, params: z.object({ approvalId }) });

export const revoke = endpoint({
  method: 'POST', path: '/api/approvals/:approvalId/revocation', summary: { zh: '撤销已批准的事项', en: 'Revoke what was granted' },
  params: z.object({ approvalId }), body: z.object({ reason }),
});

/** Everything that somebody outside needs to check the signatures of one request again. */
export const Proof = z.object({
  approvalId: z.string(), number: z.int(), kind: z.string(), title: Sentence, state: ApprovalState, checkedAt: Instant,
  signatures: z.array(z.object({
    person: Named, onBehalfOf: Named.nullable(), step: Sentence, decision: Decision, signedAt: Instant, method: SigningMethod, rests: z.enum(['key', 'record', 'session']), verified: z.boolean(),
    /** What was signed, to the byte: canonical JSON (RFC 8785) in UTF-8. Its SHA-256 is the digest. */
    statement: z.string(), digest: z.string(),
    /** What the method left behind, JSON. */
    evidence: z.string(),
  })),
  /** How to recompute it, line by line. */
  how: z.array(Sentence),
});
export const proof = endpoint({
  method: 'GET', path: '/api/approvals/:approvalId/proof', summary: { zh: '签名凭据，供他人重新核对', en: 'The signatures for somebody else to check again' },
  params: z.object({ approvalId }), response: Proof,
});

export const keepFile = endpoint({
  method: 'POST', path: '/api/approvals/files', summary: { zh: '上传附件', en: 'Put an attachment in' },
  body: z.object({ name: z.string().trim().min(1).max(200), /** Base64. */ content: z.base64().max(14_000_000) }), response: Attachment,
});
export const file = endpoint({
  method: 'GET', path: '/api/approvals/:approvalId/files/:sha256', summary: { zh: '查看附件', en: 'An attachment of a request' },
  params: z.object({ approvalId, sha256: z.string().regex(/^[0-9a-f]{64}$/) }), bytes: true,
});

export const Draft = z.object({ draftId: z.string(), kind: z.string(), title: Sentence, content: z.record(z.string(), z.unknown()), reason: z.string(), attachments, changedAt: Instant, /** Thrown away then, unless it is changed or sent. */ keptUntil: Instant });
export const drafts = endpoint({
  method: 'GET', path: '/api/approvals/drafts', summary: { zh: '我的草稿', en: 'My drafts' }, response: z.object({ drafts: z.array(Draft) }),
});
export const saveDraft = endpoint({
  method: 'PUT', path: '/api/approvals/drafts', summary: { zh: '保存草稿', en: 'Keep a draft' },
  body: z.object({ draftId: IdOf('drf').nullable(), kind: kindName, content: z.record(z.string().max(60), z.union([z.string().max(4000), z.number(), z.null()])), reason: comment, attachments: attachments.default([]) }),
  response: z.object({ draftId: z.string(), keptUntil: Instant }),
});
export const dropDraft = endpoint({
  method: 'DELETE', path: '/api/approvals/drafts/:draftId', summary: { zh: '删除草稿', en: 'Throw a draft away' }, params: z.object({ draftId: IdOf('drf') }),
});

export const Order = z.object({
  orderId: z.string(), number: z.int(), kind: z.string(), title: Sentence, what: z.string(), reason: z.string(), leader: Named, recordedBy: Named,
  orderedAt: Instant, recordedAt: Instant, papersDueAt: Instant,
  /** provisional: holds for the moment; papered: the papers were granted in time; breached: not in time, or refused. */
  state: z.enum(['provisional', 'papered', 'breached']), breachWhy: z.enum(['late', 'refused']).nullable(), paperedAt: Instant.nullable(),
  papers: z.array(z.object({ approvalId: z.string(), number: z.int(), state: ApprovalState })), canFile: z.union([z.literal(true), Sentence]),
  /** Where the papers are asked for; null: on the form of approvals. */
  fileAt: Sentence.nullable(),
});
export type Order = z.infer<typeof Order>;
export const orders = endpoint({
  method: 'GET', path: '/api/approvals/orders', summary: { zh: '口头命令及其补办手续', en: 'Orders by word of mouth and their papers' },
  response: z.object({ orders: z.array(Order), can: Can, papersHours: z.number(), kinds: z.array(z.object({ kind: z.string(), title: Sentence, leaders: z.array(Named) })) }),
});
export const recordOrder = endpoint({
  method: 'POST', path: '/api/approvals/orders', summary: { zh: '记录领导的口头命令', en: 'Write down an order that a leader gave by word of mouth' },
  body: z.object({ kind: kindName, what: z.string().trim().min(1).max(1000), reason, leaderId: personId, orderedAt: Instant }), response: z.object({ orderId: z.string(), papersDueAt: Instant }),
});

export const Deputy = z.object({ deputyId: z.string(), person: Named, deputy: Named, from: Instant, until: Instant, reason: z.string(), state: z.enum(['coming', 'now', 'over']), can: Can });
export const listDeputies = endpoint({
  method: 'GET', path: '/api/approvals/deputies', summary: { zh: '代理人', en: 'Deputies: mine, and those for whom I act' },
  response: z.object({ deputies: z.array(Deputy), people: z.array(Named) }),
});
export const nameDeputy = endpoint({
  method: 'POST', path: '/api/approvals/deputies', summary: { zh: '指定代理人', en: 'Name a deputy for a span' },
  body: z.object({ deputyPersonId: personId, from: Instant, until: Instant, reason }), response: z.object({ deputyId: z.string() }),
});
export const endDeputy = endpoint({
  method: 'DELETE', path: '/api/approvals/deputies/:deputyId', summary: { zh: '结束代理', en: 'End a deputy before the time' }, params: z.object({ deputyId: IdOf('dep') }),
});
