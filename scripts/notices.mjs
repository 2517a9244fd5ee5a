// Writes THIRD-PARTY-NOTICES.md from what is installed: name, version, licence and licence text of every production package.
// `--check` compares instead of writing. Development tools are not shipped and not listed; what the web client bundles is.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const direct = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const bundled = ['react', 'react-dom', 'antd', '@ant-design/icons', '@tanstack/react-query', '@tanstack/react-router', 'i18next', 'react-i18next', '@fontsource/noto-sans-sc', '@fontsource/noto-sans-mono', '@noble/curves', '@noble/hashes'];
for (const name of bundled) if (!direct.devDependencies[name]) throw new Error(`${name} is not a dependency any more: mend the list in scripts/notices.mjs`);

const wanted = new Map();
const visit = (name, from) => {
  let base = from;
  let path;
  for (;;) {
    path = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (lock.packages[path]) break;
    if (base === '') return;
    base = base.includes('/node_modules/') ? base.slice(0, base.lastIndexOf('/node_modules/')) : '';
  }
  if (wanted.has(path)) return;
  const entry = lock.packages[path];
  wanted.set(path, { name: entry.name ?? name, version: entry.version, license: entry.license ?? 'see text', platform: entry.os !== undefined });
  for (const dependency of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) visit(dependency, path);
};
for (const name of [...Object.keys(direct.dependencies), ...Object.keys(direct.optionalDependencies), ...bundled]) visit(name, '');

const textOf = (path) => {
  const folder = join(root, path);
  if (!existsSync(folder)) return null;
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying|notice)/i.test(one));
  return file === undefined ? null : readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
};
const rows = [...wanted].sort(([, a], [, b]) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
// Texts that differ only by platform package are the same work; packages of other platforms are listed, their text is that of their family.
const texts = new Map();
for (const [path, entry] of rows) {
  if (entry.platform) continue;
  const text = textOf(path);
  if (text === null) continue;
  if (!texts.has(text)) texts.set(text, []);
  texts.get(text).push(entry.name);
}
const out = [
  '# Third-party notices',
  '',
  'Made by `node scripts/notices.mjs`. Packages that are installed to run Vigil or bundled into its web client.',
  '',
  '| Package | Version | Licence |',
  '|---|---|---|',
  ...rows.map(([, entry]) => `| ${entry.name} | ${entry.version} | ${entry.license} |`),
  '',
  ...[...texts].flatMap(([text, names]) => [`## ${[...new Set(names)].join(', ')}`, '', '```', text, '```', '']),
].join('\n');

const file = join(root, 'THIRD-PARTY-NOTICES.md');
if (process.argv.includes('--check')) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== out) {
    console.error('THIRD-PARTY-NOTICES.md 与依赖不一致,请运行 node scripts/notices.mjs / THIRD-PARTY-NOTICES.md is out of date: run node scripts/notices.mjs');
    process.exit(1);
  }
  console.log(`notices: ${rows.length} packages`);
} else {
  writeFileSync(file, out);
  console.log(`${rows.length} packages, ${texts.size} licence texts`);
}
