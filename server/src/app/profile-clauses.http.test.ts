/** What an adopted regulation allows and names, clause by clause, where the room works by it: purposes of cameras, who may care for devices. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as cameras from '../../../contract/cameras.ts';
import * as obligations from '../../../contract/obligations.ts';
import { viewProfile } from '../../../contract/parameters.ts';
import { addCamera } from '../../../contract/video.ts';
import { goodAnswers } from '../mechanisms/obligations/testing/room.ts';
import { openParametersRoom, people, type ParametersRoom } from '../mechanisms/parameters/testing/parameters-room.ts';

let room: ParametersRoom;
const accountOf = (role: string): string => room.whole.people.find((one) => one.role === role)!.account;

beforeAll(async () => {
  room = await openParametersRoom();
  await room.whole.runJob('obligations.sweep');
});
afterAll(() => room.whole.close());

test('[RES-7.4.3 PROFILE] a monitor signs a care task: it is accepted and stands in the history of the device; a requester may not', async () => {
  const device = '03 候车厅摄像机';
  const body = { kind: 'care.device', subject: device };
  expect((await room.ask(accountOf('requester'), obligations.openUnscheduled, { body })).status).toBe(403);
  const monitor = accountOf('monitor');
  const { obligationId } = await room.get(monitor, obligations.openUnscheduled, { body });
  const params = { obligationId };
  const { form } = await room.get(monitor, obligations.oneObligation, { params });
  await room.get(monitor, obligations.submitObligation, { params, body: { formDigest: form.digest, answers: goodAnswers(form.fields), lateReason: '' } });
  const history = (await room.get(accountOf('room_manager'), obligations.listObligations, { query: { search: device } })).obligations;
  expect(history).toMatchObject([{ kind: 'care.device', subject: device, state: 'submitted' }]);
  const { submittedBy } = await room.get(accountOf('room_manager'), obligations.oneObligation, { params });
  expect(submittedBy).toMatchObject({ name: '刘晓燕' });
});

test('[CO2-2.1 PROFILE] with the regulation adopted, its two purposes are what registration offers, by its citation; another purpose is refused', async () => {
  const manager = accountOf('system_administrator');
  const offered = async () => (await room.get(manager, cameras.listRegister)).choices.purposes.map(({ key }) => key);
  const register = (purpose: string, host: number) => room.ask(manager, addCamera, { body: { name: `机位 ${host}`, url: `rtsp://192.168.8.${host}/1`, username: null, password: null, fields: { purpose } } });
  const before = await offered();
  const { statedPurposes, figures } = await room.get(people.leader, viewProfile);
  await room.approveProfile((profile) => ({
    ...profile,
    purposes: statedPurposes.map(({ clause, zh, en, figures: keys }) => ({ clause, zh, en, figures: figures.filter((one) => keys.includes(one.key)).map((one) => ({ figure: one.key, target: one.target, better: one.better })) })),
  }));
  await room.adopt(await room.complete(await room.form(['co2']), { X08: 'safety_and_property' }));
  const rule = await room.rule('allowed_camera_purposes');
  expect(JSON.stringify(rule)).toContain('CO2-2.1');
  const after = await offered();
  expect(after).not.toEqual(before);
  expect(after).toEqual(rule.value);
  expect(after).toEqual(expect.arrayContaining(['company_safety', 'property_protection']));
  for (const [index, purpose] of ['company_safety', 'property_protection'].entries()) expect((await register(purpose, index + 1)).status).toBe(200);
  expect(after).not.toContain('staff_performance');
  expect((await register('staff_performance', 9)).body).toMatchObject({ code: 'cameras.purpose_not_allowed' });
});
