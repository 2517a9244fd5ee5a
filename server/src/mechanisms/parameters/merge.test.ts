/** The merge: the same rule whatever the order of clauses; the strictest wins; what has no order waits for a person. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { CatalogueEntry } from './catalogue.ts';
import { resolve, type Contribution, type Voices } from './merge.ts';
import { isAsStrict, strictest, type ParameterValue, type Stricter } from './value.ts';

const entry = (more: Partial<z.input<typeof CatalogueEntry>>): CatalogueEntry =>
  CatalogueEntry.parse({ name: 'some_value', zh: '某值', en: 'some value', type: 'number', default: 10, stricter: 'lower', ...more });
const say = (clauseId: string, value: ParameterValue, more: Partial<Contribution> = {}): Contribution => ({ clauseId, cite: `pack@1#${clauseId}`, value, proposed: false, since: 5, ...more });
const voices = (contributions: readonly Contribution[], more: Partial<Voices> = {}): Voices => ({ contributions, blanks: [], settled: null, site: null, siteKind: null, ...more });

const options = ['loose', 'middle', 'strict'];
const kinds: { stricter: Stricter; type: CatalogueEntry['type']; default: ParameterValue; value: fc.Arbitrary<ParameterValue> }[] = [
  { stricter: 'lower', type: 'number', default: 5, value: fc.integer({ min: 0, max: 9 }) },
  { stricter: 'higher', type: 'number', default: 5, value: fc.integer({ min: 0, max: 9 }) },
  { stricter: 'choose', type: 'number', default: 5, value: fc.integer({ min: 0, max: 3 }) },
  { stricter: 'false', type: 'flag', default: true, value: fc.boolean() },
  { stricter: 'true', type: 'flag', default: true, value: fc.boolean() },
  { stricter: 'union', type: 'list', default: [], value: fc.subarray(['a', 'b', 'c', 'd']) },
  { stricter: 'intersection', type: 'list', default: [], value: fc.subarray(['a', 'b', 'c', 'd']) },
  { stricter: 'choose', type: 'list', default: [], value: fc.subarray(['a', 'b']) },
  { stricter: 'order', type: 'choice', default: 'loose', value: fc.constantFrom(...options) },
];

test.each(kinds)('the order of clauses changes nothing: $stricter $type', ({ stricter, type, default: initial, value }) => {
  const one = entry({ type, stricter, default: initial, ...(stricter === 'order' ? { options } : {}) });
  const some = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 40 }), value, proposed: fc.boolean(), since: fc.integer({ min: 0, max: 9 }) }), { maxLength: 8, selector: (x) => x.id });
  const site = fc.option(fc.record({ value, since: fc.integer({ min: 0, max: 9 }) }));
  const settled = fc.option(fc.record({ conflictId: fc.constant('X01'), value, clauseIds: fc.subarray(['ABC-1', 'ABC-2', 'ABC-3', 'ABC-4', 'ABC-5']), since: fc.integer({ min: 0, max: 9 }) }));
  fc.assert(
    fc.property(some, site, settled, fc.infiniteStream(fc.nat()), (list, own, decided, chance) => {
      const spoken = list.map((x) => say(`ABC-${x.id}`, x.value, { proposed: x.proposed, since: x.since }));
      const shuffled = spoken.map((x) => ({ x, key: chance.next().value })).sort((a, b) => a.key - b.key).map(({ x }) => x);
      const more = { site: own, settled: decided };
      expect(resolve(one, 'some_value', voices(shuffled, more))).toEqual(resolve(one, 'some_value', voices(spoken, more)));
    }),
    { numRuns: 300 },
  );
});

test.each(kinds.filter((kind) => kind.stricter !== 'choose'))('no clause is loosened by another or by the site: $stricter $type', ({ stricter, type, default: initial, value }) => {
  const one = entry({ type, stricter, default: initial, ...(stricter === 'order' ? { options } : {}) });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), fc.option(value), (list, own) => {
      const rule = resolve(one, 'some_value', voices(list.map((x, i) => say(`ABC-${i}`, x)), { site: own === null ? null : { value: own, since: 6 } }));
      for (const x of list) expect(isAsStrict(one, rule.value, x)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('joining is associative', () => {
  for (const { stricter, type, default: initial, value } of kinds) {
    const one = entry({ type, stricter, default: initial, ...(stricter === 'order' ? { options } : {}) });
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const left = strictest(one, [a, b]);
        const right = strictest(one, [b, c]);
        const all = strictest(one, [a, b, c]);
        if (left !== null && right !== null) expect(strictest(one, [left, c])).toEqual(all);
        if (left !== null && right !== null) expect(strictest(one, [a, right])).toEqual(all);
      }),
    );
  }
});

test('of three limits the shortest binds, named by its clause', () => {
  const rule = resolve(entry({}), 'some_value', voices([say('ABC-1', 60), say('ABC-2', 30), say('ABC-3', 90)]));
  expect(rule).toMatchObject({ value: 30, clause: 'pack@1#ABC-2', source: 'pack', ceiling: 30, floor: null });
});

test('what a text says goes before what another leaves open', () => {
  const higher = entry({ stricter: 'higher' });
  expect(resolve(higher, 'some_value', voices([say('ABC-1', 15), say('ABC-2', 90, { proposed: true })]))).toMatchObject({ value: 15, open: false });
  expect(resolve(higher, 'some_value', voices([say('ABC-2', 90, { proposed: true })]))).toMatchObject({ value: 90, open: true });
});

test('a value without order waits for a person and says which clauses differ', () => {
  const choose = entry({ type: 'flag', default: false, stricter: 'choose' });
  const both = [say('ABC-1', true), say('ABC-2', false)];
  expect(resolve(choose, 'some_value', voices(both))).toMatchObject({ undecided: ['ABC-1', 'ABC-2'], source: 'default' });
  const settled = { conflictId: 'X01', value: true, clauseIds: ['ABC-1', 'ABC-2'], since: 7 };
  expect(resolve(choose, 'some_value', voices(both, { settled }))).toMatchObject({ undecided: [], value: true, source: 'settled', since: 7 });
});

test('a settlement does not loosen a clause that was no part of the conflict', () => {
  const higher = entry({ stricter: 'higher', default: 1 });
  const settled = { conflictId: 'X25', value: 1, clauseIds: ['ABC-1'], since: 7 };
  expect(resolve(higher, 'some_value', voices([say('ABC-1', 3), say('FCR-1', 2)], { settled }))).toMatchObject({ value: 2, clause: 'pack@1#FCR-1', source: 'pack' });
});

test('the law of the site is a floor under every default', () => {
  const kept = entry({ stricter: 'higher', default: 30, floor: { value: 30, zh: '甲', en: 'a' }, floor_of_site: [{ kinds: ['coach_station'], value: 90, zh: '乙', en: 'b' }] });
  expect(resolve(kept, 'some_value', voices([], { siteKind: 'company' }))).toMatchObject({ value: 30, floor: 30 });
  expect(resolve(kept, 'some_value', voices([], { siteKind: 'coach_station' }))).toMatchObject({ value: 90, floor: 90 });
});
