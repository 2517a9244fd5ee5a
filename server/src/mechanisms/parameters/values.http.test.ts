/** Values of the site: asked for, agreed, dated; never outside what binds; the past answers as it was. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeParameter, parameterHistory, ruleTable, waiveClause } from '../../../../contract/parameters.ts';
import { newId } from '../../base/ids.ts';
import { minuteMs } from '../../base/units.ts';
import { openDatabase } from '../../platform/postgres/db.ts';
import { sql } from 'kysely';
import { testLog } from '../identity/testing/room.ts';
import { changing, insertValue } from './store.ts';
import { openParametersRoom, people, type ParametersRoom } from './testing/parameters-room.ts';

let room: ParametersRoom;
beforeAll(async () => {
  room = await openParametersRoom();
});
afterAll(() => room.whole.close());

const ask = (account: string, name: string, value: number | string | boolean | string[], from: number | null = null) =>
  room.ask(account, changeParameter, { body: { name, value, roomId: null, from, reason: '按实际调整' } });
const idOf = (answer: { body: Record<string, unknown> }): string => String(answer.body['approvalId']);

test('[SEC-8.1 PROFILE] the old version stays readable and valid for its period', async () => {
  const before = room.clock.now();
  const old = (await room.rule('repair_within_hours')).value;
  const asked = await ask(people.manager, 'repair_within_hours', 8);
  expect((await room.rule('repair_within_hours')).value).toBe(old);
  await room.agree(idOf(asked), people.security);
  const now = await room.rule('repair_within_hours');
  expect(now).toMatchObject({ value: 8, source: 'site' });
  expect(now.since).toBeGreaterThan(before);
  expect((await room.rule('repair_within_hours', now.since - 1)).value).toBe(old);
  expect((await room.rule('repair_within_hours', before)).value).toBe(old);
  const { entries } = await room.get(people.operator, parameterHistory, { params: { name: 'repair_within_hours' } });
  expect(entries[0]).toMatchObject({ kind: 'value', value: 8, by: '孙卫东', reason: '按实际调整', from: now.since });
  expect((await ask(people.manager, 'repair_within_hours', 6, before)).body).toMatchObject({ code: 'parameters.from_past' });
});

test('[COR-6.1.2 PROFILE] the ladder of penalties is edited per site, by those whom the catalogue names and with two others', async () => {
  const ladder = ['verbal_warning', 'written_warning', 'dismissal'];
  expect(await ask(people.manager, 'penalty_ladder', ladder)).toMatchObject({ status: 403, body: { code: 'parameters.not_changer' } });
  const asked = await ask(people.leader, 'penalty_ladder', ladder);
  await room.agree(idOf(asked), people.security);
  expect((await room.rule('penalty_ladder')).value).toHaveLength(4);
  expect((await room.decide(people.security, idOf(asked), 'approve')).status).not.toBe(200);
  await room.agree(idOf(asked), people.manager);
  expect((await room.rule('penalty_ladder')).value).toEqual(ladder);
});

test('[BRN-3.1 PROFILE] the class of the zone is not lowered under the clause, nor without approval', async () => {
  const lowered = await ask(people.leader, 'zone_class', 'restricted');
  expect(lowered).toMatchObject({ status: 400, body: { code: 'parameters.looser' } });
  expect(JSON.stringify(lowered.body)).toContain('brn@1#BRN-3.1');
  expect(await room.rule('zone_class')).toMatchObject({ value: 'key_confidential', clause: 'brn@1#BRN-3.1' });
});

test('[TEN-0.1 PROFILE] two sites hold different values at the same time, each inside the range', async () => {
  expect(await ask(people.leader, 'retention_days', 60)).toMatchObject({ status: 400, body: { code: 'parameters.below_floor' } });
  expect((await ask(people.leader, 'retention_days', 60)).body.zh).toContain('反恐怖主义法');
  const asked = await ask(people.manager, 'hazard_fix_within_days', 3);
  await room.agree(idOf(asked), people.security);
  const other = { siteId: newId('site', room.clock), roomId: newId('room', room.clock) };
  const owner = openDatabase(room.whole.adminUrl, { log: testLog });
  const now = room.clock.now();
  await sql`insert into identity.sites (site_id, name, time_zone, language, demonstration, made_at) values (${other.siteId}, '西门客运站', 'Asia/Shanghai', 'zh-CN', false, ${new Date(now)})`.execute(owner.db);
  await sql`insert into identity.rooms (room_id, site_id, name, made_at) values (${other.roomId}, ${other.siteId}, '二号监控室', ${new Date(now)})`.execute(owner.db);
  await owner.close();
  const { database, room: { parameters } } = room.whole;
  await database.transaction((tx) =>
    changing(tx, other.siteId, now, () => insertValue(tx, { siteId: other.siteId, roomId: null, decidedAt: now, decidedBy: 'per_other', approvalId: null }, { name: 'hazard_fix_within_days', value: 5, reason: '试', from: now })),
  );
  const at = room.clock.now();
  expect((await parameters.rules(database.db, room, at)).number('hazard_fix_within_days')).toBe(3);
  expect((await parameters.rules(database.db, other, at)).number('hazard_fix_within_days')).toBe(5);
});

test('a value of the wrong kind and a name that nobody knows are refused with one sentence', async () => {
  expect(await ask(people.manager, 'repair_within_hours', '很快')).toMatchObject({ status: 400, body: { code: 'parameters.value_wrong', fields: [{ path: 'value' }] } });
  expect(await ask(people.manager, 'no_such_parameter', 1)).toMatchObject({ status: 404, body: { code: 'parameters.name_unknown' } });
  expect((await room.ask(people.operator, changeParameter, { body: { name: 'repair_within_hours', value: 1, roomId: null, from: null, reason: '试' } })).status).toBe(403);
});

test('what was decided for a later day holds from that day', async () => {
  const from = room.clock.now() + 86_400_000;
  const asked = await ask(people.manager, 'message_ack_hours', 1, from);
  await room.agree(idOf(asked), people.security);
  expect((await room.rule('message_ack_hours')).value).toBe(2);
  expect((await room.rule('message_ack_hours', from)).value).toBe(1);
  expect((await room.get(people.leader, ruleTable, { query: { at: from } })).at).toBe(from);
});

test('shifts that cannot be read are refused with their place and the reason, and the old ones stand', async () => {
  const old = (await room.rule('shift_windows')).value;
  const refused: [string[], string, string][] = [
    [['08:00-20:00', '20:00-25:00'], '第 2 项“20:00-25:00”', 'entry 2, "20:00-25:00"'],
    [['8-20'], '第 1 项“8-20”', 'entry 1, "8-20"'],
    [['08:00-20:00', '08:00-12:00'], '与“08:00-20:00”同时开始', 'begins when "08:00-20:00" begins'],
    [[], '至少要有一个班次', 'at least one shift'],
  ];
  for (const [shifts, zh, en] of refused) {
    const { status, body } = await ask(people.manager, 'shift_windows', shifts);
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 'parameters.value_wrong', fields: [{ path: 'value', zh: expect.stringContaining(zh), en: expect.stringContaining(en) }] } });
  }
  expect((await room.rule('shift_windows')).value).toEqual(old);
  const asked = await ask(people.manager, 'shift_windows', ['07:00-15:00', '15:00-23:00', '23:00-07:00']);
  await room.agree(idOf(asked), people.security);
  expect((await room.rule('shift_windows')).value).toHaveLength(3);
});

describe('what loosens is asked for by somebody who proves again who they are', () => {
  const unproved = { status: 403, body: { code: 'identity.step_up_needed' } };
  const rest = (): void => room.clock.step(6 * minuteMs);
  const submitted = async (): Promise<number> => Number((await sql<{ n: string }>`select count(*) as n from approvals.requests`.execute(room.whole.database.db)).rows[0]?.n);

  test('a looser value, not a stricter one; wrong words are told before the proof is asked', async () => {
    const { value } = await room.rule('written_report_within_hours');
    const change = (next: number) => room.askUnproved(people.manager, changeParameter, { body: { name: 'written_report_within_hours', value: next, roomId: null, from: null, reason: '按实际调整' } });
    await room.get(people.manager, ruleTable);
    rest();
    const before = await submitted();
    expect(await change(Number(value) + 1)).toMatchObject(unproved);
    expect(await submitted()).toBe(before);
    expect((await change(Number(value) - 1)).status).toBe(200);
    expect(await room.askUnproved(people.manager, changeParameter, { body: { name: 'retention_days', value: 1, roomId: null, from: null, reason: '试' } })).toMatchObject({ status: 400 });
    expect((await ask(people.manager, 'written_report_within_hours', Number(value) + 1)).status).toBe(200);
  });

  test('setting a clause aside, and what has no stricter side but needs two persons', async () => {
    await room.get(people.leader, ruleTable);
    rest();
    expect(await room.askUnproved(people.leader, waiveClause, { body: { packId: 'brn', clauseId: 'BRN-A3.1.1', roomId: null, reviewAt: room.clock.now() + 30 * 86_400_000, reason: '改造期间' } })).toMatchObject(unproved);
    expect(await room.askUnproved(people.leader, changeParameter, { body: { name: 'penalty_ladder', value: ['verbal_warning', 'dismissal'], roomId: null, from: null, reason: '试' } })).toMatchObject(unproved);
  });
});
