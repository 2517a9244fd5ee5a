/** What the figures tell of the board's own controls: cameras and the room above their target, duties done. They share the figures' states. */
import type { Instant } from '../../base/clock.ts';
import { declareJudge, type Judge, type Judgement, type JudgeRules, type Period } from '../../base/judge.ts';
import { declareWitness, mostBroken, mostShown } from '../../base/witness.ts';
import { judgesByAdoption } from '../../mechanisms/parameters/index.ts';
import { belowTargetFlagged, camerasBelowTarget, dutiesShown, peopleScored, purposesShown, roomDegraded } from './controls.ts';
import { dutiesIn, dutyFold } from './figures/duties.ts';
import { cameraFold, camerasIn, camerasSeen, recordingFigures } from './figures/recording.ts';
import type { Fold, States } from './folds.ts';

interface Finding {
  /** Nothing to measure: no camera, no duty. */
  measured: boolean;
  broken: readonly number[];
  /** Facts behind what was kept. */
  kept: readonly number[];
  /** The rule is broken though no single fact shows it. */
  missed?: boolean;
}

const judgeOver = (fold: Fold, control: Judge['control'], responsible: string, find: (states: States, period: Period, now: Instant, rules: JudgeRules) => Finding): Judge =>
  declareJudge<unknown>({
    control, shares: fold.key, kinds: fold.kinds, initial: () => fold.initial(), step: (state, fact) => fold.step(state, fact),
    answer: (state, period, rules, now): Judgement => {
      const { measured, broken, kept, missed = false } = find({ seq: 0, of: () => state }, period, now, rules);
      if (!measured) return { state: 'evidence_due', facts: [], responsible };
      const found = control.find(() => (broken.length > 0 || missed ? [broken] : []))[0];
      return found === undefined ? { state: 'satisfied', facts: kept.slice(-mostShown), responsible } : { state: 'breached', facts: found.slice(-mostBroken), responsible };
    },
  });

const targetOf = (rules: JudgeRules): number => rules.number('availability_target_percent');

const cameras = (states: States, period: Period, now: Instant, rules: JudgeRules): Finding => {
  const seen = camerasIn(states, period, now);
  const below = seen.filter(({ percent }) => percent < targetOf(rules));
  return { measured: seen.length > 0, broken: below.flatMap(({ gaps }) => gaps.map(({ seq }) => seq)).sort((a, b) => a - b), kept: camerasSeen(states) };
};

/** A figure of recording against the target. */
const figure = (key: string) => {
  const shown = recordingFigures.find((one) => one.key === key);
  if (shown === undefined) throw new Error(`there is no figure ${key}`);
  return (states: States, period: Period, now: Instant, rules: JudgeRules): Finding => {
    const value = shown.value(states, period, now);
    const missed = value !== null && value < targetOf(rules);
    return { measured: value !== null, missed, broken: missed ? shown.facts(states, period, now) : [], kept: camerasSeen(states) };
  };
};

const duties = (states: States, period: Period, now: Instant): Finding => {
  const due = dutiesIn(states, period, now);
  const isDone = ({ state }: (typeof due)[number]): boolean => state === 'done' || state === 'done_late';
  return { measured: due.length > 0, broken: due.filter((duty) => !isDone(duty)).map(({ seq }) => seq), kept: due.filter(isDone).map(({ seq }) => seq) };
};

export const complianceJudges: readonly Judge[] = [
  ...judgesByAdoption(purposesShown),
  judgeOver(cameraFold, camerasBelowTarget, 'technician', cameras),
  judgeOver(cameraFold, belowTargetFlagged, 'room_manager', figure('availability_percent')),
  judgeOver(cameraFold, roomDegraded, 'technician', figure('room_available_percent')),
  judgeOver(dutyFold, dutiesShown, 'shift_leader', duties),
  declareWitness({ control: peopleScored, responsible: 'room_manager', kinds: ['notifications.alarm_acknowledged', 'obligations.form_submitted'], sign: ({ actor }) => (actor.kind === 'person' ? 'kept' : null) }),
];
