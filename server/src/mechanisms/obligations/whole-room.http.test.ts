/** Obligations in the whole room: the adopted regulation asks for them, notices are sent, a waiver is signed by another person. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orders, recordOrder } from '../../../../contract/approvals.ts';
import { listObligations, oneObligation, waiveObligation, type ObligationRow } from '../../../../contract/obligations.ts';
import type { Role } from '../../../../contract/identity.ts';
import { openWholeRoom, type WholeRoom } from '../../app/testing/whole-room.ts';
import { ManualClock } from '../../base/manual-clock.ts';
import { createHands, type Hands } from '../approvals/testing/hands.ts';
import { beijing } from './testing/room.ts';

let house: WholeRoom;
let hands: Hands;
const clock = new ManualClock(beijing('2026-11-18T08:00'));
const account = (role: Role): string => house.people.find((one) => one.role === role)?.account ?? '';

beforeAll(async () => {
  house = await openWholeRoom({ clock });
  const passwords = new Map(house.people.map((one) => [one.account, one.password]));
  hands = createHands({ http: house.app, origin: 'http://127.0.0.1', clock, passwordOf: (name) => passwords.get(name) ?? '' });
  await house.runJob('obligations.sweep');
});
afterAll(() => house.close());

const daily = async (day: string): Promise<ObligationRow> => {
  const { obligations } = await hands.get(account('room_manager'), listObligations, { query: { kind: 'inspection.daily', from: beijing(`${day}T12:00`), until: beijing(`${day}T12:01`) } });
  if (obligations[0] === undefined) throw new Error(`no daily check on ${day}`);
  return obligations[0];
};
const goTo = async (local: string): Promise<void> => {
  clock.step(beijing(local) - clock.now());
  await house.runJob('obligations.sweep');
};
const noticesOf = async (subject: string): Promise<string[]> => {
  const { rows } = await sql<{ kind: string }>`select kind from notifications.sendings where subject = ${subject} order by kind`.execute(house.database.db);
  return [...new Set(rows.map(({ kind }) => kind))];
};

test('the regulation that the room has adopted makes its checks due, and cites itself', async () => {
  expect(await daily('2026-11-18')).toMatchObject({ state: 'available', clauses: ['brn@1#BRN-A3.1.0'] });
  expect(await noticesOf((await daily('2026-11-18')).obligationId)).toEqual(['obligations.task_opened']);
});

test('a waiver is signed by somebody else; until then the check is due as ever', async () => {
  const { obligationId } = await daily('2026-11-20');
  const asked = await hands.ask(account('room_manager'), waiveObligation, { params: { obligationId }, body: { reason: '当日站房停电检修' } });
  expect(asked.status, JSON.stringify(asked.body)).toBe(200);
  const approvalId = String(asked.body['approvalId']);
  // Whoever asks does not agree.
  expect((await hands.decide(account('room_manager'), approvalId, 'approve').catch(() => ({ status: 403 }))).status).not.toBe(200);
  expect((await daily('2026-11-20')).state).toBe('planned');
  const signed = await hands.decide(account('leader'), approvalId, 'approve');
  expect(signed.status, JSON.stringify(signed.body)).toBe(200);
  expect((await daily('2026-11-20')).state).toBe('waived');
  expect((await hands.get(account('auditor'), oneObligation, { params: { obligationId } })).history.at(-1)).toMatchObject({ state: 'waived', reason: '当日站房停电检修' });
});

test('a leader’s word of mouth lets a check go by; the waiver is its papers, and the check is due until they are granted', async () => {
  const { obligationId } = await daily('2026-11-19');
  const known = await hands.get(account('room_manager'), orders);
  const given = known.kinds.find(({ kind }) => kind === 'obligations.waiver')?.leaders ?? [];
  expect(given.map(({ name }) => name)).toContain('韩明华');
  const leader = given.find(({ name }) => name === '韩明华')?.personId ?? '';
  const { orderId } = await hands.get(account('room_manager'), recordOrder, { body: { kind: 'obligations.waiver', what: '明日停电，日检免做', reason: '领导电话通知', leaderId: leader, orderedAt: clock.now() } });
  const stateOf = async () => (await hands.get(account('room_manager'), orders)).orders.find((one) => one.orderId === orderId);
  expect(await stateOf()).toMatchObject({ state: 'provisional', canFile: true, fileAt: { zh: expect.stringContaining('申请免除') } });
  const { approvalId } = await hands.get(account('room_manager'), waiveObligation, { params: { obligationId }, body: { reason: '停电检修', orderId } });
  expect((await daily('2026-11-19')).state).toBe('planned');
  expect((await hands.decide(account('leader'), approvalId, 'approve')).status).toBe(200);
  expect(await stateOf()).toMatchObject({ state: 'papered', papers: [{ approvalId }] });
  expect((await daily('2026-11-19')).state).toBe('waived');
});

test('what nobody did is overdue, then missed, each told to those above; the waived day passes in silence', async () => {
  const { obligationId } = await daily('2026-11-18');
  await goTo('2026-11-19T00:01');
  await goTo('2026-11-19T12:01');
  expect((await daily('2026-11-18')).state).toBe('missed');
  expect(await noticesOf(obligationId)).toEqual(['obligations.task_missed', 'obligations.task_opened', 'obligations.task_overdue']);
  await goTo('2026-11-21T13:00');
  expect((await daily('2026-11-20')).state).toBe('waived');
  expect(await noticesOf((await daily('2026-11-20')).obligationId)).toEqual([]);
});
