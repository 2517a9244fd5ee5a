/** SQL of qualifications. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, type Db } from '../../platform/postgres/db.ts';
import type { QualificationKind } from '../../../../contract/identity.ts';

export const hasValidQualification = async (db: Db, personId: string, kind: QualificationKind, now: Instant): Promise<boolean> => {
  const { rows } = await sql`
    select from identity.qualifications where person_id = ${personId} and kind = ${kind} and withdrawn_at is null
      and valid_from <= ${at(now)} and (valid_until is null or valid_until > ${at(now)}) limit 1`.execute(db);
  return rows.length > 0;
};
