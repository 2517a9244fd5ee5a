/**
 * What the program's own tests prove of the clauses: a pair of clause and capability is proven by a test of that name that passed in the last
 * full run on this commit; a clause when all of its pairs are. Pure; the record is written by scripts/test.mjs.
 */
import { z } from 'zod';
import type { ClausePair } from '../../base/control.ts';
import type { PackClause } from './pack-clauses.ts';

export const LastRun = z.object({
  /** Null where the program is no git checkout. */
  commit: z.string().nullable(),
  /** Something was changed or added beside the commit when the tests ran. */
  dirty: z.boolean(),
  at: z.int(),
  tests: z.array(z.object({ file: z.string(), title: z.string(), passed: z.boolean() })),
});
export type LastRun = z.output<typeof LastRun>;

export interface ControlPairs {
  name: string;
  pairs: readonly ClausePair[];
}

export interface PairProof {
  key: string;
  /** Controls that hold this part of the clause. */
  controls: string[];
  /** Tests that prove it. */
  tests: string[];
}

export interface ClauseProof {
  id: string;
  pack: string;
  treatment: PackClause['treatment'];
  state: 'proven' | 'partial' | 'none';
  capabilities: PairProof[];
}

export interface ProofTotals {
  clauses: number;
  proven: number;
  partial: number;
  none: number;
  pairs: number;
  pairsProven: number;
}

const pairOfTitle = /^\[([A-Z0-9]{3}-[A-Z0-9.]+) ([A-Z]+)\] /;

/** `CLAUSE CAPABILITY` of a test's title; null when it proves no clause. */
export const pairOf = (title: string): string | null => {
  const [, clause, capability] = pairOfTitle.exec(title) ?? [];
  return clause === undefined || capability === undefined ? null : `${clause} ${capability}`;
};

/** Titles by pair. One test that failed takes the proof from its pair, whatever others of the same pair did. */
const provenTests = (tests: LastRun['tests']): ReadonlyMap<string, string[]> => {
  const failed = new Set(tests.filter((test) => !test.passed).map((test) => pairOf(test.title)));
  const proven = new Map<string, string[]>();
  for (const { title } of tests) {
    const pair = pairOf(title);
    if (pair !== null && !failed.has(pair)) proven.set(pair, [...(proven.get(pair) ?? []), title]);
  }
  return proven;
};

const stateOf = (pairs: readonly PairProof[]): ClauseProof['state'] => {
  const proven = pairs.filter((pair) => pair.tests.length > 0).length;
  if (proven === 0) return 'none';
  return proven === pairs.length ? 'proven' : 'partial';
};

export const countProofs = (clauses: readonly PackClause[], controls: readonly ControlPairs[], tests: LastRun['tests']): { clauses: ClauseProof[]; totals: ProofTotals } => {
  const proven = provenTests(tests);
  const holding = new Map<string, string[]>();
  for (const { name, pairs } of controls) for (const pair of pairs) holding.set(pair, [...(holding.get(pair) ?? []), name]);
  const counted = clauses.map(({ id, pack, treatment, capabilities }): ClauseProof => {
    const pairs = capabilities.map((key): PairProof => ({ key, controls: holding.get(`${id} ${key}`) ?? [], tests: proven.get(`${id} ${key}`) ?? [] }));
    return { id, pack, treatment, state: stateOf(pairs), capabilities: pairs };
  });
  const inState = (state: ClauseProof['state']): number => counted.filter((clause) => clause.state === state).length;
  const pairs = counted.flatMap((clause) => clause.capabilities);
  return {
    clauses: counted,
    totals: { clauses: counted.length, proven: inState('proven'), partial: inState('partial'), none: inState('none'), pairs: pairs.length, pairsProven: pairs.filter((pair) => pair.tests.length > 0).length },
  };
};
