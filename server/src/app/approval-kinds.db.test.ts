/** Every kind of approval that the product knows holds the contract of kinds, with the steps that it really lays down. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractVerbs, KindContract, shadowOf } from '../mechanisms/approvals/testing/contract.ts';
import { openApprovalsRoom, type ApprovalsRoom } from '../mechanisms/approvals/testing/room.ts';
import { openWholeRoom } from './testing/whole-room.ts';

/** What the steps of a kind look at, where they look at anything. */
const askedFor: Readonly<Record<string, unknown>> = { 'parameters.change': { name: 'retention_days', value: 120, roomId: null, from: null } };

const granted: string[] = [];
let room: ApprovalsRoom;
let contracts: KindContract[];
let names: string[];
let ahead: string[];
beforeAll(async () => {
  const house = await openWholeRoom({ demonstration: false });
  const kinds = house.room.approvals.kinds();
  names = kinds.map(({ kind }) => kind);
  ahead = kinds.flatMap(({ kind, emergency }) => ('leaders' in emergency ? [kind] : []));
  await house.close();
  const shadows = kinds.map((kind) => shadowOf(kind, (approvalId) => void granted.push(approvalId), askedFor[kind.kind] ?? {}));
  room = await openApprovalsRoom(shadows, [contractVerbs]);
  contracts = await Promise.all(shadows.map((kind) => KindContract.of(room, kind)));
});
afterAll(() => room.closeAll());

const each = async (hold: (one: KindContract) => Promise<void>): Promise<void> => {
  for (const one of contracts) await hold(one);
};

test('the kinds of the product are here', () => {
  expect(names).toContain('approvals.exemption');
  expect(names.length).toBeGreaterThanOrEqual(2);
});
test('each is granted once everybody whom it needs has signed, and not a signature earlier, also with the tables in hand', () => each((one) => one.needsEverybody(granted)));
test('nobody passes their own request', () => each((one) => one.refusesOneself()));
test('a protected kind is not passed without a signature', () => each((one) => one.wantsASignature()));
test('two decisions at once are one', () => each((one) => one.decidesOnce()));
test('undecided it expires, and a clock set back decides nothing twice', () => each((one) => one.expires(granted)));
test('where nobody is left it waits for an administrator', () => each((one) => one.emptyPlacesWait()));
test('on the word of a leader only those go ahead that say so, within the room’s hours, and nothing is granted by it', async () => {
  expect(ahead).toEqual(['approvals.exemption', 'obligations.waiver']);
  await each((one) => one.ordersHold(granted));
});
test('no sequence of acts leads to a grant without the persons', () => each((one) => one.noOtherPath(100)));
