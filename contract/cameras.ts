/** The register of cameras 摄像机台账: purpose, zone, position and view, filing; import, discovery, channels of recorders, plans of the floors. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, InstantInQuery, Sentence } from './endpoint.ts';
import { ProbeOutcome } from './recorder.ts';

const word = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/);
const text = (longest: number) => z.string().trim().max(longest);
const cameraId = IdOf('cam');
const cameraParams = z.object({ cameraId });
const reason = z.string().trim().min(1).max(500);
const cameraName = z.string().trim().min(1).max(64);
const cameraNumber = z.int().min(1).max(9_999);

/** A word of the regulations with what people call it. */
export const Worded = Sentence.extend({ key: z.string() });
/** Places that a camera may look at, besides those that regulations and law forbid. */
export const openZones = ['gate', 'perimeter', 'corridor', 'hall', 'waiting_area', 'counter', 'office', 'parking', 'warehouse', 'equipment_room', 'stairs', 'street', 'other'] as const;

export const RegisterFinding = Sentence.extend({
  code: z.enum([
    'purpose_missing', 'purpose_not_allowed', 'not_activated', 'zone_missing', 'zone_forbidden', 'sign_missing', 'filing_due', 'filing_overdue', 'view_missing', 'retention_short', 'view_changed', 'time_wrong', 'onvif_away',
    'ptz_outside',
  ]),
  since: Instant.nullable(),
  /** Clause or article that asks for it; null: a rule of good keeping. */
  cite: z.string().nullable(),
});
export type RegisterFinding = z.infer<typeof RegisterFinding>;

export const RegisterRow = z.object({
  cameraId: z.string(), number: z.int(), name: z.string(),
  purpose: Worded.nullable(), zone: Worded.nullable(), owner: z.string(), filingNumber: z.string(),
  hasView: z.boolean(), hasSign: z.boolean(), active: z.boolean(),
  /** Recorder whose channel it is. */
  device: z.object({ deviceId: z.string(), name: z.string(), channel: z.int() }).nullable(),
  retention: z.object({ days: z.int(), requiredDays: z.int(), why: Sentence, cite: z.string().nullable() }),
  findings: z.array(RegisterFinding),
});
export type RegisterRow = z.infer<typeof RegisterRow>;

const RegisterChoices = z.object({ purposes: z.array(Worded.extend({ needsBasis: z.boolean() })), zones: z.array(Worded), forbiddenZones: z.array(Worded), forbiddenCite: Sentence });
export type RegisterChoices = z.infer<typeof RegisterChoices>;

/** Areas of the site's profile with what watches them now. */
const WatchedAreas = z.array(z.object({ name: z.string(), covered: z.boolean(), cameras: z.array(z.string()), gap: z.string().nullable(), finding: Sentence.nullable() }));

export const listRegister = endpoint({
  method: 'GET', path: '/api/video/register', summary: { zh: '摄像机台账', en: 'Register of cameras' },
  response: z.object({ cameras: z.array(RegisterRow), choices: RegisterChoices, areas: WatchedAreas, seesPositions: z.boolean() }),
});
/** Position and view: opening it is a recorded act; without the need to know they are left out. */
export const registerEntry = endpoint({
  method: 'GET', path: '/api/video/register/:cameraId', summary: { zh: '一台摄像机的台账', en: 'Entry of one camera' },
  params: cameraParams,
  response: RegisterRow.extend({
    position: z.string().nullable(), viewWords: z.string().nullable(), legalBasis: z.string(), noticeRecord: z.string(), approvalReference: z.string(), rowVersion: z.int(),
    viewKeptAt: Instant.nullable(), signKeptAt: Instant.nullable(), subStream: z.string().nullable(),
    onvif: z.object({
      manufacturer: z.string(), model: z.string(), firmware: z.string(), ptz: z.boolean(), events: z.boolean(), checkedAt: Instant.nullable(), clockOffsetMs: z.number().nullable(), viewApproved: z.boolean(),
      outcome: Sentence.nullable(),
    }).nullable(),
  }),
});
export type RegisterEntry = z.output<typeof registerEntry.response>;

/** What is written into the register; absent keeps what stands there. A purpose that stands already is changed by approval only. */
export const RegisterFields = z.object({
  purpose: word.optional(), legalBasis: text(500).optional(), noticeRecord: text(500).optional(), zoneType: word.optional(), position: text(200).optional(), viewWords: text(500).optional(),
  owner: text(100).optional(), filingNumber: text(64).optional(), approvalReference: text(100).optional(),
});
export type RegisterFields = z.infer<typeof RegisterFields>;
export const changeRegister = endpoint({
  method: 'PATCH', path: '/api/video/register/:cameraId', summary: { zh: '修改摄像机台账', en: 'Change the entry of a camera' },
  params: cameraParams, body: RegisterFields.extend({ rowVersion: z.int() }),
});
export const PictureKind = z.enum(['view', 'sign']);
/** picture: base64 JPEG or PNG, at most 8 MB. With the approved view the present direction of a turning camera is approved too. */
export const keepPicture = endpoint({
  method: 'PUT', path: '/api/video/register/:cameraId/pictures/:kind', summary: { zh: '登记画面或标识照片', en: 'Keep the picture of a view or of a sign' },
  params: cameraParams.extend({ kind: PictureKind }), body: z.object({ picture: z.string().max(11_000_000) }),
});
export const seePicture = endpoint({
  method: 'GET', path: '/api/video/register/:cameraId/pictures/:kind', summary: { zh: '台账图片', en: 'Picture of the register' },
  /** at: when it was kept, so that a new picture is not shown as the old one. */
  params: cameraParams.extend({ kind: PictureKind }), query: z.object({ at: InstantInQuery.optional() }), bytes: true,
});
export const activateCamera = endpoint({
  method: 'POST', path: '/api/video/register/:cameraId/activation', summary: { zh: '启用摄像机', en: 'Activate a camera' }, params: cameraParams,
});
export const PurposeChange = z.object({ cameraId, purpose: word, legalBasis: text(500), noticeRecord: text(500) });
export const askPurpose = endpoint({
  method: 'POST', path: '/api/video/register/:cameraId/purpose', summary: { zh: '申请变更摄像用途', en: 'Ask for another purpose of a camera' },
  params: cameraParams, body: PurposeChange.omit({ cameraId: true }).extend({ reason }), response: z.object({ approvalId: z.string() }),
});
export const followRetention = endpoint({
  method: 'POST', path: '/api/video/register/:cameraId/retention', summary: { zh: '按制度设定保存天数', en: 'Keep footage as long as the regulations ask' },
  params: cameraParams, response: z.object({ retentionDays: z.int() }),
});

const CameraFault = Sentence.extend({ column: z.string() });
/** A line as it stands in the file, and what is wrong about it. The password is never sent back by preview lists beyond this page. */
export const CameraImportRow = z.object({
  line: z.int().min(1).max(20_000), name: z.string().max(200), number: z.string().max(20), url: z.string().max(600), username: z.string().max(200), password: z.string().max(300), purpose: z.string().max(120), zone: z.string().max(120),
  position: z.string().max(300), view: z.string().max(600), owner: z.string().max(200), filing: z.string().max(120), approval: z.string().max(200), faults: z.array(CameraFault),
});
export type CameraImportRow = z.infer<typeof CameraImportRow>;
export const readCameraFile = endpoint({
  method: 'POST', path: '/api/video/imports/preview', summary: { zh: '读取摄像机表', en: 'Read a file of cameras' },
  body: z.object({ fileName: z.string().max(255), base64: z.base64().max(3_000_000) }), response: z.object({ rows: z.array(CameraImportRow) }),
});
export const importCameras = endpoint({
  method: 'POST', path: '/api/video/imports', summary: { zh: '导入摄像机', en: 'Bring cameras in' },
  body: z.object({ rows: z.array(CameraImportRow).min(1).max(300) }),
  /** refused: lines that could not come in, with why; nothing of them was kept. */
  response: z.object({ added: z.array(z.object({ line: z.int(), cameraId: z.string(), name: z.string() })), refused: z.array(CameraImportRow) }),
});
export const cameraTemplate = endpoint({ method: 'GET', path: '/api/video/imports/template.xlsx', summary: { zh: '摄像机表模板', en: 'Template for cameras' }, bytes: true });

export const OnvifOutcome = z.enum(['ok', 'digest_only', 'clock_skew', 'wrong_password', 'no_media', 'unreachable', 'timeout', 'not_onvif', 'too_large', 'address_local', 'address_wrong']);
export type OnvifOutcome = z.infer<typeof OnvifOutcome>;
export const FoundDevice = z.object({ serviceUrl: z.string(), host: z.string(), name: z.string(), hardware: z.string(), profiles: z.array(z.string()), known: z.string().nullable() });
export type FoundDevice = z.infer<typeof FoundDevice>;
export const discoverCameras = endpoint({
  method: 'POST', path: '/api/video/onvif/search', summary: { zh: '搜索网络中的摄像机', en: 'Search the network for cameras' },
  response: z.object({ devices: z.array(FoundDevice), tookMs: z.number() }),
});
export const OnvifAddress = z.object({ serviceUrl: z.string().trim().min(1).max(300), username: z.string().max(128).nullable(), password: z.string().max(256).nullable() });
export const OnvifStream = z.object({ token: z.string(), name: z.string(), url: z.string(), codec: z.string(), width: z.int().nullable(), height: z.int().nullable(), framesPerSecond: z.number().nullable() });
export const OnvifReport = Sentence.extend({
  outcome: OnvifOutcome, tookMs: z.number(), clockOffsetMs: z.number().nullable(),
  device: z.object({ manufacturer: z.string(), model: z.string(), firmware: z.string() }).nullable(),
  streams: z.array(OnvifStream), main: z.string().nullable(), sub: z.string().nullable(), ptz: z.boolean(), events: z.boolean(),
});
export type OnvifReport = z.infer<typeof OnvifReport>;
export const testOnvif = endpoint({ method: 'POST', path: '/api/video/onvif/test', summary: { zh: '测试 ONVIF 连接', en: 'Test an ONVIF connection' }, body: OnvifAddress, response: OnvifReport });
export const addOnvifCamera = endpoint({
  method: 'POST', path: '/api/video/onvif/cameras', summary: { zh: '添加搜索到的摄像机', en: 'Add a camera that was found' },
  body: OnvifAddress.extend({ name: cameraName, number: cameraNumber.optional(), fields: RegisterFields }), response: z.object({ cameraId: z.string() }),
});

export const RecorderBrand = z.enum(['hikvision', 'dahua', 'uniview']);
export type RecorderBrand = z.infer<typeof RecorderBrand>;
const deviceAddress = z.object({ brand: RecorderBrand, host: z.string().trim().min(1).max(253), port: z.int().min(1).max(65_535), username: z.string().max(128).nullable(), password: z.string().max(256).nullable() });
export const DeviceAddress = deviceAddress;
const channel = z.int().min(1).max(256);
export const SourceDevice = z.object({
  deviceId: z.string(), name: z.string(), brand: RecorderBrand, host: z.string().nullable(), port: z.int().nullable(), username: z.string().nullable(), hasPassword: z.boolean(),
  state: z.enum(['unknown', 'reachable', 'unreachable']), since: Instant.nullable(), checkedAt: Instant.nullable(), why: Sentence.nullable(), channels: z.array(z.object({ channel, camera: z.string(), cameraId: z.string() })), rowVersion: z.int(),
});
export type SourceDevice = z.infer<typeof SourceDevice>;
export const listDevices = endpoint({ method: 'GET', path: '/api/video/devices', summary: { zh: '硬盘录像机', en: 'Recorders whose channels are watched' }, response: z.object({ devices: z.array(SourceDevice), now: Instant }) });
export const ChannelTest = z.object({ channel, outcome: ProbeOutcome, zh: z.string(), en: z.string(), address: z.string(), codec: z.string().nullable(), width: z.int().nullable(), height: z.int().nullable() });
export type ChannelTest = z.infer<typeof ChannelTest>;
/** Up to four channels a call, so that the list fills while it is looked at. */
export const testChannels = endpoint({
  method: 'POST', path: '/api/video/devices/channel-tests', summary: { zh: '测试录像机通道', en: 'Test channels of a recorder' },
  body: deviceAddress.extend({ channels: z.array(channel).min(1).max(4) }), response: z.object({ channels: z.array(ChannelTest) }),
});
export const addDevice = endpoint({
  method: 'POST', path: '/api/video/devices', summary: { zh: '添加硬盘录像机及其通道', en: 'Add a recorder with its channels' },
  body: deviceAddress.extend({ name: cameraName, channels: z.array(z.object({ channel, name: cameraName, purpose: word, zoneType: word.optional() })).min(1).max(64) }),
  response: z.object({ deviceId: z.string(), cameraIds: z.array(z.string()) }),
});
/** The one credential, for the device and all its channels at once. */
export const changeDeviceCredential = endpoint({
  method: 'PATCH', path: '/api/video/devices/:deviceId/credential', summary: { zh: '更换录像机密码', en: 'Change the credential of a recorder' },
  params: z.object({ deviceId: IdOf('nvr') }), body: z.object({ username: z.string().max(128).nullable(), password: z.string().max(256).nullable(), rowVersion: z.int() }),
});

const planParams = z.object({ planId: IdOf('plan') });
export const PlanPlace = z.object({ cameraId, x: z.number().min(0).max(1), y: z.number().min(0).max(1), direction: z.int().min(0).max(359), angle: z.int().min(5).max(360) });
export type PlanPlace = z.infer<typeof PlanPlace>;
export const FloorPlan = z.object({ planId: z.string(), name: z.string(), width: z.int(), height: z.int(), places: z.array(PlanPlace) });
export type FloorPlan = z.infer<typeof FloorPlan>;
export const listPlans = endpoint({ method: 'GET', path: '/api/video/plans', summary: { zh: '平面图', en: 'Plans of the floors' }, response: z.object({ plans: z.array(FloorPlan) }) });
export const addPlan = endpoint({
  method: 'POST', path: '/api/video/plans', summary: { zh: '上传平面图', en: 'Put in a plan' },
  body: z.object({ name: cameraName, picture: z.string().max(11_000_000) }), response: z.object({ planId: z.string() }),
});
export const planPicture = endpoint({ method: 'GET', path: '/api/video/plans/:planId/picture', summary: { zh: '平面图图片', en: 'Picture of a plan' }, params: planParams, bytes: true });
export const placeCameras = endpoint({
  method: 'PUT', path: '/api/video/plans/:planId/places', summary: { zh: '标注摄像机', en: 'Place cameras on a plan' },
  params: planParams, body: z.object({ places: z.array(PlanPlace).max(256) }),
});
export const removePlan = endpoint({ method: 'DELETE', path: '/api/video/plans/:planId', summary: { zh: '撤下平面图', en: 'Take a plan away' }, params: planParams });
