/** What the facts tell of watch rounds: hours covered, positions missed. */
import type { Judge } from '../../base/judge.ts';
import { declareWitness } from '../../base/witness.ts';
import { textIn } from '../../base/fact-body.ts';
import { abnormalInLog, groupsShared, missedTurns, watchedFirst } from './controls.ts';

export const roundsJudges: readonly Judge[] = [
  declareWitness({ control: missedTurns, responsible: 'shift_leader', kinds: ['rounds.hour_covered', 'rounds.turn_missed'], sign: ({ kind }) => (kind === 'rounds.turn_missed' ? 'broken' : 'kept') }),
  declareWitness({ control: watchedFirst, responsible: 'duty_operator', kinds: ['rounds.position_marked', 'rounds.turn_rushed'], sign: ({ kind }) => (kind === 'rounds.turn_rushed' ? 'broken' : 'kept') }),
  declareWitness({ control: abnormalInLog, responsible: 'duty_operator', conditional: true, kinds: ['rounds.position_marked'], sign: ({ body }) => (textIn(body, 'mark') !== 'abnormal' ? null : typeof body['entryId'] === 'string' ? 'kept' : 'broken') }),
  declareWitness({ control: groupsShared, responsible: 'shift_leader', standing: true, kinds: ['rounds.position_added'] }),
];
