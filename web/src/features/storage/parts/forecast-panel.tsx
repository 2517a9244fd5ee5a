/** Will the room last? In words first, then the figures, then footage so far and ahead against the room there is. */
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { storageScreen } from '../../../../../contract/storage.ts';
import { useSession } from '../../../app/session.tsx';
import { Panel } from '../../../ui/page.tsx';
import { Notice } from '../../../ui/states.tsx';
import { isoDateText, sizeText } from '../../../ui/time-format.ts';
import { linesOf } from './plot-lines.ts';

type Forecast = NonNullable<z.output<typeof storageScreen.response>['forecast']>;

export const ForecastPanel = ({ forecast, now }: { forecast: Forecast | null; now: number }) => {
  const { t } = useTranslation('storage');
  return (
    <Panel title={t('forecast.title')}>
      {forecast === null ? <p className="dim">{t('forecast.unknown')}</p> : <Told forecast={forecast} now={now} />}
    </Panel>
  );
};

const Told = ({ forecast, now }: { forecast: Forecast; now: number }) => {
  const { t } = useTranslation('storage');
  const { days, requiredDays, enough, shortInDays, measured, bytesPerDay, capacityBytes, keptBytes, plot } = forecast;
  const told = { days: days >= 10 ? Math.floor(days) : Math.floor(days * 10) / 10, required: requiredDays };
  return (
    <>
      {enough ? (
        <p>{t('forecast.enough', told)}</p>
      ) : (
        <Notice priority="high">
          {t('forecast.short', told)}
          {shortInDays !== null && ` ${t('forecast.inDays', { days: shortInDays })}`}
        </Notice>
      )}
      {!measured && <p className="dim">{t('forecast.notMeasured')}</p>}
      <dl className="storage-figures">
        {([['kept', keptBytes], ['rate', bytesPerDay], ['needed', Math.max(...plot.map(({ bytes }) => bytes))], ['capacity', capacityBytes]] as const).map(([key, bytes]) => (
          <div key={key}>
            <dt>{t(`forecast.${key}`)}</dt>
            <dd>{sizeText(bytes)}</dd>
          </div>
        ))}
      </dl>
      <Plot forecast={forecast} now={now} />
    </>
  );
};

const Plot = ({ forecast, now }: { forecast: Forecast; now: number }) => {
  const { t } = useTranslation('storage');
  const { timeZone } = useSession().site;
  const lines = linesOf(forecast, now);
  const last = forecast.plot.at(-1)?.day ?? 0;
  return (
    <figure className="storage-plot">
      <svg viewBox="0 0 1000 220" preserveAspectRatio="none" role="img" aria-label={t('forecast.plot', { days: last })}>
        <line x1="0" x2="1000" y1={lines.roomY} y2={lines.roomY} />
        <line className="today" x1={lines.todayX} x2={lines.todayX} y1="0" y2="220" />
        {lines.past !== '' && <path d={lines.past} />}
        <path className="ahead" d={lines.ahead} />
      </svg>
      <div className="storage-ends" aria-hidden="true">
        <span>{lines.past === '' ? t('forecast.today') : isoDateText(lines.from, timeZone)}</span>
        <span>{t('forecast.day', { day: last })}</span>
      </div>
      <figcaption className="storage-legend">
        {lines.past !== '' && <span>{t('forecast.past')}</span>}
        <span className="ahead">{t('forecast.future')}</span>
        <span className="room">{t('forecast.capacityLine')}</span>
      </figcaption>
    </figure>
  );
};
