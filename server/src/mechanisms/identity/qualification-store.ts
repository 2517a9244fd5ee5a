/** SQL of qualifications. */
import { sql } from 'kysely';
import type { Qualification } from '../../../../contract/identity-people.ts';
import type { QualificationKind } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import { at, type Db, type Tx } from '../../platform/postgres/db.ts';

export const hasValidQualification = async (db: Db, personId: string, kind: QualificationKind, now: Instant): Promise<boolean> => {
  const { rows } = await sql`
    select from identity.qualifications where person_id = ${personId} and kind = ${kind} and withdrawn_at is null
      and valid_from <= ${at(now)} and (valid_until is null or valid_until > ${at(now)}) limit 1`.execute(db);
  return rows.length > 0;
};

export type ScanType = 'image/jpeg' | 'image/png' | 'application/pdf';
export interface NewQualification {
  qualificationId: string;
  personId: string;
  kind: QualificationKind;
  number: string;
  from: Instant;
  until: Instant | null;
  scan: { sha256: string; type: ScanType } | null;
}

export const insertQualification = async (tx: Tx, made: NewQualification, checkedBy: string, now: Instant): Promise<void> => {
  await sql`
    insert into identity.qualifications (qualification_id, person_id, kind, number, valid_from, valid_until, scan_sha256, scan_type, checked_by, added_at)
    values (${made.qualificationId}, ${made.personId}, ${made.kind}, ${made.number}, ${at(made.from)}, ${made.until === null ? null : at(made.until)},
      ${made.scan?.sha256 ?? null}, ${made.scan?.type ?? null}, ${checkedBy}, ${at(now)})`.execute(tx);
};

interface Row {
  qualification_id: string;
  person_id: string;
  person_name: string;
  kind: QualificationKind;
  number: string;
  valid_from: Instant;
  valid_until: Instant | null;
  has_scan: boolean;
  checked_by: string;
  added_at: Instant;
}

export const qualificationsOf = async (db: Db, personId: string | null, now: Instant): Promise<Qualification[]> => {
  const { rows } = await sql<Row>`
    select q.qualification_id, q.person_id, p.name as person_name, q.kind, q.number, q.valid_from, q.valid_until, q.scan_sha256 is not null as has_scan, c.name as checked_by, q.added_at
    from identity.qualifications q join identity.people_now p on p.person_id = q.person_id join identity.people_now c on c.person_id = q.checked_by
    where q.withdrawn_at is null and (${personId}::text is null or q.person_id = ${personId})
    order by q.valid_until nulls last, p.staff_number, q.qualification_id limit 2000`.execute(db);
  return rows.map((row) => ({
    qualificationId: row.qualification_id, personId: row.person_id, personName: row.person_name, kind: row.kind, number: row.number, from: row.valid_from, until: row.valid_until, hasScan: row.has_scan,
    checkedBy: row.checked_by, addedAt: row.added_at, holds: row.valid_from <= now && (row.valid_until === null || row.valid_until > now),
  }));
};

/** Whose it was and what; null when there is none, or it was withdrawn before. */
export const withdrawQualificationRow = async (tx: Tx, qualificationId: string, by: string, now: Instant): Promise<{ personId: string; kind: QualificationKind } | null> => {
  const { rows } = await sql<{ person_id: string; kind: QualificationKind }>`
    update identity.qualifications set withdrawn_at = ${at(now)}, withdrawn_by = ${by} where qualification_id = ${qualificationId} and withdrawn_at is null returning person_id, kind`.execute(tx);
  const row = rows[0];
  return row === undefined ? null : { personId: row.person_id, kind: row.kind };
};

export const scanOf = async (db: Db, qualificationId: string): Promise<{ sha256: string; type: ScanType } | null> => {
  const { rows } = await sql<{ scan_sha256: string | null; scan_type: ScanType | null }>`
    select scan_sha256, scan_type from identity.qualifications where qualification_id = ${qualificationId}`.execute(db);
  const row = rows[0];
  return row === undefined || row.scan_sha256 === null || row.scan_type === null ? null : { sha256: row.scan_sha256, type: row.scan_type };
};

export const activePeople = async (db: Db): Promise<{ personId: string; name: string; staffNumber: string }[]> => {
  const { rows } = await sql<{ person_id: string; name: string; staff_number: string }>`
    select person_id, name, staff_number from identity.people_now where active order by staff_number, account_key limit 2000`.execute(db);
  return rows.map((row) => ({ personId: row.person_id, name: row.name, staffNumber: row.staff_number }));
};
