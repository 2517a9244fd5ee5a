/** Appends acts: the body is checked, personal values leave it, and one statement takes the lock, numbers, hashes and writes (points 1 and 3). */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Json } from '../../../../formats/canonical-json/index.ts';
import { factPieces, hidePersonal, saltSize, type FactActor, type FactContent } from '../../../../formats/fact/index.ts';
import { toHex } from '../../../../formats/tlog/index.ts';
import { nodeCrypto } from '../../../../formats/tlog/node-crypto.ts';
import type { Instant } from '../../base/clock.ts';
import type { Tx } from '../../platform/postgres/db.ts';
import type { EventDeclaration } from './event.ts';

export type Actor =
  | { kind: 'person'; id: string; sessionId: string | null; /** The post held at that moment. */ post: string | null }
  /** server, recorder, terminal (somebody at the machine itself), … */
  | { kind: 'process'; id: string };

export interface Act<Body extends z.ZodType = z.ZodType> {
  event: EventDeclaration<Body>;
  siteId: string;
  roomId: string | null;
  actor: Actor;
  /** Id of what it happened to. */
  subject: string;
  body: z.input<Body>;
  /** When it happened. */
  at: Instant;
  clauses?: readonly string[];
}

export interface Appended {
  seq: number;
  recordedAt: Instant;
}

export const serverActor: Actor = { kind: 'process', id: 'server' };

/** A digest, so that a session's id, which may open doors, never stands in something that is handed out. */
const sessionTag = (sessionId: string): string => createHash('sha256').update(`vigil/session\n${sessionId}`).digest('hex').slice(0, 16);

const factActor = (actor: Actor): FactActor =>
  actor.kind === 'process' ? { kind: 'process', id: actor.id, post: null, session: null } : { kind: 'person', id: actor.id, post: actor.post, session: actor.sessionId === null ? null : sessionTag(actor.sessionId) };

const salt = (): Uint8Array => randomBytes(saltSize);

interface PrivateRow {
  n: number;
  path: string;
  salt: string;
  value: string;
  class: string;
}

const compose = (act: Act, n: number): { row: object; hidden: PrivateRow[] } => {
  if (/\p{Cc}/u.test(act.subject)) throw new Error('the subject of an act is an id, without control characters');
  // The schema decides what is kept: what it does not name never enters the ledger.
  const parsed = act.event.body.parse(act.body) as { [key: string]: Json };
  const classes = new Map(act.event.personal.map((field) => [field.path, field.retentionClass]));
  const { body, hidden } = hidePersonal(nodeCrypto.sha256, salt, parsed, [...classes.keys()]);
  const { siteId, roomId, at, subject, clauses = [] } = act;
  const { kind, version } = act.event;
  const content: FactContent = { siteId, roomId, at, actor: factActor(act.actor), kind, version, subject, body, clauses };
  return {
    row: { ...factPieces(content), at, kind, version, subject, room: roomId, actor_kind: content.actor.kind, actor_id: content.actor.id, actor_post: content.actor.post },
    hidden: hidden.map((value) => ({ n, path: value.path, salt: toHex(value.salt), value: value.value, class: classes.get(value.declaredPath) ?? 'personal' })),
  };
};

export type WriteMode = 'genesis' | 'append';

/** Nothing comes back when the ledger is not opened (append) or is already (genesis). All acts belong to one site. */
export const writeActs = async (tx: Tx, siteId: string, now: Instant, acts: readonly Act[], mode: WriteMode = 'append'): Promise<Appended[]> => {
  if (acts.some((act) => act.siteId !== siteId)) throw new Error('acts of one batch belong to one site');
  const composed = acts.map((act, i) => compose(act, i + 1));
  const hidden = composed.flatMap((one) => one.hidden);
  const facts = JSON.stringify(composed.map((one) => one.row));
  const wake = acts.some((act) => act.event.sensitive);
  const { rows } = await sql<{ seq: number; recorded_at: number }>`
    select new_seq as seq, new_recorded_at as recorded_at
    from ledger.append(${siteId}, ${now}, ${facts}::json, ${hidden.length === 0 ? null : JSON.stringify(hidden)}::json, ${mode === 'genesis'}, ${wake})
  `.execute(tx);
  return rows.map((row) => ({ seq: row.seq, recordedAt: row.recorded_at })).sort((a, b) => a.seq - b.seq);
};
