/** Puts the module together. */
import { secondMs } from '../../base/units.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { note, type NewEntry } from './commands/write-log.ts';
import { sweepReports } from './commands/threads.ts';
import type { DutyContext, Place } from './context.ts';
import { dutyRoutes } from './routes.ts';

const sweepEveryMs = 15 * secondMs;

export const createDuty = (context: DutyContext) => ({
  routes: dutyRoutes(context),
  jobs: [{ name: 'duty.reports', everyMs: sweepEveryMs, run: () => sweepReports(context) }],
  /** A line that the machine writes; app/reactions.ts calls it for what happens elsewhere. */
  note: (tx: Tx, place: Place, entry: NewEntry): Promise<string> => note(context, tx, place, entry),
});
export type Duty = ReturnType<typeof createDuty>;
