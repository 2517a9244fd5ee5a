/** Puts the module together. */
import * as contract from '../../../../contract/rounds.ts';
import { secondMs } from '../../base/units.ts';
import { guarded } from '../../mechanisms/identity/index.ts';
import { setMark } from './commands/marks.ts';
import { addPosition, removePosition } from './commands/positions.ts';
import type { RoundsContext } from './context.ts';
import { createSweep } from './sweep.ts';
import { coverageView, marksView, roundView } from './views.ts';

const sweepEveryMs = 15 * secondMs;

export const createRounds = (context: RoundsContext) => ({
  routes: [
    guarded(contract.round, 'rounds.see', (_call, caller) => roundView(context, caller)),
    guarded(contract.coverage, 'rounds.see', ({ query }, caller) => coverageView(context, caller, query.hours)),
    guarded(contract.marks, 'rounds.see', ({ query }, caller) => marksView(context, caller, query.hours)),
    guarded(contract.setMark, 'rounds.mark', ({ params, body }, caller) => setMark(context, caller, params.positionId, body)),
    guarded(contract.addPosition, 'rounds.manage', async ({ body }, caller) => ({ positionId: await addPosition(context, caller, body) })),
    guarded(contract.posts, 'rounds.manage', async (_call, caller) => {
      const { db } = context.database;
      return { posts: [...(await context.posts(db, caller.roomId))], cameras: (await context.cameras(db, caller.roomId)).map(({ cameraId, camera }) => ({ cameraId, camera })) };
    }),
    guarded(contract.removePosition, 'rounds.manage', async ({ params }, caller) => {
      await removePosition(context, caller, params.positionId);
      return {};
    }),
  ],
  jobs: [{ name: 'rounds.turns', everyMs: sweepEveryMs, run: createSweep(context) }],
});
export type Rounds = ReturnType<typeof createRounds>;
