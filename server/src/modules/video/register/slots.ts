/** What the register asks of the house; app fills it. */
import type { SiteProfile } from '../../../../../contract/parameters.ts';
import type { Instant } from '../../../base/clock.ts';
import type { Submission } from '../../../mechanisms/approvals/index.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

export interface RegisterSlots {
  rules(db: Db, place: Place, at: Instant): Promise<Rules>;
  /** Areas of the approved profile of the site. */
  areas(db: Db, siteId: string, at: Instant): Promise<SiteProfile['areas']>;
  submit(tx: Tx, submission: Submission): Promise<string>;
}
