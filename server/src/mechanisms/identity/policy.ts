/**
 * Verbs and who may do them. Modules declare their verbs; wire.ts hands all of them to identity. Pure: the reason is half of the answer,
 * so it names who may.
 */
import type { Role } from '../../../../contract/identity.ts';
import type { Sentence } from '../../base/refusal.ts';
import { administratorRoles, anyOf, isAdministrator, roleTitles, titlesOf } from './roles.ts';

export interface Verb {
  /** After "可以", e.g. 观看实时画面 */
  zh: string;
  /** After "may", e.g. watch live video */
  en: string;
  roles: readonly Role[];
  /** Shows what was recorded or what a camera sees now: closed to administrators whatever else they are. */
  footage?: boolean;
}

export type VerbTable = Readonly<Record<string, Verb>>;

/** Declares a module's verbs, e.g. `declareVerbs('video', { 'video.live.watch': { zh, en, roles, footage: true } })`. */
export const declareVerbs = <const V extends VerbTable>(module: string, verbs: V): V => {
  for (const [name, verb] of Object.entries<Verb>(verbs)) {
    if (!name.startsWith(`${module}.`)) throw new Error(`verb ${name} does not belong to ${module}`);
    if (verb.roles.length === 0) throw new Error(`verb ${name} is for nobody`);
    if (verb.footage === true && isAdministrator(verb.roles)) throw new Error(`verb ${name} shows footage to an administrator`);
  }
  return verbs;
};

/** All verbs of the server as one table; the same name twice is a fault of the program. */
export const collectVerbs = (tables: readonly VerbTable[]): ReadonlyMap<string, Verb> => {
  const all = new Map<string, Verb>();
  for (const table of tables) {
    for (const [name, verb] of Object.entries(table)) {
      if (all.has(name)) throw new Error(`verb ${name} is declared twice`);
      all.set(name, verb);
    }
  }
  return all;
};

const onlyThese = (verb: Verb): Sentence => {
  const who = anyOf(verb.roles.map((role) => roleTitles[role].en));
  return { zh: `只有${titlesOf(verb.roles).zh}可以${verb.zh}。`, en: `Only a ${who} may ${verb.en}.` };
};

/** May somebody with these roles do it: yes, or the reason why not, which names who may. */
export const may = (roles: readonly Role[], verb: Verb): true | Sentence => {
  if (!verb.roles.some((role) => roles.includes(role))) return onlyThese(verb);
  if (verb.footage === true && isAdministrator(roles)) {
    const who = anyOf(administratorRoles.map((role) => roleTitles[role].en));
    return { zh: `${titlesOf(administratorRoles).zh}按设计不接触画面，不可以${verb.zh}。`, en: `A ${who} sees no footage by design and may not ${verb.en}.` };
  }
  return true;
};

export const canOf = (roles: readonly Role[], verbs: ReadonlyMap<string, Verb>): Record<string, true | Sentence> =>
  Object.fromEntries([...verbs].map(([name, verb]) => [name, may(roles, verb)]));
