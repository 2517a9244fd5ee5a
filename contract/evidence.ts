/** Requests to see or copy footage (录像调阅): asking, looking, writing back, register F5. Holds, grants and copies have contracts of their own. */
import { z } from 'zod';
import { Can } from './identity.ts';
import { endpoint, IdOf, Instant, InstantInQuery, Sentence } from './endpoint.ts';

export const RequestType = z.enum(['view', 'copy']);
export type RequestType = z.infer<typeof RequestType>;
export const ViewMode = z.enum(['monitor_views', 'requester_in_room', 'remote']);
export type ViewMode = z.infer<typeof ViewMode>;
/** For whom it is asked: a colleague, a visitor on a tour, somebody from outside, an authority. */
export const ViewerGroup = z.enum(['colleague', 'tour', 'outsider', 'authority']);
export type ViewerGroup = z.infer<typeof ViewerGroup>;
export const ReasonClass = z.enum(['work', 'own_loss', 'dispute', 'accident', 'staff_matter', 'crime', 'other']);
export type ReasonClass = z.infer<typeof ReasonClass>;
export const RequestState = z.enum(['approving', 'ready', 'viewing', 'copied', 'delivered', 'recorded', 'returned', 'overdue', 'closed', 'rejected', 'withdrawn', 'expired', 'lapsed', 'revoked', 'frozen']);
export type RequestState = z.infer<typeof RequestState>;
export const ViewOutcome = z.enum(['found', 'partly', 'not_found']);
export type ViewOutcome = z.infer<typeof ViewOutcome>;

const requestId = IdOf('freq');
/** Cameras of one request: those of one page of the form, and of a package that an office computer opens. No regulation gives a number. */
export const mostCameras = 16;
const typed = (most: number) => z.string().trim().max(most);
const Named = z.object({ personId: z.string(), name: z.string() });
const Span = z.object({ from: Instant, until: Instant });

/** What there is of the footage of one camera in the span. */
export const CameraFootage = z.object({
  cameraId: z.string(), camera: z.string(),
  /** whole, partly, none: never recorded, past: deleted when its time was over, coming: not yet recorded. */
  state: z.enum(['whole', 'partly', 'none', 'past', 'coming']),
  recordedMs: z.int(), recorded: z.array(Span), gaps: z.array(Span.extend({ reason: Sentence })),
  /** First footage that there is; null: none at all. */
  oldest: Instant.nullable(),
  keptDays: z.int(),
});
export type CameraFootage = z.infer<typeof CameraFootage>;

/** What the form needs: cameras, how the room shows footage, who decides, what one typed last time. */
export const askForm = endpoint({
  method: 'GET', path: '/api/evidence/form', summary: { zh: '调阅申请表', en: 'What the form of a request offers' },
  response: z.object({
    cameras: z.array(z.object({ cameraId: z.string(), camera: z.string() })), mode: ViewMode, viewApprover: Sentence, copyApprover: Sentence, leaders: z.array(Named),
    /** How long an approval may be used, hours. */
    validHours: z.number(), longestHours: z.int(), mostCameras: z.int(), timeZone: z.string(), unit: z.string(), now: Instant,
    last: z.object({ department: z.string(), unit: z.string(), position: z.string(), phone: z.string(), leaderId: z.string().nullable() }).nullable(),
  }),
});
/** Asked while the form is filled in; says at once what was never recorded or is past its retention. */
export const existing = endpoint({
  method: 'POST', path: '/api/evidence/existing', summary: { zh: '查有没有录像', en: 'What exists of the footage asked for' },
  body: z.object({ cameraIds: z.array(IdOf('cam')).min(1).max(mostCameras), from: Instant, until: Instant }),
  response: z.object({ cameras: z.array(CameraFootage), words: z.array(Sentence), something: z.boolean(), now: Instant }),
});

export const Asked = z.object({
  type: RequestType, cameraIds: z.array(IdOf('cam')).max(mostCameras), from: Instant, until: Instant, place: typed(200), reasonClass: ReasonClass,
  /** Empty text reaches the rule that refuses it. */
  reason: typed(2_000), department: typed(100), unit: typed(100), position: typed(100), phone: typed(40), leaderId: IdOf('per').nullable(),
  viewerGroup: ViewerGroup, viewer: typed(100), viewerPaper: typed(200), paperNumber: typed(100), follows: requestId.nullable(),
  /** Of a copy only. */
  purpose: typed(1_000).default(''), receiver: typed(200).default(''), copies: z.int().min(1).max(20).default(1), returnBy: Instant.nullable().default(null),
});
export type Asked = z.infer<typeof Asked>;

export const askFor = endpoint({
  method: 'POST', path: '/api/evidence/requests', summary: { zh: '提交调阅或拷贝申请', en: 'Ask to see footage or for a copy' },
  body: Asked, response: z.object({ requestId: z.string(), number: z.string() }),
});

export const RequestRow = z.object({
  requestId: z.string(), number: z.string(), type: RequestType, state: RequestState, applicant: z.string(), department: z.string(), cameras: z.array(z.string()), from: Instant, until: Instant,
  reasonClass: ReasonClass, submittedAt: Instant, validUntil: Instant.nullable(), writeBackBy: Instant.nullable(),
  /** Written late or not yet written though its time is over. */
  late: z.boolean(),
  /** Whose turn it is now. */
  waitsFor: Sentence,
});
export type RequestRow = z.infer<typeof RequestRow>;

export const requests = endpoint({
  method: 'GET', path: '/api/evidence/requests', summary: { zh: '调阅申请列表', en: 'Requests: mine, to be done in the room, all' },
  query: z.object({ list: z.enum(['mine', 'room', 'all']).default('mine'), search: z.string().trim().max(100).optional(), state: RequestState.optional(), before: InstantInQuery.optional(), beforeId: requestId.optional() }),
  response: z.object({ requests: z.array(RequestRow), more: z.boolean(), counts: z.object({ mine: z.int(), room: z.int() }), can: Can }),
});

export const Viewing = z.object({ viewingId: z.string(), operator: z.string(), mode: ViewMode, witness: z.string(), from: Instant, until: Instant.nullable() });
export const Result = z.object({ number: z.int(), outcome: ViewOutcome, from: Instant, until: Instant, remark: z.string(), at: Instant, by: z.string(), late: z.boolean() });
export const LifeStep = z.object({ at: Instant, act: z.string(), words: Sentence, by: z.string().nullable(), note: z.string() });

export const RequestView = RequestRow.extend({
  mode: ViewMode, place: z.string(), reason: z.string(), unit: z.string(), position: z.string(), phone: z.string(), leader: z.string().nullable(), viewerGroup: ViewerGroup, viewer: z.string().nullable(), viewerPaper: z.string().nullable(),
  paperNumber: z.string().nullable(), purpose: z.string().nullable(), receiver: z.string().nullable(), copies: z.int().nullable(), returnBy: Instant.nullable(),
  follows: z.object({ requestId: z.string(), number: z.string() }).nullable(), cameraIds: z.array(z.string()), approvalId: z.string(),
  /** May the viewer open the approval itself? */
  seesApproval: z.boolean(), clauses: z.array(z.string()),
  /** What existed when it was asked for, and what exists now. */
  existed: z.array(CameraFootage.omit({ recorded: true, gaps: true })), exists: z.array(CameraFootage),
  /** Who agreed. */
  approvers: z.array(z.object({ name: z.string(), at: Instant, comment: z.string() })),
  operator: z.string().nullable(), viewings: z.array(Viewing), results: z.array(Result),
  /** Who was told the result, and when they said that they have it; null: not yet. */
  told: z.array(z.object({ name: z.string(), at: Instant, answeredAt: Instant.nullable() })),
  life: z.array(LifeStep),
  /** By act: begin, end, write, add, close, withdraw. */
  can: Can, timeZone: z.string(), now: Instant,
});
export type RequestView = z.infer<typeof RequestView>;

const one = { params: z.object({ requestId }) };
export const request = endpoint({ method: 'GET', path: '/api/evidence/requests/:requestId', summary: { zh: '一份调阅申请及其全过程', en: 'One request with its life' }, ...one, response: RequestView });
export const beginViewing = endpoint({
  method: 'POST', path: '/api/evidence/requests/:requestId/viewings', summary: { zh: '开始调阅', en: 'Begin to look' }, ...one,
  body: z.object({ witness: typed(100) }), response: z.object({ viewingId: z.string(), grantId: z.string().nullable() }),
});
export const endViewing = endpoint({ method: 'POST', path: '/api/evidence/requests/:requestId/viewings/end', summary: { zh: '结束调阅', en: 'End the viewing' }, ...one });
export const writeResult = endpoint({
  method: 'POST', path: '/api/evidence/requests/:requestId/results', summary: { zh: '填写调阅结果', en: 'Write back what was found' }, ...one,
  body: z.object({ outcome: ViewOutcome.nullable(), from: Instant, until: Instant, remark: typed(2_000) }),
});
export const closeRequest = endpoint({ method: 'POST', path: '/api/evidence/requests/:requestId/closing', summary: { zh: '审阅归档', en: 'Review and close' }, ...one, body: z.object({ remark: typed(2_000) }) });
export const withdrawRequest = endpoint({ method: 'POST', path: '/api/evidence/requests/:requestId/withdrawal', summary: { zh: '撤回申请', en: 'Withdraw' }, ...one, body: z.object({ reason: typed(2_000) }) });

/** Register F5 录像调阅审批及登记: the paper's own columns. Reading it is a recorded act. */
export const RegisterRow = z.object({
  requestId: z.string(), number: z.string(), submittedAt: Instant, applicant: z.string(), unit: z.string(), department: z.string(), position: z.string(), phone: z.string(), viewerGroup: ViewerGroup, viewer: z.string(), viewerPaper: z.string(),
  type: RequestType, reasonClass: ReasonClass, reason: z.string(), place: z.string(), cameras: z.array(z.string()), from: Instant, until: Instant, paperNumber: z.string(), state: RequestState,
  opinions: z.array(z.object({ role: Sentence, name: z.string(), decision: z.enum(['approve', 'reject']), at: Instant, comment: z.string() })),
  /** Each time it was looked at, and how often pictures were played under it. */
  viewings: z.array(Viewing), playbacks: z.int(), result: Result.nullable(), keeper: z.string(), purpose: z.string(), receiver: z.string(), copies: z.int().nullable(), returnBy: Instant.nullable(), remark: z.string(),
});
export type RegisterRow = z.infer<typeof RegisterRow>;
const registerQuery = z.object({ from: InstantInQuery, until: InstantInQuery, type: RequestType.optional(), state: RequestState.optional(), search: z.string().trim().max(100).optional() });
export const register = endpoint({
  method: 'GET', path: '/api/evidence/register', summary: { zh: '录像调阅审批及登记（F5）', en: 'Register F5, requests for footage' },
  query: registerQuery.extend({ page: z.coerce.number().pipe(z.int().min(1).max(10_000)).default(1) }),
  response: z.object({ site: z.string(), room: z.string(), form: z.string(), timeZone: z.string(), rows: z.array(RegisterRow), total: z.int(), page: z.int(), pages: z.int(), madeAt: Instant }),
});
export const registerCsv = endpoint({ method: 'GET', path: '/api/evidence/register.csv', summary: { zh: '导出调阅登记（CSV）', en: 'Register F5 as CSV' }, query: registerQuery, bytes: true });
