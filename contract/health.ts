/** State of every device of the room and of its pictures (视频质量诊断), references, time servers and power supplies, the daily self-check. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, Sentence } from './endpoint.ts';

export const PictureCheck = z.enum(['black', 'bright', 'covered', 'blurred', 'moved', 'colour_cast', 'noise', 'frozen']);
export type PictureCheck = z.infer<typeof PictureCheck>;
export const HealthCheck = z.enum([
  ...PictureCheck.options,
  'offline', 'frame_rate', 'bit_rate', 'clock', // of a camera or a machine
  'usable', 'space', 'disk_health', 'power', 'network', // of storages, disks, power supplies, switches
]);
export type HealthCheck = z.infer<typeof HealthCheck>;
export const DeviceKind = z.enum(['camera', 'recorder', 'storage', 'disk', 'machine', 'time_server', 'ups', 'poller']);
export type DeviceKind = z.infer<typeof DeviceKind>;

export const CheckView = z.object({
  check: HealthCheck, title: Sentence,
  /** unknown: could not be told at the last look, with the reason in `words`. */
  state: z.enum(['good', 'bad', 'unknown']),
  words: Sentence, since: Instant, checkedAt: Instant,
  /** Older than the room allows: the state says nothing any more. */
  stale: z.boolean(),
  /** The picture that shows it. */
  still: z.string().nullable(),
});
export type CheckView = z.infer<typeof CheckView>;
/** good: nothing wrong; fair: works, but not as it should; poor: does not work. */
export const Grade = z.enum(['good', 'fair', 'poor', 'unknown']);
export type Grade = z.infer<typeof Grade>;

export const DeviceView = z.object({
  deviceId: z.string(), kind: DeviceKind, kindTitle: Sentence, name: z.string(), grade: Grade, checks: z.array(CheckView),
  /** Share of the last 24 hours and 30 days in which it could be reached, percent; null: not known for so long. */
  availableDay: z.number().nullable(), availableMonth: z.number().nullable(),
  /** Below the target of the room. */
  belowTarget: z.boolean(),
  /** The reference of its picture was kept then; null: none, so a shifted view cannot be told. */
  referenceAt: Instant.nullable(),
  can: z.object({ keepReference: z.union([z.literal(true), Sentence]) }),
});
export type DeviceView = z.infer<typeof DeviceView>;

export const Trouble = z.object({
  troubleId: z.string(), deviceId: z.string(), kind: DeviceKind, device: z.string(), check: HealthCheck, title: Sentence, words: Sentence, from: Instant, until: Instant.nullable(), still: z.string().nullable(),
  /** The shift log that was open when it began, and who was on post. */
  shift: z.int().nullable(), onPost: z.array(z.string()),
});
export type Trouble = z.infer<typeof Trouble>;

/** This machine's clock minus that of the time server. */
export const MachineClock = z.object({ offsetMs: z.number(), server: z.string(), at: Instant, wrong: z.boolean() });
export type MachineClock = z.infer<typeof MachineClock>;

export const board = endpoint({
  method: 'GET', path: '/api/health', summary: { zh: '设备状态', en: 'State of the devices' },
  response: z.object({
    devices: z.array(DeviceView), now: Instant,
    room: z.object({ availableDay: z.number().nullable(), targetPercent: z.number(), degraded: z.boolean(), bad: z.int(), poor: z.int(), fair: z.int() }),
    /** Null: picture checks run; else why not. */
    picturesUnavailable: Sentence.nullable(),
    /** This machine's clock against its time servers; null: no server answered yet. */
    clock: MachineClock.nullable(),
    /** Oldest age a state may have, seconds. */
    maxAgeSeconds: z.number(),
  }),
});
/** For the foot of the console: small, asked for often. */
export const machineClock = endpoint({
  method: 'GET', path: '/api/health/clock', summary: { zh: '本机时间', en: 'Clock of this machine' },
  /** Null: no time server answered lately, or none is set. */
  response: z.object({ clock: MachineClock.nullable(), isAsked: z.boolean() }),
});
export const troubles = endpoint({
  method: 'GET', path: '/api/health/troubles', summary: { zh: '设备异常记录', en: 'Troubles of devices' },
  query: z.object({ days: z.coerce.number().int().min(1).max(90).default(7), deviceId: z.string().max(64).optional() }),
  response: z.object({ troubles: z.array(Trouble), more: z.boolean() }),
});
export const still = endpoint({
  method: 'GET', path: '/api/health/stills/:sha256', summary: { zh: '异常画面', en: 'Picture of a trouble' }, params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }), bytes: true,
});
export const keepReference = endpoint({
  method: 'POST', path: '/api/health/cameras/:cameraId/references', summary: { zh: '保存基准画面', en: 'Keep the present picture as reference' },
  params: z.object({ cameraId: IdOf('cam') }), body: z.object({ note: z.string().trim().max(200).default('') }), response: z.object({ referenceId: z.string(), still: z.string() }),
});
export const lookNow = endpoint({
  method: 'POST', path: '/api/health/cameras/:cameraId/look', summary: { zh: '立即检查画面', en: 'Check the picture now' }, params: z.object({ cameraId: IdOf('cam') }), response: z.object({ checks: z.array(CheckView) }),
});

export const SourceKind = z.enum(['time_server', 'ups']);
export type SourceKind = z.infer<typeof SourceKind>;
export const Source = z.object({ sourceId: z.string(), kind: SourceKind, name: z.string(), host: z.string(), port: z.int(), unit: z.string(), addedAt: Instant, addedBy: z.string() });
export type Source = z.infer<typeof Source>;
export const sources = endpoint({ method: 'GET', path: '/api/health/sources', summary: { zh: '时间服务器和电源', en: 'Time servers and power supplies' }, response: z.object({ sources: z.array(Source), can: z.object({ manage: z.union([z.literal(true), Sentence]) }) }) });
export const addSource = endpoint({
  method: 'POST', path: '/api/health/sources', summary: { zh: '添加时间服务器或电源', en: 'Add a time server or a power supply' },
  body: z.object({
    kind: SourceKind, name: z.string().trim().min(1).max(64), host: z.string().trim().toLowerCase().regex(/^[a-z0-9]([a-z0-9.:-]{0,250}[a-z0-9])?$/),
    port: z.int().min(1).max(65_535).optional(),
    /** Name of the supply at its NUT server; empty for time servers. */
    unit: z.string().trim().regex(/^[A-Za-z0-9._-]{0,64}$/).default(''),
  }),
  response: z.object({ sourceId: z.string() }),
});
export const removeSource = endpoint({ method: 'DELETE', path: '/api/health/sources/:sourceId', summary: { zh: '移除', en: 'Remove a time server or a power supply' }, params: z.object({ sourceId: IdOf('src') }) });

/** What the daily check of equipment would be answered with, from what was measured, with pictures. */
export const SelfCheckItem = z.object({
  key: z.string(), title: Sentence, inOrder: z.boolean(),
  /** Everything it concerns was measured lately: "in order" may be said of it. */
  isTold: z.boolean(),
  words: Sentence, devices: z.array(z.string()), stills: z.array(z.string()),
});
export const selfCheck = endpoint({ method: 'GET', path: '/api/health/self-check', summary: { zh: '设备自检', en: 'Self-check of the equipment' }, response: z.object({ /** The evidence form whose items these are. */ form: z.string(), items: z.array(SelfCheckItem), readings: z.array(z.object({ key: z.string(), value: z.number() })), at: Instant }) });
