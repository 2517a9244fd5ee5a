/** Puts the module together. */
import { minuteMs, secondMs } from '../../base/units.ts';
import { createSources, sourcesEveryMs } from './ask-sources.ts';
import { createPictureChecks } from './check-pictures.ts';
import type { HealthContext, Place } from './context.ts';
import { normalBeforeClosing } from './controls.ts';
import { normalForMs } from './limits.ts';
import { createPoller, pollEveryMs } from './poll-devices.ts';
import { questions } from './questions.ts';
import { healthRefusals as refuse } from './refusals.ts';
import { healthRoutes } from './routes.ts';
import type { Db } from '../../platform/postgres/db.ts';

const picturesEveryMs = 15 * secondMs;
const disksEveryMs = 10 * minuteMs;

export const createHealth = (context: HealthContext) => {
  const sources = createSources(context);
  const pictures = createPictureChecks(context);
  const poller = createPoller(context);
  return {
    routes: healthRoutes(context, { sources, pictures }),
    jobs: [
      { name: 'health.devices', everyMs: pollEveryMs, run: poller.poll },
      { name: 'health.poller_watch', everyMs: pollEveryMs, run: poller.watchPoller },
      { name: 'health.cases', everyMs: minuteMs, run: poller.openCases },
      { name: 'health.pictures', everyMs: picturesEveryMs, run: pictures.run },
      { name: 'health.sources', everyMs: sourcesEveryMs, run: sources.askAll },
      { name: 'health.disks', everyMs: disksEveryMs, run: sources.askDisks },
    ],
    /** This machine's clock against its time servers; null: not known. For the console and for evidence packages. */
    machineClock: () => sources.clock(),
    /** Refuses the closing of a fault whose camera is not well, or not for long enough. */
    mayCloseFault: async (db: Db, place: Place, cameraId: string | null): Promise<void> => {
      if (cameraId === null) return;
      await normalBeforeClosing.refuseLater(async () => {
        const now = context.clock.now();
        const forMs = normalForMs(await context.rules(db, place, now));
        const why = await questions.notNormal(db, place.roomId, cameraId, now - forMs, now);
        return why === null ? null : refuse('not_normal', { device: why.device, zh: why.words.zh, en: why.words.en, minutes: forMs / minuteMs });
      });
    },
  };
};
export type Health = ReturnType<typeof createHealth>;
