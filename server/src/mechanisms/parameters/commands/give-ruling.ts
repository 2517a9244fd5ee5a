/** A ruling on a clause, kept beside it: only by the unit that the regulation names. */
import { newId } from '../../../base/ids.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import type { ParametersContext } from '../context.ts';
import { interpreterOnly } from '../controls.ts';
import { insertRuling } from '../decision-store.ts';
import { events } from '../events.ts';
import { parametersRefusals } from '../refusals.ts';
import type { WideRules } from '../rules.ts';

export interface RulingForm {
  packId: string;
  clauseId: string;
  unit: string;
  question: string;
  ruling: string;
}

/** The unit that a pack in force names; null: none yet. */
export const interpreterOf = (rules: WideRules, packId: string): string | null => {
  const naming = rules.active().find(({ pack, clause }) => pack.id === packId && clause.parameters['interpreter'] !== undefined);
  if (naming === undefined) return null;
  const named = rules.text(`interpreter@${naming.id}`);
  return named === '' ? null : named;
};

export const giveRuling = async (context: ParametersContext, caller: Caller, form: RulingForm): Promise<{ rulingId: string }> => {
  const { database, clock, keeper } = context;
  const now = clock.now();
  const rules = await keeper.rules(database.db, caller, now);
  const clause = rules.active().find(({ id, pack }) => id === form.clauseId && pack.id === form.packId);
  if (clause === undefined) throw parametersRefusals('clause_unknown', { clause: form.clauseId });
  const unit = interpreterOf(rules, form.packId);
  interpreterOnly.refuse(() => {
    if (unit === null) return parametersRefusals('no_interpreter', { pack: clause.pack.titles.zh });
    return unit === form.unit ? null : parametersRefusals('not_interpreter', { pack: clause.pack.titles.zh, unit, asked: form.unit });
  });
  const rulingId = newId('rul', clock);
  await database.transaction(async (tx) => {
    await insertRuling(tx, caller.siteId, { rulingId, ...form, at: now, by: caller.personId });
    const body = { clause: clause.cite, unit: form.unit, question: form.question, ruling: form.ruling };
    await context.ledger.append(tx, { event: events.rulingGiven, siteId: caller.siteId, roomId: null, actor: actorOf(caller), subject: rulingId, body, at: now, clauses: [clause.cite] });
  });
  return { rulingId };
};
