/** Puts parameters together: which rule and value binds this room at this moment, from which clause, since when. */
import type { SiteProfile } from '../../../../contract/parameters.ts';
import type { Clock, Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import type { AnyApprovalKind, Approvals } from '../approvals/index.ts';
import type { Caller } from '../identity/index.ts';
import type { Actor, Ledger } from '../ledger/index.ts';
import { parameterKinds } from './approval-kinds.ts';
import { clauseTitles } from './clause-titles.ts';
import { createBookKeeper, type Place } from './book-keeper.ts';
import { changedChannel, type ParametersContext } from './context.ts';
import { setUpDemonstration } from './demonstration.ts';
import { houseRulesOf } from './house-rules.ts';
import { shippedPacks } from './pack-files.ts';
import { profileInForce } from './profile-store.ts';
import { parametersRoutes } from './routes.ts';
import type { Rules } from './rules.ts';

export interface ParametersOptions {
  database: Database;
  clock: Clock;
  ledger: Pick<Ledger, 'append' | 'appendMany'>;
  approvals: Pick<Approvals, 'submit'>;
  /** Cameras of the site for the areas of the profile. */
  cameras: ParametersContext['cameras'];
}

export interface Parameters {
  routes: Route<Caller>[];
  /** What people ask for here; for approvals. */
  approvalKinds: readonly AnyApprovalKind[];
  /** The rules of a room as they stood at an instant; a past one answers what held then. */
  rules(db: Db, place: Place, at: Instant): Promise<Rules>;
  /** The approved profile of a site at an instant; null before the first. */
  profile(db: Db, siteId: string, at: Instant): Promise<SiteProfile | null>;
  /** What a spot check may find now, and what the tidiness list asks. */
  houseRules(db: Db, place: Place, at: Instant): Promise<ReturnType<typeof houseRulesOf>>;
  /** Citations as people name them: 《制度》第 x 条. */
  clauseTitles(db: Db, cites: readonly string[]): Promise<readonly Sentence[]>;
  /** Hears each site whose rules changed, after the commit. */
  onChanged(heard: (siteId: string) => void): Promise<() => Promise<void>>;
  /** In the transaction of the set-up of a demonstration room: profile, regulations, settlements. */
  setUpDemonstration(tx: Tx, setUp: Place & { actor: Actor }): Promise<void>;
}

export const createParameters = (options: ParametersOptions): Parameters => {
  const { database, clock, ledger, approvals, cameras } = options;
  const shipped = shippedPacks();
  const keeper = createBookKeeper(shipped.catalogue);
  const context: ParametersContext = {
    database, clock, ledger, shipped, keeper, cameras,
    submit: (tx, submission) => approvals.submit(tx, submission),
    tellChanged: (tx, siteId) => database.notify(tx, changedChannel, siteId),
  };
  return {
    routes: parametersRoutes(context),
    approvalKinds: parameterKinds(context),
    rules: (db, place, at) => keeper.rules(db, place, at),
    profile: async (db, siteId, at) => (await profileInForce(db, siteId, at))?.profile ?? null,
    houseRules: async (db, place, at) => houseRulesOf(shipped.catalogue, await keeper.rules(db, place, at)),
    clauseTitles: (db, cites) => clauseTitles(context, db, cites),
    onChanged: (heard) => database.listen(changedChannel, heard),
    setUpDemonstration: (tx, setUp) => setUpDemonstration(context, tx, setUp),
  };
};
