/** SQL of reports that a password is known to others. */
import { sql } from 'kysely';
import type { Instant } from '../../base/clock.ts';
import { at, type Tx } from '../../platform/postgres/db.ts';

export interface Disclosure {
  disclosureId: string;
  personId: string | null;
  credentialId: string | null;
  reportedBy: string;
  text: string;
}

export const insertDisclosure = async (tx: Tx, disclosure: Disclosure, now: Instant): Promise<void> => {
  const { disclosureId, personId, credentialId, reportedBy, text } = disclosure;
  await sql`
    insert into identity.disclosures (disclosure_id, person_id, credential_id, reported_at, reported_by, text)
    values (${disclosureId}, ${personId}, ${credentialId}, ${at(now)}, ${reportedBy}, ${text})`.execute(tx);
};

/** The password was changed: what was reported about it is answered. */
export const answerDisclosures = async (tx: Tx, of: { personId: string } | { credentialId: string }, now: Instant): Promise<void> => {
  if ('personId' in of) await sql`update identity.disclosures set answered_at = ${at(now)} where person_id = ${of.personId} and answered_at is null`.execute(tx);
  else await sql`update identity.disclosures set answered_at = ${at(now)} where credential_id = ${of.credentialId} and answered_at is null`.execute(tx);
};
