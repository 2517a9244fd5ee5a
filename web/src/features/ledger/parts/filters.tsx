/** Filters of the ledger. Native fields: they bring their own calendar and work with one thumb. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isMeantDay, noFilter } from './filter.ts';
import type { Filter } from './filter.ts';
import { useKinds } from './kind-words.ts';

export const Filters = ({ filter, set, refresh, busy }: {
  filter: Filter;
  set: (filter: Filter) => void;
  refresh: () => void;
  busy: boolean;
}) => {
  const { t } = useTranslation('ledger');
  const groups = useKinds();
  const filtered = Object.values(filter).some((value) => value !== '');
  return (
    <div className="toolbar filters">
      <DayField label={t('from')} day={filter.from} until={filter.until} set={(from) => set({ ...filter, from })} />
      <DayField label={t('until')} day={filter.until} from={filter.from} set={(until) => set({ ...filter, until })} />
      <label>
        {t('kind')}
        <select value={filter.kind} onChange={(event) => set({ ...filter, kind: event.target.value })}>
          <option value="">{t('allKinds')}</option>
          {groups.map(({ group, kinds }) => (
            <optgroup key={group} label={t(`groups.${group}`)}>
              {kinds.map(({ kind, word }) => (
                <option key={kind} value={kind}>
                  {word}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      {filter.subject !== '' && (
        <span>
          {t('subject')} <strong>{filter.subjectName}</strong>
        </span>
      )}
      {filtered && (
        <button type="button" className="link" onClick={() => set(noFilter)}>
          {t('clear')}
        </button>
      )}
      <Button className="filters-read" loading={busy} onClick={refresh} title={t('refreshText')}>
        {t('refresh')}
      </Button>
    </div>
  );
};

const DayField = ({ label, day, from, until, set }: { label: string; day: string; from?: string; until?: string; set: (day: string) => void }) => {
  // While a year is being typed the field holds what is not meant yet.
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label>
      {label}
      <input
        type="date"
        value={typed ?? day}
        min={from || undefined}
        max={until || '9999-12-31'}
        onBlur={() => setTyped(null)}
        onChange={({ target: { value } }) => {
          const meant = isMeantDay(value);
          setTyped(meant ? null : value);
          if (meant) set(value);
        }}
      />
    </label>
  );
};
