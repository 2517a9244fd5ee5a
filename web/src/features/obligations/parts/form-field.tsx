/** One item of an evidence form: large targets for a thumb, the standard beside it, words asked for as soon as something is not in order. */
import { useId } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, FormField } from '../../../../../contract/obligations.ts';
import { useSay } from '../../../ui/say.ts';
import { emptyAnswer, isAbnormal } from './draft.ts';
import { PhotoField } from './photo-field.tsx';

interface FieldProps {
  obligationId: string;
  field: FormField;
  answer: Answer | undefined;
  fault: { zh: string; en: string } | undefined;
  /** The present answer comes as an argument: a photo may arrive while something is typed. */
  change: (make: (before: Answer) => Answer) => void;
}

export const FormItem = ({ obligationId, field, answer = emptyAnswer, fault, change }: FieldProps) => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const id = useId();
  const range = field.min === undefined && field.max === undefined ? null : t('form.range', { range: field.min === undefined ? `≤ ${field.max ?? ''}` : field.max === undefined ? `≥ ${field.min}` : `${field.min}–${field.max}`, unit: field.unit ?? '' });
  const abnormal = isAbnormal(field, answer);
  return (
    <li className={abnormal ? 'form-item form-item-abnormal' : 'form-item'}>
      <fieldset aria-describedby={fault === undefined ? undefined : `${id}-fault`}>
        <legend>{say(field.title)}</legend>
        {(field.standard !== undefined || range !== null || field.clause !== undefined) && (
          <p className="dim form-standard">
            {[field.standard === undefined ? null : say(field.standard), range, field.clause].filter((part) => part !== null && part !== undefined).join(' · ')}
          </p>
        )}
        <Input field={field} answer={answer} change={change} id={id} />
        {abnormal && (
          <label className="form-note">
            {t('form.note')}
            <textarea rows={2} maxLength={1_000} value={answer.note} onChange={(event) => change((before) => ({ ...before, note: event.target.value }))} />
            <span className="dim">{field.type === 'reading' ? t('form.outOfRange') : t('form.noteNeeded')}</span>
          </label>
        )}
        {(field.type === 'photo' || field.photo === true) && (
          <PhotoField obligationId={obligationId} field={field.key} title={say(field.title)} photos={answer.photos} needed={field.required} set={(make) => change((before) => ({ ...before, photos: make(before.photos) }))} />
        )}
        {fault !== undefined && (
          <p id={`${id}-fault`} className="fault">
            {say(fault)}
          </p>
        )}
      </fieldset>
    </li>
  );
};

const Input = ({ field, answer, change, id }: { field: FormField; answer: Answer; change: FieldProps['change']; id: string }) => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const set = (value: Answer['value']): void => change((before) => ({ ...before, value }));
  if (field.type === 'check') {
    return (
      <Choices>
        <Choice name={id} chosen={answer.value === true} choose={() => set(true)}>{t('form.ok')}</Choice>
        <Choice name={id} chosen={answer.value === false} choose={() => set(false)}>{t('form.bad')}</Choice>
      </Choices>
    );
  }
  if (field.type === 'choice') {
    return (
      <Choices>
        {(field.options ?? []).map((option) => (
          <Choice key={option.value} name={id} chosen={answer.value === option.value} choose={() => set(option.value)}>{say(option.title)}</Choice>
        ))}
      </Choices>
    );
  }
  if (field.type === 'reading') {
    return (
      <span className="form-reading">
        <input type="number" inputMode="decimal" step="any" aria-label={`${say(field.title)} ${t('form.reading')}`} value={typeof answer.value === 'number' ? answer.value : ''} onChange={(event) => set(event.target.value === '' ? null : Number(event.target.value))} />
        <span className="dim">{field.unit}</span>
      </span>
    );
  }
  if (field.type === 'text') return <textarea rows={3} maxLength={2_000} aria-label={say(field.title)} value={typeof answer.value === 'string' ? answer.value : ''} onChange={(event) => set(event.target.value)} />;
  return null;
};

const Choices = ({ children }: { children: ReactNode }) => <div className="form-choices">{children}</div>;
const Choice = ({ name, chosen, choose, children }: { name: string; chosen: boolean; choose: () => void; children: ReactNode }) => (
  <label className={chosen ? 'form-choice form-chosen' : 'form-choice'}>
    <input type="radio" name={name} checked={chosen} onChange={choose} />
    {children}
  </label>
);
