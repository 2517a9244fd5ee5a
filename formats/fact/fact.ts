/**
 * A fact: what happened, who did it, which post they held (ledger-and-evidence.md point 1). Its canonical bytes are the leaf.
 * The database alone knows the sequence and the recorded instant, so the bytes are made of three pieces around those two numbers.
 */
import { canonicalize, CanonicalJsonError, isCanonicalText, type Json } from '../canonical-json/index.ts';

export interface FactActor {
  kind: 'person' | 'process';
  id: string;
  /** The post held at that moment; null for processes and for people who hold none. */
  post: string | null;
  /** Links the acts of one sign-in with each other: a digest, never the session's id itself; null for processes. */
  session: string | null;
}

export interface FactContent {
  siteId: string;
  roomId: string | null;
  /** When it happened, UTC ms. */
  at: number;
  actor: FactActor;
  /** e.g. video.camera_added */
  kind: string;
  version: number;
  /** What it happened to: an id. */
  subject: string;
  body: { readonly [key: string]: Json };
  /** Clauses of regulations that this proves, e.g. BRN-4.3. */
  clauses: readonly string[];
}

export interface Fact extends FactContent {
  /** From 1, gapless in a site; the leaf's index in the tree is seq - 1. */
  seq: number;
  /** When the ledger took it, UTC ms; never falls from one fact to the next. */
  recordedAt: number;
}

/** The canonical bytes are `head + recordedAt + middle + seq + tail`: keys stand in the order of RFC 8785. */
export interface FactPieces {
  head: string;
  middle: string;
  tail: string;
}

export const factPieces = (content: FactContent): FactPieces => ({
  head: `{"actor":${canonicalize(content.actor)},"at":${canonicalize(content.at)},"body":${canonicalize(content.body)},"clauses":${canonicalize(content.clauses)},"kind":${canonicalize(content.kind)},"recordedAt":`,
  middle: `,"roomId":${canonicalize(content.roomId)},"seq":`,
  tail: `,"siteId":${canonicalize(content.siteId)},"subject":${canonicalize(content.subject)},"version":${canonicalize(content.version)}}`,
});

export const canonicalFact = (fact: Fact): string => {
  const { head, middle, tail } = factPieces(fact);
  return `${head}${fact.recordedAt}${middle}${fact.seq}${tail}`;
};

type Members = Record<string, unknown>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const isInstant = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';
const isActor = (value: unknown): value is FactActor =>
  isObject(value) && (value['kind'] === 'person' || value['kind'] === 'process') && typeof value['id'] === 'string' && isTextOrNull(value['post']) && isTextOrNull(value['session']) && Object.keys(value).length === 4;

const isFact = (value: unknown): value is Fact =>
  isObject(value) &&
  Object.keys(value).length === 11 &&
  isActor(value['actor']) &&
  isInstant(value['at']) &&
  isInstant(value['recordedAt']) &&
  isInstant(value['seq']) &&
  value['seq'] > 0 &&
  isObject(value['body']) &&
  Array.isArray(value['clauses']) &&
  value['clauses'].every((clause) => typeof clause === 'string') &&
  typeof value['kind'] === 'string' &&
  typeof value['siteId'] === 'string' &&
  typeof value['subject'] === 'string' &&
  typeof value['version'] === 'number' &&
  isTextOrNull(value['roomId']);

/**
 * Reads the canonical text of a fact. Throws CanonicalJsonError for anything but the one spelling: JSON.parse lets
 * duplicate keys, other number forms and another key order pass, and writing the value again uncovers each of them
 * at a third of the cost of a reader of our own (a million facts are read at a time).
 */
export const parseFact = (text: string): Fact => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CanonicalJsonError('not JSON');
  }
  if (!isFact(value)) throw new CanonicalJsonError('not the shape of a fact');
  if (!isCanonicalText(value, text)) throw new CanonicalJsonError('JSON is not in canonical form (RFC 8785)');
  return value;
};
