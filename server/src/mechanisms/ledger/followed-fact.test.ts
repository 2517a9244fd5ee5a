/** A fact that is cut out of its bytes is the fact that a whole reading gives, whatever people wrote in it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalize, type Json } from '../../../../formats/canonical-json/index.ts';
import { canonicalFact, parseFact, type Fact } from '../../../../formats/fact/index.ts';
import { followedFact } from './followed-fact.ts';

const fact: Fact = {
  seq: 7, recordedAt: 1_790_000_000_123, at: 1_790_000_000_000, siteId: 'site_a', roomId: null, actor: { kind: 'person', id: 'per_1', post: '值班席', session: 'b'.repeat(16) },
  kind: 'duty.entry_made', version: 1, subject: 'ent_1', body: { text: '有人' }, clauses: ['brn@1#BRN-4.3'],
};
const plain = ({ actor, at, body, clauses, kind, recordedAt, roomId, seq, siteId, subject, version }: Fact): Fact => ({ actor, at, body, clauses, kind, recordedAt, roomId, seq, siteId, subject, version });

/** Texts that look like the marks where the bytes are cut. */
const tricky = fc.constantFrom(',"body":', ',"clauses":[', '{"body":{},"clauses":[]', '\\",\\"clauses\\":[', '}');
const text = fc.oneof(fc.string({ unit: 'grapheme' }), tricky);

test('every member and the whole body are those of the canonical reading', () => {
  fc.assert(
    fc.property(fc.dictionary(text, fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.dictionary(text, text), fc.array(text))), text, text, fc.array(text), (body, subject, post, clauses) => {
      const bytes = canonicalFact({ ...fact, body: JSON.parse(canonicalize(body)) as { [key: string]: Json }, subject, clauses, actor: { ...fact.actor, post } });
      expect(plain(followedFact(bytes))).toEqual(parseFact(bytes));
    }),
  );
});

test('bodies with members of the names of a fact are not taken for it', () => {
  const bytes = canonicalFact({ ...fact, body: { actor: 'x', body: { clauses: ['a'], body: 1 }, clauses: ['b', { clauses: [] }], z: ',"clauses":[]' } });
  expect(plain(followedFact(bytes))).toEqual(parseFact(bytes));
});

test('what is no fact is refused', () => {
  for (const bad of ['', '{}', '{"actor":{},"clauses":[]}', '{"a":1,"body":{}}']) expect(() => followedFact(bad), bad).toThrow();
});
