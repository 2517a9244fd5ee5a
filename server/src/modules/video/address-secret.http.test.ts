/** A password inside a camera's address, through a real recorder: it works, and it lies nowhere in clear. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Role } from '../../../../contract/identity.ts';
import { listFacts } from '../../../../contract/ledger.ts';
import * as video from '../../../../contract/video.ts';
import { startCamera, type OneCamera } from '../../../../simulators/camera/index.ts';
import { openWholeRoom, until, type WholeRoom } from '../../app/testing/whole-room.ts';

const secret = 'Wege-Geheim-4711';
const lines: string[] = [];
const answers: string[] = [];
let house: WholeRoom;
let camera: OneCamera;
let admin: pg.Client;
let administrator: string;
let url: string;
let cameraId: string;

beforeAll(async () => {
  camera = await startCamera({ scene: 'gate' });
  url = `${camera.url}?user=admin&password=${secret}&x=${secret}&channel=1`;
  house = await openWholeRoom({ cameras: true, heard: (line) => void lines.push(line) });
  admin = new pg.Client({ connectionString: house.adminUrl });
  await admin.connect();
  administrator = await house.signIn('system_administrator');
});
afterAll(async () => {
  await admin.end();
  await house.close();
  await camera.close();
});

const say = async (answer: Promise<{ bytes: Buffer; status: number }>): Promise<string> => {
  const { bytes, status } = await answer;
  const text = bytes.toString();
  answers.push(text);
  expect(status, text).toBe(200);
  return text;
};
const stateOf = async (): Promise<string | undefined> => (await house.get(administrator, video.listCameras)).cameras.find((one) => one.cameraId === cameraId)?.state;

/** Tables in whose rows the text stands, as text or as bytes. */
const tablesWith = async (text: string): Promise<string[]> => {
  const { rows } = await admin.query<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`);
  const hits: string[] = [];
  for (const { name } of rows) {
    const found = await admin.query(`select 1 from ${name} t where t::text ilike $1 or t::text ilike $2 limit 1`, [`%${text}%`, `%${Buffer.from(text).toString('hex')}%`]);
    if (found.rowCount !== 0) hits.push(name);
  }
  return hits;
};
const filesWith = (folder: string, text: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));

test('a camera that takes its password in its address is tested, recorded, changed and lost', async () => {
  await until('the recorder answers', async () => (await house.get(administrator, video.listCameras)).recorder === 'present');
  const address = { url, username: null, password: null };
  expect(await say(house.ask(administrator, video.testCamera, { body: address }))).toContain('"outcome":"ok"');
  cameraId = (JSON.parse(await say(house.ask(administrator, video.addCamera, { body: { ...address, name: '卸货区', fields: { purpose: 'internal_safety' } } }))) as { cameraId: string }).cameraId;
  await until('it is recorded', async () => (await stateOf()) === 'recording');
  const params = { cameraId };
  const shown = (await house.get(administrator, video.listCameras)).cameras.find((one) => one.cameraId === cameraId)?.url ?? '';
  expect(shown).toBe(`${camera.url}?user=admin&password=***&x=***&channel=1`);
  expect(await say(house.ask(administrator, video.testCamera, { body: { ...address, url: shown, cameraId } }))).toContain('"outcome":"ok"');
  await say(house.ask(administrator, video.changeCamera, { params, body: { name: '卸货口', url: shown } }));
  await house.recorder.restart();
  await until('it is recorded again, from what the recorder has sealed', async () => (await stateOf()) === 'recording');
  await camera.close();
  await until('it is lost', async () => (await stateOf()) === 'lost');
  await say(house.ask(administrator, video.testCamera, { body: { ...address, url: shown, cameraId } }));
}, 120_000);

test('a row from before is sealed at the start, once, on record', async () => {
  await admin.query('update video.cameras set shown_url = $1, address_sealed = null where camera_id = $2', [url, cameraId]);
  expect(await tablesWith(secret)).toEqual(['video.cameras']); // so the search below does find
  expect(await house.room.video.sealAddresses()).toBe(1);
  expect(await house.room.video.sealAddresses()).toBe(0);
  const auditor = await house.signIn('auditor');
  const { facts } = await house.get(auditor, listFacts, { query: { kind: 'video.addresses_sealed' } });
  expect(facts.map((fact) => fact.body)).toEqual([{ count: 1, withPassword: 1, cameras: [{ cameraId, address: `${camera.url}?user=admin&password=***&x=***&channel=1` }] }]);
  expect(facts[0]?.zh).toBe('1 台摄像机的地址改为加密保存，其中 1 台的地址含有密码');
  // The lost one has recorded and may go in a stop only; another of that address has not.
  const other = JSON.parse(await say(house.ask(administrator, video.addCamera, { body: { url, username: null, password: null, name: '错装的', fields: { purpose: 'internal_safety' } } }))) as { cameraId: string };
  await say(house.ask(administrator, video.removeCamera, { params: { cameraId: other.cameraId }, body: { reason: '测试完毕' } }));
});

test('the password lies in no table, no file, no log line, and no answer to anybody', async () => {
  for (const role of Role.options) {
    const cookie = await house.signIn(role);
    for (const { endpoint } of house.room.routes) {
      if (endpoint.method === 'GET' && !endpoint.path.includes(':')) answers.push((await house.ask(cookie, endpoint)).bytes.toString());
    }
  }
  expect(await tablesWith(secret)).toEqual([]);
  expect(filesWith(house.dataFolder, secret)).toEqual([]);
  expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  expect(answers.filter((answer) => answer.includes(secret))).toEqual([]);
  expect(answers.some((answer) => answer.includes('卸货口'))).toBe(true);
}, 300_000); // every role reads every list
