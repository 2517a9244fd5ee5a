/** Puts compliance together. It reads everybody and is read by nobody. */
import { minuteMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Job } from '../../platform/jobs/schedule.ts';
import type { Route } from '../../platform/http/route.ts';
import { createEngine } from './board.ts';
import type { ComplianceContext, Place } from './context.ts';
import { writeFindings } from './findings.ts';
import { complianceRoutes } from './routes.ts';

export interface Compliance {
  routes: Route<Caller>[];
  jobs: Job[];
}

export const createCompliance = (context: ComplianceContext & { place: () => Promise<Place | null> }): Compliance => {
  const engineOf = createEngine(context);
  return {
    routes: complianceRoutes(context, engineOf),
    jobs: [
      {
        name: 'compliance.findings', everyMs: 5 * minuteMs,
        run: async () => {
          const place = await context.place();
          if (place !== null) await writeFindings(context, await engineOf(context.database.db), place);
        },
      },
    ],
  };
};
