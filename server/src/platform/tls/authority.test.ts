/** The room's own authority vouches for the room's names and nothing else; OpenSSL, which is not ours, is the judge. */
import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:https';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../base/config.ts';
import { Refusal } from '../../base/refusal.ts';
import { createAuthority, issueServerCertificate, renewServerCertificate, type Authority } from './authority.ts';
import { localSettings, tlsFiles } from './local-settings.ts';
import { addressBytes, nameConstraintsDer } from './name-constraints.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'vigil-tls-'));
const files = tlsFiles(dataFolder);
let made: Authority;
beforeAll(async () => {
  made = await createAuthority({ dataFolder, names: ['Room.lan', '192.168.1.20', 'fd00::20'], title: 'Vigil 值守 room.lan' });
});
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

const verify = (certificate: string, ...more: string[]): { ok: boolean; text: string } => {
  const done = spawnSync('openssl', ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', files.authorityCert, ...more, certificate], { encoding: 'utf8' });
  return { ok: done.status === 0, text: done.stdout + done.stderr };
};
const authorityKey = (): Promise<webcrypto.CryptoKey> => {
  const der = Buffer.from(readFileSync(files.authorityKey, 'utf8').replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  return webcrypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
};
const issueFor = async (...names: string[]): Promise<string> => {
  const certificate = new x509.X509Certificate(readFileSync(files.authorityCert, 'utf8'));
  const issued = await issueServerCertificate({ certificate, key: await authorityKey() }, names);
  const file = join(dataFolder, `${names.join('-').replaceAll(/[^a-z0-9.]/g, '_')}.crt`);
  writeFileSync(file, issued.certificate);
  return file;
};

test('keys are for Vigil alone', () => {
  for (const key of [files.authorityKey, files.serverKey]) expect(statSync(key).mode & 0o777).toBe(0o600);
  expect(statSync(files.folder).mode & 0o777).toBe(0o700);
});

test.each([
  ['-verify_hostname', 'room.lan'],
  ['-verify_hostname', 'localhost'],
  ['-verify_ip', '192.168.1.20'],
  ['-verify_ip', 'fd00::20'],
  ['-verify_ip', '127.0.0.1'],
])('OpenSSL accepts the server certificate for %s %s', (option, name) => {
  expect(verify(files.serverCert, option, name)).toMatchObject({ ok: true });
});

test.each([['bank.example.com'], ['room.lan', 'bank.example.com'], ['192.168.1.21'], ['8.8.8.8'], ['fd00::21'], ['xroom.lan']])(
  'a certificate of the same authority for %s %s is refused by OpenSSL',
  async (...names) => {
    const { ok, text } = verify(await issueFor(...names.filter((name): name is string => typeof name === 'string')));
    expect(ok).toBe(false);
    expect(text).toContain('permitted subtree violation');
  },
);

test('the server certificate cannot itself issue certificates', async () => {
  const der = Buffer.from(readFileSync(files.serverKey, 'utf8').replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  const key = await webcrypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const issued = await issueServerCertificate({ certificate: new x509.X509Certificate(readFileSync(files.serverCert, 'utf8')), key }, ['room.lan']);
  const file = join(dataFolder, 'below.crt');
  writeFileSync(file, issued.certificate);
  expect(verify(file, '-untrusted', files.serverCert).ok).toBe(false);
});

test('a TLS client that trusts the authority reaches the server by its name', async () => {
  const server = createServer({ cert: readFileSync(files.serverCert), key: readFileSync(files.serverKey) }, (_, response) => response.end('open'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const answer = await new Promise<string>((resolve, reject) => {
    request({ host: '127.0.0.1', port, servername: 'room.lan', ca: readFileSync(files.authorityCert), headers: { connection: 'close' } }, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    }).on('error', reject).end();
  });
  expect(answer).toBe('open');
  await new Promise((resolve) => server.close(resolve));
});

test('the shown fingerprint is that of the authority', () => {
  const done = spawnSync('openssl', ['x509', '-in', files.authorityCert, '-noout', '-fingerprint', '-sha256'], { encoding: 'utf8' });
  expect(done.stdout.trim().split('=')[1]).toBe(made.fingerprint);
});

test('a second authority does not silently replace the trusted one', async () => {
  const before = readFileSync(files.authorityCert, 'utf8');
  const refusal = await createAuthority({ dataFolder, names: ['other.lan'], title: 'x' }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(readFileSync(files.authorityCert, 'utf8')).toBe(before);
});

test('a renewed certificate is trusted by the same authority', async () => {
  const before = readFileSync(files.serverCert, 'utf8');
  await renewServerCertificate(dataFolder);
  expect(readFileSync(files.serverCert, 'utf8')).not.toBe(before);
  expect(verify(files.serverCert, '-verify_hostname', 'room.lan').ok).toBe(true);
});

test.each(['', 'a b', '192.168.1', '-x.lan', 'http://room.lan', '*.lan'])('%j is no name', async (name) => {
  const other = mkdtempSync(join(tmpdir(), 'vigil-tls-'));
  const refusal = await createAuthority({ dataFolder: other, names: [name], title: 'x' }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'tls.name_wrong' });
  expect(existsSync(tlsFiles(other).folder)).toBe(false);
  rmSync(other, { recursive: true, force: true });
});

test('a room that has its own certificate may listen beyond loopback, under its first name', () => {
  const { config, settings } = localSettings(readConfig, { HOST: '0.0.0.0', PORT: '8443', VIGIL_DATA: dataFolder });
  expect(config.tls).toEqual({ certFile: files.serverCert, keyFile: files.serverKey });
  expect(config.origin).toBe('https://room.lan:8443');
  expect(settings['VIGIL_TLS_CERT']).toBe(files.serverCert);
});

test('on loopback nothing changes, and without a certificate the refusal stands', () => {
  expect(localSettings(readConfig, { VIGIL_DATA: dataFolder }).config.tls).toBeNull();
  expect(() => localSettings(readConfig, { HOST: '0.0.0.0', VIGIL_DATA: '/nowhere' })).toThrow(Refusal);
});

test('addresses of both kinds are encoded in full', () => {
  expect(addressBytes('192.168.1.20').toString('hex')).toBe('c0a80114');
  expect(addressBytes('::1').toString('hex')).toBe('00000000000000000000000000000001');
  expect(addressBytes('fd00:1::20').toString('hex')).toBe('fd000001000000000000000000000020');
  expect(addressBytes('::ffff:1.2.3.4').toString('hex')).toBe('00000000000000000000ffff01020304');
  expect(() => nameConstraintsDer(['room.lan', '10.0.0.1'])).toThrow('unconstrained');
});
