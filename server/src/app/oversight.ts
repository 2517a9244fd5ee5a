/** Puts audit and compliance together: what they ask of people, parameters and the ledger. */
import { join } from 'node:path';
import type { Clock, Instant } from '../base/clock.ts';
import { checkEvidence, questions as people, type Identity } from '../mechanisms/identity/index.ts';
import type { Checkpointer, Ledger, LedgerQuestions } from '../mechanisms/ledger/index.ts';
import type { Parameters, Rules } from '../mechanisms/parameters/index.ts';
import { createAudit } from '../oversight/audit/index.ts';
import { createCompliance, readFigureWords, readPackClauses, readPackHeads, readParameterTitles, readProofRun, readReasons, type Place, type RulesInForce } from '../oversight/compliance/index.ts';
import type { Database, Db } from '../platform/postgres/db.ts';
import { programRoot } from '../platform/process/program-root.ts';
import { allControls } from './controls.ts';
import { allJudges } from './judges.ts';

export interface OversightOptions {
  database: Database;
  ledger: Ledger;
  checkpointer: Checkpointer;
  questions: LedgerQuestions;
  clock: Clock;
  kinds: readonly string[];
  parameters: Pick<Parameters, 'rules' | 'profile'>;
  identity: Pick<Identity, 'signing'>;
}

const spoken = (value: unknown): string => (Array.isArray(value) ? value.join('、') : String(value));

const createRules = (parameters: Pick<Parameters, 'rules'>) => {
  const titles = readParameterTitles(packsFolder());
  return async (db: Db, place: Place, at: Instant): Promise<RulesInForce> => {
    const rules = await parameters.rules(db, place, at);
    return {
      number: (name) => rules.number(name),
      flag: (name) => rules.flag(name),
      said: (name) => said(rules, name, titles.get(name)),
      cite: (clause) => rules.cite(clause),
      citeAll: (clauses) => rules.citeAll(clauses),
    };
  };
};

const said = (rules: Rules, name: string, title: { zh: string; en: string } | undefined): ReturnType<RulesInForce['said']> => {
  if (title === undefined) return null; // packs speak of parameters that no part of the room reads yet
  const { value, unit, since } = rules.get(name);
  return { value: spoken(value), unit, since: since > 0 ? since : null, title };
};

const packsFolder = (): string => join(programRoot(), 'packs');

export const createOversight = ({ database, ledger, checkpointer, questions, clock, kinds, parameters, identity }: OversightOptions) => {
  const place = () => people.place(database.db);
  const timeZone = async (): Promise<string> => (await place())?.site.timeZone ?? 'UTC';
  const audit = createAudit({
    database, ledger, checkpointer, questions, clock, kinds: () => kinds, namesOf: people.personNames, timeZone,
    signing: { ...identity.signing, check: checkEvidence },
    people: async (db) => (await people.everybody(db, clock.now())).map(({ personId, name, staffNumber }) => ({ personId, name, staffNumber })),
    siteId: async () => (await place())?.site.siteId ?? null,
    retention: async (db, where, at) => {
      const rules = await parameters.rules(db, where, at);
      return { days: rules.number('audit_log_retention_days'), clauses: rules.citeAll(['TEN-10.3']) };
    },
    cite: async (db, where, clauses, at) => (await parameters.rules(db, where, at)).citeAll(clauses),
  });
  const proofs = readProofRun();
  const compliance = createCompliance({
    database, ledger, checkpointer, questions, clock, controls: allControls, judges: allJudges, namesOf: people.personNames, roleTitle: people.roleTitle, timeZone,
    clauses: readPackClauses(packsFolder()), heads: readPackHeads(packsFolder()), reasons: readReasons(packsFolder()), figureWords: readFigureWords(packsFolder()),
    tests: () => (proofs.counts ? (proofs.run?.tests ?? []) : []),
    rules: createRules(parameters),
    purposes: async (db, { siteId }, at) => (await parameters.profile(db, siteId, at))?.purposes.map(({ figures, ...purpose }) => ({ ...purpose, figures: figures.map(({ figure, target }) => ({ figure, target })) })) ?? null,
    place: async () => {
      const found = await place();
      return found === null ? null : { siteId: found.site.siteId, roomId: found.room.roomId };
    },
  });
  return { routes: [...audit.routes, ...compliance.routes], jobs: [...audit.jobs, ...compliance.jobs], recordLedgerRead: audit.recordLedgerRead };
};
