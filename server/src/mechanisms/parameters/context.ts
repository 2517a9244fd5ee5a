/** What the parts of parameters share; made once by createParameters. */
import type { Clock, Instant } from '../../base/clock.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { BookKeeper } from './book-keeper.ts';
import type { ShippedPacks } from './pack-files.ts';

export interface CameraNamed {
  cameraId: string;
  name: string;
}

export interface ParametersContext {
  database: Database;
  clock: Clock;
  ledger: Pick<Ledger, 'append' | 'appendMany'>;
  shipped: ShippedPacks;
  keeper: BookKeeper;
  /** Who asks and who agrees. */
  submit: Approvals['submit'];
  /** Cameras of the site, for the areas of the profile; filled by video. */
  cameras: (db: Db, siteId: string, at: Instant) => Promise<readonly CameraNamed[]>;
  tellChanged: (tx: Tx, siteId: string) => Promise<void>;
}

/** Hears every site whose rules changed. */
export const changedChannel = 'parameters_changed';
