/** Mandatory sections: what the machine measured, confirmed in words; points are answered one by one. */
import { useState } from 'react';
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerSection } from '../../../../../contract/duty.ts';
import type { SectionView } from '../../../../../contract/duty.ts';
import { useAct } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { useSay } from '../../../ui/say.ts';
import { RefusalBanner } from '../../../ui/states.tsx';
import { clockText } from '../../../ui/time-format.ts';
import { dutyVerbs } from '../verbs.ts';

export const Sections = ({ sections }: { sections: readonly SectionView[] }) => {
  const { t } = useTranslation('duty');
  return (
    <section aria-labelledby="duty-sections">
      <h2 id="duty-sections">{t('section.title')}</h2>
      {sections.map((section) => (
        <Section key={section.section} section={section} />
      ))}
    </section>
  );
};

const Section = ({ section }: { section: SectionView }) => {
  const { t } = useTranslation('duty');
  const say = useSay();
  const { site } = useSession();
  const can = useCan(dutyVerbs.write);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [checks, setChecks] = useState<Record<string, boolean>>({});
  const answer = useAct(answerSection, ['/api/duty']);
  const confirm = (): void => answer.mutate({ params: { section: section.section }, body: { text: text.trim() === '' ? t('section.normal') : text, checks } }, { onSuccess: () => setOpen(false) });
  const id = `section-${section.section}`;
  return (
    <details className="duty-section" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{say(section.title)}</span>
        {section.answer === null ? <strong className="entry-late">{t('section.blank')}</strong> : <span className="dim">{t('section.confirmed', { name: section.answer.by, time: clockText(section.answer.at, site.timeZone) })}</span>}
      </summary>
      {section.measured.length > 0 && (
        <ul className="measured">
          {section.measured.map((line, index) => (
            <li key={index}>{say(line)}</li>
          ))}
        </ul>
      )}
      {section.answer !== null && <p>{section.answer.text}</p>}
      {answer.error !== null && <RefusalBanner error={answer.error} />}
      {section.points.map((point) => (
        <fieldset key={point.key} className="duty-point">
          <legend>{say(point.title)}</legend>
          {([true, false] as const).map((ok) => (
            <label key={String(ok)}>
              <input type="radio" name={`${id}-${point.key}`} checked={checks[point.key] === ok} onChange={() => setChecks({ ...checks, [point.key]: ok })} /> {t(ok ? 'section.ok' : 'section.notOk')}
            </label>
          ))}
        </fieldset>
      ))}
      <label htmlFor={id}>{t('section.text')}</label>
      <Input id={id} value={text} maxLength={2_000} placeholder={t('section.normal')} onChange={(event) => setText(event.target.value)} />
      <ActButton can={can} loading={answer.isPending} onClick={confirm}>
        {t(section.answer === null ? 'section.confirm' : 'section.change')}
      </ActButton>
    </details>
  );
};
