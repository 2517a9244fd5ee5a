/** Narrow reads for other parts. */
import type { Sentence } from '../../base/refusal.ts';
import { findPlace, namesOf } from './people-store.ts';
import { isRole, roleTitles } from './roles.ts';

export const questions = {
  /** Site and room of this machine; null while it is new. */
  place: findPlace,
  /** Present names by person id; who is unknown is left out. */
  personNames: namesOf,
  roleTitle: (role: string): Sentence => (isRole(role) ? roleTitles[role] : { zh: role, en: role }),
};
