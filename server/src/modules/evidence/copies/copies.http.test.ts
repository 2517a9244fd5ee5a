/** A copy through the whole product: asked for, agreed to, made from real files, verified by another hand, handed over, given back. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revoke } from '../../../../../contract/approvals.ts';
import * as contract from '../../../../../contract/evidence-copies.ts';
import { closeRequest, register } from '../../../../../contract/evidence.ts';
import type { JournalEntryOf } from '../../../../../contract/recorder.ts';
import { madeUpFootage, segmentBytes } from '../../../../../formats/evidence-bundle/testing/sample.ts';
import { folderPackage, nodeVerifierCrypto } from '../../../../../verify/bundle/folder-node.ts';
import { verifyBundle } from '../../../../../verify/bundle/index.ts';
import { newId } from '../../../base/ids.ts';
import { decryptZip } from '../../../../../formats/zip/node-aes.ts';
import { dayMs, hourMs, minuteMs } from '../../../base/units.ts';
import { openFootageRoom, staff, type FootageRoom } from '../testing/footage-room.ts';

let room: FootageRoom;
let folder: string;
let camera: string;
let span: { from: number; until: number };
let seq = 9_000;

/** Three files of one camera on disk, told of as the recorder tells. */
const recordFiles = async (cameraId: string, begin: number): Promise<{ from: number; until: number }> => {
  const { rows } = await sql<{ id: string; path: string }>`select storage_id as id, path from video.storages limit 1`.execute(room.whole.database.db);
  const storage = rows[0];
  if (storage === undefined) throw new Error('no storage');
  const footage = madeUpFootage(7);
  let from = begin;
  for (let n = 0; n < 3; n += 1) {
    const segmentId = newId('seg', room.clock);
    const { bytes, until } = segmentBytes(footage, { segmentId, cameraId, from, fragments: 10 });
    const path = `${cameraId}/x/${segmentId}.mp4`;
    mkdirSync(dirname(join(storage.path, path)), { recursive: true });
    writeFileSync(join(storage.path, path), bytes);
    const entry: JournalEntryOf<'segment_closed'> = {
      kind: 'segment_closed', seq: (seq += 1), at: room.clock.now(), segmentId, cameraId, storageId: storage.id, path, from, until, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'),
      frames: 50, keyFrames: 5, codec: 'avc1.640028', width: 320, height: 180, runId: newId('run', room.clock), cameraClockOffsetMs: -240, packetsLost: 0, recovered: false,
    };
    await room.whole.room.video.takeOver([entry]);
    from = until;
  }
  return { from: begin, until: from };
};

beforeAll(async () => {
  room = await openFootageRoom();
  folder = mkdtempSync(join(tmpdir(), 'vigil-copies-'));
  camera = room.cameraIds[1] ?? '';
  span = await recordFiles(camera, room.clock.now() - 3 * hourMs);
});
afterAll(async () => {
  await room.whole.close();
  rmSync(folder, { recursive: true, force: true });
});

const asked = async (more: object = {}): Promise<{ requestId: string; number: string; approvalId: string }> => room.askFor({ type: 'copy', cameraIds: [camera], ...span, ...more });
const approved = async (more: object = {}) => {
  const made = await asked(more);
  await room.agree(made.approvalId, staff.leader);
  return made;
};
const make = (requestId: string, more: { encrypted?: boolean; account?: string } = {}) => room.ask(more.account ?? staff.operator, contract.makeCopy, { params: { requestId }, body: { encrypted: more.encrypted ?? false, witness: '保安队长 吴大勇' } });
const copiesOf = (requestId: string) => room.get(staff.operator, contract.copies, { params: { requestId } });
const made = async (requestId: string, more: { encrypted?: boolean } = {}) => {
  const begun = await make(requestId, more);
  if (begun.status !== 200) throw new Error(JSON.stringify(begun.body));
  await room.whole.room.copies.idle();
  const { packageId, passphrase } = begun.body as { packageId: string; passphrase: string | null };
  const copy = (await copiesOf(requestId)).copies.find((one) => one.packageId === packageId);
  if (copy === undefined) throw new Error('the copy is not in the list');
  return { ...copy, passphrase };
};
const take = async (packageId: string): Promise<Buffer> => {
  const answer = await room.take(staff.operator, contract.takeCopy, { params: { packageId } });
  expect(answer.status).toBe(200);
  return answer.bytes;
};
const handOver = (packageId: string, more: object = {}) =>
  room.ask(staff.operator, contract.handOver, { params: { packageId }, body: { receiver: '李警官', receiverUnit: '城东派出所', receiverPaper: '警官证 012345', medium: 'U-07', at: room.clock.now(), note: '', signature: '', ...more } });
const end = (packageId: string, how: contract.EndingAct) => room.ask(staff.operator, contract.endCopy, { params: { packageId }, body: { how, medium: 'U-07', note: '口令丢失', at: room.clock.now() } });
/** The smallest PNG. */
const drawn = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const bytesSource = (bytes: Buffer) => ({ sizeBytes: bytes.length, readAt: (offset: number, length: number) => Promise.resolve(bytes.subarray(offset, Math.min(bytes.length, offset + length))) });
const denials = async (): Promise<number> => (await room.facts('identity.denied')).length;

/** Refused and on record before the approval; after it the package has the hash of its row in the register. */
const onlyWithApproval = async (): Promise<void> => {
  const { requestId, approvalId } = await asked();
  const before = await denials();
  expect(await make(requestId)).toMatchObject({ status: 403, body: { zh: expect.stringContaining('还没有批准，不能导出录像') } });
  expect(await denials()).toBe(before + 1);
  await room.agree(approvalId, staff.leader);
  const copy = await made(requestId);
  const bytes = await take(copy.packageId);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(copy.fileSha256);
  const { rows } = await room.get(staff.manager, contract.copyRegister, { query: { from: span.from, until: room.clock.now() + dayMs, search: copy.number } });
  expect(rows).toMatchObject([{ number: copy.number, fileSha256: copy.fileSha256, state: 'ready' }]);
};

describe('without an approved request for a copy nothing leaves the room', () => {
  test('[SAF-4.1.2 COPYREQ] an export without its order is refused and on record', onlyWithApproval);
  test('[BUS-1.4.5 COPYREQ] an export without its order is 403', onlyWithApproval);
  test('[BUS-1.4.9 COPYREQ] before the approval the export is refused and on record; after it the package has the hash of its row', onlyWithApproval);
  test('[BUS-2.2.4 COPYREQ] archived footage is lent or copied with an approved order only', onlyWithApproval);
  test('[BUS-2.2.4 EVIDENCE] a copy of kept footage needs its approved order; its hash stands in the register', onlyWithApproval);
  test('[ART-12.2.1 COPYREQ] nobody copies footage without an approved order', onlyWithApproval);
  test('[SCH-2.4.1 COPYREQ] footage leaves the school with an approved order only', onlyWithApproval);
  for (const [clause, what] of [['BRN-A4.3.1', 'data is copied to others'], ['BRN-A4.5.1', 'pictures are given to others']] as const) {
    test(`[${clause} COPYREQ] ${what} with an approved order only: the attempt is on record; with it once, and the receiver stands in the register`, async () => {
      await onlyWithApproval();
      const { requestId, number } = await approved();
      const { packageId } = await made(requestId);
      expect((await handOver(packageId)).status).toBe(200);
      expect((await make(requestId)).status).toBe(409);
      const { rows } = await room.get(staff.manager, contract.copyRegister, { query: { from: span.from, until: room.clock.now() + dayMs, search: number } });
      expect(rows).toMatchObject([{ receiver: '李警官 · 城东派出所 · 警官证 012345' }]);
    });
  }
  test('[BUS-2.4.2 COPYREQ] an approved viewing is no copy: refused and on record', async () => {
    const { requestId, approvalId } = await room.askFor({ cameraIds: [camera], ...span });
    await room.agree(approvalId, staff.leader);
    const before = await denials();
    expect(await make(requestId)).toMatchObject({ status: 403, body: { zh: expect.stringContaining('只批准了调阅，不能导出') } });
    expect(await denials()).toBe(before + 1);
  });
  test('[TEN-7.4 COPYREQ] footage is shared by a release that names content, receiver, reason and approver; whose hands it is in is on record, and the share ends with its return or its revocation', async () => {
    const { requestId, approvalId, number } = await asked({ copies: 2 });
    expect((await make(requestId)).status).toBe(403);
    await room.agree(approvalId, staff.leader);
    const { packageId } = await made(requestId);
    expect((await handOver(packageId, { receiver: '' })).body.code).toBe('evidence_copies.receiver_needed');
    expect((await handOver(packageId)).status).toBe(200);
    const [row] = (await room.get(staff.manager, register, { query: { from: span.from, until: room.clock.now() + dayMs, search: number } })).rows;
    expect(row).toMatchObject({ reason: '核对三号门货物交接', purpose: '事故处理', cameras: ['02 售票大厅'], from: span.from, until: span.until, opinions: [{ name: '韩明华', decision: 'approve' }] });
    expect((await copiesOf(requestId)).copies[0]).toMatchObject({ state: 'handed_over' });
    expect((await room.get(staff.manager, contract.copyRegister, { query: { from: span.from, until: room.clock.now() + dayMs, search: number } })).rows).toMatchObject([{ receiver: '李警官 · 城东派出所 · 警官证 012345' }]);
    const second = await made(requestId);
    await room.get(staff.leader, revoke, { params: { approvalId }, body: { reason: '不再共享' } });
    expect((await handOver(second.packageId)).status).toBe(403);
    expect((await end(packageId, 'returned')).status).toBe(200);
    expect((await copiesOf(requestId)).copies.find((one) => one.packageId === packageId)).toMatchObject({ state: 'ended' });
  });
  test('who asked and who agreed do not export; more than were approved are not made', async () => {
    const { requestId } = await approved();
    expect((await make(requestId, { account: staff.leader })).status).toBe(403);
    await made(requestId);
    expect(await make(requestId)).toMatchObject({ status: 409, body: { code: 'evidence_copies.enough' } });
  });
});

describe('from the package to its end', () => {
  test('the package opens with plain tools, names copy, request and approval, and holds the footage and its proofs', async () => {
    const { requestId, number } = await approved();
    const copy = await made(requestId);
    expect(copy).toMatchObject({ state: 'ready', copy: 1, failure: null, encrypted: false });
    const file = join(folder, copy.fileName);
    writeFileSync(file, await take(copy.packageId));
    execFileSync('python3', ['-m', 'zipfile', '-e', file, folder]);
    const inside = join(folder, copy.number);
    const listed = execFileSync('sha256sum', ['-c', 'manifest-sha256.txt'], { cwd: inside, encoding: 'utf8' });
    expect(listed).toMatch(/data\/video\/CAM02_\S+\.mp4: OK/);
    const request = JSON.parse(readFileSync(join(inside, 'data/records/request.json'), 'utf8')) as { number: string };
    expect(request.number).toBe(number);
    // The verifier that the receiver has, without network, server or database.
    const report = await verifyBundle(nodeVerifierCrypto, await folderPackage(inside));
    expect(report).toMatchObject({ verdict: 'intact_not_anchored', findings: [] });
    // No time server is set in this room: the package says so instead of keeping silent.
    expect(JSON.parse(readFileSync(join(inside, 'data/records/clock.json'), 'utf8'))).toMatchObject({ machineClock: null });
    const [approval] = JSON.parse(readFileSync(join(inside, 'data/records/approvals.json'), 'utf8')) as { signed: string; digest: string }[];
    expect(createHash('sha256').update(approval?.signed ?? '').digest('hex')).toBe(approval?.digest);
  });
  test('encrypted: the passphrase is told once, opens the file and stands in no table and no fact; only its sending is recorded', async () => {
    const { requestId } = await approved();
    const { passphrase, ...copy } = await made(requestId, { encrypted: true });
    expect(passphrase).toMatch(/^([2-9A-HJ-NP-Z]{5}-){4}[2-9A-HJ-NP-Z]{5}$/);
    const opened = await decryptZip(bytesSource(await take(copy.packageId)), passphrase ?? '');
    expect(typeof opened === 'object' && opened.name).toBe(`${copy.number}.zip`);
    expect((await room.ask(staff.operator, contract.sendPassphrase, { params: { packageId: copy.packageId }, body: { to: '李警官', channel: '' } })).body.code).toBe('evidence_copies.words_needed');
    expect((await room.ask(staff.operator, contract.sendPassphrase, { params: { packageId: copy.packageId }, body: { to: '李警官', channel: '电话 110' } })).status).toBe(200);
    const { rows } = await sql<{ text: string }>`
      select (select string_agg(p::text, ' ') from evidence.packages p) || (select string_agg(e::text, ' ') from evidence.package_ends e) || (select string_agg(c::text, ' ') from evidence.custody c)
        || (select string_agg(m::text, ' ') from evidence.request_moves m) || (select string_agg(v.value, ' ') from ledger.private_values v) || (select string_agg(convert_from(f.canonical, 'UTF8'), ' ') from ledger.facts f) as text`.execute(room.whole.database.db);
    expect(rows[0]?.text).toContain('电话 110');
    expect(rows[0]?.text).not.toContain(passphrase);
  });
  test('[BUS-1.4.12 COPYREQ] three copies are three rows of the register, each with hash, receiver, purpose and signature', async () => {
    const { requestId, number } = await approved({ copies: 3 });
    for (let n = 0; n < 3; n += 1) {
      const { packageId } = await made(requestId);
      expect((await handOver(packageId, { receiver: '' })).body.code).toBe('evidence_copies.receiver_needed');
      expect((await handOver(packageId, { signature: 'AAAA' })).body.code).toBe('evidence_copies.signature_wrong');
      await room.get(staff.operator, contract.copies, { params: { requestId } });
      room.rest();
      const unproved = await room.askUnproved(staff.operator, contract.handOver, { params: { packageId }, body: { receiver: '李警官', receiverUnit: '', receiverPaper: '', medium: 'U-07', at: null, note: '', signature: drawn } });
      expect(unproved.body.code).toBe('identity.step_up_needed');
      expect((await handOver(packageId, { signature: drawn })).status).toBe(200);
    }
    const { rows, total } = await room.get(staff.manager, contract.copyRegister, { query: { from: span.from, until: room.clock.now() + dayMs, search: number } });
    expect(total).toBe(3);
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row).toMatchObject({ state: 'handed_over', receiver: '李警官 · 城东派出所 · 警官证 012345', purpose: '事故处理', fileSha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(row.custody.find(({ act }) => act === 'handed_over')?.signatureSha256).toBe(createHash('sha256').update(Buffer.from(drawn, 'base64')).digest('hex'));
    }
    expect((await room.see(requestId)).state).toBe('delivered');
  });
  test('[BUS-2.4.4 COPYREQ] the register has as many rows as copies were made', async () => {
    const rowsEver = async () => (await room.get(staff.manager, contract.copyRegister, { query: { from: room.clock.now() - 300 * dayMs, until: room.clock.now() + dayMs } })).rows;
    const count = async (): Promise<number> => (await rowsEver()).length;
    const before = await count();
    for (let n = 0; n < 2; n += 1) await made((await approved()).requestId);
    expect(await count()).toBe(before + 2);
    const madeEver = (await room.facts('evidence.copy_made')).length;
    expect((await rowsEver()).filter(({ fileSha256 }) => fileSha256 !== null)).toHaveLength(madeEver);
  });
  test('[SEC-3.5 EVIDENCE] a copy that is not back in time is found and flagged; given back it is reviewed and closed', async () => {
    const { requestId, number } = await approved({ returnBy: room.clock.now() + 2 * hourMs });
    const { packageId } = await made(requestId);
    expect((await handOver(packageId)).status).toBe(200);
    await room.whole.runJob('evidence.returns');
    expect((await room.see(requestId)).state).toBe('delivered');
    room.clock.step(3 * hourMs);
    await room.whole.runJob('evidence.returns');
    expect((await room.see(requestId)).state).toBe('overdue');
    expect((await copiesOf(requestId)).copies[0]?.overdue).toBe(true);
    expect((await room.facts('evidence.copy_overdue')).filter(({ body }) => JSON.stringify(body).includes(number))).toHaveLength(1);
    expect((await room.ask(staff.manager, closeRequest, { params: { requestId }, body: { remark: '' } })).status).toBe(409);
    const before = await denials();
    expect((await end(packageId, 'wiped')).body).toEqual({ done: false });
    // One alone does not wipe it, under whatever name.
    expect((await room.ask(staff.operator, contract.confirmEnding, { params: { packageId } })).status).toBe(403);
    expect(await denials()).toBe(before + 1);
    expect((await copiesOf(requestId)).copies[0]?.state).toBe('handed_over');
    expect((await room.ask(staff.manager, contract.confirmEnding, { params: { packageId } })).status).toBe(200);
    expect((await copiesOf(requestId)).copies[0]?.custody.at(-1)).toMatchObject({ act: 'wiped', by: '孙卫东', second: '王建国' });
    expect((await room.take(staff.operator, contract.takeCopy, { params: { packageId } })).status).toBe(409);
    expect((await room.ask(staff.manager, closeRequest, { params: { requestId }, body: { remark: '' } })).status).toBe(200);
    const { rows } = await room.get(staff.manager, register, { query: { from: span.from, until: room.clock.now() + dayMs, search: number } });
    expect(rows).toMatchObject([{ number, state: 'closed' }]);
  });
  test('footage that was altered on disk is not exported: the copy fails with its reason, and another may be made', async () => {
    const { requestId } = await approved();
    const { rows } = await sql<{ path: string; folder: string }>`select s.path, t.path as folder from video.segments s join video.storages t using (storage_id) where s.camera_id = ${camera} and s.until_at > ${new Date(span.from)} order by s.from_at limit 1`.execute(room.whole.database.db);
    const file = join(rows[0]?.folder ?? '', rows[0]?.path ?? '');
    const bytes = readFileSync(file);
    const bent = Buffer.from(bytes);
    bent[bent.length - 200] = (bent[bent.length - 200] ?? 0) ^ 1;
    writeFileSync(file, bent);
    expect(await made(requestId)).toMatchObject({ state: 'failed', failure: { zh: expect.stringContaining('与入账时的校验值不符') } });
    writeFileSync(file, bytes);
    expect(await made(requestId)).toMatchObject({ state: 'ready', copy: 1 });
  });
  test('the minute that is being written is waited for', async () => {
    const other = room.cameraIds[2] ?? '';
    const until = room.clock.now();
    const { from } = await recordFiles(other, until - minuteMs);
    // The files end half a minute before the span does; once the open minute must be over, what is missing is a gap.
    const { requestId } = await approved({ cameraIds: [other], from, until });
    const signed = room.clock.now();
    room.clock.step(until + minuteMs - signed); // codes of signatures took their time
    expect((await make(requestId)).body.code).toBe('evidence_copies.still_open');
    room.clock.step(signed - until - minuteMs);
    room.clock.step(3 * minuteMs);
    expect(await made(requestId)).toMatchObject({ state: 'ready' });
  });
  test('a revoked approval ends it: nothing more is made, taken or handed over', async () => {
    const { requestId, approvalId } = await approved({ copies: 2 });
    const { packageId } = await made(requestId);
    expect((await room.ask(staff.leader, revoke, { params: { approvalId }, body: { reason: '申请人身份有误' } })).status).toBe(200);
    expect((await room.see(requestId)).state).toBe('revoked');
    expect((await make(requestId)).status).toBe(403);
    expect((await room.take(staff.operator, contract.takeCopy, { params: { packageId } })).status).toBe(403);
    expect((await handOver(packageId)).status).toBe(403);
  });
  test('a request is not closed while a copy of it lies in the room', async () => {
    const { requestId } = await approved({ copies: 2 });
    expect((await handOver((await made(requestId)).packageId)).status).toBe(200);
    const { packageId } = await made(requestId);
    expect((await room.ask(staff.manager, closeRequest, { params: { requestId }, body: { remark: '' } })).body.code).toBe('evidence.copies_left');
    expect((await handOver(packageId)).status).toBe(200);
    expect((await room.ask(staff.manager, closeRequest, { params: { requestId }, body: { remark: '' } })).status).toBe(200);
  });
  test('handed over, the room keeps no file; spoilt before that, another takes its place', async () => {
    const { requestId } = await approved();
    const first = await made(requestId);
    await end(first.packageId, 'destroyed');
    expect((await room.ask(staff.manager, contract.confirmEnding, { params: { packageId: first.packageId } })).status).toBe(200);
    const second = await made(requestId);
    expect(second.copy).toBe(1);
    await take(second.packageId);
    expect((await handOver(second.packageId)).status).toBe(200);
    expect((await room.take(staff.operator, contract.takeCopy, { params: { packageId: second.packageId } })).status).toBe(409);
    expect(readdirSync(join(room.whole.dataFolder, 'exports')).filter((name) => name.includes(second.number) || name.includes(first.number))).toEqual([]);
  });
  test('a copy whose writer died is told as interrupted', async () => {
    const { requestId, approvalId } = await approved();
    const packageId = newId('epk', room.clock);
    const { siteId, roomId } = room;
    const { rows } = await sql<{ id: string }>`select person_id as id from identity.people limit 1`.execute(room.whole.database.db);
    await sql`insert into evidence.packages (package_id, site_id, room_id, request_id, approval_id, year, count, number, copy, encrypted, operator_id, witness, begun_at)
      values (${packageId}, ${siteId}, ${roomId}, ${requestId}, ${approvalId}, 2026, 900, 'EV-2026-000900', 1, false, ${rows[0]?.id ?? ''}, '', ${new Date(room.clock.now())})`.execute(room.whole.database.db);
    await room.whole.runJob('evidence.copies');
    expect((await copiesOf(requestId)).copies).toMatchObject([{ state: 'failed', failure: { en: expect.stringContaining('interrupted') } }]);
  });
});
