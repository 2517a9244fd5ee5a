/** The wall of a post: its layouts, and the cover when outsiders are in the room. What is covered gets no stream from the server either. */
import { newId } from '../../../base/ids.ts';
import { minuteMs } from '../../../base/units.ts';
import type { Caller } from '../../../mechanisms/identity/index.ts';
import type { Tx } from '../../../platform/postgres/db.ts';
import { actorOf, tellScreens, type VideoContext } from '../context.ts';
import { camerasOfRoom } from '../store.ts';
import { layoutKept, layoutRemoved, wallCovered, wallShown } from './events.ts';
import { checkLayout, shownToGuests, type LayoutContent } from './layout.ts';
import { refuse } from './refusals.ts';
import { clearGuest, endCover, insertCover, insertLayout, layoutsOf, lockLayout, openCover, takeLayoutAway, updateLayout, viewOf, type Cover, type KeptLayout, type Owner } from './store.ts';

/** Clocks of browser and server may differ a little; a key pressed while the room was out of reach lies back by as long as that lasted. */
const futureAllowedMs = minuteMs;
const guestVerb = 'video.wall.guest';

const ownerOf = ({ siteId, roomId, post }: Caller): Owner => ({ siteId, roomId, post: post ?? '' });
const signed = (caller: Caller): string => `${caller.name} ${caller.staffNumber}`.trim();

export const seeWall = async (context: VideoContext, caller: Caller) => {
  const { db } = context.database;
  const { siteId, roomId, sessionId, post } = caller;
  const [layouts, cover, rules] = await Promise.all([layoutsOf(db, ownerOf(caller)), openCover(db, sessionId), context.register.rules(db, { siteId, roomId }, context.clock.now())]);
  return { post, layouts: layouts.map(viewOf), cover: cover === null ? null : { since: cover.from, shown: cover.shown }, liveDelaySeconds: rules.number('max_live_delay_seconds') };
};

const isNameTaken = (error: unknown): boolean => error instanceof Error && 'constraint' in error && error.constraint === 'wall_layouts_by_name';

const record = async (context: VideoContext, tx: Tx, caller: Caller, layoutId: string, content: LayoutContent): Promise<void> => {
  const { siteId, roomId } = caller;
  const { name, shape, places, pinned, tourSeconds, guest } = content;
  const body = { layoutId, name, post: caller.post ?? '', shape, cameras: places.filter((id) => id !== null), pinned: pinned.length, tourSeconds, guest };
  await context.ledger.append(tx, { event: layoutKept, siteId, roomId, actor: actorOf(caller), subject: layoutId, body, at: context.clock.now() });
  await tellScreens(context, tx, 'video.cameras');
};

const write = async (context: VideoContext, tx: Tx, caller: Caller, content: LayoutContent, given: { layoutId: string | undefined; rowVersion: number | undefined }): Promise<string> => {
  const owner = ownerOf(caller);
  checkLayout(content, new Set<string>((await camerasOfRoom(tx, caller.roomId)).map(({ cameraId }) => cameraId)));
  const before: KeptLayout | null = given.layoutId === undefined ? null : await lockLayout(tx, owner, given.layoutId);
  if (given.layoutId !== undefined && before === null) throw refuse('layout_unknown');
  if (before !== null && given.rowVersion !== undefined && before.rowVersion !== given.rowVersion) throw refuse('layout_changed');
  if ((content.guest || before?.guest === true) && caller.can(guestVerb) !== true) throw refuse('guest_not_yours');
  const kept = { at: context.clock.now(), by: signed(caller) };
  const layoutId = before?.layoutId ?? newId('wall', context.clock);
  if (content.guest) await clearGuest(tx, owner, layoutId);
  if (before === null) await insertLayout(tx, owner, layoutId, content, kept);
  else await updateLayout(tx, before, content, kept);
  await record(context, tx, caller, layoutId, content);
  return layoutId;
};

export const keepLayout = async (context: VideoContext, caller: Caller, { layoutId, rowVersion, ...content }: LayoutContent & { layoutId?: string | undefined; rowVersion?: number | undefined }): Promise<string> => {
  try {
    return await context.database.transaction((tx) => write(context, tx, caller, content, { layoutId, rowVersion }));
  } catch (error) {
    throw isNameTaken(error) ? refuse('layout_name_taken', { name: content.name }) : error;
  }
};

export const removeLayout = (context: VideoContext, caller: Caller, layoutId: string): Promise<void> =>
  context.database.transaction(async (tx) => {
    const layout = await lockLayout(tx, ownerOf(caller), layoutId);
    if (layout === null) throw refuse('layout_unknown');
    if (layout.guest && caller.can(guestVerb) !== true) throw refuse('guest_not_yours');
    const at = context.clock.now();
    await takeLayoutAway(tx, layoutId, at);
    const { siteId, roomId } = caller;
    await context.ledger.append(tx, { event: layoutRemoved, siteId, roomId, actor: actorOf(caller), subject: layoutId, body: { layoutId, name: layout.name, post: layout.post }, at });
    await tellScreens(context, tx, 'video.cameras');
  });

const cover = async (context: VideoContext, tx: Tx, caller: Caller, from: number): Promise<string[]> => {
  const open = await openCover(tx, caller.sessionId);
  if (open !== null) return open.shown;
  const shown = shownToGuests((await layoutsOf(tx, ownerOf(caller))).find(({ guest }) => guest) ?? null);
  const { siteId, roomId, sessionId, personId } = caller;
  const made: Cover = { coverId: newId('cov', context.clock), from, shown };
  // Two windows of a console press at once: one of them made it.
  if (!(await insertCover(tx, { ...made, siteId, roomId, sessionId, personId }))) return shown;
  await context.ledger.append(tx, { event: wallCovered, siteId, roomId, actor: actorOf(caller), subject: made.coverId, body: { coverId: made.coverId, from, shown, count: shown.length }, at: context.clock.now() });
  return shown;
};

const uncover = async (context: VideoContext, tx: Tx, caller: Caller, until: number): Promise<void> => {
  const open = await openCover(tx, caller.sessionId);
  if (open === null) return;
  const { siteId, roomId } = caller;
  const end = Math.max(until, open.from);
  if (!(await endCover(tx, open.coverId, end))) return;
  await context.ledger.append(tx, { event: wallShown, siteId, roomId, actor: actorOf(caller), subject: open.coverId, body: { coverId: open.coverId, from: open.from, until: end }, at: context.clock.now() });
};

/** Answers what remains visible. Covering twice is one cover. */
export const coverWall = async (context: VideoContext, caller: Caller, { covered, at }: { covered: boolean; at: number }): Promise<string[]> => {
  const now = context.clock.now();
  if (at > now + futureAllowedMs) throw refuse('cover_time_wrong');
  const moment = Math.min(at, now);
  return context.database.transaction(async (tx) => {
    if (covered) return cover(context, tx, caller, moment);
    await uncover(context, tx, caller, moment);
    return [];
  });
};

/** Under the cover a session gets the pictures of the guest layout, live and played back, and no other. */
export const requireUncovered = async (context: VideoContext, { sessionId }: Pick<Caller, 'sessionId'>, cameraId: string): Promise<void> => {
  const open = await openCover(context.database.db, sessionId);
  if (open !== null && !open.shown.includes(cameraId)) throw refuse('covered');
};
