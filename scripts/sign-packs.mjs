/**
 * Signs the regulation packs of a folder after one of them was changed.
 *   node scripts/sign-packs.mjs --key <private key, PEM> [--name vigil-packs-1] [--packs packs] [--new]
 * --new makes the key first and writes its public half to <packs>/keys/<name>.pem. The private half never lies in the repository: whoever
 * loses it signs with a new name. Needs Node 24 (types are stripped).
 */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, parseDocument } from 'yaml';
import { PackFile } from '../server/src/mechanisms/parameters/pack.ts';
import { digestOf } from '../server/src/mechanisms/parameters/signature.ts';

const { values } = parseArgs({
  options: { key: { type: 'string' }, name: { type: 'string', default: 'vigil-packs-1' }, packs: { type: 'string', default: 'packs' }, new: { type: 'boolean', default: false } },
});
const file = values.key;
if (file === undefined) throw new Error('--key <file> is missing');
if (values.new) {
  if (existsSync(file)) throw new Error(`${file} exists already`);
  const pair = generateKeyPairSync('ed25519');
  mkdirSync(join(values.packs, 'keys'), { recursive: true });
  writeFileSync(file, pair.privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  writeFileSync(join(values.packs, 'keys', `${values.name}.pem`), pair.publicKey.export({ format: 'pem', type: 'spki' }));
}
const key = createPrivateKey(readFileSync(file));
for (const id of readdirSync(values.packs)) {
  const packFile = join(values.packs, id, 'pack.yaml');
  if (!existsSync(packFile)) continue;
  const document = parseDocument(readFileSync(packFile, 'utf8'));
  document.delete('signature');
  const pack = PackFile.parse({ ...document.toJS(), clauses: parse(readFileSync(join(values.packs, id, 'clauses.yaml'), 'utf8')) });
  const value = sign(null, Buffer.from(`vigil/pack-signature\n${digestOf(pack)}`), key).toString('base64');
  document.set('signature', document.createNode({ key: values.name, value }));
  writeFileSync(packFile, document.toString({ lineWidth: 0 }));
  console.log(`${id}: ${pack.clauses.length} clauses`);
}
