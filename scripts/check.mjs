/** `npm run check`: types, lint, layer rules, sizes, migration hashes; under a minute. `--write` adds the hashes of new migrations. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture, ensureInstalled, root, toolEnvironment } from './steps.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const tool = async (name, ...args) => {
  const done = await capture(bin(name), args, { env: toolEnvironment(), shell: process.platform === 'win32' });
  return { ok: done.code === 0, detail: '', text: done.text };
};

const ours = ['formats', 'contract', 'server/src', 'recorder', 'verify', 'simulators', 'bench', 'web/src'];
const present = (folders) => folders.filter((folder) => existsSync(join(root, folder)));

/** One run over everything, nothing kept between runs. The report's count is wanted: a run over nothing has no fault either. */
const lint = async () => {
  const done = await tool('oxlint', '.');
  const [, files, rules] = /on (\d+) files? with (\d+) rules/.exec(done.text) ?? [];
  return { ...done, ok: done.ok && Number(files) > 0, detail: files === undefined ? 'no report' : `${files} files, ${rules} rules` };
};

/** One checker a program: each more works out types for itself, and the other core has another program to do (decision 11). */
const types = (project) => tool('tsc', '--noEmit', '--checkers', '1', '-p', project);

const layers = async () => {
  const done = await capture(bin('depcruise'), ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...present(ours)], { env: toolEnvironment() });
  const start = done.text.indexOf('{');
  if (start === -1) return { ok: false, detail: 'no report', text: done.text };
  const { summary } = JSON.parse(done.text.slice(start, done.text.lastIndexOf('}') + 1));
  const broken = summary.violations.filter((v) => v.rule.severity === 'error').map((v) => `${v.rule.name}: ${v.from} → ${v.to}`);
  // With a compiler that it cannot use, dependency-cruiser reports success on nothing.
  const ok = broken.length === 0 && summary.totalCruised > 0;
  return { ok, detail: `${summary.totalCruised} modules cruised, ${broken.length} against the rules`, text: broken.join('\n') };
};

const walk = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    if (item.name === 'node_modules') return [];
    const path = join(folder, item.name);
    return item.isDirectory() ? walk(path) : [path];
  });

const largestFile = 400;
const largestP90 = 250;
const sizes = async () => {
  const files = present([...ours, 'scripts'])
    .flatMap((folder) => walk(join(root, folder)))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.(test|e2e)\.tsx?$|[\\/]testing[\\/]/.test(file))
    .map((file) => ({ file: relative(root, file), lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines);
  if (files.length === 0) return { ok: false, detail: 'no files', text: '' };
  const quantile = (part) => files[Math.min(files.length - 1, Math.floor(files.length * part))].lines;
  const tooLong = files.filter(({ lines }) => lines > largestFile);
  const [median, p90] = [quantile(0.5), quantile(0.9)];
  const text = [...tooLong.map(({ file, lines }) => `${file}: ${lines} lines, at most ${largestFile}`), ...(p90 > largestP90 ? [`p90 is ${p90} lines, at most ${largestP90}`] : [])].join('\n');
  return { ok: text === '', detail: `${files.length} files: median ${median}, p90 ${p90}, longest ${files.at(-1).lines} lines`, text };
};

const folder = join(root, 'server', 'migrations');
const list = join(folder, 'HASHES');
/** As the migrator counts it: line ends of the checkout do not matter. */
const hashOf = (file) => createHash('sha256').update(readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')).digest('hex');
const migrations = async () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql')).sort();
  const known = new Map((existsSync(list) ? readFileSync(list, 'utf8') : '').split('\n').filter(Boolean).map((line) => line.split('  ').reverse()));
  const faults = [];
  for (const [index, file] of files.entries()) {
    if (Number(file.slice(0, 4)) !== index + 1) faults.push(`${file}: the numbers must be 0001, 0002, 0003 … without a hole`);
    if (!known.has(file) && process.argv.includes('--write')) known.set(file, hashOf(file));
    if (!known.has(file)) faults.push(`${file}: not in server/migrations/HASHES; npm run check -- --write adds it when it is final`);
    else if (known.get(file) !== hashOf(file)) faults.push(`${file}: was changed after it had been listed; write a new migration instead`);
  }
  for (const file of known.keys()) if (!files.includes(file)) faults.push(`${file}: is listed but missing`);
  if (process.argv.includes('--write')) writeFileSync(list, [...known].sort().map(([file, hash]) => `${hash}  ${file}\n`).join(''));
  return { ok: faults.length === 0 && files.length > 0, detail: `${files.length} migrations`, text: faults.join('\n') };
};

const checks = [
  ['lint', '代码规范', lint],
  ['types', '类型', () => types('tsconfig.json')],
  ['web types', '网页类型', () => types('web/tsconfig.json')],
  ['e2e types', '浏览器测试类型', () => types('web/e2e/tsconfig.json')],
  ['notices', '第三方声明', () => tool('node', 'scripts/notices.mjs', '--check')],
  ['layers', '分层', layers],
  ['sizes', '篇幅', sizes],
  ['migrations', '迁移校验', migrations],
];

/** Runs all checks, a few at a time, prints a table; resolves with how many passed and failed. */
export const runChecks = async () => {
  const waiting = [...checks];
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, zh, check] = next;
      const began = Date.now();
      const result = await check().catch((error) => ({ ok: false, detail: '', text: String(error?.stack ?? error) }));
      results.push({ name, zh, ...result, seconds: (Date.now() - began) / 1000 });
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
  for (const { ok, name, text } of results) if (!ok) process.stdout.write(`\n── ${name}\n${text.trim()}\n`);
  process.stdout.write('\n');
  for (const { ok, name, zh, detail, seconds } of results) {
    process.stdout.write(`${ok ? '✓' : '✗'} ${name.padEnd(11)} ${`${seconds.toFixed(1)} s`.padStart(7)}  ${zh}${detail === '' ? '' : ` · ${detail}`}\n`);
  }
  return { passed: results.filter(({ ok }) => ok).length, failed: results.filter(({ ok }) => !ok).length };
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureInstalled();
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}
