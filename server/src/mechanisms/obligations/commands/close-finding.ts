/** Closes a finding with its result. */
import type { FindingOutcome } from '../../../../../contract/obligations.ts';
import { actorOf, questions as people, type Caller } from '../../identity/index.ts';
import type { ObligationsContext } from '../context.ts';
import { findingNeedsResult } from '../controls.ts';
import { findingClosed } from '../events.ts';
import { clearCharge, lockFinding } from '../charge-store.ts';
import { findFinding, insertClosing } from '../evidence-store.ts';
import { obligationRefusals as refuse } from '../refusals.ts';
import { findObligation } from '../store.ts';

export const closeFindingOf = async (context: ObligationsContext, caller: Caller, findingId: string, { result, outcome }: { result: string; outcome: FindingOutcome }): Promise<void> => {
  findingNeedsResult.refuse(() => (result === '' ? refuse('finding_needs_result', {}, { fields: [{ path: 'result', ...refuse('finding_needs_result').sentence }] }) : null));
  await context.database.transaction(async (tx) => {
    const now = context.clock.now();
    await lockFinding(tx, findingId);
    const finding = await findFinding(tx, caller.roomId, findingId);
    if (finding === null) throw refuse('finding_unknown');
    const { closed } = finding;
    if (closed !== null || !(await insertClosing(tx, { findingId, at: now, by: caller.personId, result, outcome }))) {
      const by = (closed ?? (await findFinding(context.database.db, caller.roomId, findingId))?.closed)?.by ?? '';
      throw refuse('finding_closed', { name: (await people.personNames(tx, [by])).get(by) ?? '' });
    }
    const one = await findObligation(tx, caller.roomId, finding.obligationId);
    if (one === null) throw new Error(`finding ${findingId} has no obligation`);
    const body = { findingId, kind: one.kind, field: finding.field, what: { ...finding.what }, name: caller.name, result, outcome };
    await clearCharge(tx, findingId, now);
    await context.ledger.append(tx, { event: findingClosed, siteId: one.siteId, roomId: one.roomId, actor: actorOf(caller), subject: one.obligationId, body, at: now, clauses: [...one.clauses] });
  });
};
