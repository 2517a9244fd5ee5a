/** Conflicts that bind here now, each with its settlement: so that it can be settled anew later. */
import type { z } from 'zod';
import type { listConflicts } from '../../../../contract/parameters.ts';
import { questions as people, type Caller } from '../identity/index.ts';
import { titlesOf } from './clause-titles.ts';
import { isTouched } from './conflict.ts';
import type { ParametersContext } from './context.ts';
import { settlementsOf } from './decision-store.ts';

export const viewConflicts = async (context: ParametersContext, caller: Caller): Promise<z.input<(typeof listConflicts)['response']>> => {
  const { database: { db }, shipped, keeper, clock } = context;
  const now = clock.now();
  const active = (await keeper.rules(db, caller, now)).active();
  const here = new Set(active.map(({ id }) => id));
  const touched = shipped.conflicts.filter((conflict) => isTouched(conflict, here));
  const decided = (await settlementsOf(db, caller.siteId)).filter((one) => one.from <= now && (one.roomId === null || one.roomId === caller.roomId));
  const names = await people.personNames(db, [...new Set(decided.map((one) => one.decidedBy))]);
  const packs = [...new Set(active.map(({ pack }) => pack)), ...shipped.packs];
  return {
    conflicts: touched.map(({ id, type, zh, en, note, clauses, options }) => {
      const titles = titlesOf(packs, [...clauses, ...options.flatMap((option) => option.clauses)]);
      const named = (ids: readonly string[]) => ids.map((one) => titles[one] ?? { zh: one, en: one });
      // Of the room itself goes before of the site, and the newest of each.
      const settled = decided.find((one) => one.conflictId === id && one.roomId !== null) ?? decided.find((one) => one.conflictId === id);
      return {
        id, type, zh, en, noteZh: note.zh, noteEn: note.en, clauses: named(clauses.filter((one) => here.has(one))), options: options.map((option) => ({ key: option.key, zh: option.zh, en: option.en, clauses: named(option.clauses) })),
        settled: settled === undefined ? null : {
          option: settled.option, since: settled.from, by: names.get(settled.decidedBy) ?? '', reason: settled.reason, approvalId: settled.approvalId,
          whole: clauses.filter((one) => here.has(one)).every((one) => settled.clauseIds.includes(one)),
        },
      };
    }),
  };
};
