/** What the regulations are for: each purpose with its figures, targets and trend; then cameras, duties and people behind the figures. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { readFigures } from '../../../../../contract/compliance.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../compliance.css';
import { FigureCard } from '../parts/figure-card.tsx';
import { useFigureText } from '../parts/figure-text.ts';
import { CameraTable, DutyTable, MismatchTable, PeopleTable } from '../parts/figure-tables.tsx';
import { PeriodFields } from '../parts/period-fields.tsx';
import { usePeriod } from '../parts/use-period.ts';

type FiguresData = z.output<(typeof readFigures)['response']>;

const FiguresPage = () => {
  const { t } = useTranslation('compliance');
  const period = usePeriod();
  const figures = useEndpoint(readFigures, { query: { from: period.from, until: period.until } }, { keepOld: true });
  return (
    <Page title={t('figure.title')} about={t('figure.about')} acts={<Link to="/compliance">{t('back')}</Link>}>
      <div className="toolbar board-filters">
        <PeriodFields period={period} />
      </div>
      {figures.error !== null && <RefusalBanner error={figures.error} retry={() => void figures.refetch()} />}
      {figures.data === undefined ? figures.error === null && <Loading /> : <Content data={figures.data} />}
    </Page>
  );
};

const Content = ({ data }: { data: FiguresData }) => {
  const { t, i18n } = useTranslation('compliance');
  return (
    <>
      {data.degraded !== null && <Notice priority="high">{t('figure.degraded', { cameras: data.degraded.join(i18n.language === 'en' ? ', ' : '、') })}</Notice>}
      <Purposes data={data} />
      <Panel title={t('figure.figures')}>
        <div className="figure-grid">
          {data.figures.map((figure) => (
            <FigureCard key={figure.key} figure={figure} />
          ))}
        </div>
      </Panel>
      <Panel title={t('figure.cameras')}>
        <CameraTable cameras={data.cameras} />
      </Panel>
      <Panel title={t('figure.mismatches')}>
        <MismatchTable mismatches={data.mismatches} />
      </Panel>
      <Panel title={t('figure.duties')}>
        <DutyTable duties={data.duties} />
      </Panel>
      <Panel title={t('figure.people')}>
        <p className="dim">{t('figure.peopleText')}</p>
        <br />
        <PeopleTable people={data.people} />
      </Panel>
    </>
  );
};

const Purposes = ({ data }: { data: FiguresData }) => {
  const { t, i18n } = useTranslation('compliance');
  const say = useSay();
  const { valueText, targetText } = useFigureText();
  const figureOf = new Map(data.figures.map((figure) => [figure.key, figure]));
  return (
    <Panel title={t('figure.purposes')}>
      {data.purposes.length === 0 && <p className="dim">{t('figure.noPurposes')}</p>}
      <ul className="purposes">
        {data.purposes.map((purpose) => (
          <li key={purpose.clause}>
            <span>
              <Link className="clause-id" to="/compliance/clause" search={{ id: purpose.clause }}>
                {purpose.clause}
              </Link>{' '}
              {say(purpose)}
            </span>
            <span className="purpose-figures">
              {purpose.figures.map((key) => {
                const figure = figureOf.get(key);
                return figure === undefined ? null : (
                  <span key={key}>
                    {say(figure.title)} <strong>{valueText(figure)}</strong> ({t('figure.target')} {targetText(figure)})
                  </span>
                );
              })}
            </span>
            {purpose.gap && <Notice priority="medium">{t('figure.gap')}</Notice>}
            {purpose.missing.length > 0 && <span className="dim">{t('figure.missing', { names: purpose.missing.map(({ title }) => say(title)).join(i18n.language === 'en' ? ', ' : '、') })}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
};

export default FiguresPage;
