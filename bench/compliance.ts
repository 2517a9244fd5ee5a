/**
 * 694 clauses judged over a generated year of facts, and again after one more fact. Every clause has a control and a judge of its own here,
 * beside the judges and figures of the product, so that nothing is cheap because nobody asks it yet. The facts lie in a real PostgreSQL and are
 * read from there. Prints JSON lines. `node bench/compliance.ts [facts, default 300000]`.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { allJudges } from '../server/src/app/judges.ts';
import { systemClock } from '../server/src/base/clock.ts';
import { declareControl, type ClausePair, type Control } from '../server/src/base/control.ts';
import { declareJudge, type Judge, type Period } from '../server/src/base/judge.ts';
import { createLog } from '../server/src/base/log.ts';
import { dayMs, hourMs, minuteMs, secondMs } from '../server/src/base/units.ts';
import { act, createLedger, createQuestions, declareEvent, passingKey, type Act, type Actor } from '../server/src/mechanisms/ledger/index.ts';
import { createEngine, lookAt, readPackClauses, readPackHeads, viewBoard, type ComplianceContext, type PackClause, type RulesInForce } from '../server/src/oversight/compliance/index.ts';
import { openDatabase, type Database } from '../server/src/platform/postgres/db.ts';
import { startEmbedded } from '../server/src/platform/postgres/embedded.ts';
import { migrate } from '../server/src/platform/postgres/migrate.ts';
import { programRoot } from '../server/src/platform/process/program-root.ts';

const facts = Number(process.argv[2] ?? 300_000);
const limits = { yearMs: 10_000, oneMoreMs: 100 };
const print = (line: object): void => void process.stdout.write(`${JSON.stringify({ bench: 'compliance', ...line })}\n`);
const log = createLog({ name: 'bench', level: 'warn' });

const siteId = 'site_bench';
const roomId = 'room_bench';
const until = Date.parse('2026-11-22T00:00:00Z');
const year: Period = { from: until - 365 * dayMs, until };
const person: Actor = { kind: 'person', id: 'per_06f2q3bench0000000000000000', sessionId: 'ses_bench', post: 'duty_operator' };
const machine: Actor = { kind: 'process', id: 'recorder' };

const packs = join(programRoot(), 'packs');
const regulations = new Set(readPackHeads(packs).filter(({ kind }) => kind === 'regulation').map(({ pack }) => pack));
const clauses = readPackClauses(packs).filter(({ pack }) => regulations.has(pack));

/** What a room writes in a year, by its share of the facts. Bodies as the product writes them where a figure reads them. */
const anything = z.record(z.string(), z.unknown());
const event = (kind: string) => declareEvent({ kind, body: anything, sentence: { zh: kind, en: kind } });
const kinds = {
  segments: event('video.segments_recorded'), gapOpened: event('video.gap_opened'), gapClosed: event('video.gap_closed'), cameraAdded: event('video.camera_added'),
  raised: event('notifications.alarm_raised'), acknowledged: event('notifications.alarm_acknowledged'), closed: event('notifications.alarm_closed'),
  opened: event('obligations.window_opened'), submitted: event('obligations.form_submitted'), missed: event('obligations.was_missed'),
  denied: event('identity.denied'), watched: event('video.watch_began'), ended: event('video.watch_ended'), signedIn: event('identity.signed_in'), granted: event('approvals.granted'),
};
const title = { zh: '每日巡检', en: 'daily inspection' };

/** A repeatable spread: the same year each time. */
let seed = 7;
const below = (limit: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed % limit;
};
const clauseAt = (n: number): string => `bench@1#${clauses[n % clauses.length]?.id ?? ''}`;

const one = (n: number, at: number): Act[] => {
  const cameraId = `cam_${n % 64}`;
  const base = { siteId, roomId, at, clauses: [clauseAt(below(clauses.length))] };
  const about = (event: (typeof kinds)[keyof typeof kinds], subject: string, body: Record<string, unknown>, actor: Actor = machine): Act => act({ ...base, event, subject, body, actor });
  const kind = below(100);
  if (kind < 45) return [about(kinds.segments, 'rec_bench', { recorderId: 'rec_bench', count: 4, segments: [0, 1, 2, 3].map((k) => ({ segmentId: `seg_${n}_${k}`, cameraId: `cam_${(n + k) % 64}`, from: at - minuteMs, until: at, sizeBytes: 30_000_000, sha256: '00', recovered: false })) })];
  if (kind < 60) return [about(kinds.watched, cameraId, { watchedId: `wat_${n}`, cameraId, from: at }, person), about(kinds.ended, cameraId, { watchedId: `wat_${n}`, cameraId, from: at, until: at + hourMs }, person)];
  if (kind < 66) return [about(kinds.gapOpened, cameraId, { gapId: `gap_${n}`, cameraId, from: at, reason: 'camera_silent' }), about(kinds.gapClosed, cameraId, { gapId: `gap_${n}`, cameraId, from: at, until: at + below(600) * secondMs, reason: 'camera_silent' })];
  if (kind < 76) return [about(kinds.raised, `alm_${n}`, { alarmId: `alm_${n}`, class: 'device' }), about(kinds.acknowledged, `alm_${n}`, { alarmId: `alm_${n}` }, person), about(kinds.closed, `alm_${n}`, { alarmId: `alm_${n}`, verdict: 'real' }, person)];
  if (kind < 88) {
    const window = { key: 'day', from: at - hourMs, until: at };
    const done = below(20) > 0;
    return [about(kinds.opened, `obl_${n}`, { title, window }), about(done ? kinds.submitted : kinds.missed, `obl_${n}`, { title, window, timing: 'in_time', findings: [] }, done ? person : machine)];
  }
  if (kind < 91) return [about(kinds.denied, 'per_x', { times: 1 }, person)];
  if (kind < 96) return [about(kinds.granted, `apr_${n}`, {}, person)];
  return [about(kinds.signedIn, 'per_x', {}, person)];
};

const fillYear = async (database: Database, ledger: ReturnType<typeof createLedger>): Promise<number> => {
  let written = 0;
  const cameras = Array.from({ length: 64 }, (_, n) => act({ event: kinds.cameraAdded, siteId, roomId, actor: machine, subject: `cam_${n}`, at: year.from, body: { cameraId: `cam_${n}`, number: n + 1, name: 'x' } }));
  await database.transaction((tx) => ledger.appendMany(tx, cameras));
  for (let n = 0; written < facts; ) {
    const batch: Act[] = [];
    for (; batch.length < 2_000 && written + batch.length < facts; n += 1) batch.push(...one(n, Math.floor(year.from + ((written + batch.length) / facts) * 365 * dayMs)));
    await database.transaction((tx) => ledger.appendMany(tx, batch));
    written += batch.length;
  }
  return written;
};

/** A judge for each clause: every fact of three kinds, kept by the day, and an answer that looks through the whole period. */
const ownJudge = (clause: PackClause, n: number): { control: Control; judge: Judge } => {
  const control = declareControl({ name: `bench.clause_${String(n).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}`, holds: title, pairs: [`${clause.id} BENCH` as ClausePair] });
  const names = Object.values(kinds).map(({ kind }) => kind);
  const mine = [names[n % names.length] ?? '', names[(n * 7 + 3) % names.length] ?? '', names[(n * 5 + 1) % names.length] ?? ''];
  const judge = declareJudge<{ at: number; seq: number }[]>({
    control, kinds: mine, initial: () => [],
    step: (state, { at, seq, clauses: cited }) => {
      if (cited.some((cite) => cite.endsWith(`#${clause.id}`))) state.push({ at, seq });
      return state;
    },
    answer: (state, period) => {
      const seen = state.filter(({ at }) => at >= period.from && at < period.until).map(({ seq }) => seq);
      return { state: seen.length === 0 ? 'evidence_due' : 'satisfied', facts: seen, responsible: null };
    },
  });
  return { control, judge };
};

const rules: RulesInForce = { number: () => 99, flag: () => false, said: () => null, cite: (id) => `bench@1#${id}`, citeAll: (ids) => ids.map((id) => `bench@1#${id}`) };

const measure = async (database: Database, ledger: ReturnType<typeof createLedger>): Promise<boolean> => {
  const own = clauses.map(ownJudge);
  const context: ComplianceContext = {
    database, ledger, checkpointer: { sign: () => Promise.reject(new Error('nothing is signed here')) }, questions: createQuestions(new Map()), clock: systemClock, clauses, heads: readPackHeads(packs),
    controls: own.map(({ control }) => control), judges: (zone) => [...allJudges(zone), ...own.map(({ judge }) => judge)], rules: () => Promise.resolve(rules), purposes: () => Promise.resolve(null),
    namesOf: () => Promise.resolve(new Map()), roleTitle: (role) => ({ zh: role, en: role }), timeZone: () => Promise.resolve('Asia/Shanghai'), tests: () => [], reasons: new Map(), figureWords: new Map(),
  };
  const look = { db: database.db, place: { siteId, roomId }, period: year, now: until };
  const engine = await createEngine(context)(database.db);
  const cpuFrom = process.cpuUsage();
  const began = systemClock.monotonic();
  const board = await viewBoard(context, engine, look);
  const yearMs = systemClock.monotonic() - began;
  const cpu = process.cpuUsage(cpuFrom);
  const judged = board.clauses.filter(({ state }) => state === 'satisfied' || state === 'breached' || state === 'evidence_due').length;
  print({ figure: 'year_of_facts', facts: board.seq, clauses: board.clauses.length, judged, ms: Math.round(yearMs), cpuMs: Math.round((cpu.user + cpu.system) / 1_000), limitMs: limits.yearMs, holds: yearMs <= limits.yearMs });

  const oneMore: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    await database.transaction((tx) => ledger.appendMany(tx, one(facts + round, until - 1)));
    const from = systemClock.monotonic();
    const sight = await lookAt(context, engine, look);
    for (const clause of clauses) sight.answer(clause);
    oneMore.push(systemClock.monotonic() - from);
  }
  const worst = Math.max(...oneMore);
  print({ figure: 'one_more_fact', clauses: clauses.length, rounds: oneMore.length, medianMs: Math.round(oneMore.toSorted((a, b) => a - b)[oneMore.length >> 1] ?? 0), worstMs: Math.round(worst), limitMs: limits.oneMoreMs, holds: worst <= limits.oneMoreMs });
  return yearMs <= limits.yearMs && worst <= limits.oneMoreMs && judged === 694;
};

const folder = mkdtempSync(join(tmpdir(), 'vigil-bench-'));
chmodSync(folder, 0o755);
const embedded = await startEmbedded({ dataFolder: join(folder, 'data'), stateRoot: join(folder, 'state'), logFile: join(folder, 'postgres.log') });
try {
  await migrate({ ownerUrl: embedded.ownerUrl });
  const database = openDatabase(embedded.appUrl, { log, connections: 2 });
  try {
    const ledger = createLedger({ clock: systemClock, key: passingKey() });
    const from = systemClock.monotonic();
    const written = await fillYear(database, ledger);
    print({ figure: 'written', facts: written, ms: Math.round(systemClock.monotonic() - from) });
    process.exitCode = (await measure(database, ledger)) ? 0 : 1;
  } finally {
    await database.close();
  }
} finally {
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}
