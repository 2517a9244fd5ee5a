/** The form of a question. It asks when told to, not while somebody types: each reading is a recorded act. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ActGroup, auditChoices } from '../../../../../contract/audit.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { auditVerbs } from '../verbs.ts';
import type { ActQuestion } from './act-question.ts';

const hasFilters = ({ personId, cameraId, text, from }: ActQuestion): boolean => [personId, cameraId, text, from].some((one) => one !== '');

export const ActFilters = ({ question, ask, busy }: { question: ActQuestion; ask: (question: ActQuestion) => void; busy: boolean }) => {
  const { t } = useTranslation('ledger');
  const [draft, setDraft] = useState(question);
  // On a phone the acts come first; what narrows them is one touch away.
  const [wide] = useState(() => window.matchMedia('(min-width: 721px)').matches || hasFilters(question));
  const mayName = useCan(auditVerbs.names) === true;
  const choices = useEndpoint(auditChoices, {}, { enabled: mayName });
  const set = (change: Partial<ActQuestion>): void => setDraft({ ...draft, ...change });
  return (
    <details className="act-fold" open={wide}>
      <summary>{t('audit.filters')}</summary>
      <form
        className="toolbar filters"
        onSubmit={(event) => {
          event.preventDefault();
          ask(draft);
        }}
      >
        {mayName && (
          <>
            <Choice label={t('audit.person')} all={t('audit.everybody')} value={draft.personId} set={(personId) => set({ personId })} options={(choices.data?.people ?? []).map(({ personId, name, staffNumber }) => [personId, `${name} ${staffNumber}`])} />
            <Choice label={t('audit.camera')} all={t('audit.allCameras')} value={draft.cameraId} set={(cameraId) => set({ cameraId })} options={(choices.data?.cameras ?? []).map(({ cameraId, label }) => [cameraId, label])} />
          </>
        )}
        <Choice label={t('audit.group')} all={t('audit.allGroups')} value={draft.group} set={(group) => set({ group: ActGroup.safeParse(group).data ?? '' })} options={ActGroup.options.map((group) => [group, t(`audit.groups.${group}`)])} />
        <Moment label={t('audit.from')} value={draft.from} set={(from) => set({ from })} />
        <Moment label={t('audit.until')} value={draft.until} set={(until) => set({ until })} />
        <label>
          {t('audit.text')}
          <input type="search" value={draft.text} maxLength={80} onChange={({ target }) => set({ text: target.value })} />
        </label>
        {draft.seqs !== '' && (
          <span>
            {t('audit.entries', { seqs: draft.seqs.replaceAll('-', ' ') })}{' '}
            <button type="button" className="link" onClick={() => set({ seqs: '', kind: '' })}>
              {t('clear')}
            </button>
          </span>
        )}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('audit.ask')}
        </Button>
      </form>
    </details>
  );
};

const Choice = ({ label, all, value, set, options }: { label: string; all: string; value: string; set: (value: string) => void; options: readonly (readonly [string, string])[] }) => (
  <label>
    {label}
    <select value={value} onChange={({ target }) => set(target.value)}>
      <option value="">{all}</option>
      {options.map(([key, word]) => (
        <option key={key} value={key}>
          {word}
        </option>
      ))}
    </select>
  </label>
);

const Moment = ({ label, value, set }: { label: string; value: string; set: (value: string) => void }) => (
  <label>
    {label}
    <input type="datetime-local" value={value} max="9999-12-31T23:59" onChange={({ target }) => set(target.value)} />
  </label>
);
