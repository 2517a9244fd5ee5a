/** Who acts for whom. A deputy may have a deputy, three persons far at most and never in a circle. Pure. */
import type { Instant } from '../../base/clock.ts';

export interface Deputation {
  deputyId: string;
  personId: string;
  deputyPersonId: string;
  from: Instant;
  /** Exclusive; the earlier end when it was ended. */
  until: Instant;
}

export const mostDeputyHops = 3;

/** Everybody for whom this person acts at the instant, chains followed. */
export const actsForAt = (all: readonly Deputation[], personId: string, at: Instant): string[] => {
  const now = all.filter((one) => one.from <= at && at < one.until);
  const found = new Set<string>();
  let here: readonly string[] = [personId];
  for (let hop = 0; hop < mostDeputyHops && here.length > 0; hop += 1) {
    const next = now.filter((one) => here.includes(one.deputyPersonId)).map((one) => one.personId);
    here = next.filter((principal) => principal !== personId && !found.has(principal));
    for (const principal of here) found.add(principal);
  }
  return [...found];
};

export type ChainFault = { fault: 'circle'; through: string } | { fault: 'chain' } | null;

const overlap = (a: { from: Instant; until: Instant }, b: { from: Instant; until: Instant }): boolean => a.from < b.until && b.from < a.until;

/** Would this deputation close a circle or make a chain too long? Those that overlap its span count, whether or not all at one instant. */
export const faultOf = (all: readonly Deputation[], wanted: Omit<Deputation, 'deputyId'>): ChainFault => {
  const near = all.filter((one) => overlap(one, wanted));
  const depth = (start: string, next: (person: string) => string[], seen: ReadonlySet<string>): number =>
    Math.max(0, ...next(start).filter((person) => !seen.has(person)).map((person) => 1 + depth(person, next, new Set([...seen, person]))));
  const deputiesOf = (person: string): string[] => near.filter((one) => one.personId === person).map((one) => one.deputyPersonId);
  const principalsOf = (person: string): string[] => near.filter((one) => one.deputyPersonId === person).map((one) => one.personId);
  const reach = (start: string, seen: Set<string>): Set<string> => {
    for (const person of deputiesOf(start)) if (!seen.has(person)) reach(person, seen.add(person));
    return seen;
  };
  if (wanted.personId === wanted.deputyPersonId || reach(wanted.deputyPersonId, new Set()).has(wanted.personId)) return { fault: 'circle', through: wanted.deputyPersonId };
  const length = depth(wanted.personId, principalsOf, new Set([wanted.personId])) + 1 + depth(wanted.deputyPersonId, deputiesOf, new Set([wanted.deputyPersonId]));
  return length > mostDeputyHops ? { fault: 'chain' } : null;
};
