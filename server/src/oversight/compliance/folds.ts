/**
 * Folds over the facts of a site: each keeps a state that one more fact costs one step, not a year. The state lives in memory with the place in
 * the ledger that it has reached; it is built anew at the start and whenever the ledger is shorter than it was (a restored backup).
 */
import type { Fact } from '../../../../formats/fact/index.ts';
import type { LedgerQuestions } from '../../mechanisms/ledger/index.ts';
import type { Db } from '../../platform/postgres/db.ts';

export interface Fold<S = unknown> {
  /** Unique among all folds. */
  key: string;
  kinds: readonly string[];
  initial(): S;
  /** May change the state that it is given and answer it. */
  step(state: S, fact: Fact): S;
}

/** A fold with its state's type put away: the state that comes back is the one that this fold gave. */
export const declareFold = <S>(fold: Fold<S>): Fold & { read(states: States): S } => ({
  ...fold,
  step: (state, fact) => fold.step(state as S, fact),
  read: (states) => states.of(fold.key) as S,
});

export interface States {
  /** How far the states have read. */
  readonly seq: number;
  of(key: string): unknown;
}

interface SiteStates {
  seq: number;
  /** In the order of the folds. */
  states: unknown[];
}

export interface Folds {
  /** States of a site up to its newest fact. */
  upToDate(db: Db, siteId: string): Promise<States>;
}

export const createFolds = (folds: readonly Fold[], questions: Pick<LedgerQuestions, 'follow' | 'newest'>): Folds => {
  // Dispatched once for all facts of a kind: hundreds of folds may read each of them.
  const byKind = new Map<string, { fold: Fold; place: number }[]>();
  for (const [place, fold] of folds.entries()) for (const kind of new Set(fold.kinds)) byKind.set(kind, [...(byKind.get(kind) ?? []), { fold, place }]);
  const places = new Map(folds.map(({ key }, place) => [key, place]));
  if (new Set(folds.map(({ key }) => key)).size !== folds.length) throw new Error('two folds have the same key');
  const kinds = [...byKind.keys()];
  const sites = new Map<string, SiteStates>();
  const turns = new Map<string, Promise<unknown>>();

  const fresh = (): SiteStates => ({ seq: 0, states: folds.map((fold) => fold.initial()) });

  const catchUp = async (db: Db, siteId: string): Promise<States> => {
    let site = sites.get(siteId) ?? fresh();
    if (site.seq > 0 && (await questions.newest(db, siteId)) < site.seq) site = fresh();
    // A step that fails half way must not be taken twice: the states are given up and built anew.
    sites.delete(siteId);
    const { states } = site;
    site.seq = await questions.follow(db, siteId, site.seq, kinds, (fact) => {
      for (const { fold, place } of byKind.get(fact.kind) ?? []) states[place] = fold.step(states[place], fact);
    });
    sites.set(siteId, site);
    return { seq: site.seq, of: (key) => states[places.get(key) ?? -1] };
  };

  return {
    upToDate: (db, siteId) => {
      // One after the other, else two readers would take the same steps.
      const turn = (turns.get(siteId) ?? Promise.resolve()).catch(() => undefined).then(() => catchUp(db, siteId));
      turns.set(siteId, turn);
      return turn;
    },
  };
};
