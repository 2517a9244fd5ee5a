/** Narrow reads for other parts: what a shift owes of its rounds. */
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { turnsBetween, type TurnRow } from './store.ts';

const countOf = (turns: readonly TurnRow[]) => ({ due: turns.length, missed: turns.filter(({ outcome }) => outcome === 'missed').length, rushed: turns.filter(({ outcome }) => outcome === 'rushed').length });
const saidOf = ({ due, missed, rushed }: ReturnType<typeof countOf>): Sentence => ({
  zh: `应看 ${due} 次${missed > 0 ? `，漏看 ${missed} 次` : ''}${rushed > 0 ? `，过短 ${rushed} 次` : ''}`, en: `${due} views due${missed > 0 ? `, ${missed} missed` : ''}${rushed > 0 ? `, ${rushed} too brief` : ''}`,
});

export const questions = {
  /** One line for each position whose turns ended in the span. */
  tasks: async (db: Db, roomId: string, from: Instant, until: Instant): Promise<{ title: Sentence; state: Sentence; until: Instant; wanting: boolean }[]> =>
    [...Map.groupBy(await turnsBetween(db, roomId, from, until), ({ positionId }) => positionId).values()].map((turns) => {
      const count = countOf(turns);
      const name = turns.at(-1)?.name ?? '';
      return { title: { zh: `重点部位巡看：${name}`, en: `Watch round: ${name}` }, state: saidOf(count), until: turns.at(-1)?.until ?? until, wanting: count.missed + count.rushed > 0 };
    }),
  /** What the next shift must know of the rounds; empty: nothing was missed. */
  carried: async (db: Db, roomId: string, from: Instant, until: Instant): Promise<Sentence[]> => {
    const turns = await turnsBetween(db, roomId, from, until);
    const count = countOf(turns);
    const said = saidOf(count);
    return count.missed + count.rushed === 0 ? [] : [{ zh: `重点部位巡看：${said.zh}`, en: `Watch rounds: ${said.en}` }];
  },
};
