/** Rules of the room follow the parameters: what is forbidden is looked for, what is allowed is no finding. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { houseRules, settleConflict, viewProfile } from '../../../../contract/parameters.ts';
import { openParametersRoom, people, type ParametersRoom } from './testing/parameters-room.ts';

type Rules = typeof houseRules.response extends { _output: infer R } ? R : never;
let room: ParametersRoom;
let demo: Rules;
let strict: Rules;
let relaxed: Rules;

const settle = async (conflictId: string, option: string): Promise<void> => {
  const { approvalId } = await room.get(people.leader, settleConflict, { body: { conflictId, option, roomId: null, reason: '重新裁定' } });
  await room.agree(approvalId, people.security);
};

beforeAll(async () => {
  room = await openParametersRoom();
  const look = () => room.get(people.operator, houseRules);
  demo = await look();
  const { statedPurposes, figures } = await room.get(people.leader, viewProfile);
  await room.approveProfile((profile) => ({
    ...profile, purposes: statedPurposes.map(({ clause, zh, en, figures: keys }) => ({ clause, zh, en, figures: figures.filter((one) => keys.includes(one.key)).map((one) => ({ figure: one.key, target: one.target, better: one.better })) })),
  }));
  await room.adopt(await room.complete(await room.form(['art', 'gen', 'saf']), { X01: 'forbidden', X02: 'forbidden' }));
  strict = await look();
  await settle('X01', 'in_room');
  await settle('X02', 'away_from_equipment');
  relaxed = await look();
});
afterAll(() => room.whole.close());

const found = (rules: Rules): string[] => rules.findings.map((one) => one.key);
const eating = (rules: Rules) => rules.rules.find((one) => one.name === 'eating_allowed');

test('[SAF-2.4.1 PROFILE] forbidden: eating and drinking are findings; allowed: they are not offered', () => {
  expect(found(strict)).toEqual(expect.arrayContaining(['eating', 'drinking']));
  expect(eating(strict)).toMatchObject({ allowed: false });
  expect(eating(strict)?.clauses).toContain('saf@1#SAF-2.4.1');
  expect(found(relaxed)).not.toContain('eating');
});

test('[GEN-3.3.2 PROFILE] both parameters drive the room rules, the findings and the tidy items', () => {
  expect(eating(strict)?.clauses).toContain('gen@1#GEN-3.3.2');
  expect(found(strict)).toContain('drinking');
  expect(strict.tidyItems.map((one) => one.key)).toEqual(expect.arrayContaining(['no_cups', 'no_food']));
  expect(found(relaxed)).not.toContain('drinking');
});

test('[ART-11.2.3 PROFILE] the parameter drives the finding and the tidy item', () => {
  expect(eating(strict)?.clauses).toContain('art@1#ART-11.2.3');
  expect(strict.tidyItems.map((one) => one.key)).toContain('no_food');
  expect(relaxed.tidyItems.map((one) => one.key)).toContain('meal_cleared');
});

test('[BRN-9.2 PROFILE] a meal in the room is no breach while the parameter says yes, and is one when it says no', () => {
  expect(eating(demo)).toMatchObject({ allowed: true, clauses: ['brn@1#BRN-9.2'] });
  expect(found(demo)).not.toContain('eating');
  expect(demo.rules.find((one) => one.name === 'meal_in_room')).toMatchObject({ allowed: true });
  expect(found(strict)).toContain('eating');
});

test('[BRN-A1.9.2 PROFILE] the item of the cup place with photo gives way to no cups', () => {
  expect(demo.tidyItems.find((one) => one.key === 'cups_away')).toMatchObject({ photo: true });
  expect(strict.tidyItems.map((one) => one.key)).toContain('no_cups');
  expect(strict.tidyItems.map((one) => one.key)).not.toContain('cups_away');
});
