/** The record of a false fire alarm: detector, place, cause, person, from when to when. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { instantOfLocal } from './local-time.ts';

export const noFindings = { detector: '', place: '', cause: '', person: '', from: '', until: '' };
type Values = typeof noFindings;

export const findingsOf = (values: Values, timeZone: string) => ({ ...values, from: instantOfLocal(values.from, timeZone), until: instantOfLocal(values.until, timeZone) });

export const Findings = ({ values, set }: { values: Values; set: (values: Values) => void }) => {
  const { t } = useTranslation('notifications');
  const id = useId();
  return (
    <fieldset className="findings">
      <legend>{t('findings.title')}</legend>
      {(Object.keys(noFindings) as (keyof Values)[]).map((key) => (
        <p key={key}>
          <label htmlFor={`${id}-${key}`}>{t(`findings.${key}`)}</label>
          <input id={`${id}-${key}`} type={key === 'from' || key === 'until' ? 'datetime-local' : 'text'} maxLength={200} value={values[key]} onChange={(event) => set({ ...values, [key]: event.target.value })} />
        </p>
      ))}
    </fieldset>
  );
};
