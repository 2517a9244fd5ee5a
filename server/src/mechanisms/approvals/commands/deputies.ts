/** An approver names who acts for them during a span, and ends it. */
import type { z } from 'zod';
import type * as contract from '../../../../../contract/approvals.ts';
import { newId } from '../../../base/ids.ts';
import { dayMs } from '../../../base/units.ts';
import { actorOf, type Caller } from '../../identity/index.ts';
import type { ApprovalsContext } from '../context.ts';
import { faultOf } from '../deputies.ts';
import { deputations, endDeputyRow, findDeputy, insertDeputy, lockDeputies } from '../deputy-store.ts';
import { events } from '../events.ts';
import { approvalsRefusals } from '../refusals.ts';
import type { PersonHere } from '../context.ts';

const mostDays = 180;

/** They run the system and decide nothing in the room. */
const administrates = (person: PersonHere): boolean => person.roles.some((role) => role === 'system_administrator' || role === 'security_administrator');
export const mayDeputise = (person: PersonHere): boolean => person.active && person.roles.length > 0 && !administrates(person);

export const nameDeputy = (context: ApprovalsContext, caller: Caller, form: z.output<(typeof contract.nameDeputy)['body']>): Promise<string> =>
  context.database.transaction(async (tx) => {
    const { deputyPersonId, from, until, reason } = form;
    const now = context.clock.now();
    if (deputyPersonId === caller.personId) throw approvalsRefusals('deputy_self');
    if (until <= from || until <= now || until - from > mostDays * dayMs) throw approvalsRefusals('deputy_span', { days: mostDays });
    const [deputy] = await context.people.peopleStanding(tx, caller, [deputyPersonId], now);
    if (deputy === undefined || !mayDeputise(deputy)) throw approvalsRefusals('deputy_unfit', { name: deputy?.name ?? deputyPersonId });
    await lockDeputies(tx);
    const fault = faultOf(await deputations(tx, now), { personId: caller.personId, deputyPersonId, from, until });
    if (fault?.fault === 'circle') throw approvalsRefusals('deputy_circle', { name: deputy.name });
    if (fault?.fault === 'chain') throw approvalsRefusals('deputy_chain');
    const deputyId = newId('dep', context.clock);
    await insertDeputy(tx, { deputyId, personId: caller.personId, deputyPersonId, from, until, reason }, now);
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: events.deputyNamed, siteId, roomId, actor: actorOf(caller), subject: deputyId, at: now, body: { deputy: deputyPersonId, from, until, reason } });
    return deputyId;
  });

export const endDeputy = (context: ApprovalsContext, caller: Caller, deputyId: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const found = await findDeputy(tx, deputyId);
    if (found === null) throw approvalsRefusals('deputy_unknown');
    if (found.personId !== caller.personId) throw approvalsRefusals('deputy_not_yours');
    const now = context.clock.now();
    if (!(await endDeputyRow(tx, deputyId, caller.personId, now))) return;
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: events.deputyEnded, siteId, roomId, actor: actorOf(caller), subject: deputyId, at: now, body: { deputy: found.deputyPersonId } });
  });
