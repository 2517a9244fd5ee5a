/** What the terminal is told of a demonstration, however it was made, at its making and at every later start. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setUpDemonstration } from '../../../contract/identity.ts';
import { createLog } from '../base/log.ts';
import { systemClock } from '../base/clock.ts';
import { createMetrics } from '../platform/http/metrics.ts';
import { createHttp } from '../platform/http/server.ts';
import { greet, tellingDemonstration } from './greeting.ts';
import { openWholeRoom, type WholeRoom } from './testing/whole-room.ts';

let house: WholeRoom;
beforeEach(async () => {
  house = await openWholeRoom({ demonstration: false });
});
afterEach(() => house.close());

/** What one start says. */
const start = async (demonstration: boolean): Promise<string> => {
  const said: string[] = [];
  await greet(house.room, house.database, { demonstration, dataFolder: house.dataFolder, say: (line) => void said.push(line) });
  return said.join('\n');
};

test('started as a demonstration, it tells who is who, and the second start tells the same', async () => {
  const first = await start(true);
  expect(first).toMatch(/wangjianguo {2}\S+ {2}王建国 · 值班员 · duty operator/);
  expect(await start(true)).toBe(first);
  expect(await start(false)).toBe(first);
});

test('made by one click on the page, it tells the terminal who is who, and the second start tells the same', async () => {
  const code = /code: ([\d ]+)/.exec(await start(false))?.[1] ?? '';
  const said: string[] = [];
  const log = createLog({ name: 'test', level: 'silent' });
  const routes = tellingDemonstration(house.room.routes, { dataFolder: house.dataFolder, say: (line) => void said.push(line) });
  const app = await createHttp({ clock: systemClock, log, metrics: createMetrics(), routes, gate: house.room.identity.gate, origin: { origin: 'http://localhost', hosts: ['localhost'] }, tls: null, webFolder: null });
  const click = (given: string) => app.inject({ method: 'POST', url: setUpDemonstration.path, headers: { host: 'localhost' }, payload: { code: given, language: 'zh-CN' } });
  expect((await click('0000 0001')).statusCode).toBe(400);
  expect(said).toEqual([]);
  const answer = await click(code);
  expect(answer.statusCode, answer.body).toBe(200);
  const { people } = setUpDemonstration.response.parse(answer.json());
  for (const { account, password, name } of people) expect(said.join('\n')).toContain(`  ${account}  ${password}  ${name} · `);
  expect(await start(false)).toBe(said.join('\n'));
  await app.close();
});
