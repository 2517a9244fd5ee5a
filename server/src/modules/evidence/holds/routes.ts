/** Schema, command or view, presenter. */
import * as contract from '../../../../../contract/evidence-holds.ts';
import { actorOf, guarded } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import type { HoldsContext } from './context.ts';
import { confirmByPerson, extend, giveQuota, releaseByPerson } from './hold-commands.ts';
import { holdsPage } from './views.ts';

export const holdRoutes = (context: HoldsContext) => {
  const done = async (work: (tx: Tx) => Promise<void>): Promise<Record<string, never>> => {
    await context.database.transaction(work);
    return {};
  };
  return [
    guarded(contract.listHolds, 'evidence.holds.see', async (_call, caller) => holdsPage(context, caller)),
    guarded(contract.confirmHold, 'evidence.holds.decide', async ({ params, body }, caller) => done((tx) => confirmByPerson(context, tx, caller, { ...params, ...body, actor: actorOf(caller) }))),
    guarded(contract.extendHold, 'evidence.holds.decide', async ({ params, body }, caller) => done((tx) => extend(context, tx, caller, { ...params, ...body, actor: actorOf(caller) }))),
    guarded(contract.releaseHold, 'evidence.holds.decide', async ({ params, body }, caller) => done((tx) => releaseByPerson(context, tx, caller, { ...params, ...body, actor: actorOf(caller) }))),
    guarded(contract.giveHoldQuota, 'evidence.holds.decide', async ({ body }, caller) =>
      done((tx) => giveQuota(context, tx, { siteId: caller.siteId, roomId: caller.roomId }, { ...body, actor: actorOf(caller) })),
    ),
  ];
};
