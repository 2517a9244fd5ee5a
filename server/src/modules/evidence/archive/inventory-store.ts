/** SQL of counts and of who keeps the archive. */
import { sql } from 'kysely';
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type Tx } from '../../../platform/postgres/db.ts';

export interface Custodian {
  number: number;
  personId: string;
  inventoryId: string | null;
  since: Instant;
}
export const custodiansOf = async (db: Db, roomId: string): Promise<Custodian[]> =>
  (await sql<Custodian>`select number, person_id as "personId", inventory_id as "inventoryId", since from evidence.archive_custodians where room_id = ${roomId} order by number`.execute(db)).rows;
export const insertCustodian = async (tx: Tx, roomId: string, one: Omit<Custodian, 'number'>): Promise<void> => {
  await sql`
    insert into evidence.archive_custodians (room_id, number, person_id, inventory_id, since)
    select ${roomId}, coalesce(max(number), 0) + 1, ${one.personId}, ${one.inventoryId}, ${at(one.since)} from evidence.archive_custodians where room_id = ${roomId}`.execute(tx);
};

export interface InventoryLine {
  itemId: string;
  found: boolean;
  intact: boolean;
  note: string;
}
export interface Inventory {
  inventoryId: string;
  siteId: string;
  roomId: string;
  takenBy: string;
  takenAt: Instant;
  nextCustodianId: string | null;
  listSha256: string;
  note: string;
}
export const insertInventory = async (tx: Tx, one: Inventory, lines: readonly InventoryLine[]): Promise<void> => {
  await sql`
    insert into evidence.archive_inventories (inventory_id, site_id, room_id, taken_by, taken_at, next_custodian_id, list_sha256, note)
    values (${one.inventoryId}, ${one.siteId}, ${one.roomId}, ${one.takenBy}, ${at(one.takenAt)}, ${one.nextCustodianId}, ${one.listSha256}, ${one.note})`.execute(tx);
  for (const { itemId, found, intact, note } of lines) await sql`insert into evidence.archive_inventory_lines (inventory_id, item_id, found, intact, note) values (${one.inventoryId}, ${itemId}, ${found}, ${intact}, ${note})`.execute(tx);
};

export interface CountedInventory extends Inventory {
  items: number;
  missing: number;
  altered: number;
}
export const inventoriesOf = async (db: Db, roomId: string, limit: number): Promise<CountedInventory[]> =>
  (await sql<CountedInventory>`
    select n.inventory_id as "inventoryId", n.site_id as "siteId", n.room_id as "roomId", n.taken_by as "takenBy", n.taken_at as "takenAt", n.next_custodian_id as "nextCustodianId", n.list_sha256 as "listSha256", n.note,
      count(l.item_id)::int as items, (count(*) filter (where not l.found))::int as missing, (count(*) filter (where not l.intact))::int as altered
    from evidence.archive_inventories n left join evidence.archive_inventory_lines l using (inventory_id) where n.room_id = ${roomId} group by n.inventory_id order by n.taken_at desc, n.inventory_id desc limit ${limit}`.execute(db)).rows;
/** Items of a count. */
export const countedItems = async (db: Db, inventoryId: string): Promise<string[]> =>
  (await sql<{ itemId: string }>`select item_id as "itemId" from evidence.archive_inventory_lines where inventory_id = ${inventoryId} order by item_id`.execute(db)).rows.map(({ itemId }) => itemId);
