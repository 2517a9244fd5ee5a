/** Puts the module together. */
import type { Tx } from '../../platform/postgres/db.ts';
import { evidenceKinds, type DecisionDoor } from './approvals.ts';
import { approvedRequest, endedRequest } from './commands/decided.ts';
import { grantEnded } from './commands/look.ts';
import { bodyOf } from './commands/submit-request.ts';
import type { EvidenceContext } from './context.ts';
import { evidenceRoutes } from './routes.ts';

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
    /** A grant ended by time or by another's hand: the viewing under it has ended too. */
    grantEnded: (tx: Tx, grantId: string): Promise<void> => grantEnded(context, tx, grantId),
  };
};
export type Evidence = ReturnType<typeof createEvidence>;
