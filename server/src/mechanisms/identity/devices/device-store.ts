/** SQL of device credentials: the sealed password is read for looking at it, never for showing it. */
import { sql } from 'kysely';
import type { DeviceKind } from '../../../../../contract/identity-people.ts';
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';

export interface StoredCredential {
  credentialId: string;
  device: string;
  kind: DeviceKind;
  account: string;
  number: number;
  ownerId: string;
  ownerName: string;
  ownerActive: boolean;
  sealed: Buffer | null;
  signs: number;
  score: number | null;
  since: Instant;
  disclosed: boolean;
}

interface Row {
  credential_id: string;
  device: string;
  kind: DeviceKind;
  account: string;
  number: number;
  owner_id: string;
  owner_name: string;
  owner_active: boolean;
  sealed_password: Buffer | null;
  signs: number;
  score: number | null;
  since_at: Instant;
  disclosed: boolean;
}

const select = sql`
  select c.credential_id, c.device, c.kind, c.account, w.number, w.owner_id, p.name as owner_name, p.active as owner_active, w.sealed_password, w.signs, w.score, w.since_at,
    exists (select from identity.disclosures d where d.credential_id = c.credential_id and d.answered_at is null) as disclosed
  from identity.device_credentials c
  cross join lateral (select * from identity.device_passwords where credential_id = c.credential_id order by number desc limit 1) w
  join identity.people_now p on p.person_id = w.owner_id`;

const credentialOf = (row: Row): StoredCredential => ({
  credentialId: row.credential_id, device: row.device, kind: row.kind, account: row.account, number: row.number, ownerId: row.owner_id, ownerName: row.owner_name, ownerActive: row.owner_active,
  sealed: row.sealed_password, signs: row.signs, score: row.score, since: row.since_at, disclosed: row.disclosed,
});

export const credentialsOf = async (db: Db, siteId: string): Promise<StoredCredential[]> => {
  const { rows } = await sql<Row>`${select} where c.site_id = ${siteId} and c.retired_at is null order by c.device, c.credential_id`.execute(db);
  return rows.map(credentialOf);
};

export const lockCredential = async (tx: Tx, siteId: string, credentialId: string): Promise<StoredCredential | null> => {
  await sql`select pg_advisory_xact_lock(hashtext('identity.device ' || ${credentialId}))`.execute(tx);
  const { rows } = await sql<Row>`${select} where c.site_id = ${siteId} and c.credential_id = ${credentialId} and c.retired_at is null`.execute(tx);
  return rows[0] === undefined ? null : credentialOf(rows[0]);
};

export const insertCredential = async (tx: Tx, made: { credentialId: string; siteId: string; device: string; kind: DeviceKind; account: string }, by: string, now: Instant): Promise<void> => {
  await sql`
    insert into identity.device_credentials (credential_id, site_id, device, kind, account, added_at, added_by)
    values (${made.credentialId}, ${made.siteId}, ${made.device}, ${made.kind}, ${made.account}, ${at(now)}, ${by})`.execute(tx);
};

export interface NewDevicePassword {
  credentialId: string;
  number: number;
  ownerId: string;
  sealed: Buffer | null;
  signs: number;
  score: number | null;
  since: Instant;
}

export const insertDevicePassword = async (tx: Tx, made: NewDevicePassword, by: string): Promise<void> => {
  await sql`
    insert into identity.device_passwords (credential_id, number, owner_id, sealed_password, signs, score, since_at, set_by)
    values (${made.credentialId}, ${made.number}, ${made.ownerId}, ${made.sealed}, ${made.signs}, ${made.score}, ${at(made.since)}, ${by})`.execute(tx);
};

export const retireCredentialRow = async (tx: Tx, credentialId: string, by: string, now: Instant): Promise<void> => {
  await sql`update identity.device_credentials set retired_at = ${at(now)}, retired_by = ${by} where credential_id = ${credentialId} and retired_at is null`.execute(tx);
};

export const lastScanOf = async (db: Db, siteId: string): Promise<Instant | null> => {
  const { rows } = await sql<{ at: Instant }>`select at from identity.device_scans where site_id = ${siteId} order by at desc limit 1`.execute(db);
  return rows[0]?.at ?? null;
};

export const insertScan = async (tx: Tx, scan: { siteId: string; devices: number; found: number }, now: Instant): Promise<void> => {
  await sql`insert into identity.device_scans (site_id, at, devices, found) values (${scan.siteId}, ${at(now)}, ${scan.devices}, ${scan.found})`.execute(tx);
};
