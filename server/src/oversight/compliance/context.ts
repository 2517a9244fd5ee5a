/** What compliance is given. Regulations, rules and people are asked by slots that wire.ts fills. */
import type { Clock, Instant } from '../../base/clock.ts';
import type { Control } from '../../base/control.ts';
import type { Judge } from '../../base/judge.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Checkpointer, Ledger, LedgerQuestions, NamesOf } from '../../mechanisms/ledger/index.ts';
import type { Database, Db } from '../../platform/postgres/db.ts';
import type { FigureWords, PackClause, PackHead } from './pack-clauses.ts';
import type { LastRun } from './proofs.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

/** The rules of a room at an instant, as far as compliance asks. */
export interface RulesInForce {
  number(name: string): number;
  flag(name: string): boolean;
  /** What a parameter says, for people; null when nobody knows it. */
  said(name: string): { value: string; unit: string | null; since: Instant | null; title: Sentence } | null;
  /** `pack@version#clause` of a clause that binds the room. */
  cite(clauseId: string): string | null;
  citeAll(clauseIds: readonly string[]): string[];
}

/** A purpose as the site's profile binds it to figures. */
export interface BoundPurpose {
  clause: string;
  zh: string;
  en: string;
  figures: readonly { figure: string; target: number | null }[];
}

export interface ComplianceContext {
  database: Database;
  ledger: Pick<Ledger, 'append'>;
  checkpointer: Pick<Checkpointer, 'sign'>;
  questions: LedgerQuestions;
  clock: Clock;
  clauses: readonly PackClause[];
  heads: readonly PackHead[];
  figureWords: ReadonlyMap<string, FigureWords>;
  controls: readonly Control[];
  /** Judges of all parts; months and days are those of the site's zone. */
  judges: (timeZone: string) => readonly Judge[];
  rules: (db: Db, place: Place, at: Instant) => Promise<RulesInForce>;
  /** Purposes of the profile in force; null: the packs' own are meant. */
  purposes: (db: Db, place: Place, at: Instant) => Promise<readonly BoundPurpose[] | null>;
  namesOf: NamesOf;
  roleTitle: (role: string) => Sentence;
  timeZone: (db: Db) => Promise<string>;
  /** Tests of the last full run on this commit; empty when there was none. */
  tests: () => LastRun['tests'];
  reasons: ReadonlyMap<string, Sentence>;
}
