/** Puts audit and compliance together: what they ask of people, parameters and the ledger. */
import type { Clock, Instant } from '../base/clock.ts';
import { questions as people } from '../mechanisms/identity/index.ts';
import type { Checkpointer, Ledger, LedgerQuestions } from '../mechanisms/ledger/index.ts';
import { createAudit } from '../oversight/audit/index.ts';
import type { Database, Db } from '../platform/postgres/db.ts';

/** What oversight asks of the rules in force; parameters answers it. */
export interface RulesInForce {
  number(name: string): number;
  flag(name: string): boolean;
  citeAll(clauses: readonly string[]): string[];
  clauses(): readonly { id: string; cite: string; effectiveFrom: Instant }[];
}
export type RulesAt = (db: Db, place: { siteId: string; roomId: string }, at: Instant) => Promise<RulesInForce>;

export interface OversightOptions {
  database: Database;
  ledger: Ledger;
  checkpointer: Checkpointer;
  questions: LedgerQuestions;
  clock: Clock;
  kinds: readonly string[];
  rules: RulesAt;
}

export const createOversight = ({ database, ledger, checkpointer, questions, clock, kinds, rules }: OversightOptions) => {
  const place = () => people.place(database.db);
  const audit = createAudit({
    database, ledger, checkpointer, questions, clock, kinds: () => kinds, namesOf: people.personNames,
    people: async (db) => (await people.everybody(db, clock.now())).map(({ personId, name, staffNumber }) => ({ personId, name, staffNumber })),
    timeZone: async () => (await place())?.site.timeZone ?? 'UTC',
    siteId: async () => (await place())?.site.siteId ?? null,
    retention: async (db, where, at) => {
      const now = await rules(db, where, at);
      return { days: now.number('audit_log_retention_days'), clauses: now.citeAll(['TEN-10.3']) };
    },
    cite: async (db, where, clauses, at) => (await rules(db, where, at)).citeAll(clauses),
  });
  return { routes: [...audit.routes], jobs: [...audit.jobs] };
};

/** Until a site has adopted rules: the values that hold without any. */
export const rulesWithoutPacks: RulesAt = () =>
  Promise.resolve({
    number: (name) => {
      const value = numbersWithoutPacks[name];
      if (value === undefined) throw new Error(`parameter ${name} has no value without packs`);
      return value;
    },
    flag: () => false,
    citeAll: () => [],
    clauses: () => [],
  });

const numbersWithoutPacks: Readonly<Record<string, number>> = { audit_log_retention_days: 180, availability_target_percent: 99 };
