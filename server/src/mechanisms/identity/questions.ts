/** Narrow reads for other parts. */
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { peopleStanding, peopleWithRoles } from './people-standing.ts';
import { findPeople, findPlace, namesOf } from './people-store.ts';
import { roomsOf, siteOf } from './places.ts';
import { holdersOf } from './post-store.ts';
import { isRole, roleTitles } from './roles.ts';

export const questions = {
  /** Site and room of this machine; null while it is new. */
  place: findPlace,
  /** Rooms of a site, and the site itself. */
  roomsOf,
  siteOf,
  /** Present names by person id; who is unknown is left out. */
  personNames: namesOf,
  /** Everybody with an account, also those who may not sign in any more. */
  everybody: (db: Db, at: Instant) => findPeople(db, '', at),
  /** Active people who hold one of the roles here, with the post that they hold. */
  peopleWithRoles,
  /** The people asked for as they stand here now, those who left included. */
  peopleStanding,
  /** Who holds which post of the room. */
  postHolders: holdersOf,
  roleTitle: (role: string): Sentence => (isRole(role) ? roleTitles[role] : { zh: role, en: role }),
};
