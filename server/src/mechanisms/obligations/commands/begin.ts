/** Says that a person is at a task. It keeps nobody else from it: who comes later sees it, and may go on with it. */
import { actorOf, type Caller } from '../../identity/index.ts';
import { beginningsOf, insertBeginning } from '../begin-store.ts';
import { aboutOf, appendAbout, type ObligationsContext } from '../context.ts';
import { taskBegun } from '../events.ts';
import { obligationRefusals as refuse } from '../refusals.ts';
import { changeObligation, lockObligation } from '../store.ts';
import { requireOpen } from './submit.ts';

export const begin = (context: ObligationsContext, caller: Caller, obligationId: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const one = await lockObligation(tx, obligationId);
    if (one === null || one.roomId !== caller.roomId) throw refuse('unknown');
    await requireOpen(context, tx, caller, one, now);
    const last = (await beginningsOf(tx, [obligationId])).at(-1);
    // Their own form opened again is no second beginning.
    if (last?.by === caller.personId && one.state !== 'returned') return;
    const number = (last?.number ?? 0) + 1;
    await insertBeginning(tx, { obligationId, number, at: now, by: caller.personId });
    if (one.state === 'available') await changeObligation(tx, one, { state: 'in_progress', late: one.late }, { at: now, recordedAt: now, by: caller.personId });
    await appendAbout(context, tx, one, { event: taskBegun, actor: actorOf(caller), at: now, body: { ...aboutOf(one), name: caller.name, number } });
  });
