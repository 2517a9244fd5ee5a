/** What inspections found, for the screens: who sees to it, until when, how it ended. */
import type { FindingView } from '../../../../contract/obligations.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Caller } from '../identity/index.ts';
import { both } from './can.ts';
import { chargesOf } from './charge-store.ts';
import type { ObligationsContext } from './context.ts';
import { findingsOfRoom, type FindingWithClosing } from './evidence-store.ts';
import { namingOf, type NamedPerson } from './names.ts';
import { obligationRefusals as refuse } from './refusals.ts';
import { tables } from './store.ts';
import { doers } from './verbs.ts';

export const findingViews = async (context: ObligationsContext, caller: Caller, findings: readonly FindingWithClosing[], titles: ReadonlyMap<string, Sentence>): Promise<FindingView[]> => {
  const { db } = context.database;
  const charges = await chargesOf(db, findings.map((one) => one.findingId));
  const name = await namingOf(db, [...findings.flatMap(({ by, closed }) => (closed === null ? [by] : [by, closed.by])), ...[...charges.values()].map(({ ownerId }) => ownerId ?? '')]);
  const now = context.clock.now();
  return findings.map((one) => {
    const charge = charges.get(one.findingId);
    const over = one.closed === null ? null : refuse('finding_closed', { name: name(one.closed.by).name });
    return {
      findingId: one.findingId, obligationId: one.obligationId, title: titles.get(one.obligationId) ?? { zh: '', en: '' }, field: one.field, what: one.what, note: one.note, at: one.at, by: name(one.by),
      owner: charge === undefined || charge.ownerId === null ? null : name(charge.ownerId), ownerRoles: [...(charge?.ownerRoles ?? [])], dueAt: charge?.dueAt ?? null, overdue: one.closed === null && charge !== undefined && charge.dueAt <= now,
      closed: one.closed === null ? null : { at: one.closed.at, by: name(one.closed.by), result: one.closed.result, outcome: one.closed.outcome },
      can: { close: both(caller, 'obligations.submit', over), charge: both(caller, 'obligations.findings.charge', over) },
    };
  });
};

export const viewFindings = async (context: ObligationsContext, caller: Caller, open: boolean | null): Promise<FindingView[]> => {
  const { db } = context.database;
  const findings = await findingsOfRoom(db, caller.roomId, open);
  const ids = [...new Set(findings.map((one) => one.obligationId))];
  const rows = ids.length === 0 ? [] : await tables(db).selectFrom('obligations.obligations').select(['obligation_id', 'title_zh', 'title_en']).where('obligation_id', 'in', ids).execute();
  return findingViews(context, caller, findings, new Map(rows.map((row) => [row.obligation_id, { zh: row.title_zh, en: row.title_en }])));
};

/** Whom this person may name to see to a finding. */
export const viewOwners = async (context: ObligationsContext, caller: Caller): Promise<NamedPerson[]> => {
  if (caller.can('obligations.findings.charge') !== true) return [];
  const people = await context.peopleWith(context.database.db, caller, doers, context.clock.now());
  return people.map(({ personId, name }) => ({ personId, name }));
};
