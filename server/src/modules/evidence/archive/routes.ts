/** Schema, command or view, presenter. A "no" that rests on who asks, or on an order that is not there, is a recorded denial. */
import * as contract from '../../../../../contract/evidence-archive.ts';
import { Refusal } from '../../../base/refusal.ts';
import { mebibyte } from '../../../base/units.ts';
import { guarded, type Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { findOpening } from './archive-store.ts';
import type { ArchiveContext } from './context.ts';
import { answerItem, carryOut, describeItem, openItem, releaseItem, returnItem } from './custody-commands.ts';
import { fileItem } from './file-item.ts';
import { takeInventory, takeOver } from './inventory-commands.ts';
import { dropFiles, pathOf, readPart } from './item-files.ts';
import { mayOpen } from './item.ts';
import { orderItem, requireItem, standings } from './order-commands.ts';
import { archiveRefusals as refuse } from './refusals.ts';
import { daysView, registerCsv, registerView } from './register.ts';
import { custodyView, formView, itemView, listView } from './views.ts';

const formLimitBytes = 16 * mebibyte;
const signedLimitBytes = mebibyte;

/** Asked for at each request: an order that ended, or another session, gives nothing more. */
const media = async (context: ArchiveContext, caller: Caller, openingId: string, number: number, range: string | undefined) => {
  const { db } = context.database;
  const opening = await findOpening(db, openingId);
  if (opening === null || opening.personId !== caller.personId || opening.sessionId !== caller.sessionId) throw refuse('opening_unknown');
  const one = await requireItem(db, caller.roomId, opening.itemId);
  const right = mayOpen(one, (await standings(db, one, context.clock.now())).filter(({ order }) => order.orderId === opening.orderId), caller.personId);
  if (right instanceof Refusal) throw right;
  const file = one.files.find((known) => known.number === number);
  if (file === undefined) throw refuse('opening_unknown');
  const part = await readPart(pathOf(context, one.itemId, file), file.name, range);
  return { ...part, contentType: file.cameraId === null ? 'application/octet-stream' : 'video/mp4', headers: { ...part.headers, ...(file.cameraId === null ? { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}` } : {}) } };
};

export const archiveRoutes = (context: ArchiveContext) => {
  const recorded = async <T>(caller: Caller, what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refusal && error.kind === 'forbidden' && error.code.startsWith('evidence_archive.')) throw await denied(context, caller, what, error);
      throw error;
    }
  };
  const act = <T>(caller: Caller, what: string, work: (tx: Tx) => Promise<T>): Promise<T> => recorded(caller, what, () => context.database.transaction(work));
  const done = async (caller: Caller, what: string, work: (tx: Tx) => Promise<void>): Promise<Record<string, never>> => {
    await act(caller, what, work);
    return {};
  };
  const [see, file, ask, open, carry] = ['evidence.archive.see', 'evidence.archive.file', 'evidence.archive.ask', 'evidence.archive.open', 'evidence.archive.carry_out'] as const;
  const path = 'POST /api/evidence/archive/items/:itemId';
  return [
    guarded(contract.archiveList, see, ({ query }, caller) => listView(context, caller, query)),
    guarded(contract.archiveForm, file, (_call, caller) => formView(context, caller)),
    guarded(contract.fileItem, file, ({ body }, caller) => fileItem(context, caller, body), { bodyLimitBytes: formLimitBytes }),
    guarded(contract.archiveItem, see, ({ params }, caller) => itemView(context, caller, params.itemId)),
    guarded(contract.describeItem, file, ({ params, body }, caller) => done(caller, `${path}/details`, (tx) => describeItem(context, tx, caller, params.itemId, body))),
    guarded(contract.releaseItem, 'evidence.archive.release', ({ params, body }, caller) => done(caller, `${path}/release`, (tx) => releaseItem(context, tx, caller, params.itemId, body.reason))),
    guarded(contract.answerItem, file, ({ params, body }, caller) => done(caller, `${path}/answer`, (tx) => answerItem(context, tx, caller, params.itemId, body.note))),
    guarded(contract.orderItem, ask, ({ params, body }, caller) => act(caller, `${path}/orders`, (tx) => orderItem(context, tx, caller, params.itemId, body))),
    guarded(contract.carryOut, carry, async ({ params, body }, caller) => {
      const finished = await act(caller, `${path}/acts`, (tx) => carryOut(context, tx, caller, params.itemId, body));
      // The bytes go once the act stands.
      if (finished && body.how === 'destroy') await dropFiles(context, params.itemId);
      return { done: finished };
    }, { bodyLimitBytes: signedLimitBytes }),
    guarded(contract.returnItem, carry, ({ params, body }, caller) => done(caller, `${path}/return`, (tx) => returnItem(context, tx, caller, params.itemId, body.note))),
    guarded(contract.openItem, open, ({ params }, caller) => recorded(caller, `${path}/openings`, () => openItem(context, caller, params.itemId))),
    guarded(contract.itemMedia, open, ({ params, range }, caller) => recorded(caller, 'GET /api/evidence/archive/openings/:openingId/files/:number', () => media(context, caller, params.openingId, params.number, range))),
    guarded(contract.archiveCustody, see, (_call, caller) => custodyView(context, caller)),
    guarded(contract.takeInventory, 'evidence.archive.keep', ({ body }, caller) => recorded(caller, 'POST /api/evidence/archive/inventories', () => takeInventory(context, caller, body)), { bodyLimitBytes: formLimitBytes }),
    guarded(contract.takeOverArchive, 'evidence.archive.keep', ({ body }, caller) => done(caller, 'POST /api/evidence/archive/takeover', (tx) => takeOver(context, tx, caller, body.inventoryId))),
    guarded(contract.archiveRegister, 'evidence.archive.register', ({ query }, caller) => registerView(context, caller, query)),
    guarded(contract.archiveRegisterCsv, 'evidence.archive.register', async ({ query }, caller) => ({
      contentType: 'text/csv; charset=utf-8', headers: { 'content-disposition': 'attachment; filename="vigil-archive.csv"' }, body: await registerCsv(context, caller, query),
    })),
    guarded(contract.archiveDays, see, ({ query }, caller) => daysView(context, caller, query)),
  ];
};

/** On record; what stands in the way is said as it is. */
const denied = async (context: ArchiveContext, caller: Caller, what: string, refusal: Refusal): Promise<Refusal> => {
  await context.deny(caller, what, refusal.sentence);
  return refusal;
};
