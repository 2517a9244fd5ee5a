/** Puts completeness together. */
import * as contract from '../../../../../contract/completeness.ts';
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import { minuteMs } from '../../../base/units.ts';
import { guarded } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { closeDays } from './close-day.ts';
import { dayView, monthView } from './views.ts';

const closeEveryMs = 10 * minuteMs;

export const createCompleteness = (context: VideoContext, status: () => RecorderStatus | null) => ({
  routes: [
    guarded(contract.completenessMonth, 'video.stop.see', async ({ query }, caller) => monthView(context, caller, query.month)),
    guarded(contract.dayStatement, 'video.stop.see', async ({ params }, caller) => dayView(context, caller, params.cameraId, params.day)),
  ],
  jobs: [{ name: 'video.close_days', everyMs: closeEveryMs, run: () => closeDays(context, status()) }],
});
