/** What the facts tell of shifts and their log: sections confirmed before the signature, lines in time, what was handled and reported. */
import type { Fact } from '../../../../formats/fact/index.ts';
import type { SectionName } from '../../../../contract/duty.ts';
import type { Instant } from '../../base/clock.ts';
import { listIn, numberIn, partIn, textIn } from '../../base/fact-body.ts';
import { declareJudge, type Judge } from '../../base/judge.ts';
import { addMark, marksIn, noMarks, type Marks } from '../../base/marks.ts';
import { minuteMs } from '../../base/units.ts';
import { addSign, declareWitness, freshSigns, weigh, type Ledgered, type Sign } from '../../base/witness.ts';
import { hazards, lateMark, measuredSections, reportAfterHandling, sectionsFilled, selfWritten, snapshotNotes, wordsForEvents } from './controls.ts';
import { sectionNames } from './sections.ts';

const responsible = 'shift_leader';

interface Shifts {
  /** Sections that were confirmed in shifts that are not signed yet, by shift. */
  confirmed: Map<string, Set<string>>;
  /** Pictures were taken since the last signature. */
  pictured: boolean;
  /** Signed shifts: by the sections that had been confirmed. */
  signed: Map<SectionName | 'all', Ledgered>;
  /** Signed shifts in which pictures had been taken. */
  noted: Ledgered;
  taken: Marks;
}

const signShift = (state: Shifts, fact: Fact): void => {
  const confirmed = state.confirmed.get(fact.subject) ?? new Set();
  for (const name of [...sectionNames, 'all'] as const) {
    const whole = name === 'all' ? sectionNames.every((one) => confirmed.has(one)) : confirmed.has(name);
    const signs = state.signed.get(name) ?? freshSigns();
    state.signed.set(name, signs);
    addSign(signs, whole ? 'kept' : 'broken', fact);
  }
  if (state.pictured) addSign(state.noted, 'kept', fact);
  state.pictured = false;
  state.confirmed.delete(fact.subject);
};

const shiftStep = (state: Shifts, fact: Fact): Shifts => {
  switch (fact.kind) {
    case 'duty.section_confirmed': {
      const confirmed = state.confirmed.get(fact.subject) ?? new Set();
      state.confirmed.set(fact.subject, confirmed.add(textIn(fact.body, 'section')));
      break;
    }
    case 'video.snapshot_taken':
      state.pictured = true;
      addMark(state.taken, fact.at, fact.seq);
      break;
    case 'duty.shift_closed':
      signShift(state, fact);
      break;
  }
  return state;
};

const shifts = {
  shares: 'duty.shifts', kinds: ['duty.section_confirmed', 'duty.shift_closed', 'video.snapshot_taken'],
  initial: (): Shifts => ({ confirmed: new Map(), pictured: false, signed: new Map(), noted: freshSigns(), taken: noMarks() }),
  step: shiftStep,
};

const sectionJudge = (name: SectionName | 'all', clauses: readonly string[]): Judge =>
  declareJudge<Shifts>({ ...shifts, control: sectionsFilled, clauses, answer: (state, period) => weigh({ control: sectionsFilled, responsible }, state.signed.get(name) ?? freshSigns(), period) });

const snapshotJudge = declareJudge<Shifts>({
  ...shifts, control: snapshotNotes,
  // Pictures of a shift that is not signed yet: the words may still come.
  answer: (state, period) => weigh({ control: snapshotNotes, responsible, conditional: marksIn(state.taken, period, 1).length === 0 }, state.noted, period),
});

const measuredSign = (section: SectionName) => (fact: Fact): Sign => {
  if (textIn(fact.body, 'section') !== section) return null;
  return listIn(fact.body, 'measured').length > 0 ? 'kept' : 'broken';
};
const measuredJudge = (section: SectionName, clause: string): Judge => declareWitness({ control: measuredSections, clauses: [clause], responsible, kinds: ['duty.section_confirmed'], sign: measuredSign(section) });

interface Checks {
  signs: Ledgered;
  /** Checks with a point that is not in order, and no hazard yet: how many, by who confirmed. */
  wanting: { seq: number; at: Instant; points: number }[];
}

/** Hazards are opened in the breath of the check; what is still wanting when the next check comes was left out. */
const hazardJudge = declareJudge<Checks>({
  control: hazards, kinds: ['duty.section_confirmed', 'duty.thread_opened'], initial: () => ({ signs: freshSigns(), wanting: [] }),
  step: (state, fact) => {
    if (fact.kind === 'duty.section_confirmed') {
      if (textIn(fact.body, 'section') !== 'security_check') return state;
      const points = Object.values(partIn(fact.body, 'checks') ?? {}).filter((inOrder) => inOrder === false).length;
      if (points === 0) addSign(state.signs, 'kept', fact);
      else state.wanting.push({ seq: fact.seq, at: fact.at, points });
      return state;
    }
    const check = state.wanting.at(-1);
    if (textIn(fact.body, 'kind') !== 'hazard' || check === undefined) return state;
    check.points -= 1;
    if (check.points > 0) return state;
    state.wanting.pop();
    addSign(state.signs, 'kept', { seq: check.seq, at: check.at });
    return state;
  },
  answer: ({ signs, wanting }, period) => {
    const open = wanting.filter(({ at }) => at >= period.from && at < period.until).map(({ seq }) => seq);
    return weigh({ control: hazards, responsible, open }, signs, period);
  },
});

interface Steps {
  signs: Ledgered;
  /** Steps of events whose line is not there yet, by thread. */
  wanting: Map<string, { seq: number; at: Instant }[]>;
}

const stepJudge = declareJudge<Steps>({
  control: selfWritten, kinds: ['duty.thread_opened', 'duty.thread_moved', 'duty.entry_made'], initial: () => ({ signs: freshSigns(), wanting: new Map() }),
  step: (state, fact) => {
    if (fact.kind !== 'duty.entry_made') {
      state.wanting.set(fact.subject, [...(state.wanting.get(fact.subject) ?? []), { seq: fact.seq, at: fact.at }]);
      return state;
    }
    const about = textIn(fact.body, 'subject');
    const [first, ...rest] = state.wanting.get(about) ?? [];
    if (first === undefined) return state;
    addSign(state.signs, 'kept', first);
    if (rest.length === 0) state.wanting.delete(about);
    else state.wanting.set(about, rest);
    return state;
  },
  answer: ({ signs, wanting }, period) => {
    const open = [...wanting.values()].flat().filter(({ at }) => at >= period.from && at < period.until).map(({ seq }) => seq);
    return weigh({ control: selfWritten, responsible, conditional: true, open }, signs, period);
  },
});

interface Reports {
  signs: Ledgered;
  handled: Map<string, { seq: number; at: Instant }>;
}

/** Overdue is written by the sweep; what stands handled past the limit without that line is a breach all the same. */
const reportJudge = declareJudge<Reports>({
  control: reportAfterHandling, kinds: ['duty.thread_moved'], initial: () => ({ signs: freshSigns(), handled: new Map() }),
  step: (state, fact) => {
    if (textIn(fact.body, 'kind') !== 'serious') return state;
    const handled = state.handled.get(fact.subject);
    switch (textIn(fact.body, 'step')) {
      case 'handled':
        state.handled.set(fact.subject, { seq: fact.seq, at: fact.at });
        break;
      case 'overdue':
        addSign(state.signs, 'broken', fact);
        state.handled.delete(fact.subject);
        break;
      case 'reported':
        if (handled !== undefined) addSign(state.signs, 'kept', fact);
        state.handled.delete(fact.subject);
        break;
    }
    return state;
  },
  answer: ({ signs, handled }, period, rules, now) => {
    const limitMs = rules.number('final_report_within_minutes') * minuteMs;
    const end = Math.min(period.until, now);
    const open = [...handled.values()].filter(({ at }) => at >= period.from && at + limitMs + minuteMs < end).map(({ seq }) => seq);
    return weigh({ control: reportAfterHandling, responsible, conditional: true, open }, signs, period);
  },
});

/** Lines of people; a correction is no line about something that happened. */
const lineSign = ({ body }: Fact): Sign => {
  if (textIn(body, 'source') !== 'person' || typeof body['corrects'] === 'string') return null;
  return (numberIn(body, 'lateMs') ?? 0) > 0 ? 'broken' : 'kept';
};

export const dutyJudges: readonly Judge[] = [
  declareWitness({ control: lateMark, responsible: 'duty_operator', kinds: ['duty.entry_made'], sign: lineSign }),
  sectionJudge('all', ['BUS-1.1.6', 'BRN-4.4', 'BRN-A1.1.2']),
  sectionJudge('security_check', ['BUS-1.1.7']),
  sectionJudge('running', ['GEN-2.3.1']),
  sectionJudge('equipment', ['BRN-4.6']),
  sectionJudge('fire_system', ['BRN-4.7']),
  // Events without words and bare pictures block the closing: a signed shift shows that there were none left.
  declareWitness({ control: wordsForEvents, responsible, kinds: ['duty.shift_closed'] }),
  snapshotJudge,
  measuredJudge('running', 'GEN-2.3.1'),
  measuredJudge('equipment', 'BRN-4.6'),
  measuredJudge('fire_system', 'BRN-4.7'),
  hazardJudge,
  stepJudge,
  reportJudge,
];
