/** Posts of the room, the shift log with its mandatory sections, faults and serious events as threads of the log, register F2. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, InstantInQuery, Sentence } from './endpoint.ts';

export const EntryType = z.enum(['event', 'alarm', 'fault', 'visitor', 'equipment', 'message', 'fire_panel']);
export type EntryType = z.infer<typeof EntryType>;
export const SectionName = z.enum(['running', 'equipment', 'fire_system', 'security_check']);
export type SectionName = z.infer<typeof SectionName>;
export const FaultGrade = z.enum(['A', 'B', 'C']);
export const SeriousGrade = z.enum(['serious', 'major']);
export const ThreadKind = z.enum(['fault', 'hazard', 'serious']);
export const ThreadStepKind = z.enum(['opened', 'noted', 'handled', 'reported', 'overdue', 'closed']);

const words = z.string().trim().min(1).max(2_000);
/** Empty text reaches the rule that refuses it. */
const asTyped = z.string().trim().max(2_000);

export const Entry = z.object({
  entryId: z.string(), number: z.int(), type: EntryType, eventAt: Instant, enteredAt: Instant,
  /** Name; null: the system. */
  by: z.string().nullable(), source: z.enum(['person', 'system']), text: Sentence,
  /** Delay past what the room allows, ms; 0: in time. */
  lateMs: z.int(), camera: z.string().nullable(), cameraId: z.string().nullable(), subject: z.string().nullable(),
  /** The machine saw it and nobody has written about it yet. */
  wantsWords: z.boolean(),
  corrects: z.string().nullable(),
  /** A later line says that this one does not hold. */
  struck: z.boolean(),
});
export type Entry = z.infer<typeof Entry>;

export const SectionView = z.object({
  section: SectionName, title: Sentence,
  /** What the machine measures now. */
  measured: z.array(Sentence),
  /** Points that a person answers; empty: none. */
  points: z.array(z.object({ key: z.string(), title: Sentence })),
  answer: z.object({ text: z.string(), checks: z.record(z.string(), z.boolean()), by: z.string(), at: Instant }).nullable(),
});
export type SectionView = z.infer<typeof SectionView>;

export const Thread = z.object({
  threadId: z.string(), kind: ThreadKind, grade: z.string(), what: z.string(), cameraId: z.string().nullable(), happenedAt: Instant, openedAt: Instant, openedBy: z.string(), closed: z.boolean(),
  steps: z.array(z.object({ what: ThreadStepKind, at: Instant, by: z.string(), text: z.string() })),
});
export type Thread = z.infer<typeof Thread>;

export const Shift = z.object({ shiftId: z.string(), number: z.int(), openedAt: Instant, closedAt: Instant.nullable(), closedBy: z.string().nullable(), remark: z.string().nullable(), digest: z.string().nullable(), reviewedBy: z.string().nullable(), reviewedAt: Instant.nullable(), reviewRemark: z.string().nullable() });
export type Shift = z.infer<typeof Shift>;

export const duty = endpoint({
  method: 'GET', path: '/api/duty', summary: { zh: '值班情况', en: 'Who is on duty and what is open' },
  response: z.object({
    shift: Shift.nullable(),
    posts: z.array(z.object({ postId: z.string(), name: z.string(), holders: z.array(z.object({ personId: z.string(), name: z.string(), since: Instant, signedOn: z.boolean() })) })),
    me: z.object({ postIds: z.array(z.string()) }),
    sections: z.array(SectionView),
    threads: z.array(Thread),
    /** Why the shift cannot be closed now; empty: it can. */
    missing: z.array(Sentence),
    /** Snapshots of the shift without a word about them; a line whose subject is the snapshot is its note. */
    bare: z.array(z.object({ snapshotId: z.string(), camera: z.string(), takenAt: Instant })),
    /** What goes over to the next shift; written into the log when this one is signed. */
    carried: z.array(Sentence),
    now: Instant,
  }),
});
export const entries = endpoint({
  method: 'GET', path: '/api/duty/entries', summary: { zh: '值班日志', en: 'The duty log' },
  /** Without a span: the open shift. */
  query: z.object({ from: InstantInQuery.optional(), until: InstantInQuery.optional(), type: EntryType.optional(), shiftId: IdOf('shf').optional() }),
  response: z.object({ entries: z.array(Entry), more: z.boolean() }),
});
export const addEntry = endpoint({
  method: 'POST', path: '/api/duty/entries', summary: { zh: '记一条', en: 'Enter a line' },
  body: z.object({
    type: EntryType, text: asTyped, eventAt: Instant.optional(), cameraId: IdOf('cam').nullable().optional(), subject: z.string().max(64).nullable().optional(),
    /** Tells the superior at once, with an acknowledgement. */
    report: z.boolean().default(false),
  }),
  response: z.object({ entryId: z.string() }),
});
export const addAddendum = endpoint({
  method: 'POST', path: '/api/duty/entries/:entryId/addenda', summary: { zh: '补记或更正', en: 'Add to or correct a line' },
  params: z.object({ entryId: IdOf('ent') }), body: z.object({ text: asTyped, strike: z.boolean() }), response: z.object({ entryId: z.string() }),
});
export const answerSection = endpoint({
  method: 'PUT', path: '/api/duty/sections/:section', summary: { zh: '确认一个栏目', en: 'Confirm a section' },
  params: z.object({ section: SectionName }), body: z.object({ text: asTyped, checks: z.record(z.string().max(40), z.boolean()).default({}) }),
});
const post = z.object({ postId: IdOf('post') });
export const signOn = endpoint({ method: 'POST', path: '/api/duty/posts/:postId/sign-on', summary: { zh: '到岗', en: 'Sign on to a post' }, params: post });
export const signOff = endpoint({ method: 'POST', path: '/api/duty/posts/:postId/sign-off', summary: { zh: '离岗签退', en: 'Sign off from a post' }, params: post });
export const relieve = endpoint({
  method: 'POST', path: '/api/duty/posts/:postId/relief', summary: { zh: '强制接替', en: 'Relieve somebody' }, params: post, body: z.object({ personId: IdOf('per'), reason: words }),
});
export const closeShift = endpoint({
  method: 'POST', path: '/api/duty/shift/closing', summary: { zh: '签字结束本班', en: 'Sign and close the shift' }, body: z.object({ remark: asTyped.default('') }), response: z.object({ shiftId: z.string(), digest: z.string() }),
});
export const shifts = endpoint({ method: 'GET', path: '/api/duty/shifts', summary: { zh: '近期班次', en: 'Recent shifts' }, response: z.object({ shifts: z.array(Shift) }) });
export const reviewShift = endpoint({
  method: 'POST', path: '/api/duty/shifts/:shiftId/review', summary: { zh: '领导审阅', en: 'Review a signed shift' }, params: z.object({ shiftId: IdOf('shf') }), body: z.object({ remark: asTyped.default('') }),
});
export const openFault = endpoint({
  method: 'POST', path: '/api/duty/faults', summary: { zh: '报故障', en: 'Report a fault' },
  body: z.object({ what: z.string().trim().min(1).max(200), grade: FaultGrade, text: asTyped, cameraId: IdOf('cam').nullable().optional(), happenedAt: Instant.optional() }), response: z.object({ threadId: z.string() }),
});
export const openSerious = endpoint({
  method: 'POST', path: '/api/duty/serious', summary: { zh: '登记重大事件', en: 'Open a serious event' },
  body: z.object({ what: z.string().trim().min(1).max(200), grade: SeriousGrade, text: asTyped, cameraId: IdOf('cam').nullable().optional(), happenedAt: Instant.optional() }), response: z.object({ threadId: z.string() }),
});
export const addThreadStep = endpoint({
  method: 'POST', path: '/api/duty/threads/:threadId/steps', summary: { zh: '跟进或结束', en: 'Follow up or close' },
  params: z.object({ threadId: z.union([IdOf('flt'), IdOf('sev')]) }), body: z.object({ what: z.enum(['noted', 'handled', 'reported', 'closed']), text: asTyped }),
});
/** Register F2 监控室值班日志: the paper's own columns. Reading it is a recorded act. */
export const RegisterShift = z.object({
  shift: Shift, onPost: z.array(z.object({ post: z.string(), name: z.string(), from: Instant, until: Instant.nullable() })),
  sections: z.array(z.object({ section: SectionName, title: Sentence, text: z.string(), measured: z.array(Sentence), by: z.string() })), entries: z.array(Entry), alarms: z.int(),
  /** Tasks whose window ended in the shift. */
  tasks: z.array(z.object({ title: Sentence, state: Sentence, until: Instant, wanting: z.boolean() })),
});
export const register = endpoint({
  method: 'GET', path: '/api/duty/register', summary: { zh: '监控室值班日志（F2）', en: 'Register F2, duty log' }, query: z.object({ from: InstantInQuery, until: InstantInQuery }),
  response: z.object({ site: z.string(), room: z.string(), form: z.string(), shifts: z.array(RegisterShift), madeAt: Instant }),
});
export const registerCsv = endpoint({
  method: 'GET', path: '/api/duty/register.csv', summary: { zh: '导出值班日志（CSV）', en: 'Register F2 as CSV' }, query: z.object({ from: InstantInQuery, until: InstantInQuery }), bytes: true,
});
