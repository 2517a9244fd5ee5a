/** Figures, purposes, cameras, duties and people as the board shows them: value, target, trend of thirty days. */
import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import type { FigureView, PurposeView, readFigures } from '../../../../contract/compliance.ts';
import type { Instant } from '../../base/clock.ts';
import type { Period } from '../../base/judge.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { BoundPurpose, ComplianceContext, RulesInForce } from './context.ts';
import { belowTargetFlagged, camerasBelowTarget, dutiesShown, inspectedYetOffline, peopleScored, purposesShown, roomDegraded } from './controls.ts';
import { answersOf } from './figures/alarms.ts';
import { dutiesIn } from './figures/duties.ts';
import { meets, median, type Figure } from './figures/figure.ts';
import { boardFigures } from './figures/index.ts';
import { inspectionFold, mismatchesIn } from './figures/mismatches.ts';
import { camerasIn } from './figures/recording.ts';
import { evidenceFold } from './evidence.ts';
import { declareFold, type Fold, type States } from './folds.ts';

/** When the ledger of the site began: before that nothing was counted, so nothing was zero. */
const openedFold = declareFold<{ at: Instant | null }>({
  key: 'figure.opened', kinds: ['ledger.opened'], initial: () => ({ at: null }),
  step: (state, { at }) => ({ at: state.at ?? at }),
});

export const figureFolds: readonly Fold[] = [openedFold, inspectionFold, ...new Set(boardFigures.map(({ fold }) => fold))];

type FiguresAnswer = z.input<typeof readFigures.response>;

export interface FigureAsk {
  states: States;
  rules: RulesInForce;
  period: Period;
  now: Instant;
  timeZone: string;
  purposes: readonly BoundPurpose[];
  words: ComplianceContext['figureWords'];
  /** Share of the clauses that are kept in a period, in percent; null when none can be judged. */
  kept: (period: Period) => number | null;
}

const complianceFigure = (kept: FigureAsk['kept']): Figure => ({
  key: 'compliance_percent', title: { zh: '条款达标率', en: 'Clauses kept' }, unit: 'percent', better: 'higher', target: { number: 95 },
  fold: evidenceFold, value: (_states, period) => kept(period), facts: () => [],
});
const known: ReadonlySet<string> = new Set([...boardFigures.map(({ key }) => key), 'compliance_percent']);

/** Days of the site that touch the period, oldest first; at most a year of them. */
export const daysOf = ({ from, until }: Period, timeZone: string): Period[] => {
  const days: Period[] = [];
  let start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).startOfDay();
  while (start.epochMilliseconds < until && days.length < 366) {
    const next = start.add({ days: 1 }).startOfDay();
    days.push({ from: start.epochMilliseconds, until: next.epochMilliseconds });
    start = next;
  }
  return days;
};

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

const targetOf = (figure: Figure, { rules, purposes, words }: FigureAsk): { target: number; targetFrom: string | null } => {
  const bound = purposes.flatMap(({ figures }) => figures).find((one) => one.figure === figure.key && one.target !== null)?.target ?? null;
  if (bound !== null) return { target: bound, targetFrom: null };
  return 'parameter' in figure.target ? { target: rules.number(figure.target.parameter), targetFrom: figure.target.parameter } : { target: words.get(figure.key)?.target ?? figure.target.number, targetFrom: null };
};

const mostFacts = 100;

const viewFigure = (figure: Figure, ask: FigureAsk): FigureView => {
  const { states, period, now } = ask;
  const value = figure.value(states, period, now);
  const { target, targetFrom } = targetOf(figure, ask);
  const missed = belowTargetFlagged.find(() => (value !== null && !meets(figure.better, value, target) ? [figure.key] : [])).length > 0;
  const trend = daysOf(period, ask.timeZone).filter(({ from }) => from < now).map((day) => {
    const openedAt = openedFold.read(states).at;
    const one = openedAt === null || day.until <= openedAt ? null : figure.value(states, day, now);
    return { from: day.from, value: one === null ? null : rounded(one) };
  });
  const { key, title, unit, better } = figure;
  return { key, title, unit, better, value: value === null ? null : rounded(value), target, targetFrom, missed, trend, facts: missed ? figure.facts(states, period, now).slice(-mostFacts) : [] };
};

const titleOf = (context: ComplianceContext, key: string): Sentence => context.figureWords.get(key)?.title ?? { zh: key, en: key.replaceAll('_', ' ') };

const viewPurposes = (context: ComplianceContext, ask: FigureAsk): z.input<typeof PurposeView>[] => {
  const adopted = ask.purposes.filter(({ clause }) => ask.rules.cite(clause) !== null);
  const shown = adopted.map((purpose) => {
    const named = purpose.figures.map(({ figure }) => figure);
    const missing = purposesShown.find(() => named.filter((key) => !known.has(key)));
    const gap = purposesShown.find(() => (named.some((key) => known.has(key)) ? [] : [purpose.clause])).length > 0;
    const pack = context.clauses.find(({ id }) => id === purpose.clause)?.pack ?? '';
    return { clause: purpose.clause, pack, zh: purpose.zh, en: purpose.en, figures: named.filter((key) => known.has(key)), missing: missing.map((key) => ({ key, title: titleOf(context, key) })), gap };
  });
  return shown;
};

const viewPeople = async (context: ComplianceContext, ask: FigureAsk): Promise<FiguresAnswer['people']> => {
  const { states, period, now, rules } = ask;
  const limit = rules.number('alarm_ack_seconds');
  const answers = answersOf(states, period);
  const duties = dutiesIn(states, period, now).filter(({ doneBy }) => doneBy !== null);
  const ids = peopleScored.find(() => [...new Set([...answers.keys(), ...duties.flatMap(({ doneBy }) => doneBy ?? [])])]);
  const names = await context.namesOf(context.database.db, ids);
  return ids.map((personId) => {
    const seconds = answers.get(personId) ?? [];
    const own = duties.filter(({ doneBy }) => doneBy === personId);
    const inTime = own.filter(({ state }) => state === 'done').length;
    const shares = [...(seconds.length === 0 ? [] : [seconds.filter((one) => one <= limit).length / seconds.length]), ...(own.length === 0 ? [] : [inTime / own.length])];
    const score = shares.length === 0 ? null : rounded((100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length);
    return { personId, name: names.get(personId) ?? personId, answered: seconds.length, medianSeconds: median(seconds), duties: own.length, dutiesInTime: inTime, score };
  });
};

const viewDuties = async (context: ComplianceContext, ask: FigureAsk): Promise<FiguresAnswer['duties']> => {
  const duties = dutiesShown.find(() => dutiesIn(ask.states, ask.period, ask.now));
  const names = await context.namesOf(context.database.db, [...new Set(duties.flatMap(({ doneBy }) => doneBy ?? []))]);
  return duties.map(({ title, until, state, doneBy, seq }) => ({ title, until, state, by: doneBy === null ? null : (names.get(doneBy) ?? doneBy), seq }));
};

const viewMismatches = async (context: ComplianceContext, { states, period, now }: FigureAsk): Promise<FiguresAnswer['mismatches']> => {
  const found = inspectedYetOffline.find(() => mismatchesIn(states, period, now)).slice(0, mostFacts);
  const names = await context.namesOf(context.database.db, [...new Set(found.map(({ by }) => by))]);
  return found.map(({ by, seqs, ...one }) => ({ ...one, by: names.get(by) ?? by, seqs: [...seqs] }));
};

export const viewFigures = async (context: ComplianceContext, ask: FigureAsk): Promise<FiguresAnswer> => {
  const { states, period, now } = ask;
  const target = ask.rules.number('availability_target_percent');
  const cameras = camerasIn(states, period, now);
  const below = new Set(camerasBelowTarget.find(() => cameras.filter(({ percent }) => percent < target)).map(({ cameraId }) => cameraId));
  const lost = roomDegraded.find(() => cameras.filter(({ lostNow }) => lostNow).map(({ label }) => label));
  return {
    ...period,
    figures: [...boardFigures, complianceFigure(ask.kept)].map((figure) => viewFigure(figure, ask)),
    purposes: viewPurposes(context, ask),
    cameras: cameras.map((camera) => ({ ...camera, percent: rounded(camera.percent), below: below.has(camera.cameraId), gaps: camera.gaps.slice(-mostFacts).map((gap) => ({ ...gap })) })),
    degraded: lost.length === 0 ? null : [...lost],
    mismatches: await viewMismatches(context, ask),
    duties: await viewDuties(context, ask),
    people: await viewPeople(context, ask),
  };
};
