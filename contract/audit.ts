/** All acts of the room as people ask about them: who watched camera 7 last night, what did this person change, who was behind a watermark. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, InstantInQuery } from './endpoint.ts';
import { SigningAssertion, SigningOptions } from './identity.ts';
import { FactView } from './ledger.ts';

/** Which sort of acts: watching, changes, comings and goings, what was refused, what was handed out, what was read, what the system did by itself. */
export const ActGroup = z.enum(['watching', 'changes', 'sign_in', 'refused', 'handed_out', 'readings', 'system']);
export type ActGroup = z.infer<typeof ActGroup>;

const filters = {
  personId: IdOf('per').optional(),
  cameraId: IdOf('cam').optional(),
  group: ActGroup.optional(),
  kind: z.string().max(64).optional(),
  /** Words that stand in the sentence of the act or in the name of who did it. */
  text: z.string().trim().max(80).optional(),
  /** These entries only: `812-815-902`. */
  seqs: z.string().regex(/^\d{1,15}(-\d{1,15}){0,99}$/).optional(),
};
export const AuditQuestion = z.object({ ...filters, from: Instant.optional(), until: Instant.optional() });
export type AuditQuestion = z.infer<typeof AuditQuestion>;

const Person = z.object({ personId: z.string(), name: z.string(), staffNumber: z.string() });
const Camera = z.object({ cameraId: z.string(), label: z.string() });

export const auditChoices = endpoint({
  method: 'GET', path: '/api/audit/choices', summary: { zh: '审计可选的人员和摄像机', en: 'People and cameras that may be asked about' },
  response: z.object({ people: z.array(Person), cameras: z.array(Camera) }),
});

export const listActs = endpoint({
  method: 'GET', path: '/api/audit/acts', summary: { zh: '查询全部操作', en: 'Acts of the room, newest first' },
  query: z.object({
    ...filters, from: InstantInQuery.optional(), until: InstantInQuery.optional(),
    before: z.coerce.number().pipe(z.int().min(0)).optional(),
    /** Others can see this screen: names and what was done are hidden. */
    visitors: z.enum(['yes', 'no']).optional(),
  }),
  /** next: where to go on; null at the end. masked: names and acts are hidden. */
  response: z.object({ acts: z.array(FactView), next: z.int().nullable(), masked: z.boolean() }),
});

export const exportActs = endpoint({
  method: 'POST', path: '/api/audit/exports', summary: { zh: '导出操作记录（CSV 或 JSON）', en: 'Export acts (CSV or JSON)' },
  body: z.object({ question: AuditQuestion, format: z.enum(['csv', 'json']), reason: z.string().trim().min(1).max(200) }),
  bytes: true,
});

/** days: the span is asked anew each time, so many days back from the day of asking; null: all time. */
const SavedFilters = z.object({ ...filters, days: z.int().min(1).max(3_660).nullable() });
export const SavedQuestion = z.object({ questionId: z.string(), title: z.string(), question: SavedFilters, savedAt: Instant });
export type SavedQuestion = z.infer<typeof SavedQuestion>;

export const listQuestions = endpoint({
  method: 'GET', path: '/api/audit/questions', summary: { zh: '我保存的查询', en: 'Questions that I keep' },
  response: z.object({ questions: z.array(SavedQuestion) }),
});
export const saveQuestion = endpoint({
  method: 'POST', path: '/api/audit/questions', summary: { zh: '保存查询', en: 'Keep a question' },
  body: z.object({ title: z.string().trim().min(1).max(80), question: SavedFilters }),
  response: z.object({ questionId: z.string() }),
});
export const removeQuestion = endpoint({
  method: 'DELETE', path: '/api/audit/questions/:questionId', summary: { zh: '删除保存的查询', en: 'Let go of a question' },
  params: z.object({ questionId: IdOf('que') }),
});

/** What stands on a picture of the screen: staff number or name, month, day, hour and minute. */
export const traceWatermark = endpoint({
  method: 'POST', path: '/api/audit/watermarks', summary: { zh: '由水印查到操作记录', en: 'From a watermark to the acts behind it' },
  body: z.object({ text: z.string().trim().min(4).max(120), cameraId: IdOf('cam').optional() }),
  response: z.object({ person: Person, at: Instant, acts: z.array(FactView) }),
});

export const Viewer = z.object({
  person: Person,
  how: z.enum(['live', 'playback', 'snapshot']),
  from: Instant,
  /** Null while it goes on. */
  until: Instant.nullable(),
  /** Entry of the ledger that says so. */
  seq: z.int(),
});
export const listViewers = endpoint({
  method: 'POST', path: '/api/audit/viewers', summary: { zh: '某摄像机某时段的全部查看者', en: 'Everybody who saw a camera or its footage of a span' },
  body: z.object({ cameraId: IdOf('cam'), from: Instant, until: Instant }),
  response: z.object({ viewers: z.array(Viewer), camera: z.string() }),
});

/** What the system saw (alarms that it raised) and nobody wrote about: the log is measured against the machine. */
export const listUntold = endpoint({
  method: 'GET', path: '/api/audit/untold', summary: { zh: '没有文字说明的系统事件', en: 'System events without words in the duty log' },
  query: z.object({ from: InstantInQuery, until: InstantInQuery }),
  response: z.object({
    /** System events of the span, told or not. */
    all: z.int(),
    /** line: its number in the log of its shift. */
    events: z.array(z.object({ seq: z.int(), at: Instant, line: z.int().nullable(), zh: z.string(), en: z.string() })),
  }),
});

export const Review = z.object({
  seq: z.int(), from: Instant, until: Instant, signedAt: Instant, by: z.string(), outcome: z.enum(['in_order', 'with_findings']), note: z.string(), acts: z.int(), method: z.string(),
  /** What was signed, hex; null: an early review, confirmed by proving again who signs. */
  digest: z.string().nullable(),
  /** Recomputed now: the digest fits what stands here, and the evidence fits the digest. Null: nothing was signed over a digest. */
  verified: z.boolean().nullable(),
});
export const listReviews = endpoint({
  method: 'GET', path: '/api/audit/reviews', summary: { zh: '操作记录审查', en: 'Reviews of the acts' },
  /** due: months without a signed review, newest first, as the first instant of each. */
  response: z.object({ reviews: z.array(Review), due: z.array(z.object({ from: Instant, until: Instant })) }),
});
const reviewed = { from: Instant, until: Instant, outcome: z.enum(['in_order', 'with_findings']), note: z.string().trim().max(1_000) };
/** size and rootHash: the signed head of the ledger that holds every act of the period; they stand in what is signed. */
export const prepareReview = endpoint({
  method: 'POST', path: '/api/audit/reviews/prepare', summary: { zh: '准备签署审查', en: 'What is to be signed for a review' },
  body: z.object(reviewed),
  response: SigningOptions.extend({ digest: z.string(), acts: z.int(), size: z.int(), rootHash: z.string() }),
});
export const signReview = endpoint({
  method: 'POST', path: '/api/audit/reviews', summary: { zh: '签署一段时间的审查', en: 'Sign the review of a period' },
  body: z.object({ ...reviewed, size: z.int().min(1), assertion: SigningAssertion }),
  response: z.object({ seq: z.int() }),
});

export const eraseOldActs = endpoint({
  method: 'POST', path: '/api/audit/erasures', summary: { zh: '抹除期满操作记录中的个人信息', en: 'Erase personal data of acts whose term is over' },
  body: z.object({ until: Instant, reason: z.string().trim().min(1).max(500) }),
  response: z.object({ seq: z.int() }),
});
