/** The end of a copy by two accounts, copies that wait for each other, and copies that were tried in vain, through the whole product. */
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as contract from '../../../../../contract/evidence-copies.ts';
import { dayMs, minuteMs } from '../../../base/units.ts';
import { staff } from '../testing/footage-room.ts';
import { roomFor } from './package-file.ts';
import { openCopyRoom, type CopyRoom } from './testing/copy-room.ts';

let room: CopyRoom;
beforeAll(async () => {
  room = await openCopyRoom();
});
afterAll(() => room.whole.close());

const approved = (more: object = {}) => room.approvedCopy(more);
const make = (requestId: string) => room.make(requestId);
const copiesOf = (requestId: string) => room.copiesOf(requestId);
const made = (requestId: string) => room.madeCopy(requestId);
const end = (packageId: string, how: contract.EndingAct, account: string = staff.operator) => room.ask(account, contract.endCopy, { params: { packageId }, body: { how, medium: 'U-07', note: '口令丢失', at: null } });
const confirm = (packageId: string, account: string) => room.ask(account, contract.confirmEnding, { params: { packageId } });
const onDisk = ({ fileName }: contract.PackageRow): boolean => existsSync(join(room.whole.dataFolder, 'exports', fileName));

describe('the end of a copy', () => {
  test('one account begins, the file stays; another that has just proved itself agrees, and it is gone', async () => {
    const { requestId } = await approved();
    const copy = await made(requestId);
    const { packageId } = copy;
    expect((await end(packageId, 'destroyed')).body).toEqual({ done: false });
    expect((await copiesOf(requestId))[0]).toMatchObject({ state: 'ready', ending: { how: 'destroyed', by: '王建国', medium: 'U-07', note: '口令丢失' } });
    expect(onDisk(copy)).toBe(true);
    expect(await confirm(packageId, staff.operator)).toMatchObject({ status: 403, body: { zh: expect.stringContaining('请另一人用自己的账号确认') } });
    // Whoever signed in long ago proves anew that it is they.
    await room.ask(staff.manager, contract.copies, { params: { requestId } });
    room.clock.step(4 * minuteMs);
    room.clock.step(4 * minuteMs);
    await room.ask(staff.manager, contract.copies, { params: { requestId } });
    room.clock.step(4 * minuteMs);
    expect((await room.askUnproved(staff.manager, contract.confirmEnding, { params: { packageId } })).body.code).toBe('identity.step_up_needed');
    expect(onDisk(copy)).toBe(true);
    expect((await confirm(packageId, staff.manager)).status).toBe(200);
    expect(onDisk(copy)).toBe(false);
    const [after] = await copiesOf(requestId);
    expect(after).toMatchObject({ state: 'ended', ending: null });
    expect(after?.custody.map(({ act, by, second }) => [act, by, second]).slice(-2)).toEqual([['destruction_begun', '王建国', ''], ['destroyed', '孙卫东', '王建国']]);
    const { rows } = await sql<{ both: string[] }>`select array[p.account, q.account] as both from evidence.custody c join identity.people p on p.person_id = c.by_id join identity.people q on q.person_id = c.second_id where c.package_id = ${packageId} and c.act = 'destroyed'`.execute(room.whole.database.db);
    expect(rows[0]?.both).toEqual([staff.manager, staff.operator]);
    expect((await room.facts('evidence.copy_ended')).at(-1)?.body).toMatchObject({ how: 'destroyed' });
  });
  test('while it waits for the second, nothing else is done with the copy; withdrawn, it goes on', async () => {
    const { requestId } = await approved();
    const copy = await made(requestId);
    const { packageId } = copy;
    await end(packageId, 'wiped');
    expect((await room.take(staff.operator, contract.takeCopy, { params: { packageId } })).status).toBe(409);
    expect((await end(packageId, 'destroyed', staff.manager)).status).toBe(409);
    const handed = { receiver: '李警官', receiverUnit: '', receiverPaper: '', medium: '', at: null, note: '', signature: '' };
    expect((await room.ask(staff.operator, contract.handOver, { params: { packageId }, body: handed })).body.code).toBe('evidence_copies.ending_begun');
    expect((await room.ask(staff.operator, contract.withdrawEnding, { params: { packageId } })).status).toBe(200);
    expect((await confirm(packageId, staff.manager)).body.code).toBe('evidence_copies.no_ending_begun');
    expect((await room.take(staff.operator, contract.takeCopy, { params: { packageId } })).status).toBe(200);
  });
});

describe('the making of a copy', () => {
  test('copies of two requests are written one after another: the second says what it waits for', async () => {
    const other = room.cameraIds[2] ?? '';
    const stuck = await room.recordFile(other);
    const [one, two] = [await approved({ cameraIds: [other] }), await approved()];
    // A file that cannot be opened for reading before somebody writes to it: the first copy stands still.
    unlinkSync(stuck);
    execFileSync('mkfifo', [stuck]);
    expect((await make(one.requestId)).status).toBe(200);
    const { number } = (await make(two.requestId)).body as { number: string };
    await approved(); // more than time enough to write the second
    expect((await copiesOf(two.requestId))[0]).toMatchObject({ state: 'making', progress: { doneBytes: 0, ahead: 1 } });
    expect(existsSync(join(room.whole.dataFolder, 'exports', `${number}.zip`))).toBe(false);
    closeSync(openSync(stuck, 'w'));
    await room.whole.room.copies.idle();
    expect((await copiesOf(one.requestId))[0]).toMatchObject({ state: 'failed' });
    expect((await copiesOf(two.requestId))[0]).toMatchObject({ state: 'ready' });
  });
  test('a copy counts what those before it will still take of the disk', async () => {
    const folder = join(room.whole.dataFolder, 'exports');
    const disk = { folder, freeBytes: () => Promise.resolve(1_000 * 1e6) };
    await roomFor(disk, 300e6, 400e6);
    await expect(roomFor(disk, 300e6, 500e6)).rejects.toMatchObject({ code: 'evidence_copies.no_room', sentence: { zh: expect.stringContaining('可用 231 MB') } });
  });
  test('a failure is told to the room at once; made again it succeeds, else the request ends with its approval and its hold', async () => {
    const bytes = readFileSync(room.file);
    const bent = Buffer.from(bytes);
    bent[bent.length - 200] = (bent[bent.length - 200] ?? 0) ^ 1;
    const [again, never] = [await approved(), await approved()];
    writeFileSync(room.file, bent);
    expect(await made(again.requestId)).toMatchObject({ state: 'failed' });
    const failed = await made(never.requestId);
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from notifications.sendings where kind = 'evidence.copy_failed' and subject = ${failed.packageId}`.execute(room.whole.database.db);
    expect(rows[0]?.count).toBe(1);
    writeFileSync(room.file, bytes);
    expect(await made(again.requestId)).toMatchObject({ state: 'ready' });
    await room.whole.runJob('evidence.copies_in_vain');
    expect((await room.see(never.requestId)).state).toBe('ready');
    room.clock.step(8 * dayMs);
    await room.whole.runJob('evidence.copies_in_vain');
    expect((await room.see(never.requestId)).state).toBe('lapsed');
    expect((await room.see(again.requestId)).state).toBe('copied');
    expect((await room.facts('evidence.copy_given_up')).map(({ body }) => body).filter(({ request }) => request === never.number)).toMatchObject([{ failures: 1 }]);
    const { rows: held } = await sql<{ open: number }>`select count(*)::int as open from evidence.holds h where h.request_id = ${never.requestId} and h.ended_at is null`.execute(room.whole.database.db);
    expect(held[0]?.open).toBe(0);
    expect((await make(never.requestId)).status).toBe(403);
  });
});
