/** Narrow reads for neighbours: what of a period was due, done, late, missed. */
import type { Instant } from '../../base/clock.ts';
import { moment, type Db } from '../../platform/postgres/db.ts';
import type { Obligation } from './obligation.ts';
import { columns, obligationOf, tables } from './store.ts';

export interface ObligationFigures {
  /** Windows that have ended, waived ones left out. */
  due: number;
  done: number;
  late: number;
  missed: number;
  waived: number;
}

export const questions = {
  /** Obligations whose window ends in the span. */
  of: async (db: Db, asked: { roomId: string; from: Instant; until: Instant; kind?: string }): Promise<Obligation[]> => {
    let wanted = tables(db).selectFrom('obligations.obligations').select(columns).where('room_id', '=', asked.roomId).where('until_at', '>', moment(asked.from)).where('until_at', '<=', moment(asked.until)).where('state', '<>', 'withdrawn');
    if (asked.kind !== undefined) wanted = wanted.where('kind', '=', asked.kind);
    return (await wanted.orderBy('until_at').execute()).map(obligationOf);
  },
  /** Open now: due, overdue or returned. */
  open: async (db: Db, roomId: string): Promise<Obligation[]> =>
    (await tables(db).selectFrom('obligations.obligations').select(columns).where('room_id', '=', roomId).where('state', 'in', ['available', 'in_progress', 'overdue', 'returned']).orderBy('until_at').execute()).map(obligationOf),
  figures: async (db: Db, asked: { roomId: string; from: Instant; until: Instant; kind?: string }): Promise<ObligationFigures> => {
    const all = await questions.of(db, asked);
    const isDone = (one: Obligation): boolean => one.state === 'submitted' || one.state === 'reviewed';
    return {
      due: all.filter((one) => one.state !== 'waived').length,
      done: all.filter((one) => isDone(one) && !one.late).length,
      late: all.filter((one) => isDone(one) && one.late).length,
      missed: all.filter((one) => one.state === 'missed').length,
      waived: all.filter((one) => one.state === 'waived').length,
    };
  },
};
