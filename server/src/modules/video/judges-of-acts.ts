/** Controls whose rule lies in the act itself: the facts of acts that went through them, and of troubles that were found, answer for a period. */
import type { Fact } from '../../../../formats/fact/index.ts';
import type { Control } from '../../base/control.ts';
import { textIn } from '../../base/fact-body.ts';
import { declareJudge, type Judge, type Judgement } from '../../base/judge.ts';
import { mostBroken, mostShown } from '../../base/witness.ts';
import { copiesInTime, copyFaultsTold, drillsCompared, drillsInTime, lostRestored, runsInTime } from './backup/controls.ts';
import { gapsStated } from './completeness/controls.ts';
import { knownReceiversOnly } from './consoles/controls.ts';
import { clipBelongs, suspiciousRecorded } from './marks/controls.ts';
import { stopsAskedAhead, stopsNeedWindow } from './stops/controls.ts';

const responsible = 'technician';

interface Seen {
  good: { seq: number; at: number }[];
  bad: { seq: number; at: number }[];
}

interface Signs {
  /** Kinds that show the rule kept; and what of them counts. */
  kept: readonly string[];
  /** Kinds that show it broken; and what of them counts. */
  broken?: readonly string[];
  isKept?: (fact: Fact) => boolean;
  isBroken?: (fact: Fact) => boolean;
  /** What no act in the period means: the work is owed, or the case did not arise. */
  none: 'evidence_due' | 'not_applicable';
}

const always = (): boolean => true;

const seen = (control: Control, { kept, broken = [], isKept = always, isBroken = always, none }: Signs): Judge =>
  declareJudge<Seen>({
    control, kinds: [...new Set([...kept, ...broken])], initial: () => ({ good: [], bad: [] }),
    step: (state, fact) => {
      const { seq, at, kind } = fact;
      if (broken.includes(kind) && isBroken(fact)) state.bad.push({ seq, at });
      else if (kept.includes(kind) && isKept(fact)) state.good.push({ seq, at });
      return state;
    },
    answer: ({ good, bad }, { from, until }): Judgement => {
      const within = (list: Seen['good']): number[] => list.filter(({ at }) => at >= from && at < until).map(({ seq }) => seq);
      const [keptThen, brokenThen] = [within(good), within(bad)];
      if (brokenThen.length > 0) return { state: 'breached', facts: brokenThen.slice(-mostBroken), responsible };
      return keptThen.length === 0 ? { state: none, facts: [], responsible } : { state: 'satisfied', facts: keptThen.slice(-mostShown), responsible };
    },
  });

const troubled = ['video.backup_troubled'] as const;
const isAbout = (...whats: readonly string[]) => ({ body }: Fact): boolean => whats.includes(textIn(body, 'what'));
const came = (outcome: string) => ({ body }: Fact): boolean => textIn(body, 'outcome') === outcome;

export const actJudges: readonly Judge[] = [
  seen(copiesInTime, { kept: ['video.footage_copied'], broken: troubled, isBroken: isAbout('copies_behind'), none: 'evidence_due' }),
  seen(copyFaultsTold, { kept: [...troubled, 'video.copies_left_out'], isKept: (fact) => fact.kind === 'video.copies_left_out' || isAbout('place_fault', 'copy_damaged', 'copies_behind')(fact), none: 'not_applicable' }),
  seen(runsInTime, { kept: ['video.backup_ran'], isKept: came('good'), broken: troubled, isBroken: isAbout('run_missed', 'run_failed', 'run_damaged'), none: 'evidence_due' }),
  seen(drillsInTime, { kept: ['video.restore_drilled'], broken: troubled, isBroken: isAbout('drill_overdue'), none: 'evidence_due' }),
  seen(drillsCompared, { kept: ['video.restore_drilled'], broken: ['video.restore_drilled'], isBroken: (fact) => !came('equal')(fact), none: 'evidence_due' }),
  seen(lostRestored, { kept: ['video.footage_restored'], none: 'not_applicable' }),
  seen(gapsStated, { kept: ['video.day_closed'], none: 'evidence_due' }),
  seen(stopsNeedWindow, { kept: ['video.recording_stopped', 'video.recorder_restart_ordered'], none: 'not_applicable' }),
  seen(stopsAskedAhead, { kept: ['video.stop_granted'], none: 'not_applicable' }),
  seen(knownReceiversOnly, { kept: ['video.console_registered', 'video.receiver_refused'], none: 'evidence_due' }),
  seen(clipBelongs, { kept: ['video.snapshot_taken'], none: 'not_applicable' }),
  seen(suspiciousRecorded, { kept: ['video.bookmark_made'], none: 'not_applicable' }),
];
