/** Rules read from the database: defaults at first, and what is decided holds from its instant on and not before. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { openTestRoom, type TestRoom } from '../identity/testing/room.ts';
import { questions } from '../identity/index.ts';
import { createBookKeeper } from './book-keeper.ts';
import { shippedPacks } from './pack-files.ts';
import { digestOf } from './signature.ts';
import { changing, insertAdoption, insertPack, insertValue, type Decision } from './store.ts';

let room: TestRoom;
let place: { siteId: string; roomId: string };
beforeAll(async () => {
  room = await openTestRoom();
  await room.identity.makeDemonstration('zh-CN');
  const found = await questions.place(room.database.db);
  if (found === null) throw new Error('the demonstration has no place');
  place = { siteId: found.site.siteId, roomId: found.room.roomId };
});
afterAll(() => room.close());

const decision = (): Decision => ({ siteId: place.siteId, roomId: null, decidedAt: room.clock.now(), decidedBy: 'per_test', approvalId: null });

test('before anything is adopted the catalogue answers, and a name that nobody declared is a fault', async () => {
  const keeper = createBookKeeper(shippedPacks().catalogue);
  const rules = await keeper.rules(room.database.db, place, room.clock.now());
  expect(rules.get('ack_limit_fire_seconds')).toMatchObject({ value: 30, unit: 'seconds', source: 'default', clause: null, ceiling: 180 });
  expect(rules.clauses()).toEqual([]);
  expect(() => rules.get('no_such_value')).toThrow('catalogue');
  expect(() => rules.flag('ack_limit_fire_seconds')).toThrow('no flag');
});

test('an adopted pack binds from its instant, a value of the site from its own; the past answers as it was', async () => {
  const keeper = createBookKeeper(shippedPacks().catalogue);
  const { db } = room.database;
  const t0 = room.clock.now();
  const brn = shippedPacks().packs.find((pack) => pack.id === 'brn')!;
  await room.database.transaction((tx) =>
    changing(tx, place.siteId, t0, async () => {
      await insertPack(tx, { digest: digestOf(brn), pack: brn, signedBy: 'vigil-packs-1', ownApprovalId: null }, 'per_test', t0);
      await insertAdoption(tx, decision(), { adoptionId: newId('ado', systemClock), nodeId: null, digest: digestOf(brn), from: t0 + 1000 });
      await insertValue(tx, decision(), { name: 'toilet_leave_max_minutes', value: 5, reason: '试', from: t0 + 2000 });
    }),
  );
  expect((await keeper.rules(db, place, t0 + 999)).cite('BRN-9.4')).toBeNull();
  const first = await keeper.rules(db, place, t0 + 1000);
  expect(first.cite('BRN-9.4')).toBe('brn@1#BRN-9.4');
  expect(first.clauses()).toHaveLength(160);
  expect(first.get('toilet_leave_max_minutes')).toMatchObject({ value: 10, source: 'pack', clause: 'brn@1#BRN-9.4', ceiling: 10 });
  expect(first.get('period@BRN-A3.2.1').value).toBe('weekly');
  expect((await keeper.rules(db, place, t0 + 2000)).get('toilet_leave_max_minutes')).toMatchObject({ value: 5, source: 'site', since: t0 + 2000 });
});

test('a change that was undone leaves no trace in what is held', async () => {
  const keeper = createBookKeeper(shippedPacks().catalogue);
  const { db } = room.database;
  const later = room.clock.now() + 60_000;
  const before = (await keeper.rules(db, place, later)).number('repair_within_hours');
  await expect(
    room.database.transaction(async (tx) => {
      await changing(tx, place.siteId, room.clock.now(), () => insertValue(tx, decision(), { name: 'repair_within_hours', value: 3, reason: '试', from: room.clock.now() }));
      expect((await keeper.rules(tx, place, later)).number('repair_within_hours')).toBe(3);
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  expect((await keeper.rules(db, place, later)).number('repair_within_hours')).toBe(before);
});
