/** Puts copies together. */
import { hourMs, minuteMs } from '../../../base/units.ts';
import type { CopiesContext } from './context.ts';
import { copyRoutes } from './copy-routes.ts';
import { sweepReturns } from './endings.ts';
import { endTriedInVain } from './in-vain.ts';
import { createMaker } from './make-copy.ts';

export const createCopies = (context: CopiesContext) => {
  const maker = createMaker(context);
  return {
    routes: copyRoutes(context, maker),
    jobs: [
      { name: 'evidence.copies', everyMs: minuteMs, run: () => maker.sweep() },
      { name: 'evidence.copies_in_vain', everyMs: minuteMs, run: () => endTriedInVain(context) },
      { name: 'evidence.returns', everyMs: hourMs, run: () => sweepReturns(context) },
    ],
    /** Resolves when nothing is being written. */
    idle: (): Promise<void> => maker.idle(),
  };
};
export type Copies = ReturnType<typeof createCopies>;
