/** Makes the notices of one step of a ladder: who stands behind a role now, one notice each, and its way out of the house. */
import type { Channel } from '../../../../contract/notifications.ts';
import type { Instant } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import type { KnownPerson, NotificationsContext } from './context.ts';
import type { Matter } from './deadline-store.ts';
import { insertDelivery, type Carrier } from './delivery-store.ts';
import { nextRung, onlyOnPost, peopleOf, rolesOf, type Rung } from './ladder.ts';
import type { Place } from './limits.ts';
import { insertNotice } from './notice-store.ts';

export interface Told {
  personId: string;
  name: string;
}

export interface Step {
  matter: Matter;
  place: Place;
  channels: readonly Channel[];
  ring: number;
  hop: number;
  round: number;
  now: Instant;
}

export const isCarrier = (channel: string): channel is Carrier => channel === 'mail' || channel === 'webhook';

/** Of each role those on post; where nobody of it is on post, all who have it: somebody must know. Partners are on post by their nature. */
const chosen = (people: readonly KnownPerson[], targets: readonly string[]): KnownPerson[] => {
  if (onlyOnPost(targets)) return people.filter((person) => person.onPost);
  const picked = new Map<string, KnownPerson>();
  for (const target of targets) {
    const roles = rolesOf([target]);
    const having = people.filter((person) => person.roles.some((role) => roles.includes(role)));
    const onPost = having.filter((person) => person.onPost);
    for (const person of onPost.length > 0 || target === 'duty_partner' ? onPost : having) picked.set(person.personId, person);
  }
  return [...picked.values()];
};

const receivers = async (context: NotificationsContext, tx: Tx, step: Step, targets: readonly string[]): Promise<Told[]> => {
  const roles = rolesOf(targets);
  const byRole = roles.length === 0 ? [] : chosen(await context.people.withRoles(tx, step.place, roles, step.now), targets.filter((target) => !target.startsWith('per_')));
  const given = peopleOf(targets);
  const names = await context.people.names(tx, given);
  const all = new Map<string, Told>(byRole.map(({ personId, name }) => [personId, { personId, name }]));
  for (const personId of given) all.set(personId, { personId, name: names.get(personId) ?? personId });
  return [...all.values()].sort((a, b) => (a.personId < b.personId ? -1 : 1));
};

/** Everybody behind the targets gets a notice; whoever has one of this very step already does not get it twice. */
export const tellPeople = async (context: NotificationsContext, tx: Tx, step: Step, targets: readonly string[]): Promise<Told[]> => {
  const told = await receivers(context, tx, step, targets);
  const first = step.channels.findIndex(isCarrier);
  const carrier = step.channels[first];
  for (const { personId } of told) {
    const noticeId = await insertNotice(tx, { noticeId: newId('ntc', context.clock), matter: step.matter, personId, ring: step.ring, hop: step.hop, round: step.round, madeAt: step.now });
    if (noticeId !== null && carrier !== undefined && isCarrier(carrier)) await insertDelivery(tx, { noticeId, channel: carrier, place: first + 1 }, step.now);
  }
  if (told.length > 0) await context.tellScreens(tx, 'notifications.notices');
  return told;
};

export interface Climbed {
  rung: Rung;
  told: Told[];
}

/** Goes up until somebody is there to be told; `empty` are the rungs on which nobody stood. `reached` null: the ladder has ended. */
export const climb = async (context: NotificationsContext, tx: Tx, step: Omit<Step, 'hop'>, ladder: readonly (readonly string[])[], hop: number): Promise<{ reached: Climbed | null; empty: Rung[] }> => {
  const empty: Rung[] = [];
  for (let rung = nextRung(ladder, hop); rung !== null; rung = nextRung(ladder, rung.hop)) {
    const told = await tellPeople(context, tx, { ...step, hop: rung.hop }, rung.targets);
    if (told.length > 0) return { reached: { rung, told }, empty };
    empty.push(rung);
  }
  return { reached: null, empty };
};
