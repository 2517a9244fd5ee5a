/** Schema, command or view, presenter. A "no" that rests on who asks, or on an approval that is not there, is a recorded denial. */
import * as contract from '../../../../../contract/evidence-copies.ts';
import { Refusal } from '../../../base/refusal.ts';
import { kibibyte } from '../../../base/units.ts';
import { guarded, signedIn, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { CopiesContext } from './context.ts';
import { copiesView, copyRegisterView, noteView } from './copy-views.ts';
import { handOverCopy, noteCopy, sendPassphrase, takeFile } from './custody-acts.ts';
import { confirmEnding, endCopy, withdrawEnding } from './endings.ts';
import { beginCopy, type Maker } from './make-copy.ts';
import { dropPackage } from './package-file.ts';

const signatureLimitBytes = 512 * kibibyte;

export const copyRoutes = (context: CopiesContext, maker: Maker) => {
  const { database } = context;
  const recorded = async <T>(caller: Caller, what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal && error.kind === 'forbidden' && error.code.startsWith('evidence_copies.')) throw await context.deny(caller, what, error.sentence);
      throw error;
    }
  };
  const act = <T>(caller: Caller, what: string, work: (tx: Tx) => Promise<T>): Promise<T> => recorded(caller, what, () => database.transaction(work));
  const done = async (caller: Caller, what: string, work: (tx: Tx) => Promise<void>): Promise<Record<string, never>> => {
    await act(caller, what, work);
    return {};
  };
  const execute = 'evidence.request.execute';
  return [
    signedIn(contract.copies, ({ params }, caller) => copiesView(context, maker, caller, params.requestId)),
    guarded(contract.makeCopy, execute, async ({ params, body }, caller) => {
      const begun = await act(caller, 'POST /api/evidence/requests/:requestId/copies', (tx) => beginCopy(context, tx, caller, params.requestId, body, () => maker.takenBytes()));
      maker.begin(begun, caller.roomId);
      const { packageId, number, passphrase } = begun;
      return { packageId, number, passphrase };
    }),
    guarded(contract.takeCopy, execute, async ({ params }, caller) => {
      const { name, sizeBytes, body } = await recorded(caller, 'GET /api/evidence/copies/:packageId/file', () => takeFile(context, caller, params.packageId));
      return { contentType: 'application/zip', headers: { 'content-disposition': `attachment; filename="${name}"`, 'content-length': String(sizeBytes), 'cache-control': 'no-store' }, body };
    }),
    guarded(contract.handOver, execute, async ({ params, body }, caller) => {
      // It is with its receiver now: the room keeps no second one.
      await dropPackage(await act(caller, 'POST /api/evidence/copies/:packageId/handover', (tx) => handOverCopy(context, tx, caller, params.packageId, body)), context.log);
      return {};
    }, { bodyLimitBytes: signatureLimitBytes }),
    guarded(contract.sendPassphrase, execute, ({ params, body }, caller) => done(caller, 'POST /api/evidence/copies/:packageId/passphrase', (tx) => sendPassphrase(context, tx, caller, params.packageId, body))),
    guarded(contract.endCopy, execute, async ({ params, body }, caller) => {
      const path = await act(caller, 'POST /api/evidence/copies/:packageId/ending', (tx) => endCopy(context, tx, caller, params.packageId, body));
      if (path !== null) await dropPackage(path, context.log);
      return { done: path !== null };
    }),
    guarded(contract.confirmEnding, 'evidence.copy.confirm_end', async ({ params }, caller) => {
      // What the room itself kept of it goes once the act stands.
      await dropPackage(await act(caller, 'POST /api/evidence/copies/:packageId/ending/confirmation', (tx) => confirmEnding(context, tx, caller, params.packageId)), context.log);
      return {};
    }),
    guarded(contract.withdrawEnding, execute, ({ params }, caller) => done(caller, 'POST /api/evidence/copies/:packageId/ending/withdrawal', (tx) => withdrawEnding(context, tx, caller, params.packageId))),
    guarded(contract.noteCopy, execute, ({ params, body }, caller) => done(caller, 'POST /api/evidence/copies/:packageId/notes', (tx) => noteCopy(context, tx, caller, params.packageId, body.note))),
    signedIn(contract.exportNote, ({ params }, caller) => noteView(context, maker, caller, params.packageId)),
    guarded(contract.copyRegister, 'evidence.register.read', ({ query }, caller) => copyRegisterView(context, maker, caller, query)),
  ];
};
