/** SQL of the archive: items with their files, details, acts and orders. */
import { sql } from 'kysely';
import type { ArchiveClass, ArchiveState } from '../../../../../contract/evidence-archive.ts';
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';
import type { Details, Item, ItemAct, ItemFile, Order } from './item.ts';

const orNull = (instant: Instant | null): Date | null => (instant === null ? null : at(instant));

/** Whoever changes anything of a room's archive holds it until commit: numbers have no hole, and a count and what it counts do not pass each other. */
export const lockArchive = async (tx: Tx, roomId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('evidence.archive/' || ${roomId}, 0))`.execute(tx);
};
export const nextItemCount = async (tx: Tx, roomId: string, year: number): Promise<number> =>
  (await sql<{ count: number }>`select coalesce(max(count), 0) + 1 as count from evidence.archive_items where room_id = ${roomId} and year = ${year}`.execute(tx)).rows[0]?.count ?? 1;

export const insertItem = async (tx: Tx, one: Omit<Item, 'acts' | 'orders'>, numbered: { year: number; count: number }): Promise<void> => {
  await sql`
    insert into evidence.archive_items (item_id, site_id, room_id, year, count, number, source, package_id, from_at, until_at, gaps, giver, giver_contact, reply_by, keep_until, sha256, size_bytes, filed_by, filed_at)
    values (${one.itemId}, ${one.siteId}, ${one.roomId}, ${numbered.year}, ${numbered.count}, ${one.number}, ${one.source}, ${one.packageId}, ${orNull(one.from)}, ${orNull(one.until)}, ${JSON.stringify(one.gaps)}::jsonb, ${one.giver}, ${one.giverContact},
      ${orNull(one.replyBy)}, ${orNull(one.keepUntil)}, ${one.sha256}, ${one.sizeBytes}, ${one.filedBy}, ${at(one.filedAt)})`.execute(tx);
  for (const file of one.files) {
    await sql`
      insert into evidence.archive_files (item_id, number, name, camera_id, camera, segment_id, from_at, until_at, size_bytes, sha256)
      values (${one.itemId}, ${file.number}, ${file.name}, ${file.cameraId}, ${file.camera}, ${file.segmentId}, ${orNull(file.from)}, ${orNull(file.until)}, ${file.sizeBytes}, ${file.sha256})`.execute(tx);
  }
  await insertDetails(tx, one.itemId, one, { by: one.filedBy, at: one.filedAt });
};

export const insertDetails = async (tx: Tx, itemId: string, details: Details, said: { by: string; at: Instant }): Promise<void> => {
  await sql`
    insert into evidence.archive_details (item_id, number, class, case_number, title, words, place, by_id, at)
    select ${itemId}, coalesce(max(number), 0) + 1, ${details.class}, ${details.caseNumber}, ${details.title}, ${details.words}, ${details.place}, ${said.by}, ${at(said.at)} from evidence.archive_details where item_id = ${itemId}`.execute(tx);
};

/** What was said of it at the moment. */
export const detailsAt = async (db: Db, itemId: string, moment: Instant): Promise<Details | null> =>
  (await sql<Details>`select class, case_number as "caseNumber", title, words, place from evidence.archive_details where item_id = ${itemId} and at <= ${at(moment)} order by number desc limit 1`.execute(db)).rows[0] ?? null;

export const insertAct = async (tx: Tx, itemId: string, act: Pick<ItemAct, 'act' | 'at' | 'by'> & Partial<ItemAct>): Promise<void> => {
  await sql`
    insert into evidence.archive_acts (item_id, number, act, at, by_id, order_id, to_text, note, signature_sha256)
    select ${itemId}, coalesce(max(number), 0) + 1, ${act.act}, ${at(act.at)}, ${act.by}, ${act.orderId ?? null}, ${act.to ?? ''}, ${act.note ?? ''}, ${act.signatureSha256 ?? null} from evidence.archive_acts where item_id = ${itemId}`.execute(tx);
};

export const insertOrder = async (tx: Tx, order: Order): Promise<void> => {
  await sql`
    insert into evidence.archive_orders (order_id, item_id, how, reason, receiver, place, content, paper, return_by, asked_by, asked_at, approval_id)
    values (${order.orderId}, ${order.itemId}, ${order.how}, ${order.reason}, ${order.receiver}, ${order.place}, ${order.content}, ${order.paper}, ${orNull(order.returnBy)}, ${order.askedBy}, ${at(order.askedAt)}, ${order.approvalId})`.execute(tx);
};

type Row = Omit<Item, 'files' | 'acts' | 'orders'>;
const columns = sql.raw(`i.item_id as "itemId", i.site_id as "siteId", i.room_id as "roomId", i.number, i.source, i.package_id as "packageId", i.from_at as "from", i.until_at as "until", i.gaps, i.giver, i.giver_contact as "giverContact", i.reply_by as "replyBy",
  i.keep_until as "keepUntil", i.sha256, i.size_bytes as "sizeBytes", i.filed_by as "filedBy", i.filed_at as "filedAt", d.class, d.case_number as "caseNumber", d.title, d.words, d.place`);
const from = sql.raw(`evidence.archive_items i join lateral (select * from evidence.archive_details x where x.item_id = i.item_id order by x.number desc limit 1) d on true
  left join lateral (select a.act from evidence.archive_acts a where a.item_id = i.item_id and a.act in ('lent', 'returned', 'transferred', 'destroyed') order by a.number desc limit 1) m on true`);

const whole = async (db: Db, rows: readonly Row[]): Promise<Item[]> => {
  const ids = rows.map(({ itemId }) => itemId);
  if (ids.length === 0) return [];
  const { rows: files } = await sql<ItemFile & { itemId: string }>`
    select item_id as "itemId", number, name, camera_id as "cameraId", camera, segment_id as "segmentId", from_at as "from", until_at as "until", size_bytes as "sizeBytes", sha256 from evidence.archive_files where item_id = any(${ids}::text[]) order by number`.execute(db);
  const { rows: acts } = await sql<ItemAct & { itemId: string }>`
    select item_id as "itemId", number, act, at, by_id as by, order_id as "orderId", to_text as "to", note, signature_sha256 as "signatureSha256" from evidence.archive_acts where item_id = any(${ids}::text[]) order by number`.execute(db);
  const { rows: orders } = await sql<Order>`
    select order_id as "orderId", item_id as "itemId", how, reason, receiver, place, content, paper, return_by as "returnBy", asked_by as "askedBy", asked_at as "askedAt", approval_id as "approvalId"
    from evidence.archive_orders where item_id = any(${ids}::text[]) order by asked_at, order_id`.execute(db);
  const mine = <T extends { itemId: string }>(list: readonly T[], itemId: string): T[] => list.filter((one) => one.itemId === itemId);
  return rows.map((row) => ({ ...row, files: mine(files, row.itemId), acts: mine(acts, row.itemId), orders: mine(orders, row.itemId) }));
};

export const findItem = async (db: Db, roomId: string, itemId: string): Promise<Item | null> =>
  (await whole(db, (await sql<Row>`select ${columns} from ${from} where i.room_id = ${roomId} and i.item_id = ${itemId}`.execute(db)).rows))[0] ?? null;

export interface ItemFilter {
  roomId: string;
  search?: string | undefined;
  class?: ArchiveClass | undefined;
  state?: ArchiveState | undefined;
  filedFrom?: Instant | undefined;
  filedUntil?: Instant | undefined;
  list?: 'all' | 'incomplete' | 'overdue' | undefined;
  /** Nobody keeps the archive: everything is incomplete. */
  noCustodian?: boolean | undefined;
  now?: Instant | undefined;
}

const stateSql = sql.raw(`case m.act when 'lent' then 'lent' when 'transferred' then 'transferred' when 'destroyed' then 'destroyed' else 'kept' end`);
const incompleteSql = sql.raw(`(d.case_number = '' or d.title = '' or d.words = '' or d.place = '' or jsonb_array_length(i.gaps) > 0)`);
const overdueSql = (now: Instant) => sql`(
  (i.reply_by < ${at(now)} and not exists (select from evidence.archive_acts a where a.item_id = i.item_id and a.act = 'answered'))
  or (m.act = 'lent' and exists (select from evidence.archive_orders o join evidence.archive_acts a using (order_id) where a.item_id = i.item_id and a.act = 'lent' and o.return_by < ${at(now)}
    and a.number = (select max(b.number) from evidence.archive_acts b where b.item_id = i.item_id and b.act = 'lent'))))`;

const where = ({ roomId, search, class: kind, state, filedFrom, filedUntil, list, noCustodian, now }: ItemFilter) => {
  const like = search === undefined || search === '' ? null : `%${search.replaceAll(/[\\%_]/g, (found) => `\\${found}`)}%`;
  return sql`i.room_id = ${roomId} ${kind === undefined ? sql`` : sql`and d.class = ${kind}`} ${state === undefined ? sql`` : sql`and ${stateSql} = ${state}`}
    ${filedFrom === undefined ? sql`` : sql`and i.filed_at >= ${at(filedFrom)}`} ${filedUntil === undefined ? sql`` : sql`and i.filed_at < ${at(filedUntil)}`}
    ${list === 'incomplete' && noCustodian !== true ? sql`and ${incompleteSql}` : sql``} ${list === 'incomplete' ? sql`and ${stateSql} <> 'destroyed'` : sql``} ${list === 'overdue' ? sql`and ${overdueSql(now ?? 0)}` : sql``}
    ${like === null ? sql`` : sql`and (i.number ilike ${like} or d.case_number ilike ${like} or d.title ilike ${like} or d.words ilike ${like} or d.place ilike ${like} or i.giver ilike ${like} or i.sha256 ilike ${like}
      or exists (select from evidence.archive_files f where f.item_id = i.item_id and (f.camera ilike ${like} or f.name ilike ${like} or f.sha256 ilike ${like})))`}`;
};
export const listItems = async (db: Db, filter: ItemFilter, limit: number, offset: number): Promise<Item[]> =>
  whole(db, (await sql<Row>`select ${columns} from ${from} where ${where(filter)} order by i.filed_at desc, i.item_id desc limit ${limit} offset ${offset}`.execute(db)).rows);
export const countItems = async (db: Db, filter: ItemFilter): Promise<number> => (await sql<{ count: number }>`select count(*)::int as count from ${from} where ${where(filter)}`.execute(db)).rows[0]?.count ?? 0;

/** Everything that should be in its place, oldest first. */
export const keptItems = async (db: Db, roomId: string): Promise<Item[]> => whole(db, (await sql<Row>`select ${columns} from ${from} where i.room_id = ${roomId} and ${stateSql} = 'kept' order by i.number`.execute(db)).rows);
export const itemOfPackage = async (db: Db, packageId: string): Promise<string | null> => (await sql<{ number: string }>`select number from evidence.archive_items where package_id = ${packageId}`.execute(db)).rows[0]?.number ?? null;
export const overdueItems = async (db: Db, now: Instant): Promise<Item[]> => whole(db, (await sql<Row>`select ${columns} from ${from} where m.act = 'lent' and ${overdueSql(now)} order by i.item_id`.execute(db)).rows);
/** Ids of all items whose files should be on disk, and of all that there are. */
export const itemIds = async (db: Db): Promise<readonly { itemId: string; destroyed: boolean }[]> =>
  (await sql<{ itemId: string; destroyed: boolean }>`select i.item_id as "itemId", exists (select from evidence.archive_acts a where a.item_id = i.item_id and a.act = 'destroyed') as destroyed from evidence.archive_items i`.execute(db)).rows;
/** Items with footage of the cameras in a span, for the index by day. */
export const itemsWithFootage = async (db: Db, roomId: string, from: Instant, until: Instant): Promise<readonly { itemId: string; number: string; cameraId: string; from: Instant; until: Instant }[]> =>
  (await sql<{ itemId: string; number: string; cameraId: string; from: Instant; until: Instant }>`
    select distinct i.item_id as "itemId", i.number, f.camera_id as "cameraId", i.from_at as "from", i.until_at as "until" from evidence.archive_items i join evidence.archive_files f using (item_id)
    where i.room_id = ${roomId} and i.from_at < ${at(until)} and i.until_at > ${at(from)} and f.camera_id is not null order by i.number`.execute(db)).rows;

export interface Opening {
  openingId: string;
  itemId: string;
  orderId: string;
  personId: string;
  sessionId: string;
}
export const insertOpening = async (tx: Tx, one: Opening, openedAt: Instant): Promise<void> => {
  await sql`insert into evidence.archive_openings (opening_id, item_id, order_id, person_id, session_id, opened_at) values (${one.openingId}, ${one.itemId}, ${one.orderId}, ${one.personId}, ${one.sessionId}, ${at(openedAt)})`.execute(tx);
};
export const findOpening = async (db: Db, openingId: string): Promise<Opening | null> =>
  (await sql<Opening>`select opening_id as "openingId", item_id as "itemId", order_id as "orderId", person_id as "personId", session_id as "sessionId" from evidence.archive_openings where opening_id = ${openingId}`.execute(db)).rows[0] ?? null;
