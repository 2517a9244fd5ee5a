/** Lists of people: who could take a place over, who acts for whom. */
import type { z } from 'zod';
import type { candidates, listDeputies } from '../../../../contract/approvals.ts';
import { Role } from '../../../../contract/identity.ts';
import type { Caller } from '../identity/index.ts';
import { mayDeputise } from './commands/deputies.ts';
import type { ApprovalsContext } from './context.ts';
import { deputations } from './deputy-store.ts';
import { couldSign, openSeats } from './seats.ts';
import { requireSight } from './views.ts';

/** With the authority that the present step asks for, and not asked yet. */
export const viewCandidates = async (context: ApprovalsContext, caller: Caller, approvalId: string): Promise<z.input<typeof candidates.response>> => {
  const { db } = context.database;
  const one = await requireSight(context, caller, approvalId, 'GET /api/approvals/:approvalId/candidates');
  const step = one.steps[one.step];
  if (one.state.name !== 'pending' || step === undefined) return { people: [] };
  const now = context.clock.now();
  const named = await context.people.peopleStanding(db, one, step.people, now);
  const roles = step.roles.length > 0 ? step.roles : [...new Set(named.flatMap((person) => person.roles))];
  const found = await context.people.peopleWithRoles(db, one, roles, now);
  const people = new Map([...named, ...found].map((person) => [person.personId, person]));
  const asked = new Set(openSeats(one).map(({ personId }) => personId));
  return { people: [...people.values()].filter(({ personId }) => personId !== caller.personId && !asked.has(personId) && couldSign(one, step, personId, people)).map(({ personId, name }) => ({ personId, name })) };
};

export const viewDeputies = async (context: ApprovalsContext, caller: Caller): Promise<z.input<typeof listDeputies.response>> => {
  const { db } = context.database;
  const now = context.clock.now();
  const mine = (await deputations(db, now)).filter((one) => one.personId === caller.personId || one.deputyPersonId === caller.personId);
  const everybody = await context.people.peopleWithRoles(db, caller, Role.options, now);
  const known = await context.people.peopleStanding(db, caller, mine.flatMap((one) => [one.personId, one.deputyPersonId]), now);
  const nameOf = (personId: string) => ({ personId, name: known.find((person) => person.personId === personId)?.name ?? personId });
  return {
    deputies: mine.map((one) => ({
      deputyId: one.deputyId, person: nameOf(one.personId), deputy: nameOf(one.deputyPersonId), from: one.from, until: one.until, reason: one.reason,
      state: one.from > now ? 'coming' : 'now', can: { end: one.personId === caller.personId ? true : { zh: '只有本人可以结束自己的代理。', en: 'Only who named the deputy may end it.' } },
    })),
    people: everybody.filter((person) => person.personId !== caller.personId && mayDeputise(person)).map(({ personId, name }) => ({ personId, name })),
  };
};
