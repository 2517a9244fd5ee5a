/** Holds put together: what requests call, what video asks before it deletes, routes and the sweep. */
import { minuteMs } from '../../../base/units.ts';
import type { Db, Tx } from '../../../platform/postgres/db.ts';
import type { HoldsContext, Place } from './context.ts';
import { createHeld } from './held.ts';
import { confirm, place, release, sweepHolds, type Confirmation, type NewHold } from './hold-commands.ts';
import { activeHolds, holdsOfRequest } from './hold-store.ts';
import { holdRoutes } from './routes.ts';

export const createHolds = (context: HoldsContext, placeNow: (db: Db) => Promise<Place | null>) => ({
  /** Provisional, at the submission, in its transaction; refused beyond the quota. */
  place: (tx: Tx, hold: NewHold) => place(context, tx, hold),
  /** With the approval. */
  confirm: (tx: Tx, given: Confirmation & { requestId: string }) => confirm(context, tx, given),
  /** With the end of the request: rejected, withdrawn, or words. */
  release: (tx: Tx, given: { requestId: string; why: string; actor: NewHold['actor'] }) => release(context, tx, given),
  /** For video's slot `holds`. */
  held: createHeld(context, placeNow),
  questions: { of: (db: Db, requestId: string) => holdsOfRequest(db, requestId), active: (db: Db, roomId: string) => activeHolds(db, roomId) },
  jobs: [{ name: 'evidence.holds', everyMs: minuteMs, run: () => sweepHolds(context) }],
  routes: holdRoutes(context),
});
export type FootageHolds = ReturnType<typeof createHolds>;
