/** What must be true once everything runs again: every answered act stands in its table and in the ledger, and footage has no unexplained hole. Reads the database itself. */
import type pg from 'pg';
import type { Acknowledged } from './acts.ts';

interface FactRow {
  kind: string;
  subject: string;
  actor: string;
  body: Record<string, unknown>;
}

const readFacts = async (database: pg.Client, kinds: readonly string[]): Promise<FactRow[]> => {
  const { rows } = await database.query<{ kind: string; subject: string; actor: string; text: string }>(
    `select kind, subject, actor_id as actor, convert_from(canonical, 'UTF8') as text from ledger.facts where kind = any($1) order by site_id, seq`, [kinds],
  );
  return rows.map(({ kind, subject, actor, text }) => ({ kind, subject, actor, body: (JSON.parse(text) as { body: Record<string, unknown> }).body }));
};

export interface Missing {
  act: string;
  what: 'row' | 'fact';
  key: string;
}

const column = async (database: pg.Client, query: string): Promise<Set<string>> => new Set((await database.query<{ key: string }>(query)).rows.map((row) => row.key));

/** Which of these keys are not there. */
const absent = (act: string, what: Missing['what'], keys: readonly string[], there: ReadonlySet<string>): Missing[] => keys.filter((key) => !there.has(key)).map((key) => ({ act, what, key }));

const lostSessions = async (database: pg.Client, acts: Acknowledged): Promise<Missing[]> => {
  const { rows } = await database.query<{ session: string; hash: string; ended: string | null }>(`select session_id as session, encode(token_hash, 'hex') as hash, ended_reason as ended from identity.sessions`);
  const sessionOf = new Map(rows.map((row) => [row.hash, row.session]));
  const facts = await readFacts(database, ['identity.signed_in', 'identity.signed_out']);
  const told = (kind: string): Set<string> => new Set(facts.filter((fact) => fact.kind === kind).map((fact) => String(fact.body['sessionId'])));
  const keys = (list: readonly { tokenHash: string }[]): string[] => list.map(({ tokenHash }) => tokenHash);
  const sessions = (list: readonly { tokenHash: string }[]): string[] => list.flatMap(({ tokenHash }) => sessionOf.get(tokenHash) ?? []);
  return [
    ...absent('sign_in', 'row', keys(acts.signedIn), new Set(sessionOf.keys())),
    ...absent('sign_in', 'fact', sessions(acts.signedIn), told('identity.signed_in')),
    ...absent('sign_out', 'row', keys(acts.signedOut), new Set(rows.filter((row) => row.ended === 'signed_out').map((row) => row.hash))),
    ...absent('sign_out', 'fact', sessions(acts.signedOut), told('identity.signed_out')),
  ];
};

const lostNames = async (database: pg.Client, acts: Acknowledged, namesAsked: ReadonlyMap<string, number>): Promise<Missing[]> => {
  const facts = await readFacts(database, ['video.camera_changed']);
  const lost = absent('rename', 'fact', acts.renamed.map(({ cameraId, name }) => `${cameraId} ${name}`), new Set(facts.map(({ subject, body }) => `${subject} ${String(body['name'])}`)));
  const { rows } = await database.query<{ id: string; name: string }>(`select camera_id as id, name from video.cameras`);
  for (const { id, name } of rows) {
    // The row shows the newest answered name, or one that was asked for later and not answered.
    const newest = acts.renamed.filter(({ cameraId }) => cameraId === id).at(-1);
    if (newest !== undefined && (namesAsked.get(name) ?? -1) < newest.order) lost.push({ act: 'rename', what: 'row', key: `${newest.name}; it is ${name}` });
  }
  return lost;
};

const lostSnapshots = async (database: pg.Client, acts: Acknowledged): Promise<Missing[]> => {
  const keys = acts.snapshots.map(({ snapshotId, sha256, personId }) => `${snapshotId} ${sha256} ${personId}`);
  const facts = await readFacts(database, ['video.snapshot_taken']);
  return [
    ...absent('snapshot', 'row', keys, await column(database, `select snapshot_id || ' ' || encode(sha256, 'hex') || ' ' || person_id as key from video.snapshots`)),
    ...absent('snapshot', 'fact', keys, new Set(facts.map(({ body, actor }) => `${String(body['snapshotId'])} ${String(body['sha256'])} ${actor}`))),
  ];
};

const watchKey = ({ cameraId, since, personId }: Acknowledged['watching'][number]): string => `${cameraId} ${since} ${personId}`;

const lostWatches = async (database: pg.Client, acts: Acknowledged): Promise<Missing[]> => {
  const rowKey = `camera_id || ' ' || round(extract(epoch from from_at) * 1000)::bigint || ' ' || person_id as key`;
  const facts = await readFacts(database, ['video.watch_began', 'video.watch_ended']);
  const told = (kind: string): Set<string> => new Set(facts.filter((fact) => fact.kind === kind).map(({ body, actor, subject }) => `${subject} ${String(body['from'])} ${actor}`));
  // An end that nobody asked for (a crash) is noted by the server, at the last moment it knew of; one that was answered must be the person's own act.
  return [
    ...absent('watch', 'row', acts.watching.map(watchKey), await column(database, `select ${rowKey} from video.watched`)),
    ...absent('watch', 'fact', acts.watching.map(watchKey), told('video.watch_began')),
    ...absent('unwatch', 'row', acts.unwatched.map(watchKey), await column(database, `select ${rowKey} from video.watched where until_at is not null`)),
    ...absent('unwatch', 'fact', acts.unwatched.map(watchKey), told('video.watch_ended')),
  ];
};

export const lostActs = async (database: pg.Client, acts: Acknowledged, namesAsked: ReadonlyMap<string, number>): Promise<Missing[]> => [
  ...(await lostSessions(database, acts)), ...(await lostNames(database, acts, namesAsked)), ...(await lostSnapshots(database, acts)), ...(await lostWatches(database, acts)),
];

/** Intervals of watching that nobody has ended yet, though no window is open. */
export const openWatches = async (database: pg.Client): Promise<number> =>
  (await database.query<{ n: number }>(`select count(*)::int as n from video.watched where until_at is null and playback_id is null`)).rows[0]?.n ?? 0;

export interface Span {
  from: number;
  until: number;
}

export interface Timeline {
  cameraId: string;
  segments: (Span & { recovered: boolean; path: string })[];
  gaps: (Span & { reason: string })[];
}

const ms = (name: string): string => `round(extract(epoch from ${name}) * 1000)::float8`;

export const readTimelines = async (database: pg.Client): Promise<Timeline[]> => {
  const segments = await database.query<Span & { camera: string; recovered: boolean; path: string }>(
    `select camera_id as camera, ${ms('from_at')} as from, ${ms('until_at')} as until, recovered, path from video.segments order by camera_id, from_at`,
  );
  const gaps = await database.query<Span & { camera: string; reason: string }>(
    `select camera_id as camera, ${ms('from_at')} as from, coalesce(${ms('until_at')}, 'infinity') as until, reason from video.gaps order by camera_id, from_at`,
  );
  const cameras = [...new Set(segments.rows.map((row) => row.camera))];
  return cameras.map((cameraId) => ({ cameraId, segments: segments.rows.filter((row) => row.camera === cameraId), gaps: gaps.rows.filter((row) => row.camera === cameraId) }));
};

/** Time between the first and the last segment that neither footage nor a gap explains; and time that two segments both claim. */
export const holesOf = ({ segments, gaps }: Timeline): { holes: Span[]; overlapMs: number } => {
  const holes: Span[] = [];
  let overlapMs = 0;
  const end = segments.at(-1)?.until ?? 0;
  let at = segments[0]?.from ?? 0;
  for (const span of [...segments, ...gaps].toSorted((a, b) => a.from - b.from)) {
    if (span.from > at && at < end) holes.push({ from: at, until: Math.min(span.from, end) });
    at = Math.max(at, span.until);
  }
  segments.forEach((segment, i) => (overlapMs += Math.max(0, (segments[i - 1]?.until ?? segment.from) - segment.from)));
  return { holes, overlapMs };
};
