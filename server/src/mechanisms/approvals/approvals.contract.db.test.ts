/** The contract of kinds on kinds of each mode, and on this mechanism's own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exemptionFrom } from './exemption.ts';
import type { AnyApprovalKind } from './kind.ts';
import { contractVerbs, KindContract, shadowOf } from './testing/contract.ts';
import { openApprovalsRoom, type ApprovalsRoom } from './testing/room.ts';
import { sampleKinds } from './testing/sample-kinds.ts';

const granted: string[] = [];
const hear = (approvalId: string): void => void granted.push(approvalId);
const own: AnyApprovalKind = exemptionFrom(async () => []);
const declared = [...sampleKinds().kinds.filter(({ kind }) => kind !== 'sample.empty'), own];

let room: ApprovalsRoom;
let contracts: KindContract[];
beforeAll(async () => {
  const shadows = declared.map((kind) => shadowOf(kind, hear, { what: '某事' }));
  room = await openApprovalsRoom(shadows, [contractVerbs]);
  contracts = await Promise.all(shadows.map((kind) => KindContract.of(room, kind)));
  expect(contracts).toHaveLength(5);
});
afterAll(() => room.closeAll());

const each = async (hold: (one: KindContract) => Promise<void>): Promise<void> => {
  for (const one of contracts) await hold(one);
};

test('a kind is granted once everybody whom it needs has signed, and not a signature earlier, also with the tables in hand', () => each((one) => one.needsEverybody(granted)));
test('nobody passes their own request', () => each((one) => one.refusesOneself()));
test('a protected kind is not passed without a signature', () => each((one) => one.wantsASignature()));
test('two decisions at once are one', () => each((one) => one.decidesOnce()));
test('undecided it expires, and a clock set back decides nothing twice', () => each((one) => one.expires(granted)));
test('where nobody is left it waits for an administrator', () => each((one) => one.emptyPlacesWait()));
test('no sequence of acts leads to a grant without the persons', () => each((one) => one.noOtherPath(300)));
