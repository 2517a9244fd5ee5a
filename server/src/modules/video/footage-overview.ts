/**
 * Where there is footage of a whole room over weeks, without reading its millions of segments: of each camera and day the first and the last
 * moment with footage, less the gaps. Deletion takes the oldest first, so that within a day what is missing between the two stands in a gap.
 */
import { sql } from 'kysely';
import { GapReason } from '../../../../contract/recorder.ts';
import type { Instant } from '../../base/clock.ts';
import { moment, type Db } from '../../platform/postgres/db.ts';

export interface CameraOverview {
  cameraId: string;
  footage: { from: Instant; until: Instant }[];
  gaps: { from: Instant; until: Instant | null; reason: GapReason }[];
}

interface Edge {
  cameraId: string;
  from: Instant;
  until: Instant;
}

/**
 * The last moment of each camera and day is one look into the index, the first one is looked for only where the day before does not reach to it.
 * A segment that reaches into the next day is counted where it begins.
 */
const edgesOf = async (db: Db, cameraIds: readonly string[], from: Instant, until: Instant): Promise<Edge[]> => {
  const { rows } = await sql<Edge>`
    with ends as materialized (
      select c.camera_id, d.day, last.until_at, lag(last.until_at) over (partition by c.camera_id order by d.day) as before
      from unnest(${[...cameraIds]}::text[]) as c(camera_id), generate_series(${moment(from)} - interval '1 day', ${moment(until)}, interval '1 day') as d(day),
        lateral (select s.until_at from video.segments s where s.camera_id = c.camera_id and s.from_at >= d.day and s.from_at < d.day + interval '1 day' order by s.from_at desc limit 1) as last)
    select camera_id as "cameraId", until_at as "until",
      case when before >= day and before < day + interval '1 day' then before
        else (select s.from_at from video.segments s where s.camera_id = ends.camera_id and s.from_at >= ends.day order by s.from_at limit 1) end as "from"
    from ends order by camera_id, day`.execute(db);
  return rows;
};

const gapsOf = async (db: Db, cameraIds: readonly string[], from: Instant, until: Instant): Promise<(Omit<CameraOverview['gaps'][number], 'reason'> & { cameraId: string; reason: string })[]> => {
  const { rows } = await sql<{ cameraId: string; from: Instant; until: Instant | null; reason: string }>`
    select camera_id as "cameraId", from_at as "from", until_at as "until", reason from video.gaps
    where camera_id = any(${[...cameraIds]}::text[]) and from_at < ${moment(until)} and (until_at is null or until_at > ${moment(from)}) order by camera_id, from_at`.execute(db);
  return rows;
};

/** Rounding of the media clock between two runs. */
const joinMs = 2;

/** Days that touch are one span; what a gap takes away is left out. Pure. */
export const footageLess = (edges: readonly { from: Instant; until: Instant }[], gaps: readonly { from: Instant; until: Instant | null }[], from: Instant, until: Instant): CameraOverview['footage'] => {
  const footage: { from: Instant; until: Instant }[] = [];
  const ordered = [...gaps].sort((a, b) => a.from - b.from);
  let at = from;
  const add = (since: Instant, till: Instant): void => {
    const span = { from: Math.max(since, from), until: Math.min(till, until) };
    if (span.until <= span.from) return;
    const last = footage.at(-1);
    if (last !== undefined && last.until >= span.from) last.until = Math.max(last.until, span.until);
    else footage.push(span);
  };
  for (const [i, edge] of edges.entries()) {
    const next = edges[i + 1];
    const end = next !== undefined && next.from >= edge.until && next.from - edge.until < joinMs ? next.from : edge.until;
    at = Math.max(at, edge.from);
    for (const gap of ordered) {
      const gapEnd = gap.until ?? Number.POSITIVE_INFINITY;
      if (gapEnd <= at || gap.from >= end) continue;
      add(at, gap.from);
      at = gapEnd;
    }
    add(at, end);
    at = Math.max(at, end);
  }
  return footage;
};

const grouped = <T extends { cameraId: string }>(rows: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.cameraId);
    if (group === undefined) groups.set(row.cameraId, [row]);
    else group.push(row);
  }
  return groups;
};

export const footageOverview = async (db: Db, cameraIds: readonly string[], from: Instant, until: Instant): Promise<CameraOverview[]> => {
  if (cameraIds.length === 0) return [];
  const [edges, gaps] = await Promise.all([edgesOf(db, cameraIds, from, until).then(grouped), gapsOf(db, cameraIds, from, until).then(grouped)]);
  return cameraIds.map((cameraId) => {
    const own = (gaps.get(cameraId) ?? []).map((gap) => ({ from: gap.from, until: gap.until, reason: GapReason.parse(gap.reason) }));
    return { cameraId, footage: footageLess(edges.get(cameraId) ?? [], own, from, until), gaps: own };
  });
};
