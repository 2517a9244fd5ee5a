/** Ids: a prefix that says what it names and a sortable random part, e.g. `cam_06f2q3…`. Globally unique from the start (many rooms, one headquarters). */
import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

declare const brand: unique symbol;
export type Id<Prefix extends string> = `${Prefix}_${string}` & { readonly [brand]: Prefix };

export type SiteId = Id<'site'>;
export type RoomId = Id<'room'>;
export type PersonId = Id<'per'>;
export type SessionId = Id<'ses'>;
export type CameraId = Id<'cam'>;
export type SegmentId = Id<'seg'>;
export type GapId = Id<'gap'>;
export type StorageId = Id<'sto'>;
export type RecorderId = Id<'rec'>;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford base 32, lower case
const timeLength = 10;
const randomLength = 16;

/** 48 bits of UTC milliseconds, then 80 random bits: ids of one maker sort by time. */
export const newId = <P extends string>(prefix: P, clock: Clock): Id<P> => {
  let time = clock.now();
  let head = '';
  for (let i = 0; i < timeLength; i += 1) {
    head = (alphabet[time % 32] ?? '0') + head;
    time = Math.floor(time / 32);
  }
  let tail = '';
  for (const byte of randomBytes(randomLength)) tail += alphabet[byte % 32] ?? '0';
  return `${prefix}_${head}${tail}` as Id<P>;
};

export const isId = <P extends string>(prefix: P, text: string): text is Id<P> =>
  text.startsWith(`${prefix}_`) && /^[0-9a-hjkmnp-tv-z]{26}$/.test(text.slice(prefix.length + 1));
