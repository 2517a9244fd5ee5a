/** Puts parameters together: which rule and value binds this room at this moment, from which clause, since when. */
import type { Clock, Instant } from '../../base/clock.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Database, Db } from '../../platform/postgres/db.ts';
import type { Caller } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { createBookKeeper, type Place } from './book-keeper.ts';
import { shippedPacks } from './pack-files.ts';
import type { Rules } from './rules.ts';

export interface ParametersOptions {
  database: Database;
  clock: Clock;
  ledger: Pick<Ledger, 'append'>;
}

export interface Parameters {
  routes: Route<Caller>[];
  /** The rules of a room as they stood at an instant; a past one answers what held then. */
  rules(db: Db, place: Place, at: Instant): Promise<Rules>;
}

export const createParameters = (options: ParametersOptions): Parameters => {
  const { catalogue } = shippedPacks();
  const keeper = createBookKeeper(catalogue);
  void options;
  return { routes: [], rules: (db, place, at) => keeper.rules(db, place, at) };
};
