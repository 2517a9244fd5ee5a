/** Inspections measured against the devices: what was written down as normal and then lost its picture stands on the board with who wrote it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFigures } from '../../../../contract/compliance.ts';
import { oneObligation, openUnscheduled, submitObligation } from '../../../../contract/obligations.ts';
import { listCameras } from '../../../../contract/video.ts';
import { hourMs, minuteMs } from '../../base/units.ts';
import { openAlarmRoom, type AlarmRoom } from '../../mechanisms/notifications/testing/alarm-room.ts';

let house: AlarmRoom;
let technician: string;
let labels: ReadonlyMap<string, string>;
beforeEach(async () => {
  house = await openAlarmRoom();
  await house.runJob('obligations.sweep');
  technician = await house.signIn('technician');
  const { cameras } = await house.get(await house.signIn('video_custodian'), listCameras);
  labels = new Map(cameras.map(({ cameraId, number, name }) => [cameraId, `${String(number).padStart(2, '0')} ${name}`]));
});
afterEach(() => house.close());

const inspect = async (cameraId: string, inOrder: boolean): Promise<void> => {
  const { obligationId } = await house.get(technician, openUnscheduled, { body: { kind: 'inspection.unscheduled', subject: labels.get(cameraId)! } });
  const { form } = await house.get(technician, oneObligation, { params: { obligationId } });
  const answers = { in_order: { value: inOrder, note: inOrder ? '' : '无画面', photos: [] }, seen: { value: '看过', note: '', photos: [] } };
  await house.get(technician, submitObligation, { params: { obligationId }, body: { formDigest: form.digest, answers, lateReason: '' } });
  house.clock.step(minuteMs);
};
const mismatches = async () => {
  const now = house.clock.now();
  return (await house.get(await house.signIn('room_manager'), readFigures, { query: { from: now - hourMs, until: now + minuteMs } })).mismatches;
};

test('[SEC-6.2.2 DASH] a device inspected as normal that is offline afterwards is listed as a mismatch, with who inspected it and how long it was lost', async () => {
  const [normal, faulty, never] = house.cameraIds;
  await inspect(normal!, true);
  await inspect(faulty!, false);
  expect(await mismatches()).toEqual([]);
  for (const cameraId of [faulty!, never!]) await house.lose(cameraId);
  const gapId = await house.lose(normal!);
  const lostAt = house.clock.now();
  expect(await mismatches()).toMatchObject([{ cameraId: normal, camera: labels.get(normal!), inspection: { zh: '临时检查' }, inspectedAt: expect.any(Number), by: '周鹏', from: lostAt, until: null }]);
  house.clock.step(5 * minuteMs);
  await house.regain(normal!, gapId);
  expect(await mismatches()).toMatchObject([{ cameraId: normal, from: lostAt, until: house.clock.now() }]);
});

test('who calls a device normal while it is offline is listed too; a fault that was written down before the loss is none', async () => {
  const [normal] = house.cameraIds;
  await inspect(normal!, false);
  await house.lose(normal!);
  house.clock.step(minuteMs);
  expect(await mismatches()).toEqual([]);
  await inspect(normal!, true);
  expect(await mismatches()).toMatchObject([{ cameraId: normal }]);
});
