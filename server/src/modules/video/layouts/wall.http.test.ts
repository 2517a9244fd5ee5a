/** The wall of a post through the whole room: layouts, the guest layout, the cover. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFacts } from '../../../../../contract/ledger.ts';
import * as video from '../../../../../contract/video.ts';
import * as contract from '../../../../../contract/wall.ts';
import { ManualClock } from '../../../base/manual-clock.ts';
import { minuteMs } from '../../../base/units.ts';
import { openWholeRoom, type WholeRoom } from '../../../app/testing/whole-room.ts';

const clock = new ManualClock(Date.parse('2026-11-22T02:47:00Z'));
let house: WholeRoom;
let operator: string;
let leader: string;
let auditor: string;
let ids: string[];
beforeAll(async () => {
  house = await openWholeRoom({ clock });
  operator = await house.signIn('duty_operator');
  leader = await house.signIn('shift_leader');
  auditor = await house.signIn('auditor');
  ids = (await house.get(operator, video.listCameras)).cameras.map(({ cameraId }) => cameraId);
});
afterAll(() => house.close());

const facts = async (kind: string) => (await house.get(auditor, listFacts, { query: { kind } })).facts.map(({ body }) => body);
const layout = (name: string, change: object = {}) => ({ name, shape: 4 as const, places: [ids[2]!, null, ids[0]!, ids[1]!], pinned: [ids[2]!], tourSeconds: 20, guest: false, ...change });

test('a layout is saved for the post with its free places, its pinned picture and its dwell, and is a fact', async () => {
  const { layoutId } = await house.get(operator, contract.keepLayout, { body: layout('夜间') });
  const { layouts, post, liveDelaySeconds } = await house.get(operator, contract.seeWall);
  expect(post).not.toBeNull();
  expect(liveDelaySeconds).toBe(2);
  expect(layouts).toMatchObject([{ layoutId, name: '夜间', shape: 4, places: [ids[2], null, ids[0], ids[1]], pinned: [ids[2]], tourSeconds: 20, guest: false, rowVersion: 1 }]);
  expect((await facts('video.wall_layout_kept')).at(-1)).toMatchObject({ layoutId, name: '夜间', post, shape: 4, tourSeconds: 20, pinned: 1 });
  // Another post does not see it.
  const others = await house.get(leader, contract.seeWall);
  expect(others.post === post ? [] : others.layouts).toEqual([]);
});

test('what is no layout is refused: a camera twice, a pin off the screen, an unknown camera, a name that is taken, a version that is old', async () => {
  const refused = async (change: object) => (await house.ask(operator, contract.keepLayout, { body: { ...layout('其他'), ...change } })).body['code'];
  expect(await refused({ places: [ids[0]!, ids[0]!], pinned: [] })).toBe('wall.layout_camera_twice');
  expect(await refused({ shape: 1 as const, places: [ids[0]!, ids[1]!], pinned: [ids[1]!] })).toBe('wall.pin_off_screen');
  expect(await refused({ places: ['cam_00000000000000000000000000'], pinned: [] })).toBe('wall.layout_camera_unknown');
  expect(await refused({ name: '夜间' })).toBe('wall.layout_name_taken');
  const [{ layoutId } = { layoutId: '' }] = (await house.get(operator, contract.seeWall)).layouts;
  await house.get(operator, contract.keepLayout, { body: { ...layout('夜间二'), layoutId, rowVersion: 1 } });
  expect(await refused({ layoutId, rowVersion: 1 })).toBe('wall.layout_changed');
  await house.get(operator, contract.removeLayout, { params: { layoutId } });
  expect((await house.ask(operator, contract.removeLayout, { params: { layoutId } })).body['code']).toBe('wall.layout_unknown');
});

test('what outsiders may see is set by the shift leader, not by the operator', async () => {
  expect((await house.ask(operator, contract.keepLayout, { body: layout('访客', { guest: true }) })).body['code']).toBe('wall.guest_not_yours');
  await house.get(leader, contract.keepLayout, { body: layout('访客', { guest: true, places: [ids[0]!], pinned: [] }) });
  await house.get(leader, contract.keepLayout, { body: layout('访客二', { guest: true, places: [ids[1]!], pinned: [] }) });
  expect((await house.get(leader, contract.seeWall)).layouts.filter(({ guest }) => guest).map(({ name }) => name)).toEqual(['访客二']);
});

test('covered, a session gets the guest pictures and no other, live and played back, until it is shown again; both are facts with their moment', async () => {
  const pressed = clock.now() - 2_000;
  const { shown } = await house.get(leader, contract.coverWall, { body: { covered: true, at: pressed } });
  expect(shown).toEqual([ids[1]]);
  // Twice is one cover.
  await house.get(leader, contract.coverWall, { body: { covered: true, at: clock.now() } });
  expect((await house.get(leader, contract.seeWall)).cover).toEqual({ since: pressed, shown: [ids[1]] });
  const span = { from: clock.now() - 10 * minuteMs, until: clock.now() - 5 * minuteMs };
  const manager = (cameraId: string) => house.ask(leader, video.openPlayback, { body: { cameraId, ...span } });
  expect((await manager(ids[0]!)).body['code']).toBe('wall.covered');
  expect((await manager(ids[1]!)).status).toBe(200);
  expect((await house.ask(operator, video.openPlayback, { body: { cameraId: ids[0]!, ...span } })).status).toBe(200);
  await house.get(leader, contract.coverWall, { body: { covered: false, at: clock.now() } });
  expect((await manager(ids[0]!)).status).toBe(200);
  expect(await facts('video.wall_covered')).toMatchObject([{ from: pressed, count: 1, shown: [ids[1]] }]);
  expect(await facts('video.wall_shown')).toMatchObject([{ from: pressed, until: clock.now() }]);
  const later = await house.ask(leader, contract.coverWall, { body: { covered: true, at: clock.now() + 10 * minuteMs } });
  expect(later.body['code']).toBe('wall.cover_time_wrong');
});
