/** Adoption: whom a document binds and from when, what must be decided first, and the way out. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adoptPacks, giveRuling, listPacks, optOut, ruleTable, searchClauses, viewProfile } from '../../../../contract/parameters.ts';
import { openParametersRoom, people, type AdoptionForm, type ParametersRoom } from './testing/parameters-room.ts';

let room: ParametersRoom;
let west: string;
beforeAll(async () => {
  room = await openParametersRoom();
  west = await room.addRoom('西门监控室');
  const { statedPurposes, figures } = await room.get(people.leader, viewProfile);
  await room.approveProfile((profile) => ({
    ...profile,
    purposes: statedPurposes.map(({ clause, zh, en, figures: keys }) => ({ clause, zh, en, figures: figures.filter((one) => keys.includes(one.key)).map((one) => ({ figure: one.key, target: one.target, better: one.better })) })),
    organisation: [...profile.organisation, { nodeId: 'west_gate', kind: 'branch', name: '西门分公司', parentId: 'company', roomIds: [west] }],
  }));
});
afterAll(() => room.whole.close());

const adoptedIn = async (roomId: string, at?: number): Promise<string[]> =>
  (await room.get(people.leader, ruleTable, { query: { roomId, ...(at === undefined ? {} : { at }) } })).adopted.map((one) => one.packId).sort();
const faults = async (form: AdoptionForm, code: string) => (await room.report(form)).faults.filter((one) => one.code === code).map((one) => one.about);

test('[BRN-2 PROFILE] the rooms of the named branch have the clauses, a room of another branch has not', async () => {
  expect(await adoptedIn(room.roomId)).toContain('brn');
  expect(await adoptedIn(west)).not.toContain('brn');
  expect(await adoptedIn(west)).toContain('decree-799');
  expect(await faults(await room.form(['brn']), 'place')).toEqual(['brn']);
});

test('[BRN-12 PROFILE] issued today: yesterday is not judged by it, today is', async () => {
  const today = Date.parse('2026-11-22T00:00:00+08:00');
  expect(await adoptedIn(room.roomId, today - 1)).toEqual([]);
  expect(await adoptedIn(room.roomId, today)).toEqual(['brn']);
});

test('[BRN-13 PROFILE] with one annex missing the issue is refused; with all four each is open from the main text', async () => {
  const place = { kind: 'node' as const, nodeId: 'west_gate' };
  const whole = await room.form(['brn'], { place });
  expect(whole.annexes).toHaveLength(4);
  const lacking = await room.complete({ ...whole, annexes: whole.annexes.filter((key) => key !== 'brn:confidentiality') });
  const refused = await room.ask(people.leader, adoptPacks, { body: { ...lacking, reason: '下发' } });
  expect(refused).toMatchObject({ status: 409, body: { code: 'parameters.adoption_blocked' } });
  expect(refused.body.zh).toContain('附件4');
  expect(await faults(whole, 'annex')).toEqual([]);
  const { clauses } = await room.get(people.leader, searchClauses, { query: { packId: 'brn', search: 'BRN-A4' } });
  expect(clauses.length).toBeGreaterThan(5);
  expect(new Set(clauses.map((one) => one.annex))).toEqual(new Set(['confidentiality']));
});

test('[TEN-11.1 PROFILE] with one open parameter unset or one conflict unsettled the activation is refused, and what is missing is named', async () => {
  const form = await room.complete(await room.form(['ten']));
  const left = form.decisions.find((one) => one.name === 'storage_min_free_percent');
  expect(left).toBeDefined();
  const refused = await room.ask(people.leader, adoptPacks, { body: { ...form, decisions: form.decisions.filter((one) => one !== left), reason: '采用' } });
  expect(refused).toMatchObject({ status: 409, body: { code: 'parameters.adoption_blocked' } });
  expect(refused.body.zh).toContain('存储余量下限');
  expect(JSON.stringify(refused.body['fields'])).toContain('open.storage_min_free_percent');
  const unsettled = await room.ask(people.leader, adoptPacks, { body: { ...form, settlements: form.settlements.filter((one) => one.conflictId !== 'X26'), reason: '采用' } });
  expect(unsettled).toMatchObject({ status: 409, body: { code: 'parameters.adoption_blocked' } });
  expect(JSON.stringify(unsettled.body['fields'])).toContain('conflict.X26');
});

test('a touched conflict that nobody settled is named, and nothing is adopted', async () => {
  const form = await room.complete(await room.form(['sch']));
  const refused = await room.ask(people.leader, adoptPacks, { body: { ...form, settlements: form.settlements.filter((one) => one.conflictId !== 'X12'), reason: '采用' } });
  expect(JSON.stringify(refused.body['fields'])).toContain('conflict.X12');
  expect(await adoptedIn(room.roomId)).not.toContain('sch');
});

test('[TEN-1 PROFILE] a second room has all ten points without any step by hand', async () => {
  await room.adopt(await room.complete(await room.form(['ten'])));
  const third = await room.addRoom('三号监控室');
  const { rules, adopted } = await room.get(people.leader, ruleTable, { query: { roomId: third } });
  expect(adopted.map((one) => one.packId)).toContain('ten');
  expect(rules.find((one) => one.name === 'external_storage_policy')?.clauses).toContain('ten@1#TEN-3.3');
  const { database, room: { parameters } } = room.whole;
  const active = (await parameters.rules(database.db, { siteId: room.siteId, roomId: third }, room.clock.now())).clauses();
  expect(active.filter((one) => one.cite.startsWith('ten@1#'))).toHaveLength(33);
});

test('[ART-2 PROFILE] a new room is bound at once; opting out without an approved exception is refused', async () => {
  await room.adopt(await room.complete(await room.form(['art'])));
  const fourth = await room.addRoom('四号监控室');
  expect(await adoptedIn(fourth)).toContain('art');
  expect(await faults(await room.form(['art'], { place: { kind: 'room', roomId: fourth } }), 'place')).toEqual(['art']);
  const { packs } = await room.get(people.leader, listPacks);
  const adoptionId = packs.find((one) => one.packId === 'art')?.adoptions[0]?.adoptionId ?? '';
  expect((await room.ask(people.operator, optOut, { body: { adoptionId, roomId: fourth, reason: '设备不同' } })).status).toBe(403);
  const { approvalId } = await room.get(people.leader, optOut, { body: { adoptionId, roomId: fourth, reason: '设备不同' } });
  expect(await adoptedIn(fourth)).toContain('art');
  await room.agree(approvalId, people.security);
  expect(await adoptedIn(fourth)).toContain('art');
  await room.agree(approvalId, people.manager);
  expect(await adoptedIn(fourth)).not.toContain('art');
  expect(await adoptedIn(room.roomId)).toContain('art');
});

test('[CO2-3 PROFILE] a branch room inherits all clauses; its inheritance is not removed without approval', async () => {
  await room.adopt(await room.complete(await room.form(['co2'])));
  const north = await room.addRoom('北门监控室');
  await room.approveProfile((profile) => ({ ...profile, organisation: [...profile.organisation, { nodeId: 'north_gate', kind: 'branch', name: '北门分公司', parentId: 'company', roomIds: [north] }] }));
  expect(await adoptedIn(north)).toContain('co2');
  const { packs } = await room.get(people.leader, listPacks);
  const adoptionId = packs.find((one) => one.packId === 'co2')?.adoptions[0]?.adoptionId ?? '';
  const { approvalId } = await room.get(people.leader, optOut, { body: { adoptionId, roomId: north, reason: '试' } });
  const rejected = await room.decide(people.security, approvalId, 'reject', { comment: '不同意' });
  expect(rejected.status).toBe(200);
  expect(await adoptedIn(north)).toContain('co2');
});

test('[BRN-11 PROFILE] a ruling of another unit is refused, one of the named unit stands beside the clause', async () => {
  const ruling = { packId: 'brn', clauseId: 'BRN-9.4', question: '10分钟是否含往返？', ruling: '含往返。' };
  const other = await room.ask(people.leader, giveRuling, { body: { ...ruling, unit: '西门分公司' } });
  expect(other).toMatchObject({ status: 403, body: { code: 'parameters.not_interpreter' } });
  await room.get(people.security, giveRuling, { body: { ...ruling, unit: '东门客运站安全管理部' } });
  const { clauses } = await room.get(people.operator, searchClauses, { query: { search: 'BRN-9.4' } });
  expect(clauses.find((one) => one.id === 'BRN-9.4')?.rulings).toMatchObject([{ unit: '东门客运站安全管理部', ruling: '含往返。' }]);
});

test('clauses are found by words of a value, and each says whether it binds here', async () => {
  const { clauses } = await room.get(people.operator, searchClauses, { query: { search: '机要重地' } });
  expect(clauses.find((one) => one.id === 'BRN-3.1')).toMatchObject({ state: 'in_force' });
  expect((await room.get(people.operator, searchClauses, { query: { packId: 'sch' } })).clauses[0]).toMatchObject({ state: 'not_adopted' });
});
