/** The door of the video module: cameras, wall, footage, snapshots. */
import type { JournalEntry } from '../../../../contract/recorder.ts';
import { minuteMs, secondMs } from '../../base/units.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import type { VideoContext } from './context.ts';
import { LiveRelay } from './live-relay.ts';
import { Playbacks } from './playback.ts';
import { RecorderLink } from './recorder-link.ts';
import { noHolds, sweepRetention, type Holds } from './retention.ts';
import { videoRoutes } from './routes.ts';
import { setUpSite, type NewSite } from './set-up.ts';
import { endAbandonedWatches } from './watch-log.ts';

export { defaultParameters } from './camera.ts';
export { changedChannel } from './context.ts';
export { refuse as videoRefusals } from './errors.ts';
export { events as videoEvents } from './events.ts';
export * as footageCheck from './footage-check.ts';
export { isVideoRequest } from './live-relay.ts';
export { createRecorderClient } from './recorder-client.ts';
export { verbs as videoVerbs } from './verbs.ts';

const abandonedAfterMs = 30 * secondMs;
const sweepEveryMs = 10 * minuteMs;

export const createVideo = (context: VideoContext, slots: { holds: Holds } = { holds: noHolds }) => {
  const link = new RecorderLink(context);
  const relay = new LiveRelay(context);
  const playbacks = new Playbacks(context, link);
  return {
    relay,
    routes: videoRoutes({ context, link, relay, playbacks }),
    setUp: (tx: Tx, site: NewSite) => setUpSite(context, tx, site),
    status: () => link.status,
    /** Takes entries of the recorder's journal over at once; the link does it by itself. */
    takeOver: (entries: readonly JournalEntry[]) => link.takeOver(entries),
    push: () => link.push(),
    recorderMetrics: () => context.recorder.metrics(),
    jobs: [
      { name: 'video.retention', everyMs: sweepEveryMs, run: () => sweepRetention(context, slots.holds) },
      { name: 'video.abandoned_watches', everyMs: abandonedAfterMs, run: () => endAbandonedWatches(context, context.clock.now() - abandonedAfterMs) },
    ],
    start: () => link.start(),
    stop: () => Promise.allSettled([relay.stop(), playbacks.stop(), link.stop()]),
  };
};
