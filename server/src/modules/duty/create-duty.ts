/** Puts the module together. */
import { secondMs } from '../../base/units.ts';
import { serverActor } from '../../mechanisms/ledger/index.ts';
import type { Db, Tx } from '../../platform/postgres/db.ts';
import { note, type NewEntry } from './commands/write-log.ts';
import { openThread, sweepReports, type NewThread } from './commands/threads.ts';
import type { DutyContext, Place } from './context.ts';
import { dutyRoutes } from './routes.ts';
import { lockLog, openShift } from './shift-store.ts';
import { openThreads } from './thread-store.ts';

const sweepEveryMs = 15 * secondMs;

export const createDuty = (context: DutyContext) => ({
  routes: dutyRoutes(context),
  jobs: [{ name: 'duty.reports', everyMs: sweepEveryMs, run: () => sweepReports(context) }],
  /** A line that the machine writes; app/reactions.ts calls it for what happens elsewhere. */
  note: (tx: Tx, place: Place, entry: NewEntry): Promise<string> => note(context, tx, place, entry),
  /** A fault that the machine found; one that is open under the same words goes on. */
  openFault: async (tx: Tx, place: Place, fault: Pick<NewThread, 'what' | 'text' | 'grade' | 'cameraId'>): Promise<void> => {
    await lockLog(tx, place.roomId);
    if ((await openThreads(tx, place.roomId)).some(({ kind, what }) => kind === 'fault' && what === fault.what)) return;
    await openThread(context, tx, place, serverActor, { ...fault, kind: 'fault' });
  },
  /** Number of the shift log that is open; null: none is. */
  onDuty: async (db: Db, roomId: string): Promise<number | null> => (await openShift(db, roomId))?.number ?? null,
});
export type Duty = ReturnType<typeof createDuty>;
