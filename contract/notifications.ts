/** Alarms of the room, notices to people, who must know (the matrix), and the channels by which they learn of it. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, InstantInQuery, Sentence } from './endpoint.ts';
import { Can, Role } from './identity.ts';

/** Decides the sound, the order on the screen and the limits. */
export const AlarmClass = z.enum(['fire', 'intrusion', 'panic', 'device', 'room', 'duty', 'system']);
export type AlarmClass = z.infer<typeof AlarmClass>;
export const Severity = z.enum(['ordinary', 'serious', 'major']);
export type Severity = z.infer<typeof Severity>;
export const Channel = z.enum(['console', 'mail', 'webhook']);
export type Channel = z.infer<typeof Channel>;
export const StepKind = z.enum(['raised', 'again', 'cleared', 'acknowledged', 'rang_again', 'escalated', 'nobody_there', 'unreached', 'closed', 'shelved', 'unshelved']);
export type StepKind = z.infer<typeof StepKind>;

const words = z.string().trim().min(1).max(2_000);
/** Empty text reaches the rule that refuses it: the sentence then names what is missing. */
const asTyped = z.string().trim().max(2_000);

export const AlarmView = z.object({
  alarmId: z.string(),
  kind: z.string(),
  class: AlarmClass,
  severity: Severity,
  title: Sentence,
  sentence: Sentence,
  subject: z.string(),
  cameraId: z.string().nullable(),
  raisedAt: Instant,
  lastAt: Instant,
  times: z.int(),
  /** Over by itself; still listed until it is acknowledged. */
  clearedAt: Instant.nullable(),
  /** waiting: nobody has acknowledged it (or the acknowledgement ran out), it sounds. acknowledged: quiet until acknowledgedUntil. shelved: put aside by a person, rings again by itself. closed: done. */
  state: z.enum(['waiting', 'acknowledged', 'shelved', 'closed']),
  /** Who put it aside, why, until when. */
  shelved: z.object({ until: Instant, by: z.string(), reason: z.string() }).nullable(),
  acknowledgedUntil: Instant.nullable(),
  /** When it began to ring this time. */
  ringsSince: Instant,
  rings: z.int(),
  /** When the next step happens by itself; null: never. */
  nextAt: Instant.nullable(),
  /** Nobody of the whole ladder has answered. */
  unreachedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  /** Whether a person may close it: what it is about is over, or only a person can tell. */
  closable: z.boolean(),
});
export type AlarmView = z.infer<typeof AlarmView>;

export const AlarmStep = z.object({
  number: z.int(), what: StepKind, at: Instant,
  /** Name of the person; null: the system. */
  by: z.string().nullable(),
  text: z.string(), hop: z.int(), target: z.string(),
  /** Names of the people who were told. */
  told: z.array(z.string()),
  lateMs: z.int(), until: Instant.nullable(),
});
export const NoticeTrail = z.object({
  noticeId: z.string(), person: z.string(), hop: z.int(), madeAt: Instant, seenAt: Instant.nullable(), answeredAt: Instant.nullable(), answer: z.string().nullable(),
  deliveries: z.array(z.object({ channel: Channel, state: z.enum(['waiting', 'delivered', 'failed']), attempts: z.array(z.object({ at: Instant, outcome: z.enum(['delivered', 'failed']), detail: z.string(), tookMs: z.int() })) })),
});

const alarmParams = z.object({ alarmId: IdOf('alm') });

export const listAlarms = endpoint({
  method: 'GET', path: '/api/notifications/alarms', summary: { zh: '未结束的报警', en: 'Open alarms' },
  response: z.object({
    alarms: z.array(AlarmView),
    /** Sound of this session: was the test tone heard? null: not tested yet. */
    sound: z.object({ heard: z.boolean(), at: Instant }).nullable(),
    /** Latest instant until which an alarm may be put aside now. */
    shelveUntil: Instant,
    /** acknowledge, shelve: may this person, here and now? */
    can: Can,
    now: Instant,
  }),
});
/** Raised in the span, newest first; each filter narrows it. */
const historyQuery = z.object({
  from: InstantInQuery, until: InstantInQuery, class: AlarmClass.optional(), severity: Severity.optional(), state: z.enum(['waiting', 'acknowledged', 'shelved', 'closed']).optional(), cameraId: IdOf('cam').optional(),
  /** Words of the alarm, or of whoever answered it. */
  search: z.string().max(64).optional(),
});
export const alarmHistory = endpoint({
  method: 'GET', path: '/api/notifications/alarms/history', summary: { zh: '报警记录', en: 'Alarms of a span' },
  query: historyQuery.extend({ before: z.string().max(64).optional() }),
  /** `next`: hand it back as `before` for the page that follows. */
  response: z.object({ alarms: z.array(AlarmView), more: z.boolean(), next: z.string().nullable() }),
});
/** Register F11. Exporting it is a recorded act. */
export const alarmHistoryFile = endpoint({
  method: 'GET', path: '/api/notifications/alarms/history.csv', summary: { zh: '导出报警记录（CSV）', en: 'Alarm history as CSV' },
  query: historyQuery.extend({ language: z.enum(['zh', 'en']).optional() }), bytes: true,
});
export const alarmTrail = endpoint({
  method: 'GET', path: '/api/notifications/alarms/:alarmId', summary: { zh: '一条报警的全过程', en: 'The trail of an alarm' },
  params: alarmParams,
  response: z.object({ alarm: AlarmView, steps: z.array(AlarmStep), notices: z.array(NoticeTrail) }),
});
export const acknowledgeAlarm = endpoint({
  method: 'POST', path: '/api/notifications/alarms/:alarmId/acknowledgements', summary: { zh: '确认报警', en: 'Acknowledge an alarm' },
  params: alarmParams, body: z.object({ text: asTyped }),
});
export const shelveAlarm = endpoint({
  method: 'POST', path: '/api/notifications/alarms/:alarmId/shelving', summary: { zh: '搁置报警', en: 'Put an alarm aside' }, params: alarmParams, body: z.object({ until: Instant, text: asTyped }),
});
export const unshelveAlarm = endpoint({
  method: 'POST', path: '/api/notifications/alarms/:alarmId/unshelving', summary: { zh: '取消搁置', en: 'Bring an alarm back' }, params: alarmParams, body: z.object({ text: asTyped }),
});
export const closeAlarm = endpoint({
  method: 'POST', path: '/api/notifications/alarms/:alarmId/closing', summary: { zh: '结束报警', en: 'Close an alarm' },
  params: alarmParams,
  body: z.object({
    verdict: z.enum(['real', 'false']), text: asTyped,
    /** A false fire alarm is recorded in detail. */
    findings: z.object({ detector: asTyped, place: asTyped, cause: asTyped, person: asTyped, from: Instant.nullable(), until: Instant.nullable() }).optional(),
  }),
});
/** What a person at the console reports with one key. */
export const OneKeyClass = z.enum(['panic', 'intrusion', 'fire']);
export type OneKeyClass = z.infer<typeof OneKeyClass>;
export const oneKeyAlarm = endpoint({
  method: 'POST', path: '/api/notifications/alarms', summary: { zh: '一键报警', en: 'One-key alarm' },
  body: z.object({ class: OneKeyClass.default('panic'), cameraId: IdOf('cam').nullable(), at: Instant.optional(), text: asTyped.default('') }),
  response: z.object({ alarmId: z.string() }),
});
export const soundTest = endpoint({
  method: 'POST', path: '/api/notifications/sound-tests', summary: { zh: '声音测试结果', en: 'Result of a sound test' },
  body: z.object({ heard: z.boolean() }),
});

export const NoticeView = z.object({
  noticeId: z.string(), kind: z.string(), severity: Severity, title: Sentence, sentence: Sentence, subject: z.string(),
  /** Only in the receiver's own list, and only there. */
  confidential: z.boolean(), text: z.string().nullable(),
  from: z.string().nullable(), madeAt: Instant, answeredAt: Instant.nullable(), answerDueAt: Instant.nullable(), asksAnswer: z.boolean(),
});
export type NoticeView = z.infer<typeof NoticeView>;
export const myNotices = endpoint({
  method: 'GET', path: '/api/notifications/notices', summary: { zh: '发给我的通知', en: 'Notices to me' },
  response: z.object({ notices: z.array(NoticeView), now: Instant }),
});
export const answerNotice = endpoint({
  method: 'POST', path: '/api/notifications/notices/:noticeId/answer', summary: { zh: '签收通知', en: 'Acknowledge a notice' },
  params: z.object({ noticeId: IdOf('ntc') }), body: z.object({ text: asTyped.default('') }),
});
export const reportConfidentially = endpoint({
  method: 'POST', path: '/api/notifications/confidential', summary: { zh: '保密上报', en: 'Report in confidence' },
  body: z.object({ text: words }),
});

/** Roles, or the people on post beside the one who does not answer. */
export const Target = z.union([Role, z.literal('duty_partner')]);
export type Target = z.infer<typeof Target>;
export const MatrixRow = z.object({
  kind: z.string(), title: Sentence, is: z.enum(['alarm', 'notice']), severity: Severity,
  targets: z.array(Target), channels: z.array(Channel), answerSeconds: z.int(), ladder: z.array(z.array(Target)),
  /** False: as it came with the program. */
  changed: z.boolean(), setAt: Instant.nullable(), setBy: z.string().nullable(),
});
export type MatrixRow = z.infer<typeof MatrixRow>;
export const matrix = endpoint({
  method: 'GET', path: '/api/notifications/matrix', summary: { zh: '通知矩阵', en: 'Matrix of notices' }, response: z.object({ rows: z.array(MatrixRow) }),
});
export const saveMatrixRow = endpoint({
  method: 'PUT', path: '/api/notifications/matrix', summary: { zh: '修改通知矩阵', en: 'Change a row of the matrix' },
  body: z.object({
    kind: z.string().max(100), severity: Severity, targets: z.array(Target).max(15), channels: z.array(Channel).max(3),
    answerSeconds: z.int().min(10).max(86_400), ladder: z.array(z.array(Target).max(15)).max(10),
  }),
});

export const MailSettings = z.object({
  host: z.string().trim().min(1).max(253), port: z.int().min(1).max(65_535),
  /** tls: encrypted from the start; starttls: must become encrypted; none: only on a wire that is trusted. */
  encryption: z.enum(['tls', 'starttls', 'none']),
  user: z.string().max(254).nullable(), sender: z.email().max(254),
});
export type MailSettings = z.infer<typeof MailSettings>;
export const WebhookSettings = z.object({ url: z.url({ protocol: /^https?$/ }).max(2_000) });
export type WebhookSettings = z.infer<typeof WebhookSettings>;

export const channels = endpoint({
  method: 'GET', path: '/api/notifications/channels', summary: { zh: '通知渠道', en: 'Channels' },
  response: z.object({
    mail: MailSettings.extend({ hasPassword: z.boolean() }).nullable(),
    webhook: WebhookSettings.extend({ hasKey: z.boolean() }).nullable(),
    confidential: z.object({ personId: z.string(), name: z.string() }).nullable(),
    people: z.array(z.object({ personId: z.string(), name: z.string(), roles: z.array(Role), mail: z.string() })),
  }),
});
export const saveMail = endpoint({
  method: 'PUT', path: '/api/notifications/channels/mail', summary: { zh: '设置邮件', en: 'Set the mail server' },
  /** password: absent keeps the old one (never shown again), null removes it. */
  body: MailSettings.extend({ password: z.string().max(256).nullable().optional() }),
});
export const saveWebhook = endpoint({
  method: 'PUT', path: '/api/notifications/channels/webhook', summary: { zh: '设置 Webhook', en: 'Set the webhook' },
  body: WebhookSettings.extend({ key: z.string().min(16).max(256).optional() }),
});
export const saveConfidential = endpoint({
  method: 'PUT', path: '/api/notifications/channels/confidential', summary: { zh: '指定保密上报的接收人', en: 'Name who receives confidential reports' },
  body: z.object({ personId: IdOf('per') }),
});
export const saveAddress = endpoint({
  method: 'PUT', path: '/api/notifications/addresses/:personId', summary: { zh: '设置人员的邮箱', en: 'Set the mail address of a person' },
  params: z.object({ personId: IdOf('per') }), body: z.object({ address: z.union([z.email().max(254), z.literal('')]) }),
});
export const testChannel = endpoint({
  method: 'POST', path: '/api/notifications/channels/test', summary: { zh: '测试渠道', en: 'Test a channel' },
  body: z.object({ channel: z.enum(['mail', 'webhook']), address: z.email().max(254).optional() }),
  response: z.object({ delivered: z.boolean(), detail: Sentence, tookMs: z.int() }),
});
