/** Values out of the body of a fact: it comes from the ledger, where older versions of an event lie too, and is typed by nobody. */
import type { Json } from '../../../formats/canonical-json/index.ts';

type Body = Readonly<Record<string, Json>>;

const isBody = (value: Json | undefined): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Empty when it is no text; a personal text is a salted hash and reads as empty too. */
export const textIn = (body: Body, key: string): string => {
  const value = body[key];
  return typeof value === 'string' ? value : '';
};
export const numberIn = (body: Body, key: string): number | null => {
  const value = body[key];
  return typeof value === 'number' ? value : null;
};
export const listIn = (body: Body, key: string): readonly Json[] => {
  const value = body[key];
  return value instanceof Array ? value : [];
};
/** Null when there is no such part. */
export const partIn = (body: Body, key: string): Body | null => {
  const value = body[key];
  return isBody(value) ? value : null;
};
export const partsIn = (body: Body, key: string): Body[] => listIn(body, key).filter(isBody);

/** `brn@1#BRN-9.4` → `BRN-9.4` */
export const clauseOfCite = (cite: string): string => cite.slice(cite.indexOf('#') + 1);
