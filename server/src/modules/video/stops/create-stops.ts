/** Puts stops together: the approval, acts of people, the end of a stop, and the comparison of what should record with what does. */
import type { RecorderStatus } from '../../../../../contract/recorder.ts';
import * as contract from '../../../../../contract/stops.ts';
import { secondMs } from '../../../base/units.ts';
import { guarded } from '../../../mechanisms/identity/index.ts';
import type { VideoContext } from '../context.ts';
import { stopKind, stopKindName } from './approval.ts';
import { beginStop, endOver, endStopEarly, requireWindow, restartRecorder } from './commands.ts';
import { compareEveryMs, Divergence } from './divergence.ts';
import { stopsView } from './views.ts';

const endEveryMs = 2 * secondMs;

export interface StopParts {
  context: VideoContext;
  status: () => RecorderStatus | null;
  push: () => Promise<void>;
}

export const createStops = ({ context, status, push }: StopParts) => {
  const divergence = new Divergence(context, status);
  return {
    approvalKinds: [stopKind(() => context)],
    routes: [
      guarded(contract.listStops, 'video.stop.see', async (_call, caller) => stopsView(context, caller)),
      guarded(contract.askStop, 'video.stop.ask', async ({ body: { reason, ...body } }, caller) => ({
        approvalId: await context.database.transaction((tx) => context.register.submit(tx, { kind: stopKindName, body, reason, applicant: caller, subject: caller.roomId })),
      })),
      guarded(contract.stopRecording, 'video.stop.run', async ({ body }, caller) => {
        await requireWindow(context, caller, [body]);
        const stopped = await context.database.transaction((tx) => beginStop(context, tx, caller, body));
        await push();
        return stopped;
      }),
      guarded(contract.resumeRecording, 'video.stop.run', async ({ params }, caller) => {
        await context.database.transaction((tx) => endStopEarly(context, tx, caller, params.stopId));
        await push();
        return {};
      }),
      guarded(contract.restartRecorder, 'video.stop.run', async ({ body }, caller) => {
        await requireWindow(context, caller, [{ scope: 'recorder', cameraId: null }, { scope: 'room', cameraId: null }]);
        await restartRecorder(context, caller, body.reason);
        return {};
      }),
    ],
    jobs: [
      { name: 'video.stops_over', everyMs: endEveryMs, run: async () => ((await endOver(context)) > 0 ? push() : undefined) },
      { name: 'video.recording_compared', everyMs: compareEveryMs, run: () => divergence.look() },
    ],
  };
};
