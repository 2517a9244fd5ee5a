/** The duty log measured against the machine: what the system saw and nobody wrote about is listed, until somebody does; nothing that was written can be altered. */
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listUntold } from '../../../contract/audit.ts';
import { readFigures } from '../../../contract/compliance.ts';
import * as duty from '../../../contract/duty.ts';
import { acknowledgeAlarm, oneKeyAlarm } from '../../../contract/notifications.ts';
import { hourMs, minuteMs } from '../base/units.ts';
import { openAlarmRoom, type AlarmRoom } from '../mechanisms/notifications/testing/alarm-room.ts';

let house: AlarmRoom;
let operator: string;
let manager: string;
beforeEach(async () => {
  house = await openAlarmRoom();
  [operator, manager] = await Promise.all([house.signIn('duty_operator'), house.signIn('room_manager')]);
  const { postId } = (await house.get(operator, duty.duty)).posts[0]!;
  await house.get(operator, duty.signOn, { params: { postId } });
});
afterEach(() => house.close());

const span = () => ({ from: house.clock.now() - hourMs, until: house.clock.now() + minuteMs });
const untold = () => house.get(manager, listUntold, { query: span() });
const completeness = async () => (await house.get(manager, readFigures, { query: span() })).figures.find(({ key }) => key === 'log_completeness_percent');
const lastLine = async (cameraWord: string) => (await house.get(operator, duty.entries)).entries.find(({ source, text, wantsWords }) => source === 'system' && wantsWords && text.zh.includes(cameraWord))!;

test('[BRN-4.5 AUDIT] a system event without words in the log is listed for the manager until words stand in the log; no edit of either is possible', async () => {
  const [first, second] = house.cameraIds;
  await house.lose(first!);
  await house.lose(second!);
  const listed = await untold();
  expect(listed.all).toBe(2);
  expect(listed.events.map(({ zh }) => zh).every((zh) => zh.startsWith('报警：'))).toBe(true);
  expect(listed.events.every(({ line }) => typeof line === 'number')).toBe(true);
  expect(await completeness()).toMatchObject({ value: 0, missed: true, facts: listed.events.map(({ seq }) => seq) });

  // Of the first somebody writes an addendum to its line, of the second the words of an acknowledgement.
  const line = await lastLine('');
  await house.get(operator, duty.addAddendum, { params: { entryId: line.entryId }, body: { text: '现场停电，已报修', strike: false } });
  expect(await untold()).toMatchObject({ all: 2, events: [{ line: expect.any(Number) }] });
  expect((await completeness())?.value).toBe(50);
  for (const { alarmId } of await house.openAlarms(operator)) await house.get(operator, acknowledgeAlarm, { params: { alarmId }, body: { text: '已派人查看' } });
  expect(await untold()).toEqual({ all: 2, events: [] });
  expect(await completeness()).toMatchObject({ value: 100, missed: false });

  const changing = house.room.routes.filter(({ endpoint: { path, method } }) => /^\/api\/(duty\/entries|ledger\/facts|audit\/acts)/.test(path) && method !== 'GET').map(({ endpoint: { path, method } }) => `${method} ${path}`);
  expect(changing.toSorted()).toEqual(['POST /api/duty/entries', 'POST /api/duty/entries/:entryId/addenda']);
  const client = new pg.Client({ connectionString: house.adminUrl });
  await client.connect();
  await expect(client.query('update duty.entries set event_at = now()')).rejects.toThrow('值班记录只能追加');
  await expect(client.query('delete from ledger.facts')).rejects.toThrow(/append-only|只能追加/);
  await client.end();
});

test('a span the wrong way round or longer than a quarter is refused; an alarm that a person raised needs no further words', async () => {
  const now = house.clock.now();
  expect((await house.ask(manager, listUntold, { query: { from: now, until: now } })).body).toMatchObject({ code: 'audit.span_empty' });
  expect((await house.ask(manager, listUntold, { query: { from: now - 100 * 24 * hourMs, until: now } })).body).toMatchObject({ code: 'audit.span_long' });
  expect((await house.ask(operator, listUntold, { query: span() })).status).toBe(403);
  await house.get(operator, oneKeyAlarm, { body: { cameraId: null } });
  expect(await untold()).toEqual({ all: 0, events: [] });
  expect((await completeness())?.value).toBeNull();
});
