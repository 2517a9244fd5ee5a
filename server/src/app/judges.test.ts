/** Judges, evidence and events speak of the same things: no judge waits for a kind of fact that nobody writes. */
import { describe, expect, test } from 'vitest';
import type { Control } from '../base/control.ts';
import { judgedClauses } from '../base/judge.ts';
import { brokenFactKinds, keptKinds } from '../oversight/compliance/index.ts';
import { allControls } from './controls.ts';
import { allJudges } from './judges.ts';
import { allEvents } from './wire.ts';

const judges = allJudges('Asia/Shanghai');
const written = new Set<string>(allEvents.map(({ kind }) => kind));

/** What no fact can show: a right of the database, a picture on a screen. */
const withoutFacts = ['audit.names_hidden', 'identity.service_rights'];

describe('judges', () => {
  test('every kind of fact that a judge reads is written by somebody', () => {
    expect(judges.flatMap(({ control, kinds }) => kinds.filter((kind) => !written.has(kind)).map((kind) => `${control.name}: ${kind}`))).toEqual([]);
  });

  test('every kind of fact that counts as evidence is written by somebody', () => {
    expect([...keptKinds, ...brokenFactKinds].filter((kind) => !written.has(kind))).toEqual([]);
  });

  test('where a part has judges, nine of ten of its controls have one for each of their clauses; what no fact can show has none', () => {
    const answered = new Set(judges.flatMap((judge) => judgedClauses(judge).map((clause) => `${judge.control.name} ${clause}`)));
    const isJudged = (control: Control): boolean => judgedClauses({ control }).every((clause) => answered.has(`${control.name} ${clause}`));
    const partOf = ({ name }: Control): string => name.slice(0, name.indexOf('.'));
    const parts = new Set(judges.map(({ control }) => partOf(control)));
    const judgeable = allControls.filter((control) => control.pairs.length > 0 && parts.has(partOf(control)));
    const unjudged = judgeable.filter((control) => !isJudged(control)).map(({ name }) => name);
    expect(withoutFacts.filter((name) => !unjudged.includes(name))).toEqual([]);
    expect(unjudged.length, unjudged.join(', ')).toBeLessThan(judgeable.length / 10);
  });

  test('a judge answers for a control of the product, and for clauses of it alone', () => {
    const known = new Set(allControls.map(({ name }) => name));
    expect(judges.filter(({ control }) => !known.has(control.name)).map(({ control }) => control.name)).toEqual([]);
    expect(judges.flatMap((judge) => judgedClauses(judge).filter((clause) => !judgedClauses({ control: judge.control }).includes(clause)).map((clause) => `${judge.control.name} ${clause}`))).toEqual([]);
  });

  test('judges that share a state fold the same kinds', () => {
    const kindsOf = new Map<string, string>();
    for (const { shares, kinds } of judges) {
      if (shares === undefined) continue;
      const all = [...kinds].sort().join(' ');
      expect(kindsOf.get(shares) ?? all, shares).toBe(all);
      kindsOf.set(shares, all);
    }
    expect(kindsOf.size).toBeGreaterThan(3);
  });

  test('without a single fact nothing is satisfied and nothing is breached', () => {
    const rules = { number: () => 99, flag: () => true };
    const period = { from: 1, until: 2 };
    expect(judges.map((judge) => judge.answer(judge.initial(), period, rules, 3).state).filter((state) => state === 'satisfied' || state === 'breached')).toEqual([]);
  });
});
