/**
 * A fact for folds over years: its canonical bytes are cut at their fixed members, and the body is read when somebody asks for it, once. Whether
 * the bytes are canonical is the verifier's question; here they come from the ledger's own table.
 */
import type { Json } from '../../../../formats/canonical-json/index.ts';
import type { Fact, FactActor } from '../../../../formats/fact/index.ts';

type Body = { readonly [key: string]: Json };
type Head = Pick<Fact, 'actor' | 'at'>;
type Tail = Omit<Fact, 'actor' | 'at' | 'body'>;

// Members stand in the order of RFC 8785, and a quote inside a text is escaped: neither mark can stand in a value before, or after, its place.
const bodyMark = ',"body":';
const clausesMark = ',"clauses":[';

class FollowedFact implements Fact {
  readonly actor: FactActor;
  readonly at: number;
  readonly clauses: readonly string[];
  readonly kind: string;
  readonly recordedAt: number;
  readonly roomId: string | null;
  readonly seq: number;
  readonly siteId: string;
  readonly subject: string;
  readonly version: number;
  #text: string;
  #body: Body | null = null;

  constructor({ actor, at }: Head, { clauses, kind, recordedAt, roomId, seq, siteId, subject, version }: Tail, text: string) {
    this.actor = actor;
    this.at = at;
    this.clauses = clauses;
    this.kind = kind;
    this.recordedAt = recordedAt;
    this.roomId = roomId;
    this.seq = seq;
    this.siteId = siteId;
    this.subject = subject;
    this.version = version;
    this.#text = text;
  }

  get body(): Body {
    this.#body ??= JSON.parse(this.#text) as Body;
    return this.#body;
  }
}

export const followedFact = (canonical: string): Fact => {
  const body = canonical.indexOf(bodyMark);
  const clauses = canonical.lastIndexOf(clausesMark);
  if (body < 0 || clauses < body) throw new Error('these are not the bytes of a fact');
  const head = JSON.parse(`${canonical.slice(0, body)}}`) as Head;
  const tail = JSON.parse(`{${canonical.slice(clauses + 1)}`) as Tail;
  return new FollowedFact(head, tail, canonical.slice(body + bodyMark.length, clauses));
};
