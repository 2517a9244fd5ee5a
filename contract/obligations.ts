/** What is due when, by whom, with which proof: lists, calendar, one obligation with its form, submission, review, waiver, findings, holidays, register. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, InstantInQuery, Sentence } from './endpoint.ts';
import { Can, Role } from './identity.ts';

export const ObligationState = z.enum([
  'planned', // 计划: the window has not opened
  'available', // 待办
  'in_progress', // 进行中: somebody has begun it
  'overdue', // 逾期: the window has ended, the grace has not
  'submitted', // 已提交
  'returned', // 退回: to be done again
  'reviewed', // 已复核
  'missed', // 漏检: for ever
  'waived', // 免除, by approval
  'withdrawn', // 取消: the rule changed before the window opened
]);
export type ObligationState = z.infer<typeof ObligationState>;

export const FieldType = z.enum(['check', 'reading', 'choice', 'text', 'photo']);
/** One item of an evidence form. */
export const FormField = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,47}$/),
  title: Sentence,
  /** What is looked at and when it is in order. */
  standard: Sentence.optional(),
  type: FieldType,
  /** reading */
  unit: z.string().max(16).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** choice; `finding` marks an answer that is not in order. */
  options: z.array(z.object({ value: z.string().regex(/^[a-z0-9_]{1,32}$/), title: Sentence, finding: z.boolean().optional() }).strict()).min(2).max(12).optional(),
  required: z.boolean(),
  /** A photo is demanded beside the answer. */
  photo: z.boolean().optional(),
  /** Clause that asks for this item. */
  clause: z.string().optional(),
  /** Offered only while this yes-or-no parameter has this value. */
  when: z.object({ parameter: z.string(), is: z.boolean() }).strict().optional(),
}).strict();
export type FormField = z.infer<typeof FormField>;

const photoHash = z.string().regex(/^[0-9a-f]{64}$/);
/** check: true is in order; reading: a number; choice: the option; text: words; photo: the photos alone. */
export const Answer = z.object({ value: z.union([z.boolean(), z.number(), z.string().max(2_000)]).nullable(), note: z.string().trim().max(1_000), photos: z.array(photoHash).max(8) });
export type Answer = z.infer<typeof Answer>;
export const Answers = z.record(z.string().max(48), Answer);

const PersonName = z.object({ personId: z.string(), name: z.string() });

export const ObligationRow = z.object({
  obligationId: z.string(), kind: z.string(), title: Sentence, state: ObligationState, late: z.boolean(),
  /** Named when it concerns one thing, e.g. a camera. */
  subject: z.string().nullable(),
  from: Instant, until: Instant,
  /** Until then it may still be done late. */
  graceUntil: Instant,
  assignees: z.array(Role), reviewers: z.array(Role),
  clauses: z.array(z.string()),
  /** Who is at it, since when; null: nobody has begun it, or it is done. */
  begun: z.object({ by: PersonName, at: Instant }).nullable(),
  submittedAt: Instant.nullable(), submittedBy: PersonName.nullable(),
  reviewedAt: Instant.nullable(), reviewedBy: PersonName.nullable(),
  findings: z.int(), openFindings: z.int(),
  can: Can,
});
export type ObligationRow = z.infer<typeof ObligationRow>;

const obligationId = z.object({ obligationId: IdOf('obl') });

export const listObligations = endpoint({
  method: 'GET', path: '/api/obligations', summary: { zh: '任务列表', en: 'Obligations, newest window first' },
  query: z.object({ from: InstantInQuery.optional(), until: InstantInQuery.optional(), kind: z.string().max(64).optional(), state: ObligationState.optional(), search: z.string().max(64).optional(), before: z.string().max(64).optional() }),
  /** `next`: hand it back as `before` for the page that follows. */
  response: z.object({ obligations: z.array(ObligationRow), next: z.string().nullable() }),
});

const NextWindow = z.object({ kind: z.string(), title: Sentence, from: Instant, until: Instant });
export const obligationsNow = endpoint({
  method: 'GET', path: '/api/obligations/now', summary: { zh: '今日与本周任务', en: 'What is due now, today and this week' },
  response: z.object({
    /** Open: available, overdue, returned. */
    open: z.array(ObligationRow),
    toReview: z.array(ObligationRow),
    /** Windows of today and of this week (Monday to Sunday) that are not open, in order. */
    today: z.array(ObligationRow), week: z.array(ObligationRow),
    /** The next window of each kind. */
    next: z.array(NextWindow),
    /** Kinds that may be opened unscheduled. */
    unscheduled: z.array(z.object({ kind: z.string(), title: Sentence })),
    can: Can,
  }),
});

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const obligationCalendar = endpoint({
  method: 'GET', path: '/api/obligations/calendar', summary: { zh: '任务月历', en: 'A month of obligations' },
  query: z.object({ month: z.string().regex(/^[2-9]\d{3}-(0[1-9]|1[0-2])$/) }),
  response: z.object({
    days: z.array(z.object({
      day: isoDay, dayKind: z.enum(['holiday', 'working']).nullable(), name: z.string(),
      items: z.array(z.object({ obligationId: z.string(), kind: z.string(), title: Sentence, state: ObligationState, late: z.boolean() })),
    })),
  }),
});

/** handled: put in order by hand; repaired, replaced: the device. */
export const FindingOutcome = z.enum(['handled', 'repaired', 'replaced']);
export type FindingOutcome = z.infer<typeof FindingOutcome>;
export const FindingView = z.object({
  findingId: z.string(), obligationId: z.string(), title: Sentence, field: z.string(), what: Sentence, note: z.string(), at: Instant, by: PersonName,
  /** Who sees to it: a person, or those of roles while nobody was named. */
  owner: PersonName.nullable(), ownerRoles: z.array(Role), dueAt: Instant.nullable(), overdue: z.boolean(),
  closed: z.object({ at: Instant, by: PersonName, result: z.string(), outcome: FindingOutcome }).nullable(), can: Can,
});
export type FindingView = z.infer<typeof FindingView>;

export const ObligationView = ObligationRow.extend({
  form: z.object({ form: z.string(), version: z.int(), digest: z.string(), title: Sentence, fields: z.array(FormField), signature: z.boolean() }),
  rowVersion: z.int(),
  /** The kind asks whoever hands it in to prove again who they are. */
  stepUp: z.boolean(),
  submissions: z.array(z.object({ submissionId: z.string(), number: z.int(), at: Instant, by: PersonName, late: z.boolean(), reason: z.string(), answers: Answers })),
  reviews: z.array(z.object({ at: Instant, by: PersonName, outcome: z.enum(['agreed', 'returned']), comment: z.string() })),
  findingList: z.array(FindingView),
  history: z.array(z.object({ at: Instant, by: z.string().nullable(), state: ObligationState, late: z.boolean(), reason: z.string(), firedLateMs: z.int().nullable() })),
  /** Id of the approval that asks for a waiver or gave it. */
  waiver: z.string().nullable(),
});
export type ObligationView = z.infer<typeof ObligationView>;
export const oneObligation = endpoint({
  method: 'GET', path: '/api/obligations/:obligationId', summary: { zh: '一项任务', en: 'One obligation with its form, submissions and history' },
  params: obligationId, response: ObligationView,
});

export const beginObligation = endpoint({
  method: 'POST', path: '/api/obligations/:obligationId/beginnings', summary: { zh: '着手一项任务', en: 'Say that one has begun a task' }, params: obligationId,
});
export const submitObligation = endpoint({
  method: 'POST', path: '/api/obligations/:obligationId/submissions', summary: { zh: '提交检查表', en: 'Submit the evidence form' },
  params: obligationId,
  body: z.object({ formDigest: z.string().max(64), answers: Answers, /** Needed once the window has ended. */ lateReason: z.string().trim().max(500) }),
  response: z.object({ submissionId: z.string(), late: z.boolean(), findings: z.int() }),
});

export const keepPhoto = endpoint({
  method: 'POST', path: '/api/obligations/:obligationId/photos', summary: { zh: '上传照片', en: 'Keep a photo for a form' },
  params: obligationId,
  /** picture: base64 JPEG or PNG, at most 8 MB */
  body: z.object({ field: z.string().max(48), picture: z.string().min(4).max(11_000_000) }),
  response: z.object({ sha256: z.string(), sizeBytes: z.int() }),
});
export const obligationPhoto = endpoint({
  method: 'GET', path: '/api/obligations/:obligationId/photos/:sha256', summary: { zh: '查看照片', en: 'A photo of a form' },
  params: z.object({ obligationId: IdOf('obl'), sha256: photoHash }), bytes: true,
});

export const reviewObligation = endpoint({
  method: 'POST', path: '/api/obligations/:obligationId/reviews', summary: { zh: '复核', en: 'Review a submission' },
  params: obligationId, body: z.object({ submissionId: IdOf('osub'), outcome: z.enum(['agreed', 'returned']), comment: z.string().trim().max(1_000) }),
});

export const waiveObligation = endpoint({
  method: 'POST', path: '/api/obligations/:obligationId/waivers', summary: { zh: '申请免除', en: 'Ask for a waiver' },
  params: obligationId, body: z.object({ reason: z.string().trim().min(1).max(500), /** The order by word of mouth whose papers this is. */ orderId: IdOf('ord').nullable().default(null) }), response: z.object({ approvalId: z.string() }),
});

export const openUnscheduled = endpoint({
  method: 'POST', path: '/api/obligations/unscheduled', summary: { zh: '发起临时检查', en: 'Open an unscheduled check' },
  body: z.object({ kind: z.string().max(64), subject: z.string().trim().min(1).max(100) }), response: z.object({ obligationId: z.string() }),
});

export const listFindings = endpoint({
  method: 'GET', path: '/api/obligations/findings', summary: { zh: '检查发现的问题', en: 'Findings' },
  query: z.object({ open: z.enum(['true', 'false']).optional() }),
  /** people: who may be named as the one who sees to it; empty for those who may not name anybody. */
  response: z.object({ findings: z.array(FindingView), people: z.array(PersonName) }),
});
export const closeFinding = endpoint({
  method: 'POST', path: '/api/obligations/findings/:findingId/closing', summary: { zh: '处理完毕', en: 'Close a finding with its result' },
  params: z.object({ findingId: IdOf('ofi') }), body: z.object({ result: z.string().trim().max(1_000), outcome: FindingOutcome.default('handled') }),
});

export const chargeFinding = endpoint({
  method: 'POST', path: '/api/obligations/findings/:findingId/charge', summary: { zh: '指定责任人和期限', en: 'Say who sees to a finding, until when' },
  params: z.object({ findingId: IdOf('ofi') }), body: z.object({ personId: IdOf('per'), dueAt: Instant }),
});

export const SpecialDay = z.object({ day: isoDay, kind: z.enum(['holiday', 'working']), name: z.string() });
export const listDays = endpoint({
  method: 'GET', path: '/api/obligations/days', summary: { zh: '节假日表', en: 'Holidays and worked weekends' },
  query: z.object({ year: z.coerce.number().pipe(z.int().min(2000).max(2999)) }), response: z.object({ days: z.array(SpecialDay), can: Can }),
});
export const changeDay = endpoint({
  method: 'PUT', path: '/api/obligations/days/:day', summary: { zh: '修改节假日', en: 'Say what a day is' },
  params: z.object({ day: isoDay }), body: z.object({ kind: z.enum(['holiday', 'working', 'ordinary']), name: z.string().trim().max(64) }),
});

/** Register F7 巡检记录. Reading it is a recorded act. */
const registerQuery = z.object({ from: InstantInQuery, until: InstantInQuery, kind: z.string().max(64).optional(), language: z.enum(['zh', 'en']).optional() });
export const RegisterLine = z.object({
  number: z.int(), cycle: Sentence, from: Instant, until: Instant, title: Sentence, item: Sentence, standard: Sentence, result: Sentence, abnormal: z.string(), handling: z.string(),
  by: z.string(), at: Instant.nullable(), enteredAt: Instant.nullable(), reviewer: z.string(), state: ObligationState, late: z.boolean(), form: z.string(),
});
export type RegisterLine = z.infer<typeof RegisterLine>;
export const register = endpoint({
  method: 'GET', path: '/api/obligations/register', summary: { zh: '巡检记录台账', en: 'Inspection register (F7)' },
  query: registerQuery, response: z.object({ site: z.string(), room: z.string(), lines: z.array(RegisterLine), more: z.boolean(), head: z.object({ size: z.int(), root: z.string() }).nullable() }),
});
export const registerFile = endpoint({
  method: 'GET', path: '/api/obligations/register.csv', summary: { zh: '导出巡检记录（CSV）', en: 'Inspection register as CSV' }, query: registerQuery, bytes: true,
});
