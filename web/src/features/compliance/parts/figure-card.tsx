/** One figure: value, target, whether it was missed, its trend, and the way to the facts. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FigureView } from '../../../../../contract/compliance.ts';
import { PriorityMark } from '../../../ui/marks.tsx';
import { useSay } from '../../../ui/say.ts';
import { useFigureText } from './figure-text.ts';
import { Trend } from './trend.tsx';

export const FigureCard = ({ figure }: { figure: FigureView }) => {
  const { t } = useTranslation('compliance');
  const say = useSay();
  const { valueText, targetText } = useFigureText();
  const name = say(figure.title);
  return (
    <section className={figure.missed ? 'figure figure-missed' : 'figure'}>
      <h3>{name}</h3>
      <p className="figure-value">{figure.value === null ? <small>{valueText(figure)}</small> : valueText(figure)}</p>
      <p className="dim">
        {t('figure.target')} {targetText(figure)}{' '}
        {figure.missed && (
          <span className="nowrap">
            <PriorityMark priority="high" />
            {t('figure.missed')}
          </span>
        )}
      </p>
      <Trend points={figure.trend} target={figure.target} label={t('figure.trend', { name, days: figure.trend.length })} />
      {figure.facts.length > 0 && (
        <Link to="/audit" search={{ seqs: figure.facts.slice(-50).join('-') }}>
          {t('figure.behind', { count: figure.facts.length })}
        </Link>
      )}
    </section>
  );
};
