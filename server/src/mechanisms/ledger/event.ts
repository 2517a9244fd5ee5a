/** Event kinds: each module declares what can happen in it, with the shape of the body, what of it is personal, and a sentence of the field. */
import { z } from 'zod';
import type { Sentence } from '../../base/refusal.ts';

export interface PersonalField {
  /** Dotted path into the body, `*` for every member: `name`, `people.*.name`. */
  path: string;
  /** Which retention rule erases it. */
  retentionClass: string;
}

export interface EventDeclaration<Body extends z.ZodType = z.ZodType> {
  readonly kind: string;
  readonly version: number;
  readonly body: Body;
  readonly personal: readonly PersonalField[];
  readonly sentence: Sentence;
  /** What coded values of the body are called: `{ reason: { disk_full: { zh, en } } }`. */
  readonly words: Readonly<Record<string, Readonly<Record<string, Sentence>>>>;
  /** Signed at once, not at the next heartbeat: approval, export, destruction, handover, parameter change. */
  readonly sensitive: boolean;
}

const defaultRetentionClass = 'personal';

/** Where a path leads in a schema; null when it leads nowhere. What zod cannot tell (unions, unknown) is let pass. */
const follow = (schema: z.ZodType, path: readonly string[]): boolean => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault || schema instanceof z.ZodReadonly) return follow(schema.unwrap() as z.ZodType, path);
  const [next, ...rest] = path;
  if (next === undefined) return true;
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
    const members = next === '*' ? Object.values(shape) : [shape[next]];
    return members.length > 0 && members.every((member) => member !== undefined && follow(member, rest));
  }
  if (schema instanceof z.ZodArray) return next === '*' && follow(schema.element as z.ZodType, rest);
  if (schema instanceof z.ZodRecord) return follow(schema.valueType as z.ZodType, rest);
  return !(schema instanceof z.ZodString || schema instanceof z.ZodNumber || schema instanceof z.ZodBoolean || schema instanceof z.ZodEnum);
};

/**
 * Declares a kind of event. A personal path that leads nowhere is an error here, at start: a misspelt one would
 * else write a name into the ledger for ever.
 */
export const declareEvent = <Body extends z.ZodType>(declaration: {
  kind: string;
  version?: number;
  body: Body;
  /** A text is a path with the retention class "personal". */
  personal?: readonly (string | PersonalField)[];
  /** `{number}` stands for a value of the body (dotted path), `{subject}` for the subject. */
  sentence: Sentence;
  words?: EventDeclaration['words'];
  sensitive?: boolean;
}): EventDeclaration<Body> => {
  const { kind, version = 1, body, sentence, words = {}, sensitive = false } = declaration;
  if (!/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/.test(kind)) throw new Error(`event kind ${kind} is not module.past_tense`);
  if (!Number.isSafeInteger(version) || version < 1) throw new Error(`event ${kind} needs a version from 1`);
  const personal = (declaration.personal ?? []).map((field) => (typeof field === 'string' ? { path: field, retentionClass: defaultRetentionClass } : field));
  for (const { path } of personal) if (path === '' || !follow(body, path.split('.'))) throw new Error(`event ${kind}: personal path ${path} leads nowhere`);
  return { kind, version, body, personal, sentence, words, sensitive };
};
