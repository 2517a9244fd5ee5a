/** One clause: its text, its state with the reason, parameters in force, what holds it, and the facts behind the answer. */
import { useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { downloadEvidence, readClause } from '../../../../../contract/compliance.ts';
import type { ClausePage as ClauseView } from '../../../../../contract/compliance.ts';
import { ActButton } from '../../../ui/act-button.tsx';
import { callBytes } from '../../../app/client.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Facts, Page, Panel } from '../../../ui/page.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import { isoDateText, momentText } from '../../../ui/time-format.ts';
import '../compliance.css';
import { PeriodFields } from '../parts/period-fields.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { useThemeWord } from '../parts/theme-words.ts';
import { usePeriod } from '../parts/use-period.ts';
import type { ChosenPeriod } from '../parts/use-period.ts';
import { complianceVerbs } from '../verbs.ts';

const ClausePage = () => {
  const { t } = useTranslation('compliance');
  const id = useSearchText('id');
  const period = usePeriod();
  const clause = useEndpoint(readClause, { params: { clauseId: id }, query: { from: period.from, until: period.until } }, { enabled: id !== '', keepOld: true });
  return (
    <Page title={id === '' ? t('clause') : `${t('clause')} ${id}`} acts={<Link to="/compliance">{t('back')}</Link>}>
      {id === '' && <Empty what={t('page.notFound')} />}
      {clause.error !== null && <RefusalBanner error={clause.error} retry={() => void clause.refetch()} />}
      {id !== '' && clause.data === undefined && clause.error === null && <Loading />}
      {clause.data !== undefined && <Clause view={clause.data} period={period} />}
    </Page>
  );
};

const Clause = ({ view, period }: { view: ClauseView; period: ChosenPeriod }) => (
  <>
    <About view={view} period={period} />
    <FactsBehind view={view} />
    <Holding view={view} />
    <Proofs view={view} />
  </>
);

const About = ({ view, period }: { view: ClauseView; period: ChosenPeriod }) => {
  const { t } = useTranslation('compliance');
  const say = useSay();
  const { timeZone } = useSession().site;
  const themeWord = useThemeWord();
  const { clause } = view;
  return (
    <Panel>
      <p className="clause-text">{say(clause)}</p>
      <p className="dim">{say(view.regulation)}</p>
      <br />
      <div className="toolbar board-filters">
        <PeriodFields period={period} />
      </div>
      <Facts
        rows={[
          [t('state'), <StateMark key="state" state={clause.state} />],
          ...(clause.reason === null ? [] : [[t('page.reason'), say(clause.reason)] as const]),
          [t('responsible'), say(clause.responsible)],
          [t('theme'), themeWord(clause.theme)],
          [t('treatment'), t(`treatments.${clause.treatment}`)],
          [t('page.cite'), clause.cite === null ? '—' : <code key="cite">{clause.cite}</code>],
          [
            t('page.parameters'),
            view.parameters.length === 0
              ? t('page.noParameters')
              : view.parameters.map(({ name, title, value, unit, since }) => (
                  <div key={name}>
                    {say(title)} <strong>{value}</strong> {unit ?? ''} {since !== null && <span className="dim">{t('page.since', { day: isoDateText(since, timeZone) })}</span>}
                  </div>
                )),
          ],
        ]}
      />
      <br />
      <Evidence clauseId={clause.id} period={period} />
    </Panel>
  );
};

const Evidence = ({ clauseId, period }: { clauseId: string; period: ChosenPeriod }) => {
  const { t } = useTranslation('compliance');
  const can = useCan(complianceVerbs.print);
  const [error, setError] = useState<unknown>(null);
  const save = async (format: 'json' | 'csv'): Promise<void> => {
    try {
      setError(null);
      const bytes = await callBytes(downloadEvidence, { params: { clauseId }, body: { from: period.from, until: period.until, format } });
      saveFile(bytes, `vigil-${clauseId}-${period.untilDay}.${format}`, format === 'csv' ? 'text/csv' : 'application/json');
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <>
      {error !== null && <RefusalBanner error={error} />}
      <div className="form-acts">
        {can === true ? (
          <Link to="/compliance/evidence" search={{ id: clauseId, from: period.fromDay, until: period.untilDay }}>
            <Button type="primary">{t('page.print')}</Button>
          </Link>
        ) : (
          <ActButton can={can}>{t('page.print')}</ActButton>
        )}
        <ActButton can={can} onClick={() => void save('json')}>
          {t('page.json')}
        </ActButton>
        <ActButton can={can} onClick={() => void save('csv')}>
          {t('page.csv')}
        </ActButton>
        <span className="dim">{t('page.printText')}</span>
      </div>
    </>
  );
};

const FactsBehind = ({ view }: { view: ClauseView }) => {
  const { t } = useTranslation('compliance');
  const say = useSay();
  const { timeZone } = useSession().site;
  const mayRead = useCan(complianceVerbs.facts) === true;
  return (
    <Panel title={t('page.facts')}>
      {view.facts.length === 0 && <p className="dim">{mayRead || view.clause.evidence === 0 ? t('page.noFacts') : t('page.noFactsRight')}</p>}
      {view.facts.length > 0 && (
        <ol className="clause-facts" reversed>
          {view.facts.map((fact) => (
            <li key={fact.seq}>
              <time className="dim" dateTime={new Date(fact.at).toISOString()}>
                {momentText(fact.at, timeZone)}
              </time>
              <span>{say(fact)}</span>
              <Link to="/audit" search={{ seq: String(fact.seq), kind: fact.kind }}>
                {t('page.inLedger')} {fact.seq}
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
};

const Holding = ({ view }: { view: ClauseView }) => {
  const { t } = useTranslation('compliance');
  const say = useSay();
  return (
    <Panel title={t('page.controls')}>
      {view.controls.length === 0 && <p className="dim">{t('page.noControls')}</p>}
      <ul className="clause-facts">
        {view.controls.map((control) => (
          <li key={control.name}>
            {control.state === null ? <span className="dim">—</span> : <StateMark state={control.state} />}
            <span>{say(control.holds)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

const Proofs = ({ view }: { view: ClauseView }) => {
  const { t } = useTranslation('compliance');
  const say = useSay();
  return (
    <Panel title={t('page.proofs')}>
      <p className="dim">{t('page.proofsText')}</p>
      <br />
      <Facts rows={view.proofs.map(({ capability, tests, reason }) => [capability, tests > 0 ? t('page.tests', { count: tests }) : `${t('page.noTests')}${reason === null ? '' : ` · ${say(reason)}`}`] as const)} />
    </Panel>
  );
};

export default ClausePage;
