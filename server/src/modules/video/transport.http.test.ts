/** Cameras over UDP and over TLS, from the form to the recorder: a real recorder, real cameras. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFacts } from '../../../../contract/ledger.ts';
import * as video from '../../../../contract/video.ts';
import { hevcLoopFile, startCamera, type OneCamera } from '../../../../simulators/camera/index.ts';
import { openWholeRoom, until, type WholeRoom } from '../../app/testing/whole-room.ts';

let folder = '';
let house: WholeRoom;
let encrypted: OneCamera;
let plain: OneCamera;
let administrator: string;
let operator: string;
let fingerprint = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-transport-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=camera', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  fingerprint = new X509Certificate(readFileSync(cert)).fingerprint256;
  encrypted = await startCamera({ scene: 'gate', tls: { key: readFileSync(key), cert: readFileSync(cert) } });
  plain = await startCamera({ file: hevcLoopFile, framesPerSecond: 15 });
  house = await openWholeRoom({ cameras: true });
  administrator = await house.signIn('system_administrator');
  operator = await house.signIn('duty_operator');
  await until('the recorder is there', async () => (await house.get(administrator, video.listCameras)).recorder === 'present');
});
afterAll(async () => {
  await house.close();
  await Promise.all([encrypted.close(), plain.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const address = (camera: OneCamera) => ({ url: camera.url, username: null, password: null });
const cameraOf = async (who: string, cameraId: string) => (await house.get(who, video.listCameras)).cameras.find((one) => one.cameraId === cameraId);
const records = (cameraId: string): Promise<unknown> => until('it is recorded', async () => (await cameraOf(administrator, cameraId))?.state === 'recording');

test('an encrypted camera is refused until its certificate was compared and noted, then it is recorded', { timeout: 60_000 }, async () => {
  const unknown = await house.get(administrator, video.testCamera, { body: address(encrypted) });
  expect(unknown).toMatchObject({ outcome: 'certificate_unknown', video: null });
  expect(unknown.detail).toContain(fingerprint.replaceAll(':', '').toLowerCase());
  expect(await house.get(administrator, video.testCamera, { body: { ...address(encrypted), tlsFingerprint: fingerprint } })).toMatchObject({ outcome: 'ok' });
  // As people copy it from the camera's page: large digits in pairs.
  const { cameraId } = await house.get(administrator, video.addCamera, { body: { name: '加密门岗', ...address(encrypted), tlsFingerprint: fingerprint, fields: { purpose: 'internal_safety' } } });
  await records(cameraId);
  expect((await cameraOf(administrator, cameraId))?.tlsFingerprint).toBe(fingerprint.replaceAll(':', '').toLowerCase());
  expect((await cameraOf(operator, cameraId))?.tlsFingerprint).toBeNull();
  // The stored fingerprint counts for a test of the stored camera.
  expect(await house.get(administrator, video.testCamera, { body: { ...address(encrypted), cameraId } })).toMatchObject({ outcome: 'ok' });
  await house.get(administrator, video.changeCamera, { params: { cameraId }, body: { tlsFingerprint: '00'.repeat(32) } });
  await until('the other certificate is refused', async () => (await cameraOf(administrator, cameraId))?.detail.includes('certificate_differs') === true);
});

test('an H.265 camera is recorded over UDP, and the change of transport is a recorded act', { timeout: 60_000 }, async () => {
  const { cameraId } = await house.get(administrator, video.addCamera, { body: { name: '四 K 大厅', ...address(plain), transport: 'udp', fields: { purpose: 'internal_safety' } } });
  await records(cameraId);
  const camera = await cameraOf(administrator, cameraId);
  expect(camera).toMatchObject({ transport: 'udp', width: 1_280 });
  expect(camera?.codec).toMatch(/^hvc1\./);
  await house.get(administrator, video.changeCamera, { params: { cameraId }, body: { transport: 'tcp' } });
  const auditor = await house.signIn('auditor');
  const { facts } = await house.get(auditor, listFacts, { query: { kind: 'video.camera_changed' } });
  expect(facts.map((fact) => fact.body)).toContainEqual(expect.objectContaining({ cameraId, changed: ['transport'] }));
  await records(cameraId);
});

test('what is no fingerprint is refused', async () => {
  const answer = await house.ask(administrator, video.addCamera, { body: { name: '错', ...address(plain), tlsFingerprint: 'abc' } });
  expect(answer.status).toBe(400);
});
