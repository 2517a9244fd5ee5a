/** Duties of the shift and the people who do them, on the board: done or missing, and a score of the month. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { readFigures } from '../../../../contract/compliance.ts';
import { acknowledgeAlarm, oneKeyAlarm } from '../../../../contract/notifications.ts';
import { currentSession } from '../../../../contract/identity.ts';
import type { Role } from '../../../../contract/identity.ts';
import { keepPhoto, listObligations, oneObligation, submitObligation } from '../../../../contract/obligations.ts';
import { openWholeRoom, type WholeRoom } from '../../app/testing/whole-room.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import { dayMs, secondMs } from '../../base/units.ts';
import { beijing, goodAnswers, jpeg } from '../../mechanisms/obligations/testing/room.ts';

type Figures = z.output<typeof readFigures.response>;
const clock = new ManualClock(beijing('2026-11-17T20:00'));
let house: WholeRoom;
let figures: Figures;
let monitorId: string;
let operatorId: string;

const goTo = async (local: string): Promise<void> => {
  clock.step(beijing(local) - clock.now());
  await house.runJob('obligations.sweep');
};
const daily = async (cookie: string, day: string) => {
  const at = beijing(`${day}T12:00`);
  const { obligations } = await house.get(cookie, listObligations, { query: { kind: 'inspection.daily', from: at, until: at + 1 } });
  if (obligations[0] === undefined) throw new Error(`no daily inspection on ${day}`);
  return obligations[0];
};
const idOf = async (cookie: string): Promise<string> => (await house.get(cookie, currentSession)).person.personId;

/** Does the daily inspection as it should be done. */
const inspect = async (role: Role, day: string): Promise<void> => {
  const cookie = await house.signIn(role);
  const { obligationId } = await daily(cookie, day);
  const params = { obligationId };
  const { form } = await house.get(cookie, oneObligation, { params });
  const photos: Record<string, string> = {};
  for (const field of form.fields.filter((one) => one.type === 'photo' || one.photo === true)) photos[field.key] = (await house.get(cookie, keepPhoto, { params, body: { field: field.key, picture: jpeg(field.key) } })).sha256;
  await house.get(cookie, submitObligation, { params, body: { formDigest: form.digest, answers: goodAnswers(form.fields, photos), lateReason: '' } });
};

const answerAlarm = async (afterSeconds: number): Promise<void> => {
  const [operator, monitor] = await Promise.all([house.signIn('duty_operator'), house.signIn('monitor')]);
  const { alarmId } = await house.get(operator, oneKeyAlarm, { body: { cameraId: null } });
  clock.step(afterSeconds * secondMs);
  await house.get(monitor, acknowledgeAlarm, { params: { alarmId }, body: { text: '已到场核实' } });
};

beforeAll(async () => {
  house = await openWholeRoom({ clock });
  [monitorId, operatorId] = [await idOf(await house.signIn('monitor')), await idOf(await house.signIn('duty_operator'))];
  await house.runJob('obligations.sweep');
  await goTo('2026-11-18T08:00');
  await inspect('monitor', '2026-11-18');
  await answerAlarm(20);
  await answerAlarm(300);
  await goTo('2026-11-19T08:00'); // nobody inspects on this day
  await goTo('2026-11-20T08:00');
  await inspect('duty_operator', '2026-11-20');
  await goTo('2026-11-21T12:00');
  figures = await house.get(await house.signIn('room_manager'), readFigures, { query: { from: beijing('2026-11-18T00:00') + 1, until: beijing('2026-11-21T00:00') + 1 } });
});
afterAll(() => house.close());

const daysOf = () => figures.duties.filter(({ title }) => title.zh.includes('日检')).map(({ until, state }) => [new Date(until - dayMs + 8 * 3_600_000).toISOString().slice(0, 10), state]);

test('[RES-3.3 DASH] a duty that was left undone is shown as missing and lowers the figure of the period', () => {
  expect(daysOf()).toContainEqual(['2026-11-19', 'missed']);
  const done = figures.figures.find(({ key }) => key === 'duties_done_percent');
  const due = figures.duties.length;
  const finished = figures.duties.filter(({ state }) => state === 'done' || state === 'done_late').length;
  expect(done).toMatchObject({ missed: true, target: 100 });
  expect(done?.value).toBeCloseTo((100 * finished) / due, 2);
  expect(done?.value).toBeLessThan(100);
});

test('[BUS-1.1.2 DASH] each duty of the post is listed as done, with who did it, or as missing', () => {
  expect(daysOf().toSorted()).toEqual([['2026-11-18', 'done'], ['2026-11-19', 'missed'], ['2026-11-20', 'done']]);
  const names = figures.duties.filter(({ title, state }) => title.zh.includes('日检') && state === 'done').map(({ by }) => by);
  expect(new Set(names).size).toBe(2);
  expect(names).not.toContain(null);
});

test('[BUS-1.3.6 DASH] each operator gets a score of the month from alarms answered and duties done in time', () => {
  // One of two alarms within the limit, one duty in time: (50 + 100) / 2.
  expect(figures.people.find(({ personId }) => personId === monitorId)).toMatchObject({ answered: 2, medianSeconds: 160, duties: 1, dutiesInTime: 1, score: 75 });
  expect(figures.people.find(({ personId }) => personId === operatorId)).toMatchObject({ answered: 0, duties: 1, dutiesInTime: 1, score: 100 });
});
