/** The profile of the site: what stands in the way of its approval, and what its documents ask of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adoptPacks, profileVersion, submitProfile, viewProfile, writeProfile, type SiteProfile } from '../../../../contract/parameters.ts';
import { openParametersRoom, people, type ParametersRoom } from './testing/parameters-room.ts';

let room: ParametersRoom;
let first: SiteProfile;
beforeAll(async () => {
  room = await openParametersRoom();
  const { approved, statedPurposes, figures } = await room.get(people.leader, viewProfile);
  if (approved === null) throw new Error('the demonstration has no profile');
  first = {
    ...approved.profile,
    purposes: statedPurposes.map(({ clause, zh, en, figures: keys }) => ({ clause, zh, en, figures: figures.filter((one) => keys.includes(one.key)).map((one) => ({ figure: one.key, target: one.target, better: one.better })) })),
  };
});
afterAll(() => room.whole.close());

const write = async (profile: SiteProfile) => {
  const { draft } = await room.get(people.leader, viewProfile);
  return room.get(people.leader, writeProfile, { body: { number: draft?.number ?? 0, profile } });
};
const submit = async (profile: SiteProfile) => {
  const { number } = await write(profile);
  return room.ask(people.leader, submitProfile, { body: { number, reason: '更新档案' } });
};

test('[SAF-1.1 PROFILE] an area without camera and without a written gap is not covered and blocks the approval', async () => {
  const bare = { areaId: 'back_door', name: '后门', cameraIds: [], gap: null };
  const { checks } = await write({ ...first, areas: [...first.areas, bare] });
  expect(checks.find((one) => one.about === 'back_door')).toMatchObject({ code: 'area', blocking: true });
  const refused = await submit({ ...first, areas: [...first.areas, bare] });
  expect(refused).toMatchObject({ status: 409, body: { code: 'parameters.profile_blocked' } });
  expect(refused.body.zh).toContain('后门');
  expect((await submit({ ...first, areas: [...first.areas, { ...bare, gap: '无供电，保安每小时巡查' }] })).status).toBe(200);
});

test('[COR-1.1 PROFILE] without a responsible head the profile is not approved', async () => {
  const refused = await submit({ ...first, responsibleHead: null });
  expect(refused).toMatchObject({ status: 409, body: { code: 'parameters.profile_blocked' } });
  expect(refused.body.zh).toContain('负责人');
});

test('[GEN-1.1 PROFILE] a supervised system without a link is flagged', async () => {
  const { checks } = await write({ ...first, systems: [...first.systems, { key: 'power', name: '配电系统', kind: 'power', link: null }] });
  expect(checks).toMatchObject([{ code: 'system', about: 'power' }]);
  expect((await write(first)).checks).toEqual([]);
});

test('[ART-13.1.1 PROFILE] a room without a management department is not activated', async () => {
  await room.approveProfile(() => ({ ...first, department: null }));
  const form = await room.complete(await room.form(['art']));
  const refused = await room.ask(people.leader, adoptPacks, { body: { ...form, reason: '采用' } });
  expect(refused).toMatchObject({ status: 409, body: { code: 'parameters.adoption_blocked' } });
  expect(JSON.stringify(refused.body['fields'])).toContain('department.ART-13.1.1');
  await room.approveProfile(() => first);
  expect((await room.report(form)).faults).toEqual([]);
});

test('[CO2-2.3 PROFILE] all three groups of equipment are there, else the profile is not approved', async () => {
  await room.adopt(await room.complete(await room.form(['co2'])));
  const refused = await submit({ ...first, assetGroups: first.assetGroups.filter((one) => one.key !== 'control_room') });
  expect(refused).toMatchObject({ status: 409, body: { code: 'parameters.profile_blocked' } });
  expect(refused.body.zh).toContain('控制室');
  expect((await write(first)).checks).toEqual([]);
});

test('who was overtaken is told so, and versions that were approved stay readable', async () => {
  const { draft, versions } = await room.get(people.leader, viewProfile);
  const stale = await room.ask(people.security, writeProfile, { body: { number: (draft?.number ?? 1) - 1, profile: first } });
  expect(stale).toMatchObject({ status: 409, body: { code: 'parameters.profile_moved' } });
  expect(versions.length).toBeGreaterThan(2);
  expect((await room.get(people.operator, profileVersion, { params: { version: 2 } })).profile.department).toBeNull();
});

test('a branch that stands under itself is refused', async () => {
  const { draft } = await room.get(people.leader, viewProfile);
  const organisation = [{ nodeId: 'a', kind: 'branch' as const, name: '甲', parentId: 'b', roomIds: [] }, { nodeId: 'b', kind: 'branch' as const, name: '乙', parentId: 'a', roomIds: [] }];
  const refused = await room.ask(people.leader, writeProfile, { body: { number: draft?.number ?? 0, profile: { ...first, organisation } } });
  expect(refused).toMatchObject({ status: 400, body: { code: 'parameters.profile_faulty' } });
});
