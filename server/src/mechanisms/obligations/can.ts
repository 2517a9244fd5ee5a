/** What this person may do with one thing, or why not: the verb first, then the thing. */
import type { Refusal, Sentence } from '../../base/refusal.ts';
import type { Caller } from '../identity/index.ts';

export const both = (caller: Caller, verb: string, refusal: Refusal | null): true | Sentence => {
  const can = caller.can(verb);
  if (can !== true) return can;
  return refusal === null ? true : refusal.sentence;
};
