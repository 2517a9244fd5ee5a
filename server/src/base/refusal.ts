/**
 * Refusals (house rule 8): every "no" has a code, a kind and a sentence in both languages.
 * A module declares its refusals once; the kind maps to an HTTP status in platform/http alone.
 */
export type RefusalKind =
  | 'invalid' // the input is wrong: what was typed is kept, the sentence says what to change
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict' // the state of things does not allow it now
  | 'too_many' // slow down
  | 'unavailable'; // something that this needs is away

export interface Sentence {
  zh: string;
  en: string;
}

export interface FieldFault extends Sentence {
  /** Path of the input field, e.g. `camera.url`. */
  path: string;
}

export interface RefusalDeclaration extends Sentence {
  kind: RefusalKind;
}

export class Refusal extends Error {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly sentence: Sentence;
  readonly fields: readonly FieldFault[];
  /** Seconds until it is worth trying again, for too_many and unavailable. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, declaration: RefusalDeclaration, more: { fields?: readonly FieldFault[]; retryAfterSeconds?: number } = {}) {
    super(declaration.en);
    this.name = 'Refusal';
    this.code = code;
    this.kind = declaration.kind;
    this.sentence = { zh: declaration.zh, en: declaration.en };
    this.fields = more.fields ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

export type RefusalRegistry = Readonly<Record<string, RefusalDeclaration>>;

type Values = Readonly<Record<string, string | number>>;
const fill = (text: string, values: Values): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));

/**
 * Declares a module's refusals: `const refuse = declareRefusals('video', { camera_unknown: {...} })`,
 * then `throw refuse('camera_unknown', { code })`. `{name}` in a sentence is replaced by the value given.
 */
export const declareRefusals = <const D extends RefusalRegistry>(module: string, declarations: D) => {
  const refuse = (
    name: keyof D & string,
    values: Values = {},
    more: { fields?: readonly FieldFault[]; retryAfterSeconds?: number } = {},
  ): Refusal => {
    const declared: RefusalDeclaration | undefined = declarations[name];
    if (declared === undefined) throw new Error(`refusal ${module}.${name} is not declared`);
    return new Refusal(`${module}.${name}`, { kind: declared.kind, zh: fill(declared.zh, values), en: fill(declared.en, values) }, more);
  };
  return Object.assign(refuse, { registry: Object.fromEntries(Object.entries<RefusalDeclaration>(declarations).map(([k, v]) => [`${module}.${k}`, v])) });
};
