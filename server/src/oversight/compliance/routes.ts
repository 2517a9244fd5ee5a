/** Schema, view, presenter. */
import * as contract from '../../../../contract/compliance.ts';
import type { Instant } from '../../base/clock.ts';
import type { Period } from '../../base/judge.ts';
import { dayMs } from '../../base/units.ts';
import { guarded, signedIn, type Caller } from '../../mechanisms/identity/index.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { Route } from '../../platform/http/route.ts';
import { keptShare, lookAt, viewBoard, viewClause, type Engine } from './board.ts';
import type { ComplianceContext } from './context.ts';
import { evidenceFile, evidenceSheet } from './evidence-pack.ts';
import { viewFigures } from './figure-views.ts';
import { viewOwnDuties } from './own-duties.ts';
import { complianceRefusals } from './refusals.ts';

const usualDays = 30;
const mostDays = 366;

const checked = (period: Period): Period => {
  if (period.until <= period.from || period.until - period.from > mostDays * dayMs) throw complianceRefusals('period_wrong');
  return period;
};
const periodOf = ({ from, until }: { from?: Instant | undefined; until?: Instant | undefined }, now: Instant): Period => {
  const end = until ?? now;
  return checked({ from: from ?? end - usualDays * dayMs, until: end });
};
const placeOf = ({ siteId, roomId }: Caller): { siteId: string; roomId: string } => ({ siteId, roomId });

export const complianceRoutes = (context: ComplianceContext, engineOf: (db: Db) => Promise<Engine>): Route<Caller>[] => {
  const { db } = context.database;
  const look = (caller: Caller, period: Period) => ({ db, place: placeOf(caller), period, now: context.clock.now() });
  return [
    signedIn(contract.ownDuties, async (_call, caller) => viewOwnDuties(context, await context.rules(db, placeOf(caller), context.clock.now()), caller.roles)),
    guarded(contract.readBoard, 'compliance.board.see', async ({ query }, caller) => viewBoard(context, await engineOf(db), look(caller, periodOf(query, context.clock.now())))),
    guarded(contract.readClause, 'compliance.board.see', async ({ params, query }, caller) => {
      const period = periodOf(query, context.clock.now());
      const withFacts = caller.can('compliance.facts.see') === true;
      return { ...(await viewClause(context, await engineOf(db), look(caller, period), { clauseId: params.clauseId, withFacts })), ...period };
    }),
    guarded(contract.printEvidence, 'compliance.evidence.print', async ({ params, body }, caller) =>
      evidenceSheet(context, await engineOf(db), caller, { clauseId: params.clauseId, period: checked(body) }),
    ),
    guarded(contract.downloadEvidence, 'compliance.evidence.print', async ({ params, body: { format, from, until } }, caller) =>
      evidenceFile(context, await engineOf(db), caller, { clauseId: params.clauseId, period: checked({ from, until }), format }),
    ),
    guarded(contract.readFigures, 'compliance.board.see', async ({ query }, caller) => {
      const now = context.clock.now();
      const period = periodOf(query, now);
      const engine = await engineOf(db);
      const place = placeOf(caller);
      const sight = await lookAt(context, engine, { db, place, period, now });
      const purposes = (await context.purposes(db, place, now)) ?? context.heads.flatMap((head) => head.purposes.map(({ figures, ...purpose }) => ({ ...purpose, figures: figures.map((figure) => ({ figure, target: null })) })));
      return viewFigures(context, { states: sight.states, rules: sight.rules, period, now, timeZone: await context.timeZone(db), purposes, words: context.figureWords, kept: keptShare(context, engine, sight, now) });
    }),
  ];
};
