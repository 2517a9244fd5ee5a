/** Opens what no calendar foresees: a check that somebody wants now, or a deadline after something that happened. */
import type { Instant } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import { aboutOf, appendAbout, processActor, type ObligationsContext } from '../context.ts';
import { ownKindOnly } from '../controls.ts';
import { openedAfter, openedByPerson } from '../events.ts';
import type { ObligationKind, ObligationRules } from '../kind.ts';
import { formOf, obligationFor } from '../planning.ts';
import { obligationRefusals as refuse } from '../refusals.ts';
import { isRhythm } from '../rhythm.ts';
import { anyOfRoles } from '../role-words.ts';
import { insertObligation } from '../store.ts';

const limitOf = (kind: ObligationKind, rules: ObligationRules): number => {
  if (isRhythm(kind.window)) throw new Error(`${kind.kind} has windows and no limit`);
  const { limitMs, limitParameter } = kind.window;
  return limitMs ?? rules.number(limitParameter?.name ?? '') * (limitParameter?.unitMs ?? 1);
};

const requireKind = (context: ObligationsContext, name: string, rules: ObligationRules): ObligationKind => {
  const kind = context.kinds.get(name);
  if (kind === undefined || !kind.isActive(rules)) throw refuse('kind_unknown');
  return kind;
};

export const openByPerson = (context: ObligationsContext, caller: Caller, wanted: { kind: string; subject: string }): Promise<string> =>
  context.database.transaction(async (tx) => {
    const now = context.clock.now();
    const rules = await context.rules(tx, caller, now);
    const kind = requireKind(context, wanted.kind, rules);
    if (kind.unscheduled !== true) throw refuse('not_unscheduled');
    if (!kind.assignees.some((role) => caller.roles.includes(role))) {
      const who = anyOfRoles(kind.assignees);
      const denied = await context.deny(caller, kind.kind, refuse('not_assigned', { zh: who.zh, en: who.en }).sentence);
      ownKindOnly.refuse(() => denied);
    }
    const limitMs = limitOf(kind, rules);
    const window = { key: newId('obl', context.clock), from: now, until: now + limitMs, cycleMs: limitMs };
    const one = obligationFor(context, caller, kind, formOf(context, kind), rules, window, { state: 'available', subject: wanted.subject, madeBy: caller.personId });
    await insertObligation(tx, one);
    const made = { ...one, late: false, rowVersion: 1 };
    await appendAbout(context, tx, made, { event: openedByPerson, actor: actorOf(caller), at: now, body: { ...aboutOf(made), name: caller.name } });
    return one.obligationId;
  });

export interface AfterEvent {
  kind: string;
  siteId: string;
  roomId: string;
  /** What it concerns, as people say it, e.g. "03 候车厅"; empty: the room. */
  subject: string;
  eventAt: Instant;
  /** Names the event: the same event opens one obligation, however often it is told. Default: its instant. */
  eventKey?: string;
  /** When it is due, where that does not follow from the limit of its kind, e.g. the end of the shift. */
  until?: Instant;
}

/** Opens a deadline after an event; null when the same event opened it before or no rule in force asks for it. */
export const openAfterEvent = async (context: ObligationsContext, tx: Tx, event: AfterEvent): Promise<string | null> => {
  const now = context.clock.now();
  const rules = await context.rules(tx, event, now);
  const kind = context.kinds.get(event.kind);
  if (kind === undefined) throw new Error(`no kind of obligation is called ${event.kind}`);
  if (!kind.isActive(rules)) return null;
  const limitMs = limitOf(kind, rules);
  // Zero stands for "not demanded" in every limit.
  if (limitMs <= 0) return null;
  const window = { key: event.eventKey ?? new Date(event.eventAt).toISOString(), from: event.eventAt, until: event.until ?? event.eventAt + limitMs, cycleMs: limitMs };
  const one = obligationFor(context, event, kind, formOf(context, kind), rules, window, { state: 'available', subject: event.subject, madeBy: 'server' });
  if (!(await insertObligation(tx, one))) return null;
  const made = { ...one, late: false, rowVersion: 1 };
  await appendAbout(context, tx, made, { event: openedAfter, actor: processActor, at: event.eventAt, body: { ...aboutOf(made), eventAt: event.eventAt } });
  await context.tell(tx, { what: 'opened', obligation: made, roles: kind.assignees, at: now });
  return one.obligationId;
};
