/** Puts the audit together. wire.ts fills its questions to people, cameras and parameters. */
import { minuteMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Job } from '../../platform/jobs/schedule.ts';
import type { Route } from '../../platform/http/route.ts';
import type { AuditContext } from './context.ts';
import { carryOutErasures } from './erasure.ts';
import { flushReads, recordLedgerRead } from './reads.ts';
import { auditRoutes } from './routes.ts';

export interface Audit {
  routes: Route<Caller>[];
  jobs: Job[];
  /** Before entries of the ledger are shown to somebody: what could not be recorded is not read. */
  recordLedgerRead: (caller: Caller, question: Parameters<typeof recordLedgerRead>[2], seqs: readonly number[]) => Promise<void>;
}

export const createAudit = (context: AuditContext & { siteId: () => Promise<string | null> }): Audit => ({
  routes: auditRoutes(context),
  recordLedgerRead: (caller, question, seqs) => recordLedgerRead(context, caller, question, seqs),
  jobs: [
    { name: 'audit.reads', everyMs: minuteMs, run: () => flushReads(context) },
    {
      name: 'audit.erasures', everyMs: 5 * minuteMs,
      run: async () => {
        const siteId = await context.siteId();
        if (siteId !== null) await carryOutErasures(context, siteId);
      },
    },
  ],
});
