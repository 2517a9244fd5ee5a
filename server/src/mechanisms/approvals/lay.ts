/** Lays down who must agree: the kind's steps with the people who could sign now, as a picture that later changes do not touch. */
import type { Refusal } from '../../base/refusal.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import type { Seat } from './case.ts';
import type { Laid } from './change.ts';
import type { CaseStep } from './consent.ts';
import type { ApprovalPeople, PersonHere } from './context.ts';
import type { AnyApprovalKind, ApprovalContext, ApprovalStep } from './kind.ts';
import type { ApprovalLimits } from './limits.ts';
import { approvalsRefusals } from './refusals.ts';

const noSteps = (kind: AnyApprovalKind): Refusal => approvalsRefusals('no_steps', { kind: kind.title.zh });

const askedBy = async (people: ApprovalPeople, tx: Tx, step: ApprovalStep, context: ApprovalContext<unknown>): Promise<readonly PersonHere[]> => {
  const { approvers } = step;
  if ('people' in approvers) {
    const found = await people.peopleStanding(tx, context, approvers.people, context.at);
    return approvers.people.flatMap((personId) => found.filter((person) => person.personId === personId && person.active));
  }
  const found = await people.peopleWithRoles(tx, context, approvers.roles, context.at);
  const rank = (person: PersonHere): number => approvers.roles.findIndex((role) => person.roles.includes(role));
  return found.toSorted((a, b) => rank(a) - rank(b));
};

/** Named people must all agree, those who cannot included: their places stand empty until somebody is assigned. */
const needsOf = (step: ApprovalStep, seats: number): number => (step.mode === 'one_of' ? 1 : Math.max(1, 'people' in step.approvers ? new Set(step.approvers.people).size : seats));

export const layDown = async (people: ApprovalPeople, tx: Tx, kind: AnyApprovalKind, context: ApprovalContext<unknown>, apart: { executorId: string | null; round: number; limits: Pick<ApprovalLimits, 'stepMs' | 'urgentStepMs'> }): Promise<Laid> => {
  const declared = await kind.steps(context);
  if (declared.length === 0) throw noSteps(kind);
  const steps: CaseStep[] = [];
  const seats: Seat[] = [];
  for (const [index, step] of declared.entries()) {
    const roles = 'roles' in step.approvers ? step.approvers.roles : [];
    const named = 'people' in step.approvers ? step.approvers.people : [];
    if (roles.length === 0 && named.length === 0) throw noSteps(kind);
    const asked = (await askedBy(people, tx, step, context)).filter(({ personId }) => personId !== context.applicantId && personId !== apart.executorId);
    steps.push({ key: step.key, title: step.title, mode: step.mode, roles, people: named, needs: needsOf(step, asked.length), limitMs: step.limitMs ?? (step.urgent === true ? apart.limits.urgentStepMs : apart.limits.stepMs), signedInRound: apart.round });
    seats.push(...asked.map(({ personId }, at): Seat => ({ step: index, seat: at + 1, personId, place: at + 1, turn: 0, hops: 0, cameBy: 'submission', added: null, addedBy: null, left: false })));
  }
  return { steps, seats };
};
