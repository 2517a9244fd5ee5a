/** What people read before they agree, and decisions that come later: names of regulations and clauses instead of internal ones, a conflict settled anew. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adoptPacks, changeParameter, endAdoption, listConflicts, listPacks, optOut, settleConflict, waiveClause } from '../../../../contract/parameters.ts';
import { dayMs } from '../../base/units.ts';
import { openParametersRoom, people, type ParametersRoom } from './testing/parameters-room.ts';

let room: ParametersRoom;
beforeAll(async () => {
  room = await openParametersRoom();
});
afterAll(() => room.whole.close());

/** Ids, digests and citations of the program. */
const internal = /@\d+#|\b(ado|room|site|per|wai|opt)_[0-9a-z]{6,}|[0-9a-f]{32}|\b[a-z]+_[a-z_]+\b/;
const shown = async (approvalId: string) => {
  const { summary, details, clauseTitles } = await room.view(people.security, approvalId);
  return { summary, details, clauseTitles, text: JSON.stringify([summary, details, clauseTitles]) };
};
const adoptionOf = async (packId: string): Promise<string> => (await room.get(people.leader, listPacks)).packs.find((one) => one.packId === packId)?.adoptions[0]?.adoptionId ?? '';

test('a change, a waiver, an exception and an end are asked for in the words of people', async () => {
  const reason = '试';
  const change = await room.get(people.leader, changeParameter, { body: { name: 'retention_days', value: 120, roomId: null, from: null, reason } });
  const changed = await shown(change.approvalId);
  expect(changed.text).not.toMatch(internal);
  expect(changed.details).toEqual(expect.arrayContaining([{ title: { zh: '改为', en: 'Becomes' }, value: { zh: '120 天', en: '120 days' } }]));

  const waive = await room.get(people.leader, waiveClause, { body: { packId: 'brn', clauseId: 'BRN-9.1', roomId: null, reviewAt: room.clock.now() + 30 * dayMs, reason } });
  const waived = await shown(waive.approvalId);
  expect(waived.summary.zh).toBe('《监控室管理规定(分公司/项目)》第九条（9.1）暂不适用');
  expect(waived.summary.en).toBe('Branch/project monitoring-room regulation, clause 9.1 is set aside');
  expect(waived.text).not.toMatch(internal);

  const off = await room.get(people.leader, optOut, { body: { adoptionId: await adoptionOf('decree-799'), roomId: room.roomId, reason } });
  const exception = await shown(off.approvalId);
  expect(exception.summary.zh).toMatch(/^.+不适用《公共安全视频图像信息系统管理条例（国务院令第799号）》第 1 版$/);
  expect(exception.text).not.toMatch(internal);

  const end = await room.get(people.leader, endAdoption, { body: { adoptionId: await adoptionOf('brn'), from: null, reason } });
  expect((await shown(end.approvalId)).summary.zh).toMatch(/^废止《.*监控室管理规定.*》第 1 版$/);
});

test('an adoption shows each regulation, conflict, value and waiver by name; the report names clauses by regulation and place', async () => {
  const form = await room.complete(await room.form(['ten'], { waivers: [{ packId: 'ten', clauseId: 'TEN-3.2', reason: '设备未到', reviewAt: room.clock.now() + 60 * dayMs }] }));
  const report = await room.report(form);
  expect(report.conflicts.length).toBeGreaterThan(0);
  for (const { clauses, options } of report.conflicts) for (const id of [...clauses, ...options.flatMap((one) => one.clauses)]) expect(report.titles[id]?.zh, id).toMatch(/^《.+》/);
  for (const cite of report.open.flatMap((one) => one.clauses)) expect(report.titles[cite]?.zh, cite).toMatch(/^《.+》/);
  expect(report.clauses.find(({ id }) => id === 'TEN-3.2')).toMatchObject({ packId: 'ten' });
  const { approvalId } = await room.get(people.leader, adoptPacks, { body: { ...form, reason: '采用' } });
  expect((await room.report({ ...form, waivers: [{ packId: 'ten', clauseId: 'TEN-99', reason: '试', reviewAt: room.clock.now() + dayMs }] })).faults).toContainEqual(expect.objectContaining({ code: 'waiver', about: 'TEN-99' }));
  const { details, text } = await shown(approvalId);
  expect(text).not.toMatch(/@\d+#|[0-9a-f]{32}/);
  expect(details.map(({ title }) => title.zh)).toEqual(expect.arrayContaining(['制度', '适用', '生效', '暂不适用', '复审日期']));
  expect(details.filter(({ title }) => title.zh.startsWith('冲突：'))).toHaveLength(form.settlements.length);
  await room.agree(approvalId, people.security);
});

test('a conflict that was settled at adoption is settled anew later, by two persons, and the list says since when and by whom', async () => {
  const list = async () => (await room.get(people.leader, listConflicts)).conflicts;
  const before = (await list()).find((one) => one.settled !== null && one.options.length > 1);
  if (before?.settled == null) throw new Error('nothing was settled at adoption');
  expect(before.clauses.every(({ zh }) => zh.startsWith('《'))).toBe(true);
  const other = before.options.find(({ key }) => key !== before.settled?.option)?.key ?? '';
  const { approvalId } = await room.get(people.leader, settleConflict, { body: { conflictId: before.id, option: other, roomId: null, reason: '改变做法' } });
  expect((await shown(approvalId)).text).not.toMatch(/@\d+#/);
  expect((await list()).find(({ id }) => id === before.id)?.settled?.option).toBe(before.settled.option);
  await room.agree(approvalId, people.security);
  expect((await list()).find(({ id }) => id === before.id)?.settled).toMatchObject({ option: other, by: '韩明华', reason: '改变做法', whole: true, approvalId });
});

test('a room that was let off is named in the list of regulations', async () => {
  const adoptionId = await adoptionOf('decree-799');
  const { approvalId } = await room.get(people.leader, optOut, { body: { adoptionId, roomId: room.roomId, reason: '试' } });
  const letOff = async () => (await room.get(people.leader, listPacks)).packs.flatMap((one) => one.adoptions).find((one) => one.adoptionId === adoptionId)?.letOff;
  expect(await letOff()).toEqual([]);
  await room.agree(approvalId, people.security, people.manager);
  expect(await letOff()).toEqual([room.roomId]);
});
