/** Schema, command or view, presenter. */
import * as contract from '../../../../contract/audit.ts';
import { actorOf, guarded, type Caller } from '../../mechanisms/identity/index.ts';
import type { Route } from '../../platform/http/route.ts';
import { camerasOnRecord } from './cameras.ts';
import type { AuditContext } from './context.ts';
import { orderErasure } from './erasure.ts';
import { viewersListed } from './events.ts';
import { exportFile } from './export.ts';
import { isMasked, masked } from './mask.ts';
import { recordRead } from './reads.ts';
import { auditRefusals } from './refusals.ts';
import { preparePeriod, signPeriod, viewReviews } from './reviews.ts';
import { keepQuestion, removeSaved, savedOf } from './saved.ts';
import { searchActs, viewOf } from './search.ts';
import { traceText } from './trace.ts';
import { viewUntold } from './untold.ts';
import { viewersOf } from './viewers.ts';

const pageSize = 100;

const searching = (context: AuditContext): Route<Caller>[] => {
  const { db } = context.database;
  return [
    guarded(contract.auditChoices, 'audit.names.see', async (_call, caller) => ({ people: [...(await context.people(db))], cameras: await camerasOnRecord(context.questions, db, caller.siteId) })),
    guarded(contract.listActs, 'audit.acts.see', async ({ query }, caller) => {
      const { before, visitors, ...question } = query;
      const found = await searchActs(context, db, { siteId: caller.siteId, question, before, limit: pageSize });
      await recordRead(context, caller, question, found.acts.map(({ seq }) => seq));
      const acts = found.acts.map((fact) => viewOf(fact, found.names));
      const hidden = isMasked(caller, visitors === 'yes');
      return { acts: hidden ? acts.map(masked) : acts, next: found.next, masked: hidden };
    }),
    guarded(contract.exportActs, 'audit.acts.export', async ({ body }, caller) => exportFile(context, caller, body)),
    guarded(contract.listQuestions, 'audit.acts.see', async (_call, caller) => ({ questions: await savedOf(context, caller.personId) })),
    guarded(contract.saveQuestion, 'audit.acts.see', async ({ body }, caller) => keepQuestion(context, caller, body)),
    guarded(contract.removeQuestion, 'audit.acts.see', async ({ params }, caller) => {
      await removeSaved(context, caller, params.questionId);
      return {};
    }),
  ];
};

const tracing = (context: AuditContext): Route<Caller>[] => [
  guarded(contract.traceWatermark, 'audit.leak.trace', async ({ body }, caller) => traceText(context, caller, body)),
  guarded(contract.listViewers, 'audit.leak.trace', async ({ body }, caller) => {
    const { db } = context.database;
    const { siteId, roomId } = caller;
    const { cameraId, from, until } = body;
    if (until <= from) throw auditRefusals('span_empty');
    const camera = (await camerasOnRecord(context.questions, db, siteId)).find((one) => one.cameraId === cameraId)?.label;
    if (camera === undefined) throw auditRefusals('camera_unknown');
    const now = context.clock.now();
    const viewers = await viewersOf(context, db, { siteId, cameraId, from, until, now });
    const said = { cameraId, camera, from, until, count: viewers.length };
    await context.database.transaction((tx) => context.ledger.append(tx, { event: viewersListed, siteId, roomId, actor: actorOf(caller), subject: cameraId, body: said, at: now }));
    return { viewers, camera };
  }),
];

export const auditRoutes = (context: AuditContext): Route<Caller>[] => [
  ...searching(context),
  ...tracing(context),
  guarded(contract.listUntold, 'audit.acts.see', async ({ query }, caller) => viewUntold(context, caller, query)),
  guarded(contract.listReviews, 'audit.review.see', async (_call, caller) => viewReviews(context, caller)),
  guarded(contract.prepareReview, 'audit.review.sign', async ({ body }, caller) => preparePeriod(context, caller, body)),
  guarded(contract.signReview, 'audit.review.sign', async ({ body }, caller) => signPeriod(context, caller, body)),
  guarded(contract.eraseOldActs, 'audit.values.erase', async ({ body }, caller) => orderErasure(context, caller, body)),
];
