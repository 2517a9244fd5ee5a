/** Puts the module together. */
import type { Asked } from '../../../../contract/evidence.ts';
import { minuteMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { evidenceKinds, type DecisionDoor } from './approvals.ts';
import { approvedRequest, endedRequest } from './commands/decided.ts';
import { grantEnded } from './commands/look.ts';
import { bodyOf, submitRequest } from './commands/submit-request.ts';
import type { EvidenceContext } from './context.ts';
import { evidenceRoutes } from './routes.ts';
import { timedOutGrants } from './viewing-store.ts';

const endTimedOut = async (context: EvidenceContext): Promise<void> => {
  for (const grantId of await timedOutGrants(context.database.db, context.clock.now())) await context.database.transaction((tx) => grantEnded(context, tx, grantId));
};

export const createEvidence = (context: EvidenceContext) => {
  const door: DecisionDoor = {
    rules: (db, place, at) => context.rules(db, place, at),
    approved: (tx, approval) => approvedRequest(context, tx, approval),
    ended: (tx, approval) => endedRequest(context, tx, approval),
    bodyOf: (tx, one) => bodyOf(context, tx, one),
  };
  return {
    routes: evidenceRoutes(context),
    approvalKinds: evidenceKinds(() => door),
    submit: (tx: Tx, caller: Caller, asked: Asked) => submitRequest(context, tx, caller, asked),
    /** What there is of the footage of a camera in a span. */
    footage: context.footage,
    /** A grant that is over by its time takes the viewing under it along. */
    jobs: [{ name: 'evidence.viewings', everyMs: minuteMs, run: () => endTimedOut(context) }],
  };
};
export type Evidence = ReturnType<typeof createEvidence>;
