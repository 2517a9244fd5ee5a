/** The demonstration room lives by annex 3 and Decree 799 from its first minute. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { houseRules, listPacks, ruleTable, viewProfile } from '../../../../contract/parameters.ts';
import { openWholeRoom, type WholeRoom } from '../../app/testing/whole-room.ts';

let room: WholeRoom;
let leader: string;
beforeAll(async () => {
  room = await openWholeRoom();
  leader = await room.signIn('leader');
});
afterAll(() => room.close());

test('both are in force, every conflict is settled and no parameter is left open', async () => {
  const { rules, adopted } = await room.get(leader, ruleTable);
  expect(adopted.map((one) => `${one.packId}@${one.version}`).sort()).toEqual(['brn@1', 'decree-799@1']);
  expect(rules.filter((rule) => rule.open).map((rule) => rule.name)).toEqual([]);
  const value = (name: string) => rules.find((rule) => rule.name === name);
  expect(value('toilet_leave_max_minutes')).toMatchObject({ value: 10, source: 'settled' });
  expect(value('retention_days')).toMatchObject({ value: 90, floor: { value: 90 } });
  expect(value('approval_signing')).toMatchObject({ value: 'password_totp_allowed', source: 'site' });
  expect(value('interpreter@BRN-11')).toMatchObject({ value: '东门客运站安全管理部' });
  expect(value('eating_allowed')).toMatchObject({ value: true, clause: 'brn@1#BRN-9.2' });
});

test('its profile is approved, and only what is truly missing is told', async () => {
  const { approved, checks, cameras } = await room.get(leader, viewProfile);
  expect(approved).toMatchObject({ version: 1, profile: { siteKind: 'coach_station' } });
  expect(checks).toEqual([]);
  expect(cameras).toHaveLength(4);
});

test('a duty operator reads the rules, a requester does not', async () => {
  const operator = await room.signIn('duty_operator');
  expect((await room.ask(operator, listPacks)).status).toBe(200);
  expect((await room.ask(operator, houseRules)).status).toBe(200);
  expect((await room.ask(await room.signIn('requester'), listPacks)).status).toBe(403);
});
