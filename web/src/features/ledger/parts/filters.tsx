/** Filters of the ledger. Native fields: they bring their own calendar and work with one thumb. */
import { useTranslation } from 'react-i18next';
import { noFilter } from './filter.ts';
import type { Filter } from './filter.ts';
import { useKindWords } from './kind-words.ts';

export const Filters = ({ filter, set }: { filter: Filter; set: (filter: Filter) => void }) => {
  const { t } = useTranslation('ledger');
  const { all } = useKindWords();
  const filtered = Object.values(filter).some((value) => value !== '');
  return (
    <div className="toolbar filters">
      <label>
        {t('from')}
        <input type="date" value={filter.from} max={filter.until || undefined} onChange={(event) => set({ ...filter, from: event.target.value })} />
      </label>
      <label>
        {t('until')}
        <input type="date" value={filter.until} min={filter.from || undefined} onChange={(event) => set({ ...filter, until: event.target.value })} />
      </label>
      <label>
        {t('kind')}
        <select value={filter.kind} onChange={(event) => set({ ...filter, kind: event.target.value })}>
          <option value="">{t('allKinds')}</option>
          {all.map(({ kind, word }) => (
            <option key={kind} value={kind}>
              {word}
            </option>
          ))}
        </select>
      </label>
      {filter.subject !== '' && (
        <span>
          {t('subject')} <code>{filter.subject}</code>
        </span>
      )}
      {filtered && (
        <button type="button" className="link" onClick={() => set(noFilter)}>
          {t('clear')}
        </button>
      )}
    </div>
  );
};
