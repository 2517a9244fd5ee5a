/** Grants put together: what requests call, what video asks at each request for footage, and who hears of an end. */
import type { Log } from '../../../base/log.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import { endedChannel, type GrantsContext } from './context.ts';
import { finish, give, revoke, type NewGrant } from './grant-commands.ts';
import { grantsOf } from './grant-store.ts';
import { mayPlay, type PlayAsked } from './may-play.ts';

export interface GrantEars {
  log: Log;
  /** This grant has ended: what plays under it stops. */
  onEnded: (grantId: string) => void;
  /** While nobody listened some may have ended. */
  onMissed(): Promise<void>;
}

export const createGrants = (context: GrantsContext, ears: GrantEars) => ({
  give: (tx: Tx, wanted: NewGrant) => give(context, tx, wanted),
  revoke: (tx: Tx, given: Parameters<typeof revoke>[2]) => revoke(context, tx, given),
  finish: (tx: Tx, given: Parameters<typeof finish>[2]) => finish(context, tx, given),
  /** For video's slot `mayPlay`. */
  allows: (db: Db, asked: PlayAsked) => mayPlay(context, db, asked),
  /** Begins to hear of ends; answers how to stop. */
  listen: () =>
    context.database.listen(endedChannel, ears.onEnded, () => {
      ears.onMissed().catch((error: unknown) => ears.log.warn('grants could not be looked at again', { error }));
    }),
  questions: { of: (db: Db, requestId: string) => grantsOf(db, requestId), used: (db: Db, grantId: string) => context.watched(db, grantId) },
});
export type FootageGrants = ReturnType<typeof createGrants>;
