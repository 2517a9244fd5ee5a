/** What the facts tell of storages: enough for the term or foretold not to be; all footage verified, and what was found named. */
import type { Fact } from '../../../../../formats/fact/index.ts';
import { declareJudge, type Judge } from '../../../base/judge.ts';
import { mostBroken, mostShown } from '../../../base/witness.ts';
import { deletionsNamed, storageForetold, verifiedAgain } from './controls.ts';

const responsible = 'technician';

interface Outlooks {
  /** Each change with what it changed to. */
  told: { seq: number; at: number; isShort: boolean }[];
}

const outlookJudge = declareJudge<Outlooks>({
  control: storageForetold, kinds: ['video.storage_short', 'video.storage_enough'], initial: () => ({ told: [] }),
  step: (state, { seq, at, kind }: Fact) => {
    state.told.push({ seq, at, isShort: kind === 'video.storage_short' });
    return state;
  },
  answer: ({ told }, { from, until }) => {
    const before = told.filter(({ at }) => at < until);
    // What was told last before the period holds into it.
    const standing = before.findLast(({ at }) => at < from);
    const within = [...(standing === undefined ? [] : [standing]), ...before.filter(({ at }) => at >= from)];
    const short = within.filter(({ isShort }) => isShort).map(({ seq }) => seq);
    if (short.length > 0) return { state: 'breached', facts: short.slice(-mostBroken), responsible };
    return { state: within.length === 0 ? 'not_applicable' : 'satisfied', facts: within.map(({ seq }) => seq).slice(-mostShown), responsible };
  },
});

interface Seen {
  verified: { seq: number; at: number }[];
  broken: { seq: number; at: number }[];
}

const seenJudge = (control: typeof verifiedAgain, broken: string): Judge =>
  declareJudge<Seen>({
    control, kinds: ['video.footage_verified', broken], initial: () => ({ verified: [], broken: [] }),
    step: (state, { seq, at, kind }: Fact) => {
      (kind === broken ? state.broken : state.verified).push({ seq, at });
      return state;
    },
    answer: ({ verified, broken: found }, { from, until }) => {
      const seqs = (list: Seen['verified']): number[] => list.filter(({ at }) => at >= from && at < until).map(({ seq }) => seq);
      const [bad, good] = [seqs(found), seqs(verified)];
      if (bad.length > 0) return { state: 'breached', facts: bad.slice(-mostBroken), responsible };
      // Nothing found is an answer only where all was looked at.
      return good.length === 0 ? { state: 'evidence_due', facts: [], responsible } : { state: 'satisfied', facts: good.slice(-mostShown), responsible };
    },
  });

export const storageJudges: readonly Judge[] = [outlookJudge, seenJudge(verifiedAgain, 'video.footage_damaged'), seenJudge(deletionsNamed, 'video.retention_breached')];
