/** Anchors that people were given, and the time of an outside authority, go into packages and are checked by other hands. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from '../../../../../contract/evidence-copies.ts';
import { anchorPage } from '../../../../../contract/ledger.ts';
import { fileOf } from '../../../../../formats/evidence-bundle/testing/sample.ts';
import { createSha256, pureCrypto } from '../../../../../formats/pure-crypto/index.ts';
import { nodeVerifierCrypto } from '../../../../../verify/bundle/folder-node.ts';
import { verifyBundle, zipPackage } from '../../../../../verify/bundle/index.ts';
import { askTimestamp, timestampFault } from '../../../platform/http/timestamp-authority.ts';
import { programRoot } from '../../../platform/process/program-root.ts';
import { staff } from '../testing/footage-room.ts';
import { openCopyRoom, type CopyRoom } from './testing/copy-room.ts';

let room: CopyRoom;
let folder: string;
let authority: Server;
/** What the authority does with a question. */
let answering: 'honest' | 'replayed' | 'away' = 'honest';

const openssl = (...args: string[]): string => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A certificate authority, and a time-stamp authority that it vouches for. */
const makeAuthority = (): void => {
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-subj', '/CN=Test authority');
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/CN=Test time-stamps');
  writeFileSync(join(folder, 'tsa.ext'), 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n');
  openssl('x509', '-req', '-in', 'tsa.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-out', 'tsa.pem', '-extfile', 'tsa.ext');
  writeFileSync(join(folder, 'serial'), '01\n');
  const settings = ['[tsa]', 'default_tsa = one', '[one]', 'serial = serial', 'signer_cert = tsa.pem', 'certs = ca.pem', 'signer_key = tsa.key', 'signer_digest = sha256', 'default_policy = 1.2.3.4.1', 'digests = sha256', 'ess_cert_id_alg = sha256'];
  writeFileSync(join(folder, 'tsa.cnf'), `${settings.join('\n')}\n`);
};

const served = (): Promise<string> => {
  let first: Buffer | null = null;
  authority = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (answering === 'away') return response.writeHead(503).end();
      writeFileSync(join(folder, 'question.tsq'), Buffer.concat(parts));
      openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'question.tsq', '-out', 'answer.tsr');
      const answer = readFileSync(join(folder, 'answer.tsr'));
      first ??= answer;
      return response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answering === 'replayed' ? first : answer);
    });
  });
  return new Promise((resolve) => {
    authority.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(authority.address() as AddressInfo).port}/`)); // it listens by now
  });
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-anchors-'));
  makeAuthority();
  room = await openCopyRoom({ timestampUrl: await served() });
});
afterAll(async () => {
  await room.whole.close();
  authority.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A new package, in a file and unpacked. */
const taken = async (): Promise<{ zip: Buffer; file: string; inside: string }> => {
  const { requestId } = await room.approvedCopy();
  const { packageId, fileName, number, state } = await room.madeCopy(requestId);
  expect(state).toBe('ready');
  const { bytes } = await room.take(staff.operator, contract.takeCopy, { params: { packageId } });
  const file = join(folder, fileName);
  writeFileSync(file, bytes);
  execFileSync('python3', ['-m', 'zipfile', '-e', file, folder]);
  return { zip: bytes, file, inside: join(folder, number) };
};
const byPython = (file: string, ...more: string[]): string => {
  const told = execFileSync('python3', [join(programRoot(), 'verify/python/vigil_verify.py'), file, '--json', ...more], { encoding: 'utf8' });
  return (JSON.parse(told) as { verdict: string }).verdict;
};

test('an anchor that somebody printed before is found again from the package, by all verifiers', async () => {
  const { checkpoint: printed } = await room.get(staff.operator, anchorPage);
  const later = await room.get(staff.operator, anchorPage);
  const { zip, file, inside } = await taken();
  const listed = readFileSync(join(inside, 'proof/anchors.jsonl'), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { checkpoint: string }).checkpoint);
  expect(listed).toEqual(expect.arrayContaining([printed, later.checkpoint]));
  const source = () => zipPackage(fileOf(zip), crc32);
  expect(await verifyBundle(nodeVerifierCrypto, await source())).toMatchObject({ verdict: 'intact_not_anchored', faultCount: 0 });
  for (const crypto of [nodeVerifierCrypto, { ...pureCrypto, createSha256 }]) {
    expect(await verifyBundle(crypto, await source(), { anchors: printed })).toMatchObject({ verdict: 'intact_and_anchored', faultCount: 0 });
  }
  writeFileSync(join(folder, 'printed.txt'), printed);
  expect(byPython(file)).toBe('intact_not_anchored');
  expect(byPython(file, '--anchor', join(folder, 'printed.txt'))).toBe('intact_and_anchored');
});

test('the authority stamps the checkpoint: openssl agrees, and for no other bytes', async () => {
  answering = 'honest';
  const { zip, inside } = await taken();
  const verify = (data: string): string => openssl('ts', '-verify', '-data', data, '-in', join(inside, 'proof/tsa/checkpoint.tsr'), '-CAfile', 'ca.pem');
  expect(verify(join(inside, 'proof/checkpoint'))).toContain('Verification: OK');
  writeFileSync(join(folder, 'other'), `${readFileSync(join(inside, 'proof/checkpoint'), 'utf8')}x`);
  expect(() => verify(join(folder, 'other'))).toThrow();
  expect(readFileSync(join(inside, 'data/report/说明书.html'), 'utf8')).toContain('账本检查点有可信时间戳');
  expect((await verifyBundle(nodeVerifierCrypto, await zipPackage(fileOf(zip), crc32))).unchecked.map(({ en }) => en).join()).toContain('1 RFC 3161 timestamps');
});

test('an authority that is away, or answers another question, stops no package: it says that it has no time-stamp', async () => {
  for (const how of ['away', 'replayed'] as const) {
    answering = how;
    const { zip, inside } = await taken();
    expect(readFileSync(join(inside, 'data/report/说明书.html'), 'utf8')).toContain('时间戳服务没有应答');
    const report = await verifyBundle(nodeVerifierCrypto, await zipPackage(fileOf(zip), crc32));
    expect(report).toMatchObject({ faultCount: 0 });
    expect(report.unchecked.map(({ zh }) => zh).join()).toContain('包内没有可信时间戳');
  }
  const { port } = authority.address() as AddressInfo; // it listens
  await expect(askTimestamp(`http://127.0.0.1:${port}/`)(Buffer.from('x'))).rejects.toThrow('other bytes');
  expect(timestampFault(Buffer.from('<html>'), Buffer.alloc(32), Buffer.alloc(8))).toBe('not a time-stamp answer');
});
