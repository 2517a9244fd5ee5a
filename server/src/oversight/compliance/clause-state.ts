/** The state of a clause for a period, out of the answers of its judges and the facts that name it. Pure; never satisfied by default. */
import type { ClauseState } from '../../../../contract/compliance.ts';
import type { Judgement } from '../../base/judge.ts';
import type { Sentence } from '../../base/refusal.ts';

export interface Bearing {
  /** pack@version#clause; null: it does not bind the room. */
  cite: string | null;
  /** Another clause of its pack binds the room: this one was set aside or does not fit the site. */
  packAdopted: boolean;
}

export interface Answer {
  state: ClauseState;
  reason: Sentence | null;
  /** Sequence numbers, oldest first; of a breach those that show it. */
  facts: number[];
  responsible: string | null;
}

const unique = (seqs: readonly number[]): number[] => [...new Set(seqs)].toSorted((a, b) => a - b);

const inapplicable = ({ packAdopted }: Bearing): Sentence =>
  packAdopted ? { zh: '已由签署的豁免搁置，或不适用于本场所', en: 'set aside by a signed waiver, or not binding on this kind of site' } : { zh: '所属制度未采用', en: 'its regulation is not adopted' };

export const answerClause = (bearing: Bearing, controls: number, judgements: readonly Judgement[], evidence: { kept: readonly number[]; broken: readonly number[] }): Answer => {
  if (bearing.cite === null) return { state: 'not_applicable', reason: inapplicable(bearing), facts: [], responsible: null };
  const responsible = judgements.find((one) => one.responsible !== null)?.responsible ?? null;
  if (controls === 0) return { state: 'no_control', reason: { zh: '系统还没有执行或检查这一条的控制', en: 'nothing in the system holds or checks this clause yet' }, facts: [], responsible };
  const of = (state: Judgement['state']): readonly Judgement[] => judgements.filter((one) => one.state === state);
  const breaches = [...of('breached').flatMap(({ facts }) => facts), ...evidence.broken];
  if (of('breached').length > 0 || evidence.broken.length > 0) return { state: 'breached', reason: null, facts: unique(breaches), responsible };
  const shown = unique([...judgements.flatMap(({ facts }) => facts), ...evidence.kept]);
  if (of('evidence_due').length > 0) return { state: 'evidence_due', reason: { zh: '本期还缺证据', en: 'evidence of this period is still missing' }, facts: shown, responsible };
  if (of('satisfied').length > 0 || evidence.kept.length > 0) return { state: 'satisfied', reason: null, facts: shown, responsible };
  if (judgements.length > 0 && of('not_applicable').length === judgements.length) return { state: 'not_applicable', reason: { zh: '本期不满足适用条件', en: 'its condition did not arise in this period' }, facts: [], responsible };
  return { state: 'evidence_due', reason: { zh: '本期没有可证明的记录', en: 'no entry of this period shows it' }, facts: [], responsible };
};
