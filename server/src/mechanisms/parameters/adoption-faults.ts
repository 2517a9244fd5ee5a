/** What stands in the way of an adoption, each with its name: refused until it is cleared. Pure. */
import type { Refusal, Sentence } from '../../base/refusal.ts';
import { openParameters, optionOf, placeOf, purposesOf, touchedConflicts, type AdoptionGround, type AdoptionPlan, type Outlook } from './adoption.ts';
import { valueFault } from './bounds.ts';
import { annexesTogether, attachedToNamed, conflictsSettled, departmentNamed, inheritedByAll, openDecided, purposesBound, withinBounds } from './controls.ts';
import { entryOf } from './catalogue.ts';
import { titlesOf } from './clause-titles.ts';
import type { Pack } from './pack.ts';
import { isDepartmentWhole } from './profile.ts';

export interface AdoptionFault extends Sentence {
  code: 'conflict' | 'open' | 'annex' | 'purpose' | 'department' | 'place' | 'bounds' | 'settlement' | 'waiver';
  /** Conflict, parameter, annex, clause that it is about. */
  about: string;
}

const annexFaults = (plan: AdoptionPlan): AdoptionFault[] =>
  plan.packs.flatMap(({ pack }) =>
    pack.annexes
      .filter((annex) => !plan.form.annexes.includes(`${pack.id}:${annex.key}`) || !pack.clauses.some((clause) => clause.annex === annex.key))
      .map((annex): AdoptionFault => ({ code: 'annex', about: `${pack.id}:${annex.key}`, zh: `《${pack.titles.zh}》缺少${annex.zh}，正文与全部附件须一并下发。`, en: `“${pack.titles.en}” lacks ${annex.en}: main text and all annexes are issued together.` })),
  );

/** A document for the whole company is adopted for the whole site, one for a branch is attached to a named branch, project or room. */
const placeFault = (ground: AdoptionGround, plan: AdoptionPlan, pack: Pack): AdoptionFault | null => {
  const { roomId, nodeId } = placeOf(plan.form);
  const node = ground.profile?.organisation.find((one) => one.nodeId === nodeId);
  if (nodeId !== null && node === undefined) return { code: 'place', about: pack.id, zh: '档案中没有这个分公司或项目。', en: 'The profile has no such branch or project.' };
  if (roomId !== null && !ground.roomIds.includes(roomId)) return { code: 'place', about: pack.id, zh: '没有这间监控室。', en: 'There is no such room.' };
  const isWhole = roomId === null && (nodeId === null || node?.kind === 'headquarters');
  if (pack.scope === 'all_rooms' && !isWhole) return { code: 'place', about: pack.id, zh: `《${pack.titles.zh}》适用于全部监控室，须在公司一级采用；例外须另行批准。`, en: `“${pack.titles.en}” is for all rooms: it is adopted at the top; an exception is approved on its own.` };
  return null;
};

const branchFault = (plan: AdoptionPlan, pack: Pack): AdoptionFault | null =>
  pack.scope === 'branch' && plan.form.place.kind === 'site'
    ? { code: 'place', about: pack.id, zh: `《${pack.titles.zh}》只适用于指定的分公司或项目，请指明。`, en: `“${pack.titles.en}” is for a named branch or project only: name it.` }
    : null;

const conflictFaults = (ground: AdoptionGround, outlook: Outlook): AdoptionFault[] =>
  touchedConflicts(ground, outlook)
    .filter(({ settled }) => settled === null)
    .map(({ conflict }) => ({ code: 'conflict', about: conflict.id, zh: `冲突“${conflict.zh}”尚未裁定。`, en: `The conflict “${conflict.en}” is not settled.` }));

const openFaults = (ground: AdoptionGround, outlook: Outlook): AdoptionFault[] =>
  openParameters(ground, outlook)
    .filter(({ decided }) => !decided)
    .map(({ name, kind }) => {
      const { zh, en } = entryOf(ground.catalogue, name);
      const what = kind === 'undecided' ? { zh: '条款之间没有先后，须由人选定', en: 'the clauses differ without order, a person must choose' } : { zh: '尚未确认或设定', en: 'is neither confirmed nor set' };
      return { code: 'open', about: name, zh: `参数“${zh}”${what.zh}。`, en: `Parameter “${en}”: ${what.en}.` };
    });

const purposeFaults = (ground: AdoptionGround, plan: AdoptionPlan): AdoptionFault[] =>
  purposesOf(plan, ground.profile)
    .filter((one) => one.figures === 0 && !one.waived)
    .map((one) => {
      const title = titlesOf(plan.packs.map(({ pack }) => pack), [one.clause])[one.clause] ?? { zh: one.clause, en: one.clause };
      return { code: 'purpose', about: one.clause, zh: `${title.zh}“${one.zh}”没有对应的指标；请在场所档案中设定，或签署暂不适用。`, en: `${title.en}: “${one.en}” is shown by no figure: bind it in the profile, or set the clause aside by a signed waiver.` };
    });

const departmentFaults = (ground: AdoptionGround, outlook: Outlook): AdoptionFault[] =>
  outlook.decided.some((rules) => rules.cite('ART-13.1.1') !== null) && !isDepartmentWhole(ground.profile)
    ? [{ code: 'department', about: 'ART-13.1.1', zh: '场所档案没有写明监控室管理部门及其负责人、职责（ART-13.1.1）。', en: 'The profile names no room management department with head and duties (ART-13.1.1).' }]
    : [];

const decisionFaults = (ground: AdoptionGround, plan: AdoptionPlan, outlook: Outlook): AdoptionFault[] => {
  const asFault = (name: string, refusal: Refusal): AdoptionFault => ({ code: 'bounds', about: name, ...refusal.sentence });
  const unknown = plan.form.settlements
    .filter(({ conflictId, option }) => optionOf(ground.conflicts, conflictId, option) === null)
    .map(({ conflictId, option }): AdoptionFault => ({ code: 'settlement', about: conflictId, zh: `没有冲突“${conflictId}”或选项“${option}”。`, en: `There is no conflict “${conflictId}” with an option “${option}”.` }));
  const names = plan.form.decisions.filter(({ name }) => !ground.catalogue.entries.has(name.split('@')[0] ?? ''));
  const alien = names.map(({ name }): AdoptionFault => ({ code: 'bounds', about: name, zh: `没有参数“${name}”。`, en: `There is no parameter “${name}”.` }));
  const out = withinBounds.find(() =>
    plan.form.decisions
      .filter((one) => !names.includes(one))
      .flatMap(({ name, value }) => {
        const refusal = outlook.decided.map((rules) => valueFault(ground.catalogue, rules, name, value)).find((one) => one !== null) ?? null;
        return refusal === null ? [] : [asFault(name, refusal)];
      }),
  );
  return [...unknown, ...alien, ...out];
};

const waiverFaults = (plan: AdoptionPlan): AdoptionFault[] => {
  const year = 366 * 24 * 3_600_000;
  const unknown = plan.form.waivers
    .filter(({ packId, clauseId }) => !plan.packs.some(({ pack }) => pack.id === packId && pack.clauses.some((clause) => clause.id === clauseId)))
    .map(({ clauseId }): AdoptionFault => ({ code: 'waiver', about: clauseId, zh: `要暂不适用的条款 ${clauseId} 不在所选的制度中。`, en: `The clause ${clauseId} that is to be set aside stands in none of the regulations chosen.` }));
  const late = plan.form.waivers
    .filter(({ reviewAt }) => reviewAt <= plan.from || reviewAt > plan.from + year)
    .map(({ clauseId }): AdoptionFault => ({ code: 'waiver', about: clauseId, zh: `条款 ${clauseId} 的复审日期须在将来，且不超过一年。`, en: `The review date of ${clauseId} lies in the future, within a year.` }));
  return [...unknown, ...late];
};

export const adoptionFaults = (ground: AdoptionGround, plan: AdoptionPlan, outlook: Outlook): AdoptionFault[] => [
  ...inheritedByAll.find(() => plan.packs.map(({ pack }) => placeFault(ground, plan, pack)).filter((one) => one !== null)),
  ...attachedToNamed.find(() => plan.packs.map(({ pack }) => branchFault(plan, pack)).filter((one) => one !== null)),
  ...annexesTogether.find(() => annexFaults(plan)),
  ...conflictsSettled.find(() => conflictFaults(ground, outlook)),
  ...openDecided.find(() => openFaults(ground, outlook)),
  ...decisionFaults(ground, plan, outlook),
  ...purposesBound.find(() => purposeFaults(ground, plan)),
  ...departmentNamed.find(() => departmentFaults(ground, outlook)),
  ...waiverFaults(plan),
];
