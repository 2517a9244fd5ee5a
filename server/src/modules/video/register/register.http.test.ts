/** The register of cameras through the whole room: purposes, zones, positions, filing, areas, retention. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../../../contract/cameras.ts';
import { listActs } from '../../../../../contract/audit.ts';
import { listFacts } from '../../../../../contract/ledger.ts';
import { changeParameter, viewProfile } from '../../../../../contract/parameters.ts';
import * as video from '../../../../../contract/video.ts';
import { dayMs } from '../../../base/units.ts';
import { openParametersRoom, people, type ParametersRoom } from '../../../mechanisms/parameters/testing/parameters-room.ts';

let room: ParametersRoom;
let administrator: string;
const accountOf = (role: string): string => room.whole.people.find((one) => one.role === role)?.account ?? '';
let port = 1;

const add = (fields?: contract.RegisterFields, name = `机位 ${port}`) =>
  room.ask(administrator, video.addCamera, { body: { name, url: `rtsp://192.168.9.${(port += 1)}/1`, username: null, password: null, ...(fields === undefined ? {} : { fields }) } });
const added = async (fields?: contract.RegisterFields): Promise<string> => {
  const answer = await add(fields);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return String(answer.body['cameraId']);
};
const rowOf = async (cameraId: string) => {
  const row = (await room.get(administrator, contract.listRegister)).cameras.find((one) => one.cameraId === cameraId);
  if (row === undefined) throw new Error('the camera is not in the register');
  return row;
};
const codesOf = async (cameraId: string) => (await rowOf(cameraId)).findings.map(({ code }) => code);
const recordsNow = async (cameraId: string) => (await room.get(administrator, video.listCameras)).cameras.find((one) => one.cameraId === cameraId)?.record;
const allow = async (value: string[]): Promise<void> => {
  const { approvalId } = await room.get(people.leader, changeParameter, { body: { name: 'allowed_camera_purposes', value, roomId: null, from: null, reason: '试' } });
  await room.agree(approvalId, people.security, people.manager);
};
const facts = async (kind: string) => (await room.get(accountOf('auditor'), listFacts, { query: { kind } })).facts;
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==', 'base64').toString('base64');

beforeAll(async () => {
  room = await openParametersRoom();
  administrator = accountOf('system_administrator');
});
afterAll(() => room.whole.close());

test('[TEN-5.1 CAMREG] a camera for the performance of staff is refused where that is not allowed', async () => {
  const refused = await add({ purpose: 'staff_performance', legalBasis: '劳动合同', noticeRecord: '公告 1 号' });
  expect(refused).toMatchObject({ status: 400, body: { code: 'cameras.purpose_not_allowed' } });
  expect(refused.body.zh).toContain('员工考核');
  expect(refused.body.zh).toContain('内部安全');
  const cameraId = await added({ purpose: 'internal_safety' });
  expect(await recordsNow(cameraId)).toBe(true);
});

test('a camera without a purpose is kept, records nothing, and is activated only when it has an allowed one', async () => {
  const cameraId = await added();
  expect(await recordsNow(cameraId)).toBe(false);
  expect(await codesOf(cameraId)).toEqual(expect.arrayContaining(['purpose_missing', 'not_activated', 'zone_missing']));
  expect(await room.ask(administrator, contract.activateCamera, { params: { cameraId } })).toMatchObject({ status: 409, body: { code: 'cameras.purpose_needed' } });
  const { rowVersion } = await room.get(administrator, contract.registerEntry, { params: { cameraId } });
  await room.get(administrator, contract.changeRegister, { params: { cameraId }, body: { purpose: 'internal_safety', zoneType: 'gate', rowVersion } });
  expect(await room.ask(administrator, contract.changeRegister, { params: { cameraId }, body: { owner: '张三', rowVersion } })).toMatchObject({ status: 409, body: { code: 'cameras.entry_moved' } });
  await room.get(administrator, contract.activateCamera, { params: { cameraId } });
  expect(await recordsNow(cameraId)).toBe(true);
  expect(await codesOf(cameraId)).not.toContain('purpose_missing');
});

test('a camera from before keeps running and is listed as one without a purpose', async () => {
  const { cameras } = await room.get(administrator, contract.listRegister);
  const cameraId = cameras[3]?.cameraId ?? '';
  const owner = new (await import('pg')).default.Client({ connectionString: room.whole.adminUrl });
  await owner.connect();
  await owner.query('update video.camera_register set purpose = null where camera_id = $1', [cameraId]);
  await owner.end();
  expect(await codesOf(cameraId)).toContain('purpose_missing');
  expect(await codesOf(cameraId)).not.toContain('not_activated');
  expect(await recordsNow(cameraId)).toBe(true);
});

test('[799-8 CAMREG] a changing room cannot be registered, and the refusal cites the law', async () => {
  const refused = await add({ purpose: 'internal_safety', zoneType: 'changing_room' });
  expect(refused).toMatchObject({ status: 400, body: { code: 'cameras.zone_forbidden' } });
  expect(refused.body.zh).toContain('第八条');
  expect((await room.get(administrator, contract.listRegister)).choices.zones.map(({ key }) => key)).not.toContain('changing_room');
  expect((await add({ purpose: 'internal_safety', zoneType: 'kitchen' })).body.code).toBe('cameras.zone_unknown');
});

test('[BUS-1.2.6 CAMREG] a position is neither shown nor answered to who need not know it, and each reveal to others is a fact', async () => {
  const place = '东门立柱三米处';
  const cameraId = await added({ purpose: 'internal_safety', zoneType: 'gate', position: place, viewWords: '看闸机与岗亭' });
  const outsider = accountOf('video_custodian');
  const seen = await room.get(outsider, contract.registerEntry, { params: { cameraId } });
  expect(seen).toMatchObject({ position: null, viewWords: null });
  expect(JSON.stringify([seen, await room.get(outsider, contract.listRegister), await room.get(outsider, video.listCameras)])).not.toContain(place);
  await room.get(administrator, contract.keepPicture, { params: { cameraId, kind: 'view' }, body: { picture: png } });
  expect((await room.ask(outsider, contract.seePicture, { params: { cameraId, kind: 'view' } })).status).toBe(403);
  expect((await room.ask(outsider, contract.listPlans)).status).toBe(403);
  expect((await room.ask(accountOf('requester'), contract.listRegister)).status).toBe(403);
  const before = (await facts('video.positions_seen')).length;
  expect(await room.get(administrator, contract.registerEntry, { params: { cameraId } })).toMatchObject({ position: place, viewWords: '看闸机与岗亭' });
  expect(await facts('video.positions_seen')).toHaveLength(before + 1);
  // Reports carry facts: none holds the place.
  expect(JSON.stringify([await facts('video.register_written'), await facts('video.positions_seen')])).not.toContain(place);
  expect(JSON.stringify(await room.get(accountOf('auditor'), listActs, { query: {} }))).not.toContain(place);
});

test('[SCH-2.2.2 CAMREG] a purpose that stands is not edited; another one comes by approval', async () => {
  await allow(['internal_safety', 'property_protection']);
  const cameraId = await added({ purpose: 'internal_safety' });
  const { rowVersion } = await room.get(administrator, contract.registerEntry, { params: { cameraId } });
  const refused = await room.ask(administrator, contract.changeRegister, { params: { cameraId }, body: { purpose: 'property_protection', rowVersion } });
  expect(refused).toMatchObject({ status: 409, body: { code: 'cameras.purpose_by_approval' } });
  expect((await rowOf(cameraId)).purpose?.key).toBe('internal_safety');
  const { approvalId } = await room.get(people.manager, contract.askPurpose, { params: { cameraId }, body: { purpose: 'property_protection', legalBasis: '', noticeRecord: '', reason: '库房改造' } });
  expect((await rowOf(cameraId)).purpose?.key).toBe('internal_safety');
  await room.agree(approvalId, people.security);
  expect((await rowOf(cameraId)).purpose?.key).toBe('property_protection');
  expect(await facts('video.purpose_changed')).toHaveLength(1);
});

test('[CO2-2.2 CAMREG] watching the work of staff is refused while the site does not set it, and then needs its basis and notice', async () => {
  const purpose = 'staff_work_monitoring';
  await allow(['internal_safety']);
  expect((await add({ purpose, legalBasis: '经职代会通过', noticeRecord: '公告 2 号' })).body.code).toBe('cameras.purpose_not_allowed');
  await allow(['internal_safety', purpose]);
  expect(await add({ purpose, legalBasis: '经职代会通过' })).toMatchObject({ status: 400, body: { code: 'cameras.purpose_ungrounded', fields: [{ path: 'noticeRecord' }] } });
  const cameraId = await added({ purpose, legalBasis: '经职代会通过', noticeRecord: '公告 2 号' });
  expect(await room.get(administrator, contract.registerEntry, { params: { cameraId } })).toMatchObject({ noticeRecord: '公告 2 号' });
  await allow(['internal_safety']);
  expect(await codesOf(cameraId)).toContain('purpose_not_allowed');
  expect(await recordsNow(cameraId)).toBe(true);
});

test('[799-14 CAMREG] a camera is due to be filed in 30 days, and a change opens the filing again', async () => {
  const cameraId = await added({ purpose: 'internal_safety', zoneType: 'hall' });
  expect((await rowOf(cameraId)).findings.find(({ code }) => code === 'filing_due')).toMatchObject({ zh: '须向公安机关备案，还有 30 天。', cite: expect.stringContaining('799-14') });
  const change = async (body: contract.RegisterFields) => room.get(administrator, contract.changeRegister, { params: { cameraId }, body: { ...body, rowVersion: (await room.get(administrator, contract.registerEntry, { params: { cameraId } })).rowVersion } });
  await change({ filingNumber: '东公备 2026-1' });
  expect(await codesOf(cameraId)).not.toContain('filing_due');
  await change({ viewWords: '改看入口' });
  expect(await codesOf(cameraId)).toContain('filing_due');
  room.clock.step(31 * dayMs);
  expect(await codesOf(cameraId)).toContain('filing_overdue');
});

test('[799-13 CAMREG] a camera without the photo of its sign is shown as due', async () => {
  const cameraId = await added({ purpose: 'internal_safety', zoneType: 'hall' });
  expect(await codesOf(cameraId)).toContain('sign_missing');
  expect((await room.ask(administrator, contract.keepPicture, { params: { cameraId, kind: 'sign' }, body: { picture: Buffer.from('no picture').toString('base64') } })).body.code).toBe('video.picture_wrong');
  await room.get(administrator, contract.keepPicture, { params: { cameraId, kind: 'sign' }, body: { picture: png } });
  expect(await codesOf(cameraId)).not.toContain('sign_missing');
  const { signKeptAt } = await room.get(administrator, contract.registerEntry, { params: { cameraId } });
  const seen = await room.whole.ask(await room.whole.signIn('technician'), contract.seePicture, { params: { cameraId, kind: 'sign' }, query: { at: signKeptAt ?? undefined } });
  expect([seen.status, seen.bytes.toString('base64')]).toEqual([200, png]);
});

test('how long footage is kept comes from the regulations, with the law that says so', async () => {
  const cameraId = await added({ purpose: 'internal_safety' });
  const { value } = await room.rule('retention_days');
  expect((await rowOf(cameraId)).retention).toMatchObject({ days: value, requiredDays: value });
  const first = (await room.get(administrator, contract.listRegister)).cameras[0];
  expect(first?.findings.map(({ code }) => code)).toContain('retention_short');
  expect(first?.retention.why.zh).toMatch(/法|条|约|定/);
  await room.get(administrator, contract.followRetention, { params: { cameraId: first?.cameraId ?? '' } });
  expect((await rowOf(first?.cameraId ?? '')).retention.days).toBe(value);
});

test('[SAF-1.1 CAMREG] an area whose only camera was retired, without a written gap, is not covered', async () => {
  const cameraId = await added({ purpose: 'internal_safety' });
  await room.approveProfile((profile) => ({ ...profile, areas: [...profile.areas, { areaId: 'depot', name: '配电间', cameraIds: [cameraId], gap: null }] }));
  const area = async () => (await room.get(administrator, contract.listRegister)).areas.find(({ name }) => name === '配电间');
  expect(await area()).toMatchObject({ covered: true, finding: null });
  await room.get(administrator, video.removeCamera, { params: { cameraId }, body: { reason: '拆除' } });
  expect(await area()).toMatchObject({ covered: false, cameras: [] });
  expect((await area())?.finding?.zh).toContain('未覆盖');
});

test('[CO2-2.1 CAMREG] registration offers the purposes of the regulation in force', async () => {
  const { statedPurposes, figures } = await room.get(people.leader, viewProfile);
  await room.approveProfile((profile) => ({
    ...profile,
    purposes: statedPurposes.map(({ clause, zh, en, figures: keys }) => ({ clause, zh, en, figures: figures.filter((one) => keys.includes(one.key)).map((one) => ({ figure: one.key, target: one.target, better: one.better })) })),
  }));
  await room.adopt(await room.complete(await room.form(['co2']), { X08: 'safety_and_property' }));
  const { value } = await room.rule('allowed_camera_purposes');
  const { choices } = await room.get(administrator, contract.listRegister);
  expect(choices.purposes.map(({ key }) => key)).toEqual(value);
  expect(choices.purposes.map(({ key }) => key)).toEqual(expect.arrayContaining(['company_safety', 'property_protection']));
  expect((await add({ purpose: 'property_protection' })).status).toBe(200);
});
