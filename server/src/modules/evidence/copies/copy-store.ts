/** SQL of copies and of their chain of custody. */
import { sql } from 'kysely';
import type { PackageState } from '../../../../../contract/evidence-copies.ts';
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';
import type { CustodyLink, Package, PackageEnd } from './copy.ts';

/** Numbers of a room have no hole: whoever takes one holds the room's count until commit. */
export const nextPackageCount = async (tx: Tx, roomId: string, year: number): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('evidence.packages/' || ${roomId}, 0))`.execute(tx);
  const { rows } = await sql<{ count: number }>`select coalesce(max(count), 0) + 1 as count from evidence.packages where room_id = ${roomId} and year = ${year}`.execute(tx);
  return rows[0]?.count ?? 1;
};

export const insertPackage = async (tx: Tx, one: Omit<Package, 'end' | 'custody'>, numbered: { year: number; count: number }): Promise<void> => {
  await sql`
    insert into evidence.packages (package_id, site_id, room_id, request_id, approval_id, year, count, number, copy, encrypted, operator_id, witness, begun_at)
    values (${one.packageId}, ${one.siteId}, ${one.roomId}, ${one.requestId}, ${one.approvalId}, ${numbered.year}, ${numbered.count}, ${one.number}, ${one.copy}, ${one.encrypted}, ${one.operatorId}, ${one.witness}, ${at(one.begunAt)})`.execute(tx);
};

/** False when its end is written already. */
export const insertEnd = async (tx: Tx, packageId: string, end: PackageEnd): Promise<boolean> => {
  const { rows } = await sql`
    insert into evidence.package_ends (package_id, made, ended_at, sha256, file_sha256, size_bytes, fingerprint, verifier_sha256, failure_zh, failure_en)
    values (${packageId}, ${end.made}, ${at(end.endedAt)}, ${end.sha256}, ${end.fileSha256}, ${end.sizeBytes}, ${end.fingerprint}, ${end.verifierSha256}, ${end.failure?.zh ?? null}, ${end.failure?.en ?? null})
    on conflict (package_id) do nothing returning package_id`.execute(tx);
  return rows.length > 0;
};

export const insertLink = async (tx: Tx, packageId: string, link: Omit<CustodyLink, 'number'>): Promise<void> => {
  await sql`
    insert into evidence.custody (package_id, number, act, at, entered_at, by_id, second, second_id, from_text, to_text, medium, note, signature_sha256)
    select ${packageId}, coalesce(max(number), 0) + 1, ${link.act}, ${at(link.at)}, ${at(link.enteredAt)}, ${link.by}, ${link.second}, ${link.secondId}, ${link.from}, ${link.to}, ${link.medium}, ${link.note}, ${link.signatureSha256}
    from evidence.custody where package_id = ${packageId}`.execute(tx);
};

/** Whoever adds to the chain of a package holds it until commit. */
export const lockPackage = async (tx: Tx, packageId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('evidence.package/' || ${packageId}, 0))`.execute(tx);
};

type Row = Omit<Package, 'end' | 'custody'> & { made: boolean | null; endedAt: Instant | null; sha256: string | null; fileSha256: string | null; sizeBytes: number | null; fingerprint: string | null; verifierSha256: string | null; failureZh: string | null; failureEn: string | null };

const columns = sql.raw(`p.package_id as "packageId", p.site_id as "siteId", p.room_id as "roomId", p.request_id as "requestId", p.approval_id as "approvalId", p.number, p.copy, p.encrypted, p.operator_id as "operatorId", p.witness,
  p.begun_at as "begunAt", e.made, e.ended_at as "endedAt", e.sha256, e.file_sha256 as "fileSha256", e.size_bytes as "sizeBytes", e.fingerprint, e.verifier_sha256 as "verifierSha256", e.failure_zh as "failureZh", e.failure_en as "failureEn"`);

const withCustody = async (db: Db, rows: readonly Row[]): Promise<Package[]> => {
  const ids = rows.map(({ packageId }) => packageId);
  const { rows: links } = await sql<CustodyLink & { packageId: string }>`
    select package_id as "packageId", number, act, at, entered_at as "enteredAt", by_id as by, second, second_id as "secondId", from_text as "from", to_text as "to", medium, note, signature_sha256 as "signatureSha256"
    from evidence.custody where package_id = any(${ids}::text[]) order by number`.execute(db);
  return rows.map(({ made, endedAt, sha256, fileSha256, sizeBytes, fingerprint, verifierSha256, failureZh, failureEn, ...one }) => ({
    ...one, end: made === null || endedAt === null ? null : { made, endedAt, sha256, fileSha256, sizeBytes, fingerprint, verifierSha256, failure: failureZh === null || failureEn === null ? null : { zh: failureZh, en: failureEn } },
    custody: links.filter(({ packageId }) => packageId === one.packageId),
  }));
};

const from = sql.raw('evidence.packages p left join evidence.package_ends e using (package_id)');
export const packagesOf = async (db: Db, requestId: string): Promise<Package[]> => withCustody(db, (await sql<Row>`select ${columns} from ${from} where p.request_id = ${requestId} order by p.begun_at, p.package_id`.execute(db)).rows);
export const findPackage = async (db: Db, roomId: string, packageId: string): Promise<Package | null> =>
  (await withCustody(db, (await sql<Row>`select ${columns} from ${from} where p.room_id = ${roomId} and p.package_id = ${packageId}`.execute(db)).rows))[0] ?? null;
/** Begun, and nothing said of their end. */
export const unended = async (db: Db): Promise<Package[]> => withCustody(db, (await sql<Row>`select ${columns} from ${from} where e.package_id is null order by p.begun_at`.execute(db)).rows);

export interface PackageFilter {
  roomId: string;
  from: Instant;
  until: Instant;
  search?: string | undefined;
  state?: PackageState | undefined;
}

const has = (acts: string): ReturnType<typeof sql> => sql`exists (select from evidence.custody c where c.package_id = p.package_id and c.act in (${sql.raw(acts)}))`;
const ending = "'returned', 'wiped', 'destroyed'";
const inState = (state: PackageState): ReturnType<typeof sql> => {
  if (state === 'making') return sql`e.package_id is null`;
  if (state === 'failed') return sql`not e.made`;
  if (state === 'ended') return sql`e.made and ${has(ending)}`;
  const handed = state === 'handed_over' ? has("'handed_over'") : sql`not ${has("'handed_over'")}`;
  return sql`e.made and not ${has(ending)} and ${handed}`;
};
const where = ({ roomId, from: since, until, search, state }: PackageFilter) => {
  const like = search === undefined || search === '' ? null : `%${search.replaceAll(/[\\%_]/g, (found) => `\\${found}`)}%`;
  return sql`p.room_id = ${roomId} and p.begun_at >= ${at(since)} and p.begun_at < ${at(until)} ${state === undefined ? sql`` : sql`and ${inState(state)}`}
    ${like === null ? sql`` : sql`and (p.number ilike ${like} or e.file_sha256 ilike ${like} or exists (select from evidence.requests r where r.request_id = p.request_id and r.number ilike ${like})
      or exists (select from evidence.custody c where c.package_id = p.package_id and (c.to_text ilike ${like} or c.medium ilike ${like} or c.note ilike ${like})))`}`;
};
export const listPackages = async (db: Db, filter: PackageFilter, limit: number, offset: number): Promise<Package[]> =>
  withCustody(db, (await sql<Row>`select ${columns} from ${from} where ${where(filter)} order by p.begun_at desc, p.package_id desc limit ${limit} offset ${offset}`.execute(db)).rows);
export const countPackages = async (db: Db, filter: PackageFilter): Promise<number> => (await sql<{ count: number }>`select count(*)::int as count from ${from} where ${where(filter)}`.execute(db)).rows[0]?.count ?? 0;

/** Requests whose copies are with somebody past the promised day. */
export const overdueRequests = async (db: Db, now: Instant): Promise<{ requestId: string; roomId: string }[]> =>
  (await sql<{ requestId: string; roomId: string }>`
    select r.request_id as "requestId", r.room_id as "roomId" from evidence.requests r join evidence.request_states s using (request_id)
    where s.state = 'delivered' and r.return_by < ${at(now)} order by r.return_by`.execute(db)).rows;

/** Copies that were asked for, of which none was made, though the making of at least one was tried; `failures` of them by now. */
export const triedInVain = async (db: Db): Promise<{ requestId: string; validUntil: Instant | null; failures: number }[]> =>
  (await sql<{ requestId: string; validUntil: Instant | null; failures: number }>`
    select r.request_id as "requestId", s.valid_until as "validUntil", count(*)::int as failures
    from evidence.requests r join evidence.request_states s using (request_id) join evidence.packages p using (request_id) left join evidence.package_ends e using (package_id)
    where r.type = 'copy' and s.state = 'ready' group by 1, 2
    having bool_and(e.package_id is not null and (not e.made or exists (select from evidence.custody c where c.package_id = p.package_id and c.act in ('wiped', 'destroyed')))) order by 1`.execute(db)).rows;
