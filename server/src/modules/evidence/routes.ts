/** Schema, command or view, presenter. A "no" that rests on who asks is a recorded denial. */
import * as contract from '../../../../contract/evidence.ts';
import { Refusal } from '../../base/refusal.ts';
import { guarded, signedIn, type Caller } from '../../mechanisms/identity/index.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import { beginViewing, endLooking } from './commands/look.ts';
import { submitRequest } from './commands/submit-request.ts';
import { closeRequest, withdrawRequest, writeResult } from './commands/write-back.ts';
import type { EvidenceContext } from './context.ts';
import { exportRegister, readRegister } from './register.ts';
import { existingView, formView, listView, requestView } from './views.ts';

export const evidenceRoutes = (context: EvidenceContext) => {
  const { database } = context;
  const act = async <T>(caller: Caller, what: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (error instanceof Refusal && error.kind === 'forbidden' && error.code.startsWith('evidence.')) throw await context.deny(caller, what, error.sentence);
      throw error;
    }
  };
  const done = async (caller: Caller, what: string, work: (tx: Tx) => Promise<void>): Promise<Record<string, never>> => {
    await act(caller, what, work);
    return {};
  };
  return [
    guarded(contract.askForm, 'evidence.request.ask', (_call, caller) => formView(context, caller)),
    guarded(contract.existing, 'evidence.request.ask', ({ body }, caller) => existingView(context, caller, body)),
    guarded(contract.askFor, 'evidence.request.ask', ({ body }, caller) => act(caller, 'POST /api/evidence/requests', (tx) => submitRequest(context, tx, caller, body))),
    signedIn(contract.requests, ({ query }, caller) => listView(context, caller, query)),
    signedIn(contract.request, ({ params }, caller) => requestView(context, caller, params.requestId)),
    guarded(contract.beginViewing, 'evidence.request.execute', ({ params, body }, caller) => act(caller, 'POST /api/evidence/requests/:requestId/viewings', (tx) => beginViewing(context, tx, caller, params.requestId, body.witness))),
    guarded(contract.endViewing, 'evidence.request.execute', ({ params }, caller) => done(caller, 'POST /api/evidence/requests/:requestId/viewings/end', (tx) => endLooking(context, tx, caller, params.requestId))),
    guarded(contract.writeResult, 'evidence.request.execute', ({ params, body }, caller) => done(caller, 'POST /api/evidence/requests/:requestId/results', (tx) => writeResult(context, tx, caller, params.requestId, body))),
    guarded(contract.closeRequest, 'evidence.request.review', ({ params, body }, caller) => done(caller, 'POST /api/evidence/requests/:requestId/closing', (tx) => closeRequest(context, tx, caller, params.requestId, body.remark))),
    signedIn(contract.withdrawRequest, ({ params, body }, caller) => done(caller, 'POST /api/evidence/requests/:requestId/withdrawal', (tx) => withdrawRequest(context, tx, caller, params.requestId, body.reason))),
    guarded(contract.register, 'evidence.register.read', ({ query }, caller) => readRegister(context, caller, query)),
    guarded(contract.registerCsv, 'evidence.register.read', async ({ query }, caller) => ({
      contentType: 'text/csv; charset=utf-8', headers: { 'content-disposition': 'attachment; filename="vigil-f5.csv"' }, body: await exportRegister(context, caller, query),
    })),
  ];
};
