/** Who may be asked: an address of this machine is refused when it is typed, and again when a name leads to it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../../contract/health.ts';
import { listFacts } from '../../../../contract/ledger.ts';
import { openWholeRoom, type WholeRoom } from '../../app/testing/whole-room.ts';

let house: WholeRoom;
let administrator: string;
beforeAll(async () => {
  house = await openWholeRoom();
  administrator = await house.signIn('system_administrator');
}, 120_000);
afterAll(() => house.close());

const form = (host: string) => ({ kind: 'time_server', name: '授时', host, port: 123, unit: '' }) as const;

test('time servers and supplies at an address of this machine or its link are refused, with the field', async () => {
  for (const host of ['127.0.0.1', '127.8.8.8', '0.0.0.0', '169.254.169.254', 'localhost', 'upsd.localhost', 'fe80::1']) {
    expect(await house.ask(administrator, contract.addSource, { body: form(host) }), host).toMatchObject({ status: 400, body: { code: 'health.address_local', fields: [{ path: 'host' }] } });
  }
  expect((await house.get(administrator, contract.sources)).sources).toEqual([]);
});

test('a name that leads to this machine is never asked, whatever it is called', async () => {
  // The number of 127.0.0.1, as a resolver reads it.
  const { sourceId } = await house.get(administrator, contract.addSource, { body: form('2130706433') });
  await house.runJob('health.sources');
  await house.runJob('health.sources');
  const device = (await house.get(administrator, contract.board)).devices.find(({ deviceId }) => deviceId === sourceId);
  expect(device?.checks).toMatchObject([{ check: 'offline', state: 'bad', words: { zh: expect.stringContaining('本机地址') } }]);
  await house.get(administrator, contract.removeSource, { params: { sourceId } });
  expect((await house.get(administrator, contract.sources)).sources).toEqual([]);
});

test('adding and removing stand in the ledger with who did it, and are the administrator\'s alone', async () => {
  const technician = await house.signIn('technician');
  expect((await house.ask(technician, contract.addSource, { body: form('192.0.2.7') })).status).toBe(403);
  expect((await house.get(technician, contract.sources)).can.manage).not.toBe(true);
  expect((await house.get(administrator, contract.sources)).can.manage).toBe(true);
  expect(await house.get(technician, contract.machineClock)).toEqual({ clock: null, isAsked: false });
  const { sourceId } = await house.get(administrator, contract.addSource, { body: form('192.0.2.7') });
  expect(await house.get(technician, contract.machineClock)).toEqual({ clock: null, isAsked: true });
  await house.get(administrator, contract.removeSource, { params: { sourceId } });
  const auditor = await house.signIn('auditor');
  for (const kind of ['health.source_added', 'health.source_removed']) {
    const mine = (await house.get(auditor, listFacts, { query: { kind } })).facts.filter(({ subject }) => subject === sourceId);
    expect(mine, kind).toHaveLength(1);
  }
});
