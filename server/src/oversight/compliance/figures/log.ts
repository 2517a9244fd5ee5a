/** Completeness of the duty log: of the events that the system saw, those that a person wrote about. Pure. */
import { eventsIn, nothingTold, tell, toldKinds, untoldIn, type Told } from '../../audit/index.ts';
import { declareFold } from '../folds.ts';
import type { Figure } from './figure.ts';

export const logFold = declareFold<Told>({ key: 'figure.log', kinds: toldKinds, initial: nothingTold, step: tell });

export const logFigures: readonly Figure[] = [
  {
    key: 'log_completeness_percent', title: { zh: '系统事件有文字说明的比例', en: 'System events with words in the log' }, unit: 'percent', better: 'higher', target: { number: 100 },
    fold: logFold,
    value: (states, period) => {
      const told = logFold.read(states);
      const all = eventsIn(told, period).length;
      return all === 0 ? null : 100 * (1 - untoldIn(told, period).length / all);
    },
    facts: (states, period) => untoldIn(logFold.read(states), period).map(({ seq }) => seq),
  },
];
