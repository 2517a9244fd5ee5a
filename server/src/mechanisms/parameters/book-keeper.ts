/** Keeps what was read of a site's rules until they change: one small question at each use, a new reading after a change. */
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import type { Catalogue } from './catalogue.ts';
import type { Pack } from './pack.ts';
import { rulesAt, turnsOf, type SiteBook, type WideRules } from './rules.ts';
import { findPack, lastChange, readBook } from './store.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

interface Held {
  change: number;
  book: SiteBook;
  turns: readonly Instant[];
  /** By room and number of turns passed. */
  rules: Map<string, WideRules>;
}

export interface BookKeeper {
  book(db: Db, siteId: string): Promise<SiteBook>;
  rules(db: Db, place: Place, at: Instant): Promise<WideRules>;
}

const passedBy = (turns: readonly Instant[], at: Instant): number => {
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
};

export const createBookKeeper = (catalogue: Catalogue): BookKeeper => {
  const held = new Map<string, Held>();
  const texts = new Map<string, Pack>();
  const packOf = async (db: Db, digest: string): Promise<Pack> => {
    const known = texts.get(digest);
    if (known !== undefined) return known;
    const stored = await findPack(db, digest);
    if (stored === null) throw new Error(`the text of pack ${digest} is missing`);
    texts.set(digest, stored.pack);
    return stored.pack;
  };
  // The number is asked first: what is read after it is at least as new, and a change seen early is only read again.
  const read = async (db: Db, siteId: string): Promise<Held> => {
    const change = await lastChange(db, siteId);
    const known = held.get(siteId);
    if (known?.change === change) return known;
    const book = await readBook(db, siteId, packOf);
    const fresh: Held = { change, book, turns: turnsOf(book), rules: new Map() };
    // Inside a transaction the change may still be undone: its number is never given again, so what is held under it is never taken for another.
    held.set(siteId, fresh);
    return fresh;
  };
  return {
    book: async (db, siteId) => (await read(db, siteId)).book,
    rules: async (db, { siteId, roomId }, at) => {
      const one = await read(db, siteId);
      const key = `${roomId} ${passedBy(one.turns, at)}`;
      const known = one.rules.get(key);
      const rules = known ?? rulesAt(catalogue, one.book, roomId, at);
      if (known === undefined) one.rules.set(key, rules);
      return rules.at === at ? rules : { ...rules, at };
    },
  };
};
