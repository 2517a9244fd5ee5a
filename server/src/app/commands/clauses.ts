/**
 * `vigil clauses`: what of the regulations is proven by tests that passed in the last full run on this commit, and what is not, with the
 * reason. --json is for programs: nothing else is printed then.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Sentence } from '../../base/refusal.ts';
import { countProofs, readPackClauses, readPackHeads, readProofRun, readReasons, type ClauseProof, type ProofRun, type ProofTotals } from '../../oversight/compliance/index.ts';
import { programRoot } from '../../platform/process/program-root.ts';
import { allControls } from '../controls.ts';
import type { Command, CommandContext } from './command.ts';
import { commandRefusals } from './usage.ts';

const usage = 'clauses [--capability <KEY>] [--missing] [--laws] [--json]';

interface Wanted {
  capability: string | undefined;
  missing: boolean;
  /** Packs of laws and presets too: they are no regulations of the room. */
  laws: boolean;
  json: boolean;
}

const read = (args: readonly string[]): Wanted => {
  try {
    const { values } = parseArgs({ args: [...args], options: { capability: { type: 'string' }, missing: { type: 'boolean' }, laws: { type: 'boolean' }, json: { type: 'boolean' } } });
    return { capability: values.capability?.toUpperCase(), missing: values.missing ?? false, laws: values.laws ?? false, json: values.json ?? false };
  } catch {
    throw commandRefusals('usage', { usage });
  }
};

const runSentence = ({ run, counts }: ProofRun): Sentence => {
  if (run === null) return { zh: '没有完整测试的记录：先运行 npm test。此前没有一条得到证明。', en: 'There is no record of a full test run: run npm test first. Nothing is proven before.' };
  const commit = run.commit?.slice(0, 12) ?? '—';
  if (!counts) return { zh: `最近一次完整测试在提交 ${commit} 上，不是现在的提交，不计数：请重新运行 npm test。`, en: `The last full run was of commit ${commit}, not of this one, and does not count: run npm test again.` };
  if (run.dirty) return { zh: `最近一次完整测试在提交 ${commit} 上，但当时有未提交的改动。`, en: `The last full run was of commit ${commit}, with changes that were not committed.` };
  return { zh: `最近一次完整测试在提交 ${commit} 上。`, en: `The last full run was of commit ${commit}.` };
};

/** Pairs proven of all, by a key. */
const sums = (clauses: readonly ClauseProof[], keysOf: (clause: ClauseProof, capability: string) => string): [string, number, number][] => {
  const found = new Map<string, [number, number]>();
  for (const clause of clauses) {
    for (const { key, tests } of clause.capabilities) {
      const name = keysOf(clause, key);
      const [proven, all] = found.get(name) ?? [0, 0];
      found.set(name, [proven + (tests.length > 0 ? 1 : 0), all + 1]);
    }
  }
  return [...found].map(([name, [proven, all]]): [string, number, number] => [name, proven, all]);
};

const table = (context: CommandContext, title: string, rows: readonly [string, number, number][]): void => {
  context.line(`\n${title}`);
  for (const [name, proven, all] of rows) context.line(`  ${name.padEnd(18)} ${String(proven).padStart(4)} / ${String(all).padEnd(4)} ${'█'.repeat(Math.round((proven / all) * 20)).padEnd(20, '·')}`);
};

const tellMissing = (context: CommandContext, clauses: readonly ClauseProof[], reasons: ReadonlyMap<string, Sentence>): void => {
  for (const { id, capabilities } of clauses) {
    for (const { key, tests, controls } of capabilities) {
      if (tests.length > 0) continue;
      const reason = reasons.get(`${id} ${key}`) ?? { zh: '没有说明', en: 'no reason given' };
      context.line(`  ${`${id} ${key}`.padEnd(26)} ${reason.zh} / ${reason.en}${controls.length === 0 ? '' : ` (${controls.join(', ')})`}`);
    }
  }
};

const only = (clauses: readonly ClauseProof[], capability: string | undefined): ClauseProof[] =>
  clauses.flatMap((clause) => {
    const capabilities = clause.capabilities.filter(({ key }) => capability === undefined || key === capability);
    return capabilities.length === 0 && capability !== undefined ? [] : [{ ...clause, capabilities }];
  });

const tellTotals = ({ line }: CommandContext, { clauses, proven, partial, none, pairs, pairsProven }: ProofTotals): void => {
  line(`条款 ${clauses}：已证明 ${proven}，部分 ${partial}，未证明 ${none}；条款×能力 ${pairsProven} / ${pairs}`);
  line(`Clauses ${clauses}: proven ${proven}, partial ${partial}, none ${none}; clause × capability ${pairsProven} of ${pairs}`);
};

const run = async (context: CommandContext): Promise<number> => {
  const wanted = read(context.args);
  const packs = join(programRoot(), 'packs');
  const proofRun = readProofRun();
  const counted = new Set(readPackHeads(packs).filter(({ kind }) => wanted.laws || kind === 'regulation').map(({ pack }) => pack));
  const { clauses, totals } = countProofs(readPackClauses(packs).filter(({ pack }) => counted.has(pack)), allControls, proofRun.counts ? (proofRun.run?.tests ?? []) : []);
  if (wanted.json) {
    const { run: last, commit, counts } = proofRun;
    context.line(JSON.stringify({ clauses: only(clauses, wanted.capability), totals, run: { counts, commit, testedCommit: last?.commit ?? null, dirty: last?.dirty ?? null, at: last?.at ?? null } }));
    return 0;
  }
  const shown = only(clauses, wanted.capability);
  context.tell(runSentence(proofRun));
  tellTotals(context, totals);
  table(context, '按制度 By regulation', sums(shown, (clause) => clause.pack));
  if (!wanted.missing) table(context, '按能力 By capability', sums(shown, (_, key) => key).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  if (wanted.missing) {
    context.line('\n未证明 Not proven');
    tellMissing(context, shown, readReasons(packs));
  }
  return 0;
};

export const command: Command = {
  usage,
  summary: { zh: '各制度条款由哪些测试证明、还缺哪些', en: 'which clauses of the regulations are proven by tests, and which are not' },
  run,
};
