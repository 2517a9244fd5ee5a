/** From and until as days of the site. */
import { useTranslation } from 'react-i18next';
import type { ChosenPeriod } from './use-period.ts';

const isDay = (text: string): boolean => /^[2-9]\d{3}-\d{2}-\d{2}$/.test(text);

export const PeriodFields = ({ period }: { period: ChosenPeriod }) => {
  const { t } = useTranslation('compliance');
  return (
    <>
      <label>
        {t('from')}
        <input type="date" defaultValue={period.fromDay} key={`from ${period.fromDay}`} max={period.untilDay} onChange={({ target: { value } }) => isDay(value) && value < period.untilDay && period.choose({ from: value })} />
      </label>
      <label>
        {t('until')}
        <input type="date" defaultValue={period.untilDay} key={`until ${period.untilDay}`} min={period.fromDay} onChange={({ target: { value } }) => isDay(value) && value > period.fromDay && period.choose({ until: value })} />
      </label>
    </>
  );
};
