import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize, CanonicalJsonError, parseCanonical, type Json } from '../canonical-json/index.ts';
import { nodeCrypto } from '../tlog/node-crypto.ts';
import { canonicalFact, hashedPlaces, hashValue, hidePersonal, isHashed, parseFact, revealPersonal, valueMatches, type Fact } from './index.ts';

const { sha256 } = nodeCrypto;
const fact: Fact = {
  seq: 7, recordedAt: 1_790_000_000_123, at: 1_790_000_000_000, siteId: 'site_a', roomId: null, actor: { kind: 'person', id: 'per_1', post: 'duty_operator', session: 'b'.repeat(16) },
  kind: 'video.camera_added', version: 1, subject: 'cam_1', body: { number: 3, name: { $h: 'a'.repeat(64) } }, clauses: ['BRN-4.3'],
};

describe('a fact', () => {
  test('its bytes are these', () => {
    expect(canonicalFact(fact)).toBe(
      `{"actor":{"id":"per_1","kind":"person","post":"duty_operator","session":"bbbbbbbbbbbbbbbb"},"at":1790000000000,"body":{"name":{"$h":"${'a'.repeat(64)}"},"number":3},"clauses":["BRN-4.3"],"kind":"video.camera_added","recordedAt":1790000000123,"roomId":null,"seq":7,"siteId":"site_a","subject":"cam_1","version":1}`,
    );
  });

  test('the pieces give canonical JSON for any content', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 })), fc.string({ unit: 'grapheme' }), (body, subject) => {
        const text = canonicalFact({ ...fact, body: JSON.parse(canonicalize(body)) as { [key: string]: Json }, subject });
        expect(canonicalize(parseCanonical(text))).toBe(text);
        expect(canonicalFact(parseFact(text))).toBe(text);
      }),
    );
  });

  test('duplicate keys, another order, more or fewer members and other spellings are refused', () => {
    const text = canonicalFact(fact);
    for (const bad of [
      text.replace('"seq":7', '"seq":7,"seq":7'), text.replace('"number":3', '"number":3,"number":4'), text.replace('"number":3', '"number":3.0'), text.replace('"kind"', ' "kind"'), text.replace('"version":1', '"version":1,"wersion":1'),
      text.replace('"clauses":["BRN-4.3"],', ''), text.replace('"seq":7', '"seq":0'), text.replace('"person"', '"ghost"'), text.replace('cam_1', '\\ud800'), text.replace('cam_1', '\\u0063am_1'), text.slice(0, -1), '[]', 'null', '',
    ]) {
      expect(bad).not.toBe(text);
      expect(() => parseFact(bad), bad).toThrow(CanonicalJsonError);
    }
  });
});

describe('personal values', () => {
  const counter = (): (() => Uint8Array) => {
    let n = 0;
    return () => new Uint8Array(16).fill((n += 1));
  };

  test('they leave the body, and come back from salt and value', () => {
    const body = { name: '王芳', note: null, people: [{ name: 'A', role: 'x' }, { name: 'B', role: 'y' }], place: { floor: 2 } };
    const { body: kept, hidden } = hidePersonal(sha256, counter(), body, ['name', 'note', 'people.*.name', 'place', 'absent']);
    expect(JSON.stringify(kept)).not.toMatch(/王芳|"A"|"B"|floor/);
    expect(hidden.map((h) => h.path)).toEqual(['/name', '/people/0/name', '/people/1/name', '/place']);
    expect(kept['note']).toBeNull();
    const places = hashedPlaces(kept);
    for (const { path, salt, value } of hidden) expect(valueMatches(sha256, places.get(path)!, salt, value)).toBe(true);
    expect(revealPersonal(kept, new Map(hidden.map((h) => [h.path, JSON.parse(h.value) as Json])))).toEqual(body);
    const erased = revealPersonal(kept, new Map());
    expect(isHashed(erased['name'])).toBe(true);
  });

  test('another salt, another value or another normal form does not match', () => {
    const salt = new Uint8Array(16).fill(9);
    const hash = hashValue(sha256, salt, canonicalize('Zo\u00eb'));
    expect(valueMatches(sha256, hash, salt, canonicalize('Zo\u00eb'))).toBe(true);
    expect(valueMatches(sha256, hash, salt, canonicalize('Zoe\u0308'))).toBe(false);
    expect(valueMatches(sha256, hash, salt.with(0, 8), canonicalize('Zo\u00eb'))).toBe(false);
  });

  test('a body cannot pass off a hash of its own making', () => {
    expect(() => hidePersonal(sha256, counter(), { name: { $h: 'a'.repeat(64) } }, ['name'])).toThrow(CanonicalJsonError);
    expect(() => hidePersonal(sha256, counter(), { x: [{ $ref: 1 }] }, [])).toThrow(CanonicalJsonError);
  });
});
