/** Schema, command or view, presenter. */
import * as contract from '../../../../contract/health.ts';
import { guarded } from '../../mechanisms/identity/index.ts';
import type { Sources } from './ask-sources.ts';
import type { createPictureChecks } from './check-pictures.ts';
import { addSource, removeSource } from './commands/manage-sources.ts';
import type { HealthContext } from './context.ts';
import { healthRefusals as refuse } from './refusals.ts';
import { knowsStill } from './store.ts';
import { boardView, checkView, machineClockView, selfCheckView, sourcesView, troublesView } from './views.ts';

export const healthRoutes = (context: HealthContext, { sources, pictures }: { sources: Sources; pictures: ReturnType<typeof createPictureChecks> }) => [
  guarded(contract.board, 'health.see', (_call, caller) => boardView(context, caller, { picturesUnavailable: pictures.unavailable, sources })),
  guarded(contract.machineClock, 'health.see', (_call, caller) => machineClockView(context, caller, sources)),
  guarded(contract.troubles, 'health.see', ({ query }, caller) => troublesView(context, caller, query)),
  guarded(contract.selfCheck, 'health.see', (_call, caller) => selfCheckView(context, caller)),
  guarded(contract.still, 'health.stills.see', async ({ params }, caller) => {
    const bytes = (await knowsStill(context.database.db, caller.roomId, params.sha256)) ? await context.blobs.get(params.sha256) : null;
    if (bytes === null) throw refuse('still_unknown');
    return { contentType: 'image/jpeg', headers: { 'cache-control': 'private, max-age=3600' }, body: bytes };
  }),
  guarded(contract.keepReference, 'health.reference.keep', ({ params, body }, caller) => pictures.keepReference(caller, params.cameraId, body.note)),
  guarded(contract.lookNow, 'health.reference.keep', async ({ params }, caller) => ({ checks: (await pictures.lookNow(caller, params.cameraId)).map((state) => checkView(state, false)) })),
  guarded(contract.sources, 'health.see', (_call, caller) => sourcesView(context, caller)),
  guarded(contract.addSource, 'health.sources.manage', async ({ body }, caller) => ({ sourceId: await addSource(context, caller, body) })),
  guarded(contract.removeSource, 'health.sources.manage', async ({ params }, caller) => {
    await removeSource(context, caller, params.sourceId);
    return {};
  }),
];
