/** Puts the module together. */
import type { Asked } from '../../../../contract/evidence.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { evidenceKinds, type DecisionDoor } from './approvals.ts';
import { approvedRequest, endedRequest } from './commands/decided.ts';
import { grantEnded } from './commands/look.ts';
import { bodyOf, submitRequest } from './commands/submit-request.ts';
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
    submit: (tx: Tx, caller: Caller, asked: Asked) => submitRequest(context, tx, caller, asked),
    /** What there is of the footage of a camera in a span. */
    footage: context.footage,
    /** A grant ended by time or by another's hand: the viewing under it has ended too. */
    grantEnded: (tx: Tx, grantId: string): Promise<void> => grantEnded(context, tx, grantId),
  };
};
export type Evidence = ReturnType<typeof createEvidence>;
