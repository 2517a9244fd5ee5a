/** `npm test`: everything that is checked, from a fresh clone. Ends with one line, `N passed, N failed`; nothing is skipped silently. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { runChecks } from './check.mjs';
import { capture, ensureBuilt, ensureInstalled, fail, root, run, say, toolEnvironment } from './steps.mjs';

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));

/** The system's own Python has Debian's bindings; another one first on PATH has not. */
const foreignServerCheck = `
import gi
for name, version in (("Gst", "1.0"), ("GstRtsp", "1.0"), ("GstRtspServer", "1.0")): gi.require_version(name, version)
from gi.repository import Gio, Gst, GstRtspServer
Gst.init(None)
assert all(Gst.ElementFactory.find(name) for name in ("qtdemux", "h264parse", "h265parse", "rtph264pay", "rtph265pay"))
assert Gio.TlsBackend.get_default().supports_tls()
`;

/** What only tests need, with the Debian packages that bring it. */
const needed = [
  { package: 'chromium', programs: ['chromium', 'chromium-browser', 'google-chrome'] },
  { package: 'ffmpeg', programs: ['ffmpeg'] },
  // Evidence packages must be readable without Vigil: other people's tools look at them too.
  { package: 'p7zip-full', programs: ['7z'] },
  { package: 'python3', programs: ['python3'] },
  { package: 'openssl', programs: ['openssl'] },
  // An RTSP server that is not ours: recorder/ingest/testing/gstreamer-server.py.
  {
    package: 'python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad glib-networking',
    isThere: () => spawnSync('/usr/bin/python3', ['-c', foreignServerCheck], { stdio: 'ignore' }).status === 0,
  },
];

const missingPackages = () =>
  needed.filter(({ programs, isThere }) => !(isThere?.() ?? programs.some(onPath))).flatMap(({ package: names }) => names.split(' '));

/** Installs it when it may, else stops with the exact command: a test that quietly did not run proves nothing. */
const ensurePrograms = async () => {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const words = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing];
  const isRoot = process.getuid?.() === 0;
  const maySudo = !isRoot && onPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  if (onPath('apt-get') && (isRoot || maySudo)) {
    say(`正在安装测试所需的 ${missing.join('、')}…`, `Installing what the tests need: ${missing.join(', ')}…`);
    const prefix = isRoot ? [] : ['sudo', '-n'];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const command of [['apt-get', 'update', '-q'], words]) {
      const [first, ...rest] = [...prefix, ...command];
      await run(first, rest, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    }
  }
  const still = missingPackages();
  if (still.length > 0) {
    const command = `sudo apt-get install -y --no-install-recommends ${still.join(' ')}`;
    fail(`测试需要 ${still.join('、')}。请运行:${command}`, `The tests need ${still.join(', ')}. Run: ${command}`);
  }
};

/** Counts tests; what was skipped, and a file that could not even be read, counts as failed. */
const count = (report, exitCode) => {
  if (!existsSync(report)) return { passed: 0, failed: 1, remarks: ['vitest left no report'] };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const unread = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const skipped = numPendingTests + numTodoTests;
  const said = (messages) => (messages.join('\n').trim().split('\n')[0] ?? '').slice(0, 300);
  const broken = testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    // A file whose preparation failed skips its tests: its own word is the reason.
    if (failed.length === 0 && assertionResults.some(({ status }) => status !== 'passed')) return [`${relative(root, name)}: ${said([message ?? ''])}`];
    return failed.map(({ fullName, failureMessages }) => `${relative(root, name)}: ${fullName}: ${said(failureMessages ?? [])}`);
  });
  const remarks = [...unread.map((file) => `could not be run: ${file.name}: ${said([file.message ?? ''])}`), ...broken];
  if (skipped > 0) remarks.push(`${skipped} skipped tests count as failed`);
  let failed = numFailedTests + unread.length + skipped;
  if (exitCode !== 0 && failed === 0) {
    failed = 1;
    remarks.push('vitest reports an error outside the tests');
  }
  if (numPassedTests + failed === 0) return { passed: 0, failed: 1, remarks: ['no test was found'] };
  return { passed: numPassedTests, failed, remarks };
};

/** Every test by its file and title, and whether it passed. */
const namesOf = (report) => {
  if (!existsSync(report)) return [];
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults.flatMap(({ name, assertionResults }) => assertionResults.map(({ title, status }) => ({ file: relative(root, name).replaceAll('\\', '/'), title, passed: status === 'passed' })));
};

/** What the last full run showed, for `vigil clauses`: a clause is proven by tests that passed on this very commit. */
const record = join(root, 'test-results', 'last-run.json');
const writeRecord = async (before, tests) => {
  const after = await commitNow();
  // A tree that moved while the tests ran is the tree of neither commit.
  const dirty = before.dirty || after.dirty || before.commit !== after.commit;
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, `${JSON.stringify({ commit: before.commit, dirty, at: Date.now(), tests }, null, 1)}\n`);
};
const commitNow = async () => {
  const [head, status] = await Promise.all([capture('git', ['rev-parse', 'HEAD']), capture('git', ['status', '--porcelain'])]);
  return { commit: head.code === 0 ? head.text.trim() : null, dirty: status.code !== 0 || status.text.trim() !== '' };
};

const runTests = async (projects, workers) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-report-'));
  try {
    const report = join(folder, 'report.json');
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, `--maxWorkers=${workers}`, ...projects.flatMap((name) => ['--project', name])];
    const code = await run('node', [vitest, ...args], { env: toolEnvironment() });
    return { ...count(report, code), tests: namesOf(report) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

await ensureInstalled();
await ensurePrograms();
await ensureBuilt();
// A run that is broken off leaves no record: half a run proves nothing.
rmSync(record, { force: true });
const began = await commitNow();
const checks = await runChecks();
// Most tests wait for a database, a socket or a frame: three at a time keep two cores busy. Browsers get more of the machine, and one that
// plays footage all of it: starved, it times out where nothing is wrong.
const parts = [checks, await runTests(['unit', 'data'], 3), await runTests(['browser'], 2), await runTests(['playing'], 1)];
await writeRecord(began, parts.flatMap(({ tests = [] }) => tests));
for (const remark of parts.flatMap(({ remarks = [] }) => remarks)) process.stdout.write(`✗ ${remark}\n`);
const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
process.exitCode = sum('failed') === 0 ? 0 : 1;
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
