/** The holidays of a year. They change nothing unless the rule of the room says so. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeDay, listDays } from '../../../../../contract/obligations.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { Panel } from '../../../ui/page.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';

export const HolidayPanel = ({ year }: { year: number }) => {
  const { t } = useTranslation('obligations');
  const days = useEndpoint(listDays, { query: { year: String(year) } });
  const change = useAct(changeDay, ['/api/obligations']);
  const may = days.data?.can['change'] === true;
  const [day, setDay] = useState('');
  const [kind, setKind] = useState<'holiday' | 'working'>('holiday');
  const [name, setName] = useState('');
  if (days.data === undefined || (!may && days.data.days.length === 0)) return null;
  return (
    <Panel title={`${t('days.title')} ${year}`}>
      <p className="dim">{t('days.about')}</p>
      {days.data.days.length === 0 && <p className="dim">{t('days.empty')}</p>}
      <ul className="holiday-list">
        {days.data.days.map((one) => (
          <li key={one.day}>
            <span className="tabular">{one.day}</span> <span>{t(`days.${one.kind}`)}</span> <span>{one.name}</span>
            {may && (
              <button type="button" className="link" onClick={() => change.mutate({ params: { day: one.day }, body: { kind: 'ordinary', name: '' } })}>
                {t('days.remove')}
                <span className="only-read"> {one.day}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {change.error !== null && <RefusalBanner error={change.error} />}
      {may && (
        <form
          className="toolbar task-fields"
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate({ params: { day }, body: { kind, name } }, { onSuccess: () => setName('') });
          }}
        >
          <label>
            {t('days.day')}
            <input type="date" required value={day} onChange={(event) => setDay(event.target.value)} />
          </label>
          <label>
            {t('days.kind')}
            <select value={kind} onChange={(event) => setKind(event.target.value === 'working' ? 'working' : 'holiday')}>
              <option value="holiday">{t('days.holiday')}</option>
              <option value="working">{t('days.working')}</option>
            </select>
          </label>
          <label>
            {t('days.name')}
            <input type="text" maxLength={64} value={name} onChange={(event) => setName(event.target.value)} />
          </label>
          <Button htmlType="submit" loading={change.isPending} disabled={day === ''}>{t('days.save')}</Button>
        </form>
      )}
    </Panel>
  );
};
