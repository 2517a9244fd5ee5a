/** The port to ONVIF devices against a real device on the loopback: each fault of the field has its own word. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import { goodOnvif, startOnvifDevice, type OnvifDevice } from '../../../../../simulators/onvif/index.ts';
import { readServiceAddress, streamAddress, type ServiceAddress } from './address.ts';
import { byArea, lookByOnvif } from './device.ts';
import { discover, readMatch } from './discover.ts';

let device: OnvifDevice;
let address: ServiceAddress;
beforeAll(async () => {
  device = await startOnvifDevice();
  const read = readServiceAddress(device.url, true);
  if (typeof read === 'string') throw new Error(read);
  address = read;
});
afterAll(() => device.close());

const right = { username: 'admin', password: 'admin' };
const look = (login: { username: string | null; password: string | null } = right, allowLocal = true) => lookByOnvif(address, login, { clock: systemClock, allowLocal });
const during = async <T>(change: Parameters<OnvifDevice['set']>[0], work: () => Promise<T>): Promise<T> => {
  device.set(change);
  try {
    return await work();
  } finally {
    device.set(goodOnvif);
  }
};

test('a good device tells who it is, its streams largest first, that it turns, where it looks and how its clock goes', async () => {
  const seen = await during({ turn: { pan: 0.5, tilt: -0.25, zoom: 0.1 }, clockOffsetMs: 5_000 }, look);
  expect(seen).toMatchObject({ outcome: 'ok', device: { manufacturer: 'Vigil', model: 'SIM-PTZ', firmware: '5.6.1' }, ptz: true, events: true, direction: { pan: 0.5, tilt: -0.25, zoom: 0.1 } });
  expect(Math.abs((seen.clockOffsetMs ?? 0) - 5_000)).toBeLessThan(1_500);
  expect(byArea(seen.streams).map(({ url, width }) => [url, width])).toEqual([['rtsp://127.0.0.1:8554/gate', 1920], ['rtsp://127.0.0.1:8554/gate/sub', 640]]);
});

test.each([
  ['a wrong password', {}, { username: 'admin', password: 'wrong' }, 'wrong_password'],
  ['no password where one is needed', {}, { username: null, password: null }, 'wrong_password'],
  ['digest only', { digestOnly: true }, right, 'digest_only'],
  ['digest only and a wrong password', { digestOnly: true }, { username: 'admin', password: 'wrong' }, 'wrong_password'],
  ['a clock two hours off, evened out', { clockOffsetMs: 7_200_000 }, right, 'ok'],
  ['a clock two hours off that makes it refuse', { clockOffsetMs: 7_200_000, refusesWhenSkewed: true }, right, 'clock_skew'],
  ['no media service', { media: false }, right, 'no_media'],
  ['no streams', { streams: [] }, right, 'no_media'],
  ['a web page', { webPageOnly: true }, right, 'not_onvif'],
  ['an answer without end', { paddingBytes: 5_000_000 }, right, 'too_large'],
  ['silence', { silent: true }, right, 'timeout'],
  ['an entity bomb', { answer: '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>' }, right, 'not_onvif'],
  ['elements without end', { answer: `<s:Envelope xmlns:s="x">${'<a>'.repeat(170_000)}` }, right, 'not_onvif'],
  ['no XML at all', { answer: '\u0000\u0001<<<>>>' }, right, 'not_onvif'],
] as const)('%s is told as such', async (_what, change, login, outcome) => {
  expect((await during(change, () => look(login))).outcome).toBe(outcome);
});

test('what is not there is unreachable, and this machine is refused unless it is allowed', async () => {
  const gone = { ...address, port: 1 };
  expect((await lookByOnvif(gone, right, { clock: systemClock, allowLocal: true })).outcome).toBe('unreachable');
  expect((await look(right, false)).outcome).toBe('address_local');
  expect((await lookByOnvif({ ...address, host: 'localhost' }, right, { clock: systemClock, allowLocal: false })).outcome).toBe('address_local');
  expect(readServiceAddress('http://127.0.0.1/', false)).toBe('address_local');
  expect(readServiceAddress('ftp://10.0.0.8/', false)).toBe('address_wrong');
  expect(readServiceAddress('10.0.0.8', false)).toMatchObject({ url: 'http://10.0.0.8/onvif/device_service', port: 80 });
});

test('a name that would break out of the token stays a name', async () => {
  expect((await look({ username: '</Username><Evil/>', password: 'x' })).outcome).toBe('wrong_password');
});

test('a stream is taken at the address by which the device was reached, without credentials', () => {
  expect(streamAddress('rtsp://admin:x@192.168.0.9:8554/ch1?a=1', '10.0.0.8')).toBe('rtsp://10.0.0.8:8554/ch1?a=1');
  expect(streamAddress('http://10.0.0.8/', '10.0.0.8')).toBeNull();
  expect(streamAddress('file:///etc/passwd', '10.0.0.8')).toBeNull();
});

test('who answers on the link is found with name, model and profiles; this machine is passed over unless it is allowed', async () => {
  const targets = [{ address: '127.0.0.1', port: device.discoveryPort }];
  const found = await discover({ clock: systemClock, allowLocal: true, waitMs: 300, targets });
  expect(found).toEqual([{ serviceUrl: device.url, host: '127.0.0.1', name: 'Simulated camera', hardware: 'SIM-PTZ', profiles: ['Streaming', 'T'] }]);
  expect(await discover({ clock: systemClock, allowLocal: false, waitMs: 100, targets })).toEqual([]);
});

test('an answer that names the address of somebody else, or answers another question, is not believed', () => {
  const xml = (address: string, relatesTo = 'urn:uuid:1') => `<e><h><RelatesTo>${relatesTo}</RelatesTo></h><Scopes>onvif://www.onvif.org/name/A%ZZ</Scopes><XAddrs>${address}</XAddrs></e>`;
  expect(readMatch(xml('http://10.0.0.9/onvif/device_service'), '10.0.0.8', 'urn:uuid:1', false)).toBeNull();
  expect(readMatch(xml('http://10.0.0.8/onvif/device_service', 'urn:uuid:2'), '10.0.0.8', 'urn:uuid:1', false)).toBeNull();
  expect(readMatch(xml('http://[fe80::1]/x http://10.0.0.8/onvif/device_service'), '10.0.0.8', 'urn:uuid:1', false)).toMatchObject({ host: '10.0.0.8', name: 'A%ZZ' });
});
