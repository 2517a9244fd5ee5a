/** Usual questions and those that the person keeps. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { listQuestions, removeQuestion, saveQuestion } from '../../../../../contract/audit.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { daysOf, filtersOf, presetQuestion, presets, savedQuestion } from './act-question.ts';
import type { ActQuestion } from './act-question.ts';

const minuteMs = 60_000;

export const KeptQuestions = ({ question, ask }: { question: ActQuestion; ask: (question: ActQuestion) => void }) => {
  const { t } = useTranslation('ledger');
  const { timeZone } = useSession().site;
  const now = useServerNow(minuteMs);
  const kept = useEndpoint(listQuestions, {});
  const save = useAct(saveQuestion, [listQuestions.path]);
  const remove = useAct(removeQuestion, [listQuestions.path]);
  const [title, setTitle] = useState('');
  const error = save.error ?? remove.error;
  const keep = (): void => {
    // Single entries are no question to ask again.
    save.mutate({ body: { title: title.trim(), question: { ...filtersOf({ ...question, seqs: '' }), days: daysOf(question, timeZone, now) } } }, { onSuccess: () => setTitle('') });
  };
  return (
    <>
      {error !== null && <RefusalBanner error={error} />}
      <div className="kept">
        <span className="dim">{t('audit.presets')}</span>
        {presets.map((preset) => (
          <Button key={preset} onClick={() => ask(presetQuestion(preset, timeZone, now))}>
            {t(`audit.${preset}`)}
          </Button>
        ))}
      </div>
      <div className="kept">
        <span className="dim">{t('audit.saved')}</span>
        {(kept.data?.questions ?? []).map((one) => (
          <span key={one.questionId} className="kept-one">
            <Button onClick={() => ask(savedQuestion(one.question, timeZone, now))}>{one.title}</Button>
            <Button type="text" aria-label={t('audit.remove', { title: one.title })} loading={remove.isPending} onClick={() => remove.mutate({ params: { questionId: one.questionId } })}>
              ×
            </Button>
          </span>
        ))}
        <form
          className="kept-one"
          onSubmit={(event) => {
            event.preventDefault();
            if (title.trim() !== '') keep();
          }}
        >
          <input className="search" value={title} maxLength={80} placeholder={t('audit.saveTitle')} aria-label={t('audit.saveTitle')} title={t('audit.saveText')} onChange={({ target }) => setTitle(target.value)} />
          <Button htmlType="submit" disabled={title.trim() === ''} loading={save.isPending}>
            {t('audit.save')}
          </Button>
        </form>
      </div>
    </>
  );
};
