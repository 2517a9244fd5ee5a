/** A copy that could not be made is made again by somebody, who is told of each failure; when its approval runs out before, its request ends. */
import { serverActor } from '../../../mechanisms/ledger/index.ts';
import { aboutOf } from '../context.ts';
import { events as requestEvents } from '../events.ts';
import { requestMoved } from '../notices.ts';
import { insertStep, lockRequest, saveState } from '../store.ts';
import type { CopiesContext } from './context.ts';
import { triedInVain } from './copy-store.ts';
import { copyEvents as events } from './events.ts';

const words = { zh: '拷贝没有导出成功，批准已过有效期；需要时请重新申请', en: 'no copy was made before the approval ran out; ask again if it is still needed' };

export const endTriedInVain = async (context: CopiesContext): Promise<void> => {
  const now = context.clock.now();
  for (const { requestId, validUntil } of await triedInVain(context.database.db)) {
    if (validUntil === null || now < validUntil) continue;
    await context.database.transaction(async (tx) => {
      const one = await lockRequest(tx, requestId);
      const still = (await triedInVain(tx)).find((other) => other.requestId === requestId);
      if (one === null || still === undefined) return;
      const { siteId, roomId, number } = one;
      const about = { siteId, roomId, actor: serverActor, subject: requestId, at: now, clauses: one.clauses };
      await saveState(tx, one, { state: 'lapsed' }, now);
      await insertStep(tx, { requestId, act: 'lapsed', state: 'lapsed', at: now, by: 'server', note: words.zh });
      await context.holds?.release(tx, { requestId, why: 'lapsed', actor: serverActor });
      await context.ledger.append(tx, { event: events.givenUp, ...about, body: { requestId, request: number, failures: still.failures } });
      await context.ledger.append(tx, { event: requestEvents.requestEnded, ...about, body: { ...aboutOf(one), how: 'lapsed' } });
      await context.notices().send(tx, { kind: requestMoved.kind, siteId, roomId, subject: requestId, body: { number, ...words }, to: { personIds: [one.applicantId] }, at: now });
      await context.tellScreens(tx, 'evidence.requests');
    });
  }
};
