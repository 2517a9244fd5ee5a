/** The wall of a post: layouts, rounds of screens, the cover when outsiders are present; bookmarks; turning cameras; consoles that may receive pictures. */
import { z } from 'zod';
import { endpoint, IdOf, Instant, InstantInQuery } from './endpoint.ts';

/** Pictures on one screen; 6, 8 and 13 have one large picture among small ones. */
export const wallShapes = [1, 4, 6, 8, 9, 13, 16, 25, 36] as const;
export const WallShape = z.literal(wallShapes);
export type WallShape = z.infer<typeof WallShape>;

const cameraId = IdOf('cam');
const layoutId = IdOf('wall');
const reason = z.string().trim().min(1).max(500);

export const WallLayoutContent = z.object({
  name: z.string().trim().min(1).max(40),
  shape: WallShape,
  /** In the order of the places, null where one is left free; what goes past one screen stands on the next. */
  places: z.array(cameraId.nullable()).max(256),
  /** They keep their place when the screens take turns. */
  pinned: z.array(cameraId).max(36),
  /** Seconds until the next screen; null: it does not turn by itself. */
  tourSeconds: z.int().min(5).max(600).nullable(),
  /** What remains visible while outsiders are in the room; one for each post. */
  guest: z.boolean(),
});
export const WallLayout = WallLayoutContent.extend({ layoutId: z.string(), keptBy: z.string(), keptAt: Instant, rowVersion: z.int() });
export type WallLayout = z.infer<typeof WallLayout>;

export const seeWall = endpoint({
  method: 'GET', path: '/api/video/wall', summary: { zh: '本岗位的画面布局', en: 'The wall of this post' },
  response: z.object({
    /** Whose layouts these are; null: no post is held, they are those of the room. */
    post: z.string().nullable(), layouts: z.array(WallLayout),
    cover: z.object({ since: Instant, shown: z.array(z.string()) }).nullable(),
    /** Further behind than this a picture is not live. */
    liveDelaySeconds: z.number(),
  }),
});
export const keepLayout = endpoint({
  method: 'POST', path: '/api/video/wall/layouts', summary: { zh: '保存画面布局', en: 'Save a layout of the wall' },
  /** With layoutId and its rowVersion an existing one is changed. */
  body: WallLayoutContent.extend({ layoutId: layoutId.optional(), rowVersion: z.int().optional() }),
  response: z.object({ layoutId: z.string() }),
});
export const removeLayout = endpoint({
  method: 'DELETE', path: '/api/video/wall/layouts/:layoutId', summary: { zh: '删除画面布局', en: 'Remove a layout of the wall' }, params: z.object({ layoutId }),
});
/** at: the moment of the key; the room may have been out of reach then. */
export const coverWall = endpoint({
  method: 'PUT', path: '/api/video/wall/cover', summary: { zh: '遮屏、恢复画面', en: 'Cover the wall, show it again' },
  body: z.object({ covered: z.boolean(), at: Instant }), response: z.object({ shown: z.array(z.string()) }),
});

export const BookmarkKind = z.enum(['bookmark', 'suspicious']);
export const Bookmark = z.object({
  bookmarkId: z.string(), cameraId: z.string(), cameraName: z.string(), frameAt: Instant, kind: BookmarkKind, note: z.string(), madeAt: Instant, madeBy: z.string(),
});
export type Bookmark = z.infer<typeof Bookmark>;
export const makeBookmark = endpoint({
  method: 'POST', path: '/api/video/bookmarks', summary: { zh: '标记画面', en: 'Mark a moment' },
  body: z.object({ cameraId, frameAt: Instant, kind: BookmarkKind, note: z.string().trim().max(500), source: z.enum(['live', 'playback']) }), response: Bookmark,
});
export const listBookmarks = endpoint({
  method: 'GET', path: '/api/video/bookmarks', summary: { zh: '画面标记', en: 'Marked moments' },
  /** Newest first, at most 500. */
  query: z.object({ cameraId: cameraId.optional(), from: InstantInQuery, until: InstantInQuery }), response: z.object({ bookmarks: z.array(Bookmark) }),
});
export const strikeBookmark = endpoint({
  method: 'DELETE', path: '/api/video/bookmarks/:bookmarkId', summary: { zh: '划去标记', en: 'Strike a mark' },
  params: z.object({ bookmarkId: IdOf('bmk') }), body: z.object({ reason }),
});
export const annotateSnapshot = endpoint({
  method: 'POST', path: '/api/video/snapshots/:snapshotId/notes', summary: { zh: '给抓拍写说明', en: 'Write to a snapshot' },
  params: z.object({ snapshotId: IdOf('snp') }), body: z.object({ note: z.string().trim().min(1).max(500) }),
});

const PtzHold = z.object({ by: z.string(), mine: z.boolean(), locked: z.boolean(), since: Instant, until: Instant });
export const PtzState = z.object({ turns: z.boolean(), hold: PtzHold.nullable() });
export type PtzState = z.infer<typeof PtzState>;
const ptzParams = z.object({ cameraId });
export const seePtz = endpoint({ method: 'GET', path: '/api/video/ptz/:cameraId', summary: { zh: '云台状态', en: 'Who turns a camera' }, params: ptzParams, response: PtzState });
const speed = z.number().min(-1).max(1);
/** All zero: stop. Otherwise it turns until it is stopped, at most a second; the key that is held asks again. */
export const turnCamera = endpoint({
  method: 'POST', path: '/api/video/ptz/:cameraId/turn', summary: { zh: '转动摄像机', en: 'Turn a camera' }, params: ptzParams, body: z.object({ pan: speed, tilt: speed, zoom: speed }), response: PtzState,
});
export const lockPtz = endpoint({
  method: 'PUT', path: '/api/video/ptz/:cameraId/lock', summary: { zh: '锁定、释放云台', en: 'Lock a camera in its direction, release it' }, params: ptzParams,
  /** minutes 0: release. */
  body: z.object({ minutes: z.int().min(0).max(60) }), response: PtzState,
});

export const Console = z.object({
  consoleId: z.string(), name: z.string(), reason: z.string(), registeredAt: Instant, registeredBy: z.string(), until: Instant.nullable(), here: z.boolean(),
});
export type Console = z.infer<typeof Console>;
export const listConsoles = endpoint({
  method: 'GET', path: '/api/video/consoles', summary: { zh: '已登记的操作台', en: 'Registered consoles' }, response: z.object({ consoles: z.array(Console), required: z.boolean() }),
});
/** Registers the computer from which it is asked; its browser keeps the secret. until: its right ends by itself, and why it has one at all. */
export const registerConsole = endpoint({
  method: 'POST', path: '/api/video/consoles', summary: { zh: '登记本机为操作台', en: 'Register this computer as a console' },
  body: z.object({ name: z.string().trim().min(1).max(64), until: Instant.nullable(), reason: z.string().trim().max(500) }), response: z.object({ consoleId: z.string() }),
});
export const removeConsole = endpoint({
  method: 'DELETE', path: '/api/video/consoles/:consoleId', summary: { zh: '撤销操作台', en: 'Remove a console' }, params: z.object({ consoleId: IdOf('con') }), body: z.object({ reason }),
});
