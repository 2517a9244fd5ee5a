/** Ways out of the house, over real sockets: mail by SMTP, the signed webhook, what hangs, what is refused, what takes over. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as contract from '../../../../contract/notifications.ts';
import { minuteMs, secondMs } from '../../base/units.ts';
import { eventsByKind, tellFact } from '../ledger/index.ts';
import { isLocalAddress } from './channels/outside-address.ts';
import { notificationsEvents } from './events.ts';
import { openAlarmRoom, type AlarmRoom } from './testing/alarm-room.ts';
import { openMailServer, openReceiver, openSilentServer } from './testing/outside.ts';
import { until } from '../../app/testing/whole-room.ts';

let house: AlarmRoom;
let administrator: string;
let ended: (() => Promise<void>)[] = [];
beforeEach(async () => {
  house = await openAlarmRoom({ allowLocal: true });
  administrator = await house.signIn('system_administrator');
  ended = [];
});
afterEach(async () => {
  await house.room.notifications.settled();
  await house.close();
  for (const end of ended) await end();
});
const own = async <T extends { close: () => Promise<void> }>(opening: Promise<T>): Promise<T> => {
  const opened = await opening;
  ended.push(opened.close);
  return opened;
};

const key = 'a signing key of the room';
const mail = (port: number) => ({ host: '127.0.0.1', port, encryption: 'none' as const, user: null, sender: 'vigil@room.example' });
const setMail = (port: number) => house.get(administrator, contract.saveMail, { body: mail(port) });
const setWebhook = (url: string) => house.get(administrator, contract.saveWebhook, { body: { url, key } });
const addressOf = async (role: Parameters<AlarmRoom['personId']>[0], address: string) => house.get(administrator, contract.saveAddress, { params: { personId: await house.personId(role) }, body: { address } });

/** An alarm whose matrix row names the technician with the channels given; answers its trail. */
const tellTechnician = async (channels: contract.Channel[]) => {
  const manager = await house.signIn('room_manager');
  await house.get(manager, contract.saveMatrixRow, { body: { kind: 'video.camera_lost', severity: 'ordinary', targets: ['technician'], channels, answerSeconds: 300, ladder: [['shift_leader']] } });
  await house.lose(house.cameraIds[0]!);
  const [alarm] = await house.openAlarms(administrator);
  return () => house.get(manager, contract.alarmTrail, { params: { alarmId: alarm!.alarmId } }).then(({ notices }) => notices[0]!);
};
const deliver = async () => {
  await house.runJob('notifications.deliveries');
  await house.room.notifications.settled();
};

test('mail arrives at the address of the person, in both languages, and its delivery is on record', async () => {
  const server = await own(openMailServer());
  await setMail(server.port);
  await addressOf('technician', 'zhoupeng@room.example');
  const notice = await tellTechnician(['mail']);
  await deliver();
  expect(server.received.map(({ to }) => to)).toEqual([['zhoupeng@room.example']]);
  const { deliveries } = await notice();
  expect(deliveries).toMatchObject([{ channel: 'mail', state: 'delivered', attempts: [{ outcome: 'delivered' }] }]);
  expect((await house.facts('notifications.notice_delivered')).length).toBe(1);
  await deliver();
  expect(server.received.length).toBe(1);
});

test('a mail server that asks for a password gets the sealed one, which is shown to nobody', async () => {
  const server = await own(openMailServer({ user: 'vigil', password: 'Geheim-7-Post' }));
  await house.get(administrator, contract.saveMail, { body: { ...mail(server.port), user: 'vigil', password: 'Geheim-7-Post' } });
  const shown = await house.get(administrator, contract.channels);
  expect(shown.mail).toEqual({ ...mail(server.port), user: 'vigil', hasPassword: true });
  expect(JSON.stringify([shown, await house.facts()])).not.toContain('Geheim');
  const tested = await house.get(administrator, contract.testChannel, { body: { channel: 'mail', address: 'somebody@room.example' } });
  expect(tested.delivered).toBe(true);
  expect(server.received[0]).toMatchObject({ user: 'vigil', to: ['somebody@room.example'] });
  // The stored password never goes to another server just because the host was changed.
  const moved = await house.ask(administrator, contract.saveMail, { body: { ...mail(server.port), host: 'elsewhere.example', user: 'vigil' } });
  expect(moved.body).toMatchObject({ code: 'notifications.password_again' });
});

test('what a channel answers is told in plain words, and a channel that is not set up says so', async () => {
  expect((await house.ask(administrator, contract.testChannel, { body: { channel: 'webhook' } })).body).toMatchObject({ code: 'notifications.channel_not_set' });
  const notice = await tellTechnician(['webhook']);
  await deliver();
  expect((await notice()).deliveries).toMatchObject([{ state: 'failed', attempts: [{ outcome: 'failed', detail: '没有设置 Webhook' }] }]);
  const [failed] = await house.facts('notifications.delivery_failed');
  expect(tellFact(eventsByKind(notificationsEvents), failed!, '', new Map()).sentence).toEqual({ zh: '通知由Webhook送出失败：没有设置 Webhook', en: 'Notice could not be delivered by webhook: the webhook is not set up' });
  const receiver = await own(openReceiver(500));
  await setWebhook(receiver.url);
  expect(await house.get(administrator, contract.testChannel, { body: { channel: 'webhook' } })).toMatchObject({ delivered: false, detail: { zh: '没有送出：HTTP 500' } });
});

test('the webhook is signed with its time: a receiver can tell who sent it, what was changed and what is replayed', async () => {
  const receiver = await own(openReceiver());
  await setWebhook(receiver.url);
  await tellTechnician(['webhook']);
  await deliver();
  const [post] = receiver.posted;
  const timestamp = String(post!.headers['vigil-timestamp']);
  expect(Number(timestamp) * secondMs).toBe(house.clock.now());
  expect(post!.headers['vigil-signature']).toBe(`sha256=${createHmac('sha256', key).update(`${timestamp}.${post!.body}`).digest('hex')}`);
  expect(JSON.parse(post!.body)).toMatchObject({ kind: 'video.camera_lost', to: await house.personId('technician') });
});

test('[SEC-7.6 NOTIFY] when the first channel fails the next one carries the notice, and the trail shows both', async () => {
  const server = await own(openMailServer());
  server.refuse(true);
  const receiver = await own(openReceiver());
  await setMail(server.port);
  await setWebhook(receiver.url);
  await addressOf('technician', 'zhoupeng@room.example');
  const notice = await tellTechnician(['mail', 'webhook']);
  for (const pause of [0, 30 * secondMs, 2 * minuteMs, 0]) {
    house.clock.step(pause);
    await deliver();
  }
  expect((await notice()).deliveries.map(({ channel, state, attempts }) => [channel, state, attempts.map(({ outcome }) => outcome)])).toEqual([
    ['mail', 'failed', ['failed', 'failed', 'failed']],
    ['webhook', 'delivered', ['delivered']],
  ]);
  expect(receiver.posted.length).toBe(1);
  expect((await house.facts('notifications.delivery_failed')).at(-1)?.body).toMatchObject({ channel: 'mail', givenUp: true, next: 'webhook' });
});

test('a person without an address is not waited for: the next channel is tried at once', async () => {
  const receiver = await own(openReceiver());
  await setWebhook(receiver.url);
  await tellTechnician(['mail', 'webhook']);
  await deliver();
  await deliver();
  expect(receiver.posted.length).toBe(1);
});

test('a mail server that hangs ends at its limit and holds up nothing else meanwhile', async () => {
  const silent = await own(openSilentServer());
  const receiver = await own(openReceiver());
  await setMail(silent.port);
  await setWebhook(receiver.url);
  await addressOf('technician', 'zhoupeng@room.example');
  const notice = await tellTechnician(['mail']);
  await house.runJob('notifications.deliveries');
  await until('the mail server is dialled', async () => silent.connections() === 1);
  // While it hangs the room goes on: an alarm is raised and its webhook is carried.
  const manager = await house.signIn('room_manager');
  await house.get(manager, contract.saveMatrixRow, { body: { kind: 'video.camera_lost', severity: 'ordinary', targets: ['guard_captain'], channels: ['webhook'], answerSeconds: 300, ladder: [] } });
  await house.lose(house.cameraIds[1]!);
  await house.runJob('notifications.deliveries');
  await until('the webhook arrives', async () => receiver.posted.length === 1);
  expect((await notice()).deliveries[0]?.attempts).toEqual([]);
  await house.room.notifications.settled();
  expect((await notice()).deliveries[0]).toMatchObject({ state: 'waiting', attempts: [{ outcome: 'failed', detail: expect.stringMatching(/no answer|never received|timeout/i) }] });
});

test('addresses of this machine are refused as a webhook in every writing, unless it is allowed', async () => {
  const closed = await openAlarmRoom();
  const cookie = await closed.signIn('system_administrator');
  for (const url of ['http://127.0.0.1/x', 'http://localhost:9/x', 'http://[::1]/x', 'http://[::ffff:127.0.0.1]/x', 'http://169.254.169.254/latest', 'http://0x7f.1/', 'http://2130706433/']) {
    expect((await closed.ask(cookie, contract.saveWebhook, { body: { url, key } })).body, url).toMatchObject({ code: 'notifications.address_local' });
  }
  await closed.close();
});

test('addresses of this machine are known in every writing; those of the house network are let through', () => {
  for (const address of ['127.9.9.9', '0.0.0.0', '169.254.1.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'ff02::1', '::ffff:127.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'no address']) {
    expect(isLocalAddress(address), address).toBe(true);
  }
  for (const address of ['192.168.1.64', '10.0.0.1', '8.8.8.8', '2001:db8::1', 'fd00::1']) expect(isLocalAddress(address), address).toBe(false);
});

test('[COR-3.3.3 NOTIFY] a kind of event without anybody who must know cannot be saved in the matrix', async () => {
  const manager = await house.signIn('room_manager');
  const row = { kind: 'video.camera_lost', severity: 'ordinary' as const, channels: ['console' as const], answerSeconds: 60, ladder: [] };
  expect(await house.ask(manager, contract.saveMatrixRow, { body: { ...row, targets: [] } })).toMatchObject({ status: 400, body: { code: 'notifications.target_missing', fields: [{ path: 'targets' }] } });
  expect((await house.get(manager, contract.matrix)).rows.find(({ kind }) => kind === row.kind)).toMatchObject({ changed: false });
  expect((await house.ask(manager, contract.saveMatrixRow, { body: { ...row, targets: ['technician'] } })).status).toBe(200);
  expect((await house.get(manager, contract.matrix)).rows.find(({ kind }) => kind === row.kind)).toMatchObject({ changed: true, targets: ['technician'], setBy: '孙卫东' });
});
