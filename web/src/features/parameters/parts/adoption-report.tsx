/** What an adoption asks a person to decide: conflicts with their sides, open parameters, purposes. */
import { Button, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AdoptionForm, AdoptionReport, ParameterValue, RuleRow } from '../../../../../contract/parameters.ts';
import { Panel } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { citeText, groupedTitles } from '../cite-text.ts';
import { useShow, type ShownWords } from './use-show.ts';
import { ValueField } from './value-field.tsx';

type Known = ShownWords & { rules: readonly RuleRow[] };

/** Clauses as people name them. */
const useClauseNames = (report: AdoptionReport) => {
  const language = useLanguage();
  return (ids: readonly string[]): string => groupedTitles(ids.map((id) => report.titles[id] ?? { zh: citeText(id, 'zh-CN'), en: citeText(id, 'en') }), language);
};

export const Conflicts = ({ report, settlements, settle }: { report: AdoptionReport; settlements: AdoptionForm['settlements']; settle: (conflictId: string, option: string) => void }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const namesOf = useClauseNames(report);
  return (
    <Panel title={t('adopt.conflicts')}>
      {report.conflicts.length === 0 && <p>{t('adopt.noConflicts')}</p>}
      <div className="rule-list">
        {report.conflicts.map((conflict) => (
          <div key={conflict.id} role="group" aria-label={say(conflict)}>
            <span className="clause-head"><strong>{say(conflict)}</strong><span>{t(`adopt.type.${conflict.type}`)}{conflict.settled === 'before' ? ` · ${t('adopt.before')}` : ''}</span></span>
            <span className="rule-small">{say({ zh: conflict.noteZh, en: conflict.noteEn })}</span>
            <Radio.Group value={settlements.find((one) => one.conflictId === conflict.id)?.option} onChange={(event) => settle(conflict.id, String(event.target.value))}>
              {conflict.options.map((option) => (
                <div key={option.key} className="adopt-option">
                  <Radio value={option.key}>{say(option)}</Radio>
                  {option.clauses.length > 0 && <span className="rule-small">{t('adopt.optionClauses', { clauses: namesOf(option.clauses) })}</span>}
                </div>
              ))}
            </Radio.Group>
          </div>
        ))}
      </div>
    </Panel>
  );
};

export const OpenParameters = ({ report, decisions, decide, known }: { report: AdoptionReport; decisions: AdoptionForm['decisions']; decide: (made: AdoptionForm['decisions']) => void; known: Known | undefined }) => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const show = useShow(known);
  const namesOf = useClauseNames(report);
  const rowOf = (name: string) => known?.rules.find((row) => row.name === name) ?? known?.rules.find((row) => row.name === name.split('@')[0]);
  const set = (name: string, value: ParameterValue): void => decide([...decisions.filter((one) => one.name !== name), { name, value }]);
  const waiting = report.open.filter((one) => one.proposed !== null && !decisions.some(({ name }) => name === one.name));
  const confirmAll = (): void => decide([...decisions, ...waiting.flatMap(({ name, proposed }) => (proposed === null ? [] : [{ name, value: proposed }]))]);
  return (
    <Panel title={t('adopt.open')} acts={waiting.length > 0 ? <Button onClick={confirmAll}>{t('adopt.confirmAll')}</Button> : undefined}>
      {report.open.length === 0 && <p>{t('adopt.noOpen')}</p>}
      <ol className="rule-list">
        {report.open.map((one) => {
          const row = rowOf(one.name);
          const decided = decisions.find(({ name }) => name === one.name)?.value;
          return (
            <li key={one.name}>
              <div className="adopt-open">
                <span className="rule-name"><strong>{say(one)}</strong><span className="rule-small" title={one.name}>{namesOf(one.clauses)}</span></span>
                {row !== undefined && <ValueField row={row} known={known} value={decided} onChange={(value) => set(one.name, value)} label={say(one)} />}
                {one.proposed === null ? <span>{t(one.kind === 'undecided' ? 'adopt.undecided' : 'adopt.blank')}</span> : (
                  <Button onClick={() => set(one.name, one.proposed ?? false)} disabled={decided !== undefined} aria-label={`${t('adopt.proposed', { value: show(one.proposed, one.unit) })} ${say(one)}`}>{t('adopt.proposed', { value: show(one.proposed, one.unit) })}</Button>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
};
