/** Nothing is satisfied without a fact of the period; a breach shows its facts; what was decided goes on to hold. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { declareControl } from './control.ts';
import { addMark, marksIn, newestBefore, noMarks } from './marks.ts';
import { judged, ledgerOf, noon, rulesOf, today, tomorrow } from './testing/judged.ts';
import { declareWitness, mostShown } from './witness.ts';

const control = declareControl({ name: 'sample.rule', holds: { zh: '规则', en: 'a rule' }, pairs: ['BRN-9.4 BREAKS'] });
const sample = { control, responsible: 'monitor', kinds: ['sample.done', 'sample.failed'], sign: ({ kind }: { kind: string }) => (kind === 'sample.failed' ? ('broken' as const) : ('kept' as const)) };
const judge = declareWitness(sample);

test('without a fact of the period evidence is due, with one it is satisfied, and a breach shows the facts of the breach alone', () => {
  expect(judged(judge, [])).toEqual({ state: 'evidence_due', facts: [], responsible: 'monitor' });
  expect(judged(judge, ledgerOf(['sample.done'], ['sample.done']))).toMatchObject({ state: 'satisfied', facts: [1, 2] });
  expect(judged(judge, ledgerOf(['sample.done'], ['sample.failed'], ['sample.done']))).toMatchObject({ state: 'breached', facts: [2] });
  expect(judged(judge, ledgerOf(['sample.done'], ['sample.failed']), { period: tomorrow })).toMatchObject({ state: 'evidence_due', facts: [] });
});

test('what was decided goes on to hold after its day, and not before it', () => {
  const standing = declareWitness({ ...sample, standing: true });
  const facts = ledgerOf(['sample.done'], ['sample.done']);
  expect(judged(standing, facts, { period: tomorrow })).toMatchObject({ state: 'satisfied', facts: [2] });
  expect(judged(standing, facts, { period: { from: today.from - 10, until: today.from } })).toMatchObject({ state: 'evidence_due' });
});

test('a rule that is switched off, and a condition that did not arise, do not apply', () => {
  const switched = declareWitness({ ...sample, binds: (rules) => rules.number('limit') > 0 });
  expect(judged(switched, ledgerOf(['sample.failed']), { rules: rulesOf({ limit: 0 }) })).toMatchObject({ state: 'not_applicable', facts: [] });
  expect(judged(switched, ledgerOf(['sample.failed']), { rules: rulesOf({ limit: 1 }) })).toMatchObject({ state: 'breached' });
  expect(judged(declareWitness({ ...sample, conditional: true }), [])).toMatchObject({ state: 'not_applicable' });
});

test('of much evidence the newest is named', () => {
  const facts = ledgerOf(...Array.from({ length: mostShown + 5 }, () => ['sample.done'] as const));
  const { facts: shown } = judged(judge, facts);
  expect(shown).toHaveLength(mostShown);
  expect(shown.at(-1)).toBe(mostShown + 5);
});

test('marks answer for a period as a look through all of them would, in whatever order their times come', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 10 }), (times, from, until, most) => {
      const marks = noMarks();
      for (const [index, at] of times.entries()) addMark(marks, noon + at, index + 1);
      const inside = times.map((at, index) => ({ at, seq: index + 1 })).filter(({ at }) => at >= from && at < until).toSorted((a, b) => a.at - b.at || a.seq - b.seq).map(({ seq }) => seq);
      expect(marksIn(marks, { from: noon + from, until: noon + until }, most)).toEqual(inside.slice(-most));
      const earlier = times.map((at, index) => ({ at, seq: index + 1 })).filter(({ at }) => at < until).toSorted((a, b) => a.at - b.at || a.seq - b.seq).at(-1)?.seq ?? null;
      expect(newestBefore(marks, noon + until)).toBe(earlier);
    }),
  );
});
