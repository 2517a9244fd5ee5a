/** What leaves the room leaves by an approved order, to a named receiver; every other way is refused and on record. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as contract from '../../../contract/evidence-copies.ts';
import { hourMs, minuteMs } from '../base/units.ts';
import { recordFile } from '../modules/evidence/testing/footage-files.ts';
import { openFootageRoom, staff, type FootageRoom } from '../modules/evidence/testing/footage-room.ts';

let room: FootageRoom;
let camera: string;
let span: { from: number; until: number };
beforeAll(async () => {
  room = await openFootageRoom();
  camera = room.cameraIds[2] ?? '';
  const begin = Math.floor((room.clock.now() - 3 * hourMs) / minuteMs) * minuteMs;
  const { from, until } = await recordFile(room.whole, room.clock, { cameraId: camera, from: begin, seq: 9_001 });
  span = { from, until };
});
afterAll(() => room.whole.close());

const order = () => room.askFor({ type: 'copy', cameraIds: [camera], ...span });
const make = (requestId: string) => room.ask(staff.operator, contract.makeCopy, { params: { requestId }, body: { encrypted: false, witness: '保安队长 吴大勇' } });
const handOver = (packageId: string) =>
  room.ask(staff.operator, contract.handOver, { params: { packageId }, body: { receiver: '李警官', receiverUnit: '城东派出所', receiverPaper: '警官证 012345', medium: 'U-07', at: room.clock.now(), note: '', signature: '' } });
const denials = async (): Promise<number> => (await room.facts('identity.denied')).length;

/** Without the order: refused, on record. With it: once, and the receiver stands in the ledger. */
const onlyByOrder = async (): Promise<void> => {
  const { requestId, approvalId } = await order();
  const before = await denials();
  expect((await make(requestId)).status).toBe(403);
  expect(await denials()).toBe(before + 1);
  await room.agree(approvalId, staff.leader);
  const begun = await make(requestId);
  expect(begun.status).toBe(200);
  await room.whole.room.copies.idle();
  const packageId = String(begun.body['packageId']);
  expect((await handOver(packageId)).status).toBe(200);
  // Done once: the order is used up.
  expect((await make(requestId)).status).toBe(409);
  const { rows } = await room.get(staff.manager, contract.copyRegister, { query: { from: span.from, until: room.clock.now() + minuteMs } });
  expect(rows.find((row) => row.packageId === packageId)?.receiver).toContain('李警官');
  room.rest();
};

describe('nothing is spread without an order', () => {
  test('[COR-4.1.5 EGRESS] monitoring data: refused and on record without an order; with it once, its receiver registered', onlyByOrder);
  test('[SCH-2.4.3 EGRESS] video: refused and on record without an order; with it once, its receiver registered', onlyByOrder);
  test('[BRN-A4.5.2 EGRESS] images: refused and on record without an order; with it once, its receiver registered', onlyByOrder);
  test('[SAF-4.1.3 EGRESS] a clip is not sent without an order, and the link to one that was made opens for nobody who is not signed in', async () => {
    const { requestId, approvalId } = await order();
    expect((await make(requestId)).status).toBe(403);
    await room.agree(approvalId, staff.leader);
    const packageId = String((await make(requestId)).body['packageId']);
    await room.whole.room.copies.idle();
    const link = contract.takeCopy.path.replace(':packageId', packageId);
    const opened = await room.whole.app.inject({ method: 'GET', url: link, headers: { host: '127.0.0.1' } });
    expect(opened.statusCode).toBe(401);
    expect((await room.take(staff.operator, contract.takeCopy, { params: { packageId } })).status).toBe(200);
  });
});
