/**
 * A certificate authority of the room's own, for rooms without a public name. It is name-constrained (RFC 5280 section 4.2.1.10): a
 * browser that trusts it trusts it for this room's names and addresses and for nothing else, so that its theft opens no bank.
 */
import 'reflect-metadata';
import { createHash, webcrypto } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import { systemClock, type Clock } from '../../base/clock.ts';
import { declareRefusals } from '../../base/refusal.ts';
import { dayMs, minuteMs } from '../../base/units.ts';
import { tlsFiles } from './local-settings.ts';
import { nameConstraintsDer, nameConstraintsId } from './name-constraints.ts';

export const tlsRefusals = declareRefusals('tls', {
  authority_exists: {
    kind: 'conflict',
    zh: '证书已经建立（{folder}）。要换一个，请先移走这个文件夹，并在每台看守电脑上重新信任。',
    en: 'A certificate authority was made already ({folder}). To make another, move that folder away first and trust the new one on every console.',
  },
  authority_missing: {
    kind: 'not_found',
    zh: '还没有建立证书，请先运行 vigil authority create。',
    en: 'There is no certificate authority yet; run vigil authority create first.',
  },
  name_wrong: { kind: 'invalid', zh: '“{name}”不是主机名也不是 IP 地址。', en: '"{name}" is neither a host name nor an IP address.' },
  names_missing: {
    kind: 'invalid',
    zh: '请给出值守电脑访问本机所用的名称或地址，例如：vigil authority create room.lan 192.168.1.20',
    en: 'Give the names or addresses by which consoles reach this machine, e.g. vigil authority create room.lan 192.168.1.20',
  },
});

const authorityDays = 3_650;
/** Browsers refuse leaf certificates of more than 398 days from public authorities; Apple's also 825 from private ones. */
const serverDays = 397;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

export interface AuthorityOptions {
  dataFolder: string;
  /** Host names and IP addresses; the first is the one that people type. */
  names: readonly string[];
  /** What the certificate is called in a browser's list. */
  title: string;
  clock?: Clock;
}

export interface Authority {
  authorityCert: string;
  serverCert: string;
  names: string[];
  /** SHA-256 of the authority's certificate, to compare by eye on the console. */
  fingerprint: string;
}

const hostPattern = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

const checkedNames = (names: readonly string[]): string[] => {
  if (names.length === 0) throw tlsRefusals('names_missing');
  const clean = names.map((name) => name.trim().toLowerCase());
  // All-numeric words are mistyped addresses, not host names.
  const wrong = clean.find((name) => isIP(name) === 0 && (!hostPattern.test(name) || /^[\d.]+$/.test(name)));
  if (wrong !== undefined) throw tlsRefusals('name_wrong', { name: wrong });
  return [...new Set([...clean, 'localhost', '127.0.0.1', '::1'])];
};

const pem = (label: string, der: ArrayBuffer): string => `-----BEGIN ${label}-----\n${(Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;
const keyPem = async (key: webcrypto.CryptoKey): Promise<string> => pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', key));

/** Whole or not at all, and never readable by others, not even for a moment. */
const writeSecret = (file: string, text: string): void => {
  writeFileSync(`${file}.draft`, text, { mode: 0o600, flush: true });
  chmodSync(`${file}.draft`, 0o600);
  renameSync(`${file}.draft`, file);
};

const alternativeNames = (names: readonly string[]): x509.JsonGeneralNames => names.map((name) => ({ type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const), value: name }));

const newKeys = (): Promise<webcrypto.CryptoKeyPair> => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const span = (clock: Clock, days: number): { notBefore: Date; notAfter: Date } => {
  const from = clock.now() - 10 * minuteMs; // consoles whose clock is a little behind
  return { notBefore: new Date(from), notAfter: new Date(from + days * dayMs) };
};

const makeAuthority = async (keys: webcrypto.CryptoKeyPair, title: string, names: readonly string[], clock: Clock): Promise<x509.X509Certificate> =>
  x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [title] }],
    ...span(clock, authorityDays),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.Extension(nameConstraintsId, true, nameConstraintsDer(names)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });

/** A certificate for the names, signed by the authority. Exported for the tests, which ask it for names beyond the constraint. */
export const issueServerCertificate = async (
  issuer: { certificate: x509.X509Certificate; key: webcrypto.CryptoKey },
  names: readonly string[],
  clock: Clock = systemClock,
): Promise<{ certificate: string; key: string }> => {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [names[0] ?? 'Vigil'] }],
    issuer: issuer.certificate.subject,
    ...span(clock, serverDays),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: issuer.key,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(alternativeNames(names)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate.publicKey),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, key: await keyPem(keys.privateKey) };
};

const fingerprintOf = (certificate: x509.X509Certificate): string =>
  (createHash('sha256').update(Buffer.from(certificate.rawData)).digest('hex').toUpperCase().match(/../g) ?? []).join(':');

export const createAuthority = async (options: AuthorityOptions): Promise<Authority> => {
  const clock = options.clock ?? systemClock;
  const names = checkedNames(options.names);
  const files = tlsFiles(options.dataFolder);
  if (existsSync(files.authorityKey)) throw tlsRefusals('authority_exists', { folder: files.folder });
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  chmodSync(files.folder, 0o700);
  const keys = await newKeys();
  const certificate = await makeAuthority(keys, options.title, names, clock);
  const server = await issueServerCertificate({ certificate, key: keys.privateKey }, names, clock);
  writeFileSync(files.authorityCert, `${certificate.toString('pem')}\n`, { mode: 0o644 });
  writeSecret(files.serverKey, server.key);
  writeFileSync(files.serverCert, server.certificate, { mode: 0o644 });
  writeFileSync(files.names, `${JSON.stringify(names)}\n`, { mode: 0o644 });
  writeSecret(files.authorityKey, await keyPem(keys.privateKey)); // last: its presence says that all of it is there
  return { authorityCert: files.authorityCert, serverCert: files.serverCert, names, fingerprint: fingerprintOf(certificate) };
};

/** A new server certificate from the authority that consoles trust already; to be called well before the old one ends. */
export const renewServerCertificate = async (dataFolder: string, clock: Clock = systemClock): Promise<{ names: string[] }> => {
  const files = tlsFiles(dataFolder);
  if (!existsSync(files.authorityKey)) throw tlsRefusals('authority_missing');
  const certificate = new x509.X509Certificate(readFileSync(files.authorityCert, 'utf8'));
  const der = Buffer.from(readFileSync(files.authorityKey, 'utf8').replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  const key = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const names = JSON.parse(readFileSync(files.names, 'utf8')) as string[];
  const server = await issueServerCertificate({ certificate, key }, names, clock);
  writeSecret(files.serverKey, server.key);
  writeFileSync(files.serverCert, server.certificate, { mode: 0o644 });
  return { names };
};
