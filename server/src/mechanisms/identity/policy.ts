/**
 * Verbs and who may do them. Modules declare their verbs; wire.ts hands all of them to identity. Pure: the reason is half of the answer,
 * so it names who may.
 */
import type { Role } from '../../../../contract/identity.ts';
import type { Sentence } from '../../base/refusal.ts';
import { operateOnPost, rightOfRole } from './controls.ts';
import { administratorRoles, anyOf, isAdministrator, roleTitles, titlesOf, withArticle } from './roles.ts';

export interface Verb {
  /** After "可以", e.g. 观看实时画面 */
  zh: string;
  /** After "may", e.g. watch live video */
  en: string;
  roles: readonly Role[];
  /** Shows what was recorded or what a camera sees now: closed to administrators whatever else they are. */
  footage?: boolean;
  /** Wants a proof of the last five minutes that the person themselves sits here. */
  stepUp?: boolean;
  /** Part of the watch: where the rules say so, duty operators and monitors may do it only while they hold a post. */
  onPost?: boolean;
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
  return { zh: `只有${titlesOf(verb.roles).zh}可以${verb.zh}。`, en: `Only ${withArticle(who)} may ${verb.en}.` };
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

/** The people of the watch: their right rests on the post, that of the others on the role alone. */
export const watchRoles: readonly Role[] = ['duty_operator', 'monitor'];

export interface Circumstances {
  roles: readonly Role[];
  /** Name of the post held now. */
  post: string | null;
  operateNeedsPost: boolean;
}

const onlyOnPost = (verb: Verb): Sentence => {
  const who = anyOf(watchRoles.map((role) => roleTitles[role].en));
  return { zh: `${titlesOf(watchRoles).zh}在岗时才可以${verb.zh}，请先接班上岗。`, en: `A ${who} may ${verb.en} only while on post. Take the post first.` };
};

/** The whole answer: by role, and for the watch by the post held now. */
export const mayNow = ({ roles, post, operateNeedsPost }: Circumstances, verb: Verb): true | Sentence => {
  const byRole = may(roles, verb);
  if (!rightOfRole.allows(() => byRole === true)) return byRole;
  const byWatchAlone = (): boolean => {
    const giving = verb.roles.filter((role) => roles.includes(role));
    return giving.length > 0 && giving.every((role) => watchRoles.includes(role));
  };
  const held = operateOnPost.allows(() => verb.onPost !== true || !operateNeedsPost || post !== null || !byWatchAlone());
  return held ? true : onlyOnPost(verb);
};

export const canOf = (now: Circumstances, verbs: ReadonlyMap<string, Verb>): Record<string, true | Sentence> =>
  Object.fromEntries([...verbs].map(([name, verb]) => [name, mayNow(now, verb)]));
