/** The archive through the whole product: filed from real files, described, ordered, opened, lent, published, destroyed, counted, taken over. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { revoke } from '../../../../../contract/approvals.ts';
import * as copies from '../../../../../contract/evidence-copies.ts';
import * as contract from '../../../../../contract/evidence-archive.ts';
import { changeParameter } from '../../../../../contract/parameters.ts';
import { dayMs, hourMs, minuteMs } from '../../../base/units.ts';
import { recordFile, type FootageFile } from '../testing/footage-files.ts';
import { openFootageRoom, staff, type FootageRoom } from '../testing/footage-room.ts';

const custodian = 'zhengjing';
const shiftLeader = 'chenzhiqiang';
let room: FootageRoom;
let gate: string;
let minute: FootageFile;
let seq = 2_000;

beforeAll(async () => {
  room = await openFootageRoom();
  [gate = ''] = room.cameraIds;
  minute = await recordFile(room.whole, room.clock, { cameraId: gate, from: room.recorded.from - 10 * minuteMs, seq: (seq += 1) });
});
afterAll(() => room.whole.close());
beforeEach(() => room.rest());

const described = { class: 'dispute', caseNumber: 'AJ-2026-0117', title: '三号门推车纠纷', words: '推车 三号门', place: '一号柜二层' } as const;
const footage = (more: object = {}): contract.FileItem => ({ source: 'footage', cameraId: gate, from: minute.from, until: minute.until, ...described, keepUntil: null, ...more });
const received = (more: object = {}): contract.FileItem =>
  ({ source: 'received', giver: '住户 陈女士', giverContact: '3 栋 402', replyBy: null, fileName: '行车记录.mp4', bytes: Buffer.from('what she brought').toString('base64'), signature: '', ...described, keepUntil: null, ...more });
const tryFile = (asked: contract.FileItem, account: string = staff.operator) => room.ask(account, contract.fileItem, { body: asked });
const file = (asked: contract.FileItem = footage()) => room.get(staff.operator, contract.fileItem, { body: asked });
const see = (itemId: string, account: string = staff.manager) => room.get(account, contract.archiveItem, { params: { itemId } });
const list = (query: object = {}) => room.get(staff.manager, contract.archiveList, { query });
const order = (itemId: string, how: contract.ArchiveHow, more: object = {}, account: string = staff.operator) =>
  room.ask(account, contract.orderItem, { params: { itemId }, body: { how, reason: '核实纠纷', receiver: '', place: '', content: '', paper: '', returnBy: null, ...more } });
const ordered = async (itemId: string, how: contract.ArchiveHow, more: object = {}): Promise<string> => {
  const answer = await order(itemId, how, more);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return String(answer.body['approvalId']);
};
const drawn = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const carry = (itemId: string, how: 'lend' | 'transfer' | 'publish' | 'destroy', more: object = {}, account: string = staff.manager) => room.ask(account, contract.carryOut, { params: { itemId }, body: { how, to: '', note: '', signature: '', ...more } });
const open = (itemId: string, account: string = staff.operator) => room.ask(account, contract.openItem, { params: { itemId } });
const media = (openingId: string, number = 1, account: string = staff.operator) => room.take(account, contract.itemMedia, { params: { openingId, number } });
const release = (itemId: string) => room.ask(staff.leader, contract.releaseItem, { params: { itemId }, body: { reason: '结案' } });
const denials = async (): Promise<number> => (await room.facts('identity.denied')).length;
const folder = (itemId: string): string => join(room.whole.dataFolder, 'archive', itemId);
/** One bit of its first file is another. */
const spoil = (itemId: string): void => {
  const path = join(folder(itemId), '1');
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(path, bytes);
};
const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test('an order of the archive is shown to hold, and holds, no longer than the room lets any grant hold', async () => {
  const limit = async (value: number): Promise<void> => {
    const changed = await room.ask(staff.manager, changeParameter, { body: { name: 'approval_grant_valid_hours', value, roomId: null, from: null, reason: '调整' } });
    await room.agree(String(changed.body['approvalId']), staff.leader);
  };
  await limit(6);
  const { itemId } = await file();
  const approvalId = await ordered(itemId, 'view');
  expect((await room.view(staff.leader, approvalId)).details.find(({ title }) => title.zh === '批准有效期')?.value).toMatchObject({ zh: '批准后 6 小时' });
  await room.agree(approvalId, staff.leader);
  expect((await see(itemId)).orders.find((one) => one.approvalId === approvalId)?.validUntil).toBe(room.clock.now() + 6 * hourMs);
  await limit(72);
});

describe('filing', () => {
  test('[RES-5.3.1 EVIDENCE] a clip without a class is refused; with one it is found by the class', async () => {
    expect(await tryFile(footage({ class: '' }))).toMatchObject({ status: 400, body: { code: 'evidence_archive.class_needed' } });
    const { itemId } = await file(footage({ class: 'fire' }));
    expect((await list({ class: 'fire' })).items.map((one) => one.itemId)).toEqual([itemId]);
    expect((await list({ class: 'complaint' })).items).toEqual([]);
  });

  test('[RES-5.3.2 EVIDENCE] what was filed is found by its index words and survives the expiry of its footage', async () => {
    const own = await recordFile(room.whole, room.clock, { cameraId: gate, from: room.recorded.from - 20 * minuteMs, seq: (seq += 1) });
    const { itemId, number } = await file(footage({ from: own.from, until: own.until, words: '蓝色雨伞', caseNumber: 'AJ-2026-0230' }));
    room.clock.step(400 * dayMs);
    await room.whole.runJob('video.retention');
    const { rows } = await sql`select from video.segments where segment_id = ${own.segmentId}`.execute(room.whole.database.db);
    expect(rows).toEqual([]);
    for (const search of ['蓝色雨伞', 'AJ-2026-0230', number]) expect((await list({ search })).items.map((one) => one.itemId)).toEqual([itemId]);
    const one = await see(itemId);
    expect(one.fileList.map(({ sha256 }) => sha256)).toEqual([sha(readFileSync(join(folder(itemId), '1')))]);
    await room.whole.runJob('evidence.archive_strays');
    expect(existsSync(join(folder(itemId), '1'))).toBe(true);
    minute = await recordFile(room.whole, room.clock, { cameraId: gate, from: room.clock.now() - 30 * minuteMs, seq: (seq += 1) });
  });

  test('[RES-5.3.3 EVIDENCE] an item with a missing field or missing footage is in the list of what is incomplete', async () => {
    const without = await file(footage({ caseNumber: '' }));
    const gap = await file(footage({ from: minute.from - 5 * minuteMs }));
    const incomplete = async () => new Map((await list({ list: 'incomplete' })).items.map((one) => [one.itemId, one.missing.map(({ zh }) => zh)]));
    expect((await incomplete()).get(without.itemId)).toContain('缺案号');
    expect((await incomplete()).get(gap.itemId)).toContain('录像缺 300 秒');
    await room.get(staff.operator, contract.describeItem, { params: { itemId: without.itemId }, body: { ...described } });
    expect((await incomplete()).get(without.itemId) ?? []).not.toContain('缺案号');
  });

  test('[RES-7.3.2 EVIDENCE] a received item has its receipt number and the hash of what was handed in; without a giver there is no receipt', async () => {
    expect(await tryFile(received({ giver: '' }))).toMatchObject({ status: 400, body: { code: 'evidence_archive.giver_needed' } });
    const made = await room.get(staff.operator, contract.fileItem, { body: received({ signature: drawn, replyBy: room.clock.now() + dayMs }) });
    expect(made.number).toMatch(/^DA-\d{4}-\d{6}$/);
    const one = await see(made.itemId);
    expect(one).toMatchObject({ giver: '住户 陈女士', fileList: [{ name: '行车记录.mp4', sha256: sha(Buffer.from('what she brought')) }], custody: [{ act: 'received', signatureSha256: sha(Buffer.from(drawn, 'base64')) }] });
    room.clock.step(2 * dayMs);
    expect((await list({ list: 'overdue' })).items.map((item) => item.itemId)).toContain(made.itemId);
    await room.get(staff.operator, contract.answerItem, { params: { itemId: made.itemId }, body: { note: '已回电，确认为三号门推车' } });
    expect((await list({ list: 'overdue' })).items.map((item) => item.itemId)).not.toContain(made.itemId);
  });

  test('a copy that was made is filed once, with the hash of its file', async () => {
    const { requestId, approvalId } = await room.askFor({ type: 'copy', cameraIds: [gate], from: minute.from, until: minute.until });
    await room.agree(approvalId, staff.leader);
    const begun = await room.get(staff.operator, copies.makeCopy, { params: { requestId }, body: { encrypted: false, witness: '' } });
    await room.whole.room.copies.idle();
    const { copies: made } = await room.get(staff.operator, copies.copies, { params: { requestId } });
    const asked = { source: 'package' as const, packageId: begun.packageId, ...described, keepUntil: null };
    const { itemId } = await file(asked);
    expect((await see(itemId)).fileList).toMatchObject([{ name: made[0]?.fileName, sha256: made[0]?.fileSha256 }]);
    expect(await tryFile(asked)).toMatchObject({ status: 409, body: { code: 'evidence_archive.filed_already' } });
  });
});

describe('nothing is opened, nor does it leave, without its order', () => {
  test('[BUS-2.2.3 EVIDENCE] playback of the archive without an order is 403 and on record; with it it plays, until the order is revoked', async () => {
    const { itemId } = await file();
    const before = await denials();
    expect(await open(itemId)).toMatchObject({ status: 403, body: { code: 'evidence_archive.view_needs_order' } });
    expect(await denials()).toBe(before + 1);
    const approvalId = await ordered(itemId, 'view');
    expect((await open(itemId)).status).toBe(403);
    await room.agree(approvalId, staff.leader);
    const opened = await open(itemId);
    expect(opened.status, JSON.stringify(opened.body)).toBe(200);
    const openingId = String(opened.body['openingId']);
    const answer = await media(openingId);
    expect([answer.status, answer.bytes.subarray(4, 8).toString()]).toEqual([200, 'ftyp']);
    // Another person has no right to it, whatever address they know.
    expect((await media(openingId, 1, staff.manager)).status).toBe(404);
    expect((await room.facts('evidence.archive_opened')).at(-1)?.body).toMatchObject({ openingId });
    await room.get(staff.leader, revoke, { params: { approvalId }, body: { reason: '查阅完毕' } });
    expect((await media(openingId)).status).toBe(403);
  });

  test('[BUS-2.2.3 VIEWREQ] playback of the archive needs an approved order, and stands in the register with its reason, what was opened and by whom', async () => {
    const { itemId, number } = await file();
    const approvalId = await ordered(itemId, 'view');
    expect((await open(itemId)).status).toBe(403);
    await room.agree(approvalId, staff.leader);
    expect((await open(itemId)).status).toBe(200);
    const { rows } = await room.get(staff.manager, contract.archiveRegister, { query: { from: room.clock.now() - dayMs, until: room.clock.now() + dayMs, search: number } });
    expect(rows).toMatchObject([{ from: minute.from, until: minute.until, custody: [{ act: 'filed' }, { act: 'opened', by: '王建国', order: 'view' }], releases: [{ how: 'view', approvers: ['韩明华'] }] }]);
    expect((await see(itemId)).orders).toMatchObject([{ how: 'view', reason: '核实纠纷', askedBy: '王建国' }]);
  });

  test('what leaves the archive is let go by somebody who proves again who they are', async () => {
    const { itemId } = await file();
    await room.agree(await ordered(itemId, 'lend', { receiver: '城东派出所', returnBy: room.clock.now() + dayMs }), staff.leader);
    await see(itemId);
    room.rest();
    const body = { how: 'lend' as const, to: '李警官', note: '', signature: drawn };
    expect((await room.askUnproved(staff.manager, contract.carryOut, { params: { itemId }, body })).body.code).toBe('identity.step_up_needed');
    expect((await see(itemId)).state).toBe('kept');
    expect((await room.ask(staff.manager, contract.carryOut, { params: { itemId }, body })).status).toBe(200);
    await room.get(staff.manager, contract.returnItem, { params: { itemId }, body: { note: '' } });
  });

  test('[COR-5.3.4 EVIDENCE] a span that is lost on the recorder is played from the archive, with an order and not without', async () => {
    const own = await recordFile(room.whole, room.clock, { cameraId: gate, from: minute.from + 4 * minuteMs, seq: (seq += 1) });
    const original = readFileSync(own.file);
    const { itemId } = await file(footage({ from: own.from, until: own.until }));
    rmSync(own.file);
    const approvalId = await ordered(itemId, 'view');
    expect((await open(itemId)).status).toBe(403);
    await room.agree(approvalId, staff.leader);
    const opened = await open(itemId);
    const { bytes } = await media(String(opened.body['openingId']));
    expect(sha(bytes)).toBe(sha(original));
  });

  test('bytes that were changed in the archive are not shown', async () => {
    const { itemId } = await file();
    await room.agree(await ordered(itemId, 'view'), staff.leader);
    spoil(itemId);
    expect(await open(itemId)).toMatchObject({ status: 503, body: { code: 'evidence_archive.file_altered' } });
  });

  test('[BUS-2.2.5 EVIDENCE] publishing without a release order is refused and on record; with it the row names who agreed and the place', async () => {
    const { itemId, number } = await file();
    const before = await denials();
    expect(await carry(itemId, 'publish')).toMatchObject({ status: 403, body: { code: 'evidence_archive.leaves_needs_order' } });
    expect(await denials()).toBe(before + 1);
    expect((await order(itemId, 'publish', { content: '三号门监控截图' })).body.code).toBe('evidence_archive.place_needed');
    const approvalId = await ordered(itemId, 'publish', { content: '三号门监控截图', place: '一楼公告栏' });
    expect((await carry(itemId, 'publish')).status).toBe(403);
    await room.agree(approvalId, staff.leader);
    expect((await carry(itemId, 'publish')).status).toBe(200);
    const { rows } = await room.get(staff.manager, contract.archiveRegister, { query: { from: room.clock.now() - dayMs, until: room.clock.now() + dayMs, search: number } });
    expect(rows[0]?.releases).toEqual([{ how: 'publish', approvers: ['韩明华'], receiver: '', place: '一楼公告栏', done: true }]);
    // One order is one publication.
    expect((await carry(itemId, 'publish')).status).toBe(403);
  });

  test('[SEC-3.5 EVIDENCE] an item that was lent and is not back in time is flagged, once, until it is given back', async () => {
    const { itemId, number } = await file();
    expect((await order(itemId, 'lend', { receiver: '法务部 林律师' })).body.code).toBe('evidence_archive.return_needed');
    await room.agree(await ordered(itemId, 'lend', { receiver: '法务部 林律师', returnBy: room.clock.now() + 2 * dayMs }), staff.leader);
    expect((await carry(itemId, 'lend', { to: '法务部 林律师', signature: drawn })).status).toBe(200);
    expect(await see(itemId)).toMatchObject({ state: 'lent', overdue: false });
    room.clock.step(3 * dayMs);
    expect((await list({ list: 'overdue' })).items).toMatchObject([{ number, overdue: true }]);
    expect((await see(itemId)).overdue).toBe(true);
    await room.whole.runJob('evidence.archive_overdue');
    await room.whole.runJob('evidence.archive_overdue');
    expect((await room.facts('evidence.archive_overdue')).filter((fact) => fact.subject === itemId)).toHaveLength(1);
    expect((await room.ask(staff.manager, contract.returnItem, { params: { itemId }, body: { note: '完好' } })).status).toBe(200);
    expect(await see(itemId)).toMatchObject({ state: 'kept', overdue: false });
  });

  test('a transfer to the police bears the signature of who receives it; then it is theirs', async () => {
    const { itemId } = await file();
    await room.agree(await ordered(itemId, 'transfer', { receiver: '城东派出所 李警官', paper: '调证〔2026〕17 号' }), staff.leader);
    expect((await carry(itemId, 'transfer', { to: '城东派出所 李警官' })).body.code).toBe('evidence_archive.signature_needed');
    expect((await carry(itemId, 'transfer', { to: '城东派出所 李警官', signature: drawn })).status).toBe(200);
    expect((await see(itemId)).custody.at(-1)).toMatchObject({ act: 'transferred', to: '城东派出所 李警官', signatureSha256: sha(Buffer.from(drawn, 'base64')) });
    expect((await order(itemId, 'lend', { receiver: '某人', returnBy: room.clock.now() + dayMs })).body.code).toBe('evidence_archive.not_now');
  });
});

test('[BUS-2.2.6 EVIDENCE] a held item is not destroyed; after the release and two approvals two persons destroy it, and a certificate is written', async () => {
  const { itemId } = await file();
  const before = readFileSync(join(folder(itemId), '1'));
  const approvalId = await ordered(itemId, 'destroy');
  await room.agree(approvalId, staff.security);
  expect((await room.view(staff.leader, approvalId)).state).toBe('pending');
  await room.agree(approvalId, staff.leader);
  expect(await carry(itemId, 'destroy')).toMatchObject({ status: 409, body: { code: 'evidence_archive.held' } });
  expect((await release(itemId)).status).toBe(200);
  expect(await carry(itemId, 'destroy')).toMatchObject({ status: 200, body: { done: false } });
  expect(await carry(itemId, 'destroy')).toMatchObject({ status: 409, body: { code: 'evidence_archive.second_person' } });
  expect(existsSync(join(folder(itemId), '1'))).toBe(true);
  expect(await carry(itemId, 'destroy', {}, custodian)).toMatchObject({ status: 200, body: { done: true } });
  expect(existsSync(folder(itemId))).toBe(false);
  expect((await room.facts('evidence.archive_destroyed')).at(-1)?.body).toMatchObject({ itemId, approvalId, files: [{ sha256: sha(before) }] });
  expect(await see(itemId)).toMatchObject({ state: 'destroyed' });
});

test('without an approved order nobody destroys anything, whatever was released; the database says the same', async () => {
  const { itemId } = await file();
  expect((await release(itemId)).status).toBe(200);
  expect(await carry(itemId, 'destroy')).toMatchObject({ status: 403, body: { code: 'evidence_archive.destroy_needs_order' } });
  const approvalId = await ordered(itemId, 'destroy');
  const { rows } = await sql<{ orderId: string }>`select order_id as "orderId" from evidence.archive_orders where approval_id = ${approvalId}`.execute(room.whole.database.db);
  await expect(sql`insert into evidence.archive_acts (item_id, number, act, at, by_id, order_id, to_text, note) values (${itemId}, 99, 'destroyed', now(), 'x', ${rows[0]?.orderId}, '', '')`.execute(room.whole.database.db)).rejects.toMatchObject({ code: '23514' });
  await expect(sql`update evidence.archive_items set giver = 'x'`.execute(room.whole.database.db)).rejects.toMatchObject({ code: '42501' });
});

test('[BUS-2.1.2 EVIDENCE] the archive changes hands by a signed count of everything, and not otherwise', async () => {
  const takeOver = (account: string, inventoryId: string | null) => room.ask(account, contract.takeOverArchive, { body: { inventoryId } });
  const custody = (account: string = custodian) => room.get(account, contract.archiveCustody);
  expect((await takeOver(custodian, null)).status).toBe(200);
  expect((await custody()).custodian?.name).toBe('郑静');
  expect(await takeOver(staff.manager, null)).toMatchObject({ status: 409, body: { code: 'evidence_archive.takeover_needs_count' } });
  await file();
  const { toCount, candidates } = await custody();
  const nextId = candidates.find(({ name }) => name === '孙卫东')?.personId ?? '';
  const lines = toCount.map(({ itemId }) => ({ itemId, found: true, note: '' }));
  const count = (given: typeof lines, account: string = custodian) => room.ask(account, contract.takeInventory, { body: { lines: given, nextCustodianId: nextId, note: '' } });
  expect((await count(lines.slice(1))).body.code).toBe('evidence_archive.count_incomplete');
  expect(await count(lines, shiftLeader)).toMatchObject({ status: 403, body: { code: 'evidence_archive.count_by_custodian' } });
  const counted = await count(lines);
  expect(counted.status, JSON.stringify(counted.body)).toBe(200);
  expect((await takeOver(shiftLeader, String(counted.body['inventoryId']))).body.code).toBe('evidence_archive.takeover_needs_count');
  const late = await file();
  expect((await takeOver(staff.manager, String(counted.body['inventoryId']))).body.code).toBe('evidence_archive.count_outdated');
  // What is not in its place is said by who counts, what was changed by the server.
  spoil(late.itemId);
  const again = await count((await custody()).toCount.map(({ itemId }, index) => ({ itemId, found: index > 0, note: '' })));
  expect(again.body['missing']).toHaveLength(1);
  expect(again.body['altered']).toContain(late.number);
  const taking = { body: { inventoryId: String(again.body['inventoryId']) } };
  await custody(staff.manager);
  room.rest();
  expect((await room.askUnproved(staff.manager, contract.takeOverArchive, taking)).body.code).toBe('identity.step_up_needed');
  expect((await custody(staff.manager)).custodian?.name).toBe('郑静');
  expect((await room.ask(staff.manager, contract.takeOverArchive, taking)).status).toBe(200);
  expect(await custody()).toMatchObject({ custodian: { name: '孙卫东' }, history: [{ name: '郑静', byCount: false }, { name: '孙卫东', byCount: true }] });
});

test('[BUS-1.4.3 EVIDENCE] every day of every camera stands in the index, with its state and place', async () => {
  const own = await recordFile(room.whole, room.clock, { cameraId: gate, from: room.clock.now() - 26 * hourMs, seq: (seq += 1) });
  const { number } = await file(footage({ from: own.from, until: own.until }));
  const now = room.clock.now();
  const { days } = await room.get(staff.manager, contract.archiveDays, { query: { from: now - 3 * dayMs, until: now } });
  expect(new Set(days.map(({ day }) => day)).size).toBeGreaterThanOrEqual(3);
  expect(days).toHaveLength(new Set(days.map(({ day }) => day)).size * new Set(days.map(({ cameraId }) => cameraId)).size);
  const recorded = days.find((one) => one.cameraId === gate && one.recordedMs > 0);
  expect(recorded).toMatchObject({ state: 'partly', places: [expect.stringMatching(/footage/)] });
  expect(recorded?.items.map((one) => one.number)).toContain(number);
  expect(days.filter(({ recordedMs }) => recordedMs === 0).every(({ state }) => state === 'none' || state === 'past' || state === 'before')).toBe(true);
});

test('a day on which a camera came counts from then on, and a day before it counts nothing', async () => {
  const now = room.clock.now();
  const [, later = ''] = room.cameraIds;
  const admin = new pg.Client({ connectionString: room.whole.adminUrl });
  await admin.connect();
  try {
    await admin.query('update video.cameras set added_at = $1 where camera_id = $2', [new Date(now - 2 * minuteMs), later]);
  } finally {
    await admin.end();
  }
  const { days } = await room.get(staff.manager, contract.archiveDays, { query: { from: now - 3 * dayMs, until: now } });
  const its = days.filter(({ cameraId }) => cameraId === later);
  expect(its.at(-1)?.dayMs).toBeLessThanOrEqual(2 * minuteMs);
  expect(its.slice(0, -2).map(({ state, dayMs: length }) => ({ state, length }))).toEqual(its.slice(0, -2).map(() => ({ state: 'before', length: 0 })));
  expect(days.filter(({ cameraId }) => cameraId === gate).some(({ dayMs: length }) => length > 2 * minuteMs)).toBe(true);
});

test('the register is read by those who may, on screen and as CSV, and reading it is a fact', async () => {
  const span = { from: room.clock.now() - 300 * dayMs, until: room.clock.now() + hourMs };
  const before = (await room.facts('evidence.archive_read')).length;
  expect((await room.ask(staff.requester, contract.archiveRegister, { query: span })).status).toBe(403);
  const { rows } = await room.get(staff.manager, contract.archiveRegister, { query: span });
  expect(rows.length).toBeGreaterThan(0);
  const csv = await room.take(staff.manager, contract.archiveRegisterCsv, { query: span });
  expect(csv.bytes.toString('utf8').split('\r\n')[0]).toContain('保管链');
  expect((await room.facts('evidence.archive_read')).length).toBe(before + 2);
});
