/** Facts as sentences of the field: the event's own sentence, filled from the body and from private values that are still there. */
import type { Json } from '../../../../formats/canonical-json/index.ts';
import { isHashed, revealPersonal, type Fact } from '../../../../formats/fact/index.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { EventDeclaration } from './event.ts';

const erased: Sentence = { zh: '（已抹除）', en: '(erased)' };

const at = (body: Json, path: string): Json | undefined => {
  let value: Json | undefined = body;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as { readonly [key: string]: Json })[part];
  }
  return value;
};

const written = (value: Json | undefined, language: keyof Sentence): string => {
  if (value === undefined || value === null) return '—';
  if (isHashed(value)) return erased[language];
  if (Array.isArray(value)) return value.map((item) => written(item as Json, language)).join(language === 'zh' ? '、' : ', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

export interface ToldFact extends Fact {
  sentence: Sentence;
  leafHash: string;
}

export type Events = ReadonlyMap<string, EventDeclaration>;

export const eventsByKind = (events: readonly EventDeclaration[]): Events => {
  const map = new Map<string, EventDeclaration>();
  for (const event of events) {
    const name = `${event.kind}.v${event.version}`;
    if (map.has(name)) throw new Error(`event ${name} is declared twice`);
    map.set(name, event);
  }
  return map;
};

/** The body comes back with its personal values where they are known. A kind that nobody declares any more is told by its name. */
export const tellFact = (events: Events, fact: Fact, leafHash: string, known: ReadonlyMap<string, Json>): ToldFact => {
  const body = revealPersonal(fact.body, known);
  const declared = events.get(`${fact.kind}.v${fact.version}`);
  const value = (path: string, language: keyof Sentence): string => {
    if (path === 'subject') return fact.subject;
    const found = at(body, path);
    const words = declared?.words[path];
    const named = (one: Json): Json => (typeof one === 'string' ? (words?.[one]?.[language] ?? one) : one);
    return written(Array.isArray(found) ? found.map((one) => named(one as Json)) : found === undefined ? found : named(found), language);
  };
  const fill = (language: keyof Sentence): string => (declared?.sentence[language] ?? `${fact.kind} {subject}`).replace(/\{([\w.]+)\}/g, (_, path: string) => value(path, language));
  return { ...fact, body, leafHash, sentence: { zh: fill('zh'), en: fill('en') } };
};
