/** What the facts tell of footage: gaps past their limit alarmed at once, footage deleted after its term and not before. */
import type { Fact } from '../../../../formats/fact/index.ts';
import type { Instant } from '../../base/clock.ts';
import { listIn, numberIn, partsIn, textIn } from '../../base/fact-body.ts';
import { declareJudge, type Judge, type JudgeRules, type Period } from '../../base/judge.ts';
import { dayMs, secondMs } from '../../base/units.ts';
import { addSign, freshSigns, mostBroken, mostShown, weigh, type Ledgered } from '../../base/witness.ts';
import { defaultParameters } from './camera.ts';
import { deletedAfterTerm, gapsAlarmed } from './controls.ts';
import { actJudges } from './judges-of-acts.ts';
import { storageJudges } from './storage/judges.ts';

const responsible = 'technician';
/** The limit, and what journal and clock may take. */
const alarmedWithinMs = (defaultParameters.gapAlarmSeconds + 5) * secondMs;
/** While the recorder was away nobody could see the gap: it counts from the moment it was noticed. */
const unseen: ReadonlySet<string> = new Set(['recorder_crashed', 'recorder_stopped', 'recovery_loss', 'clock_stepped']);

interface Gaps {
  signs: Ledgered;
  /** Not alarmed and not closed yet, by gap. */
  open: Map<string, { seq: number; since: Instant }>;
}

const gapStep = (state: Gaps, fact: Fact): Gaps => {
  const { body, at } = fact;
  const gapId = textIn(body, 'gapId');
  const reason = textIn(body, 'reason');
  const gap = state.open.get(gapId);
  switch (fact.kind) {
    case 'video.gap_opened':
      // What a person switched off needs no alarm.
      if (reason !== 'recording_off' && reason !== 'stop_approved') state.open.set(gapId, { seq: fact.seq, since: unseen.has(reason) ? at : (numberIn(body, 'from') ?? at) });
      break;
    case 'video.gap_alarmed':
      if (gap !== undefined) addSign(state.signs, at - gap.since <= alarmedWithinMs ? 'kept' : 'broken', fact);
      state.open.delete(gapId);
      break;
    case 'video.gap_closed':
      if (gap !== undefined && at - gap.since > alarmedWithinMs) addSign(state.signs, 'broken', fact);
      state.open.delete(gapId);
      break;
  }
  return state;
};

const gapJudge = declareJudge<Gaps>({
  control: gapsAlarmed, kinds: ['video.gap_opened', 'video.gap_alarmed', 'video.gap_closed'], initial: () => ({ signs: freshSigns(), open: new Map() }), step: gapStep,
  answer: ({ signs, open }, period, _rules, now) => {
    const end = Math.min(period.until, now);
    const silent = [...open.values()].filter(({ since }) => since >= period.from && since + alarmedWithinMs < end).map(({ seq }) => seq);
    return weigh({ control: gapsAlarmed, responsible, conditional: true, open: silent }, signs, period);
  },
});

/** Longest time from the decision to the file's end: the order is given again every ten minutes. */
const unlinkedWithinMs = dayMs;

interface Deletions {
  /** Decisions with the age of the youngest footage in them. */
  decided: { seq: number; at: Instant; youngestMs: number }[];
  /** Segments that were decided and are not gone yet, with their decision. */
  waiting: Map<string, { seq: number; at: Instant }>;
}

const deletionStep = (state: Deletions, fact: Fact): Deletions => {
  const { body, at, seq } = fact;
  if (fact.kind === 'video.deletion_outcome') {
    for (const segmentId of [...listIn(body, 'deleted'), ...listIn(body, 'missing')]) if (typeof segmentId === 'string') state.waiting.delete(segmentId);
    return state;
  }
  const reason = textIn(body, 'reason');
  // A full disk is no reason to be early: what went past its term was free to go, what went before is early whatever forced it.
  if (reason === 'space_below_term') state.decided.push({ seq, at, youngestMs: 0 });
  // What was destroyed by an approval has another term, and another rule.
  if (reason !== 'retention') return state;
  const segments = partsIn(body, 'segments');
  for (const segment of segments) state.waiting.set(textIn(segment, 'segmentId'), { seq, at });
  state.decided.push({ seq, at, youngestMs: Math.min(...segments.map((segment) => at - (numberIn(segment, 'until') ?? at))) });
  return state;
};

const deletionSigns = ({ decided, waiting }: Deletions, { from, until }: Period, rules: JudgeRules, now: Instant): { kept: number[]; broken: number[] } => {
  const termMs = rules.number('retention_days') * dayMs;
  const inPeriod = decided.filter(({ at }) => at >= from && at < until);
  const end = Math.min(until, now);
  const left = [...waiting.values()].filter(({ at }) => at >= from && at + unlinkedWithinMs < end).map(({ seq }) => seq);
  const early = inPeriod.filter(({ youngestMs }) => youngestMs < termMs).map(({ seq }) => seq);
  return { kept: inPeriod.map(({ seq }) => seq), broken: [...new Set([...early, ...left])].sort((a, b) => a - b) };
};

const deletionJudge = declareJudge<Deletions>({
  control: deletedAfterTerm, kinds: ['video.deletion_decided', 'video.deletion_outcome'], initial: () => ({ decided: [], waiting: new Map() }), step: deletionStep,
  answer: (state, period, rules, now) => {
    const { kept, broken } = deletionSigns(state, period, rules, now);
    const found = deletedAfterTerm.find(() => broken);
    if (found.length > 0) return { state: 'breached', facts: found.slice(-mostBroken), responsible };
    // Nothing has come to the end of its term yet.
    return kept.length === 0 ? { state: 'not_applicable', facts: [], responsible } : { state: 'satisfied', facts: kept.slice(-mostShown), responsible };
  },
});

export const videoJudges: readonly Judge[] = [gapJudge, deletionJudge, ...storageJudges, ...actJudges];
