/** How long footage of each room must be kept by the rules in force, and which clause or law says so: the longest term wins. */
import { sql } from 'kysely';
import type { Instant } from '../../../base/clock.ts';
import type { Sentence } from '../../../base/refusal.ts';
import type { Rules } from '../../../mechanisms/parameters/index.ts';
import type { Db } from '../../../platform/postgres/db.ts';
import type { VideoContext } from '../context.ts';

export interface Term {
  days: number;
  why: Sentence;
  cite: string | null;
}

/** Of the regulations in force and the law below them the longest; what the site set for itself cannot be shorter. */
export const termOf = (rules: Rules): Term => {
  const { value, clause, source } = rules.get('retention_days');
  const floor = rules.floorOf('retention_days');
  const days = typeof value === 'number' ? value : 0;
  const byLaw = floor !== null && floor.value === value;
  const words: Sentence = byLaw
    ? { zh: `${floor.why.zh}：${days} 天`, en: `${floor.why.en}: ${days} days` }
    : source === 'site'
      ? { zh: `本场所设定：${days} 天`, en: `set by the site: ${days} days` }
      : clause === null
        ? { zh: `在用制度未规定，按默认 ${days} 天`, en: `no regulation in force says, default of ${days} days` }
        : { zh: `在用条款：${days} 天`, en: `clause in force: ${days} days` };
  return { days, why: words, cite: byLaw ? floor.cite : clause };
};

/** Terms by room, and the rules of a room of the site for what holds for the whole machine. */
export interface Terms {
  byRoom: ReadonlyMap<string, Term>;
  rules: Rules | null;
}

/** Rooms that ever had a camera: footage of retired ones is kept as long. */
export const termsNow = async (context: Pick<VideoContext, 'register'>, db: Db, siteId: string, now: Instant): Promise<Terms> => {
  const { rows } = await sql<{ roomId: string }>`select distinct room_id as "roomId" from video.cameras where site_id = ${siteId} order by room_id`.execute(db);
  const byRoom = new Map<string, Term>();
  let first: Rules | null = null;
  for (const { roomId } of rows) {
    const rules = await context.register.rules(db, { siteId, roomId }, now);
    first ??= rules;
    byRoom.set(roomId, termOf(rules));
  }
  return { byRoom, rules: first };
};

/** Days that the footage of camera `c` must be kept, in SQL: the term of its room, never less than the floor it was registered with. */
export const termDays = ({ byRoom }: Pick<Terms, 'byRoom'>) => {
  const rooms = [...byRoom.keys()];
  const days = [...byRoom.values()].map((term) => term.days);
  return sql<number>`greatest(c.retention_floor_days, coalesce((select t.days from unnest(${rooms}::text[], ${days}::integer[]) as t(room_id, days) where t.room_id = c.room_id), 0))`;
};
/** Days after which it is deleted: the term, or longer where the camera was set so. */
export const keptDays = (terms: Pick<Terms, 'byRoom'>) => sql<number>`greatest(c.retention_days, ${termDays(terms)})`;
