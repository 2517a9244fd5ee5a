/**
 * A control is a rule of the room that the product holds: it names the clauses that it serves, each for one capability, and it is the one
 * place where the rule says no (`refuse`) or finds something (`find`). Tests of a clause must turn red when its control always agrees:
 * `npm run bench -- clause-proof` swaps them one by one.
 */
import type { Refusal, Sentence } from './refusal.ts';

/** A clause of a regulation and the capability by which it is served, e.g. `BRN-9.4 BREAKS`. */
export type ClausePair = `${string}-${string} ${Uppercase<string>}`;

export interface ControlDeclaration {
  /** `module.what_it_holds`, e.g. `parameters.within_bounds` */
  name: string;
  /** What it holds, as the field says it. */
  holds: Sentence;
  pairs: readonly ClausePair[];
}

export interface Control extends ControlDeclaration {
  /** Throws the refusal that the rule answers; null: the rule has nothing against it. */
  refuse(rule: () => Refusal | null): void;
  refuseLater(rule: () => Promise<Refusal | null>): Promise<void>;
  /** What the rule found (breaches, things due); nothing when the control agrees to everything. */
  find<T>(rule: () => readonly T[]): readonly T[];
  /** A yes or no of the rule: may this stand, be shown, be kept? */
  allows(rule: () => boolean): boolean;
}

const pairPattern = /^[A-Z0-9]{3}-[A-Z0-9.]+ [A-Z]+$/;

/** Controls that agree to everything, by name; only a test process fills it. */
const agreeing = new Set<string>();

export const swapForAgreement = (name: string): void => {
  if (process.env['VITEST'] !== 'true') throw new Error('only a test process may swap a control');
  agreeing.add(name);
};

export const declareControl = (declaration: ControlDeclaration): Control => {
  const { name, pairs } = declaration;
  if (!/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/.test(name)) throw new Error(`control ${name} is not module.what_it_holds`);
  for (const pair of pairs) if (!pairPattern.test(pair)) throw new Error(`control ${name}: "${pair}" is not a clause and a capability`);
  const agrees = (): boolean => agreeing.has(name);
  const refuse: Control['refuse'] = (rule) => {
    const refusal = agrees() ? null : rule();
    if (refusal !== null) throw refusal;
  };
  return {
    ...declaration,
    refuse,
    refuseLater: async (rule) => {
      const refusal = agrees() ? null : await rule();
      if (refusal !== null) throw refusal;
    },
    find: (rule) => (agrees() ? [] : rule()),
    allows: (rule) => agrees() || rule(),
  };
};
