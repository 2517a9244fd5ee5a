/** Names of the people in a set of rows. */
import type { Db } from '../../platform/postgres/db.ts';
import { questions as people } from '../identity/index.ts';

export interface NamedPerson {
  personId: string;
  name: string;
}
export type Naming = (personId: string) => NamedPerson;

export const namingOf = async (db: Db, ids: Iterable<string>): Promise<Naming> => {
  const names = await people.personNames(db, [...new Set(ids)].filter((id) => id.startsWith('per_')));
  return (personId) => ({ personId, name: names.get(personId) ?? '' });
};
