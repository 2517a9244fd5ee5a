/** Puts the module together: link, relay and playbacks share one context; what others may use goes out through index.ts. */
import type { JournalEntry } from '../../../../contract/recorder.ts';
import { minuteMs, secondMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { createBackup } from './backup/create-backup.ts';
import { createCompleteness } from './completeness/create-completeness.ts';
import { Receivers } from './consoles/receivers.ts';
import type { VideoContext } from './context.ts';
import { LiveRelay } from './live-relay.ts';
import { roleDecides, type MayPlay } from './playback-right.ts';
import { Playbacks } from './playback.ts';
import { RecorderLink } from './recorder-link.ts';
import { createRegister } from './register/create-register.ts';
import { noHolds, sweepRetention, type Holds } from './retention.ts';
import { videoRoutes } from './routes.ts';
import { sealAddresses } from './seal-addresses.ts';
import { setUpSite, type NewSite } from './set-up.ts';
import { StorageOutlook } from './storage/measured-outlook.ts';
import { createStops } from './stops/create-stops.ts';
import { createStorages } from './storage/create-storages.ts';
import { bumpConfig } from './store.ts';
import { endAbandonedWatches } from './watch-log.ts';

const abandonedAfterMs = 30 * secondMs;
const sweepEveryMs = 10 * minuteMs;

export const createVideo = (context: VideoContext, { holds = noHolds, mayPlay = roleDecides }: { holds?: Holds; mayPlay?: MayPlay } = {}) => {
  const link = new RecorderLink(context);
  const receivers = new Receivers(context);
  const relay = new LiveRelay(context, receivers);
  const playbacks = new Playbacks(context, link, mayPlay);
  const outlook = new StorageOutlook(context, () => link.status);
  const register = createRegister(context, () => link.push());
  const storages = createStorages({ context, status: () => link.status, outlook, holds, push: () => link.push() });
  const stops = createStops({ context, status: () => link.status, push: () => link.push() });
  const backup = createBackup(context, () => link.status);
  const completeness = createCompleteness(context, () => link.status);
  // After the database was away nobody has been vouched for: first what goes on here, then what is left.
  const endAbandoned = async (): Promise<void> => {
    await relay.vouch();
    await endAbandonedWatches(context, context.clock.now() - abandonedAfterMs);
  };
  return {
    relay,
    /** The right of these people has ended: their pictures and their footage end now. */
    rightEnded: (concerns: (caller: Caller) => boolean) => {
      relay.rightEnded(concerns);
      playbacks.rightEnded(concerns);
    },
    /** A grant of evidence has ended: what plays under it ends now. */
    grantEnded: (grantId: string) => playbacks.grantEnded(grantId),
    /** Grants may have ended unheard. */
    lookAgainAtGrants: () => playbacks.lookAgain(),
    routes: [...videoRoutes({ context, link, relay, playbacks, mayPlay, receivers }), ...register.routes, ...storages.routes, ...stops.routes, ...backup.routes, ...completeness.routes],
    /** What people ask for here; for approvals. */
    approvalKinds: [...register.approvalKinds, ...stops.approvalKinds],
    setUp: (tx: Tx, site: NewSite) => setUpSite(context, tx, site),
    status: () => link.status,
    storageForecast: () => outlook.now(),
    /** Takes entries of the recorder's journal over at once; the link does it by itself. */
    takeOver: (entries: readonly JournalEntry[]) => link.takeOver(entries),
    push: () => link.push(),
    /** The rows may be older than what the recorder was told last: have it told again. */
    tellAnew: (tx: Tx, siteId: string) => bumpConfig(tx, siteId),
    recorderMetrics: () => context.recorder.metrics(),
    jobs: [
      { name: 'video.retention', everyMs: sweepEveryMs, run: () => sweepRetention(context, holds) },
      { name: 'video.abandoned_watches', everyMs: abandonedAfterMs, run: () => endAbandoned() },
      { name: 'video.storage_forecast', everyMs: sweepEveryMs, run: () => outlook.look() },
      ...register.jobs,
      ...storages.jobs,
      ...stops.jobs,
      ...backup.jobs,
      ...completeness.jobs,
    ],
    /** Before the first request of every start: a restored backup may bring rows from before. */
    sealAddresses: () => sealAddresses(context),
    start: () => link.start(),
    stop: () => Promise.allSettled([relay.stop(), playbacks.stop(), link.stop()]),
  };
};
