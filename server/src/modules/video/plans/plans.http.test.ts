/** Plans of the floors through the whole room. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../../../contract/cameras.ts';
import { listFacts } from '../../../../../contract/ledger.ts';
import { removeCamera } from '../../../../../contract/video.ts';
import { openWholeRoom, type WholeRoom } from '../../../app/testing/whole-room.ts';

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==';
let house: WholeRoom;
let administrator: string;
let operator: string;
let cameras: string[];
beforeAll(async () => {
  house = await openWholeRoom();
  administrator = await house.signIn('system_administrator');
  operator = await house.signIn('duty_operator');
  cameras = (await house.get(administrator, contract.listRegister)).cameras.map(({ cameraId }) => cameraId);
});
afterAll(() => house.close());

test('a plan carries cameras with direction and angle, is shown to the post, and looking at it is a fact', async () => {
  const { planId } = await house.get(administrator, contract.addPlan, { body: { name: '一层', picture: png } });
  const places = [{ cameraId: cameras[0]!, x: 0.25, y: 0.5, direction: 90, angle: 70 }, { cameraId: cameras[1]!, x: 1, y: 0, direction: 359, angle: 360 }];
  await house.get(administrator, contract.placeCameras, { params: { planId }, body: { places } });
  const { plans } = await house.get(operator, contract.listPlans);
  expect(plans).toMatchObject([{ name: '一层', width: 1, height: 1 }]);
  expect(plans[0]?.places.toSorted((a, b) => a.x - b.x)).toEqual(places);
  const picture = await house.ask(operator, contract.planPicture, { params: { planId } });
  expect(picture.bytes.equals(Buffer.from(png, 'base64'))).toBe(true);
  const { facts } = await house.get(await house.signIn('auditor'), listFacts, { query: { kind: 'video.positions_seen' } });
  expect(facts).toHaveLength(1);
  await house.get(administrator, removeCamera, { params: { cameraId: cameras[1]! }, body: { reason: '拆除' } });
  expect((await house.get(operator, contract.listPlans)).plans[0]?.places).toHaveLength(1);
  await house.get(administrator, contract.removePlan, { params: { planId } });
  expect((await house.get(operator, contract.listPlans)).plans).toEqual([]);
  expect((await house.ask(operator, contract.planPicture, { params: { planId } })).status).toBe(404);
});

test('who need not know positions gets no plan, who does not look after cameras changes none', async () => {
  expect((await house.ask(await house.signIn('video_custodian'), contract.listPlans)).status).toBe(403);
  expect((await house.ask(operator, contract.addPlan, { body: { name: '二层', picture: png } })).status).toBe(403);
});

test('what is no picture, hides its size, or names a camera twice or of another room is refused', async () => {
  const add = (picture: string) => house.ask(administrator, contract.addPlan, { body: { name: '二层', picture } });
  expect((await add(Buffer.from('<svg/>').toString('base64'))).body['code']).toBe('video.picture_wrong');
  expect((await add(Buffer.from(png, 'base64').subarray(0, 12).toString('base64'))).body['code']).toBe('video.picture_wrong');
  expect((await add(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 1, 2, 3, 4, 5, 6]).toString('base64'))).body['code']).toBe('video.picture_wrong');
  const { planId } = await house.get(administrator, contract.addPlan, { body: { name: '二层', picture: png } });
  const spot = { x: 0.1, y: 0.1, direction: 0, angle: 60 };
  for (const ids of [[cameras[0]!, cameras[0]!], ['cam_00000000000000000000000000']]) {
    const refused = await house.ask(administrator, contract.placeCameras, { params: { planId }, body: { places: ids.map((cameraId) => ({ cameraId, ...spot })) } });
    expect(refused).toMatchObject({ status: 400, body: { code: 'cameras.place_camera_unknown' } });
  }
});
