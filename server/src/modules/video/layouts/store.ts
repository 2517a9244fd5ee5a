/** The only SQL of layouts and covers. */
import type { Instant } from '../../../base/clock.ts';
import { at, type Db, type InstantColumn, type NullableInstantColumn, type Tx } from '../../../platform/postgres/db.ts';
import { wallShapes, type WallLayout } from '../../../../../contract/wall.ts';
import type { LayoutContent } from './layout.ts';

type WallTables = {
  'video.wall_layouts': {
    layout_id: string; site_id: string; room_id: string; post_name: string; name: string; shape: number; places: string[]; pinned: string[]; tour_seconds: number | null; guest: boolean;
    kept_at: InstantColumn; kept_by: string; removed_at: NullableInstantColumn; row_version: number;
  };
  'video.wall_covers': { cover_id: string; site_id: string; room_id: string; session_id: string; person_id: string; from_at: InstantColumn; until_at: NullableInstantColumn; shown: string[] };
};
const tables = (db: Db) => db.$extendTables<WallTables>();

export interface Owner {
  siteId: string;
  roomId: string;
  /** Empty: of the room. */
  post: string;
}
export interface KeptLayout extends LayoutContent {
  layoutId: string;
  post: string;
  keptBy: string;
  keptAt: Instant;
  rowVersion: number;
}

const select = (db: Db, roomId: string) => tables(db).selectFrom('video.wall_layouts').selectAll().where('room_id', '=', roomId).where('removed_at', 'is', null);
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];
const layoutOf = (row: Row): KeptLayout => ({
  layoutId: row.layout_id, post: row.post_name, name: row.name, shape: wallShapes.find((shape) => shape === row.shape) ?? 16, places: row.places.map((id) => (id === '' ? null : id)), pinned: row.pinned,
  tourSeconds: row.tour_seconds, guest: row.guest, keptBy: row.kept_by, keptAt: row.kept_at, rowVersion: row.row_version,
});
const columnsOf = ({ name, shape, places, pinned, tourSeconds, guest }: LayoutContent) => ({ name, shape, places: places.map((id) => id ?? ''), pinned, tour_seconds: tourSeconds, guest });

export const layoutsOf = async (db: Db, { roomId, post }: Pick<Owner, 'roomId' | 'post'>): Promise<KeptLayout[]> => (await select(db, roomId).where('post_name', '=', post).orderBy('name').execute()).map(layoutOf);

export const lockLayout = async (tx: Tx, { roomId, post }: Pick<Owner, 'roomId' | 'post'>, layoutId: string): Promise<KeptLayout | null> => {
  const row = await select(tx, roomId).where('post_name', '=', post).where('layout_id', '=', layoutId).forUpdate().executeTakeFirst();
  return row === undefined ? null : layoutOf(row);
};

export const insertLayout = async (tx: Tx, { siteId, roomId, post }: Owner, layoutId: string, content: LayoutContent, kept: { at: Instant; by: string }): Promise<void> => {
  await tables(tx)
    .insertInto('video.wall_layouts')
    .values({ layout_id: layoutId, site_id: siteId, room_id: roomId, post_name: post, ...columnsOf(content), kept_at: at(kept.at), kept_by: kept.by, removed_at: null, row_version: 1 })
    .execute();
};

export const updateLayout = async (tx: Tx, { layoutId, rowVersion }: Pick<KeptLayout, 'layoutId' | 'rowVersion'>, content: LayoutContent, kept: { at: Instant; by: string }): Promise<void> => {
  await tables(tx)
    .updateTable('video.wall_layouts')
    .set({ ...columnsOf(content), kept_at: at(kept.at), kept_by: kept.by, row_version: rowVersion + 1 })
    .where('layout_id', '=', layoutId)
    .execute();
};

/** Only one of a post is for guests. */
export const clearGuest = async (tx: Tx, { roomId, post }: Pick<Owner, 'roomId' | 'post'>, except: string): Promise<void> => {
  await tables(tx).updateTable('video.wall_layouts').set({ guest: false }).where('room_id', '=', roomId).where('post_name', '=', post).where('layout_id', '!=', except).where('guest', '=', true).where('removed_at', 'is', null).execute();
};

export const takeLayoutAway = async (tx: Tx, layoutId: string, when: Instant): Promise<void> => {
  await tables(tx).updateTable('video.wall_layouts').set({ removed_at: at(when) }).where('layout_id', '=', layoutId).execute();
};

export interface Cover {
  coverId: string;
  from: Instant;
  shown: string[];
}
export const openCover = async (db: Db, sessionId: string): Promise<Cover | null> => {
  const row = await tables(db).selectFrom('video.wall_covers').select(['cover_id', 'from_at', 'shown']).where('session_id', '=', sessionId).where('until_at', 'is', null).executeTakeFirst();
  return row === undefined ? null : { coverId: row.cover_id, from: row.from_at, shown: row.shown };
};

export const insertCover = async (tx: Tx, cover: Cover & Pick<Owner, 'siteId' | 'roomId'> & { sessionId: string; personId: string }): Promise<boolean> => {
  const made = await tables(tx)
    .insertInto('video.wall_covers')
    .values({ cover_id: cover.coverId, site_id: cover.siteId, room_id: cover.roomId, session_id: cover.sessionId, person_id: cover.personId, from_at: at(cover.from), until_at: null, shown: cover.shown })
    .onConflict((conflict) => conflict.column('session_id').where('until_at', 'is', null).doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
};

/** False: somebody ended it already. */
export const endCover = async (tx: Tx, coverId: string, until: Instant): Promise<boolean> => {
  const ended = await tables(tx).updateTable('video.wall_covers').set({ until_at: at(until) }).where('cover_id', '=', coverId).where('until_at', 'is', null).executeTakeFirst();
  return ended.numUpdatedRows === 1n;
};

export const viewOf = ({ layoutId, name, shape, places, pinned, tourSeconds, guest, keptBy, keptAt, rowVersion }: KeptLayout): WallLayout => ({ layoutId, name, shape, places, pinned, tourSeconds, guest, keptBy, keptAt, rowVersion });
