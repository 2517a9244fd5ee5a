/** Events of the system without words in the duty log, as the managers of the room see them. */
import type { listUntold } from '../../../../contract/audit.ts';
import type { z } from 'zod';
import type { Period } from '../../base/judge.ts';
import { dayMs } from '../../base/units.ts';
import type { Caller } from '../../mechanisms/identity/index.ts';
import type { ToldFact } from '../../mechanisms/ledger/index.ts';
import type { AuditContext } from './context.ts';
import { recordRead } from './reads.ts';
import { auditRefusals } from './refusals.ts';
import { eventsIn, nothingTold, tell, toldKinds, untoldIn } from './told.ts';

const pageSize = 1_000;
const mostDays = 92;

/** Words may come long after the event, so there is no end. */
const factsSince = async (context: AuditContext, siteId: string, from: number): Promise<ToldFact[]> => {
  const all: ToldFact[] = [];
  for (let before: number | undefined; ; ) {
    const page = await context.questions.facts(context.database.db, { siteId, kinds: toldKinds, from, before, limit: pageSize });
    all.push(...page);
    if (page.length < pageSize) return all;
    before = page.at(-1)?.seq;
  }
};

export const viewUntold = async (context: AuditContext, caller: Caller, period: Period): Promise<z.input<typeof listUntold.response>> => {
  if (period.until <= period.from) throw auditRefusals('span_empty');
  if (period.until - period.from > mostDays * dayMs) throw auditRefusals('span_long', { days: mostDays });
  const facts = await factsSince(context, caller.siteId, period.from);
  const told = facts.toReversed().reduce(tell, nothingTold());
  const bySeq = new Map(facts.map((fact) => [fact.seq, fact.sentence]));
  const untold = untoldIn(told, period);
  await recordRead(context, caller, { ...period, group: 'system' }, untold.map(({ seq }) => seq));
  return { all: eventsIn(told, period).length, events: untold.map(({ seq, at, line }) => ({ seq, at, line, zh: bySeq.get(seq)?.zh ?? '', en: bySeq.get(seq)?.en ?? '' })) };
};
