/** The alarm list: what waits, what is mine to do, by when, and what happens if nobody does it. F8 goes to the words of the selected alarm. */
import { useEffect, useEffectEvent, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { alarmHistory } from '../../../../../contract/notifications.ts';
import type { AlarmView } from '../../../../../contract/notifications.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Loading, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import '../notifications.css';
import { AlarmDetail } from '../parts/alarm-detail.tsx';
import { keptSelection, moved, priorityOf, standingOf } from '../parts/alarm-order.ts';
import { AlarmRow } from '../parts/alarm-row.tsx';
import { useAlarms } from '../parts/use-alarms.ts';
import { notificationVerbs } from '../verbs.ts';

const AlarmsPage = () => {
  const { t } = useTranslation('notifications');
  const { query, alarms } = useAlarms();
  const now = useServerNow();
  const ids = alarms.map(({ alarmId }) => alarmId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [focusAt, setFocusAt] = useState(0);
  const selected = keptSelection(ids, chosen);
  const alarm = alarms.find(({ alarmId }) => alarmId === selected);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || document.querySelector('dialog[open]') !== null) return;
    if (event.key === 'F8') {
      event.preventDefault();
      if (selected === null) setChosen(moved(ids, null, 1));
      setFocusAt((count) => count + 1);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !(event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      setChosen(moved(ids, selected, event.key === 'ArrowDown' ? 1 : -1));
    }
  });
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <Page title={t('title')} about={t('about')} acts={<Links />}>
      {query.error !== null && <RefusalBanner error={query.error} />}
      {query.data === undefined && query.error === null && <Loading />}
      {query.data !== undefined && alarms.length === 0 && (
        <div className="alarms-calm">
          <NormalMark>{t('none')}</NormalMark>
          <p className="dim">{t('noneText')}</p>
        </div>
      )}
      {alarms.length > 0 && (
        <div className="alarms">
          <ul className="alarm-list" aria-label={t('listName')}>
            {alarms.map((one) => (
              <AlarmRow key={one.alarmId} alarm={one} now={now} selected={one.alarmId === selected} onSelect={() => setChosen(one.alarmId)} />
            ))}
          </ul>
          {alarm === undefined ? <p className="alarm-detail dim">{t('selectOne')}</p> : <AlarmDetail alarm={alarm} focusAt={focusAt} />}
        </div>
      )}
      <History open={alarms} />
    </Page>
  );
};

const Links = () => {
  const { t } = useTranslation('notifications');
  const matrix = useCan(notificationVerbs.matrix) === true;
  const channels = useCan(notificationVerbs.channels) === true;
  const history = useCan(notificationVerbs.history) === true;
  return (
    <nav className="alarm-links" aria-label={t('title')}>
      {history && <Link to={'/alarms/history'}>{t('records.link')}</Link>}
      <Link to={'/notices'}>{t('noticesLink')}</Link>
      {matrix && <Link to={'/alarms/matrix'}>{t('matrixLink')}</Link>}
      {channels && <Link to={'/alarms/channels'}>{t('channelsLink')}</Link>}
    </nav>
  );
};

const weekMs = 7 * 86_400_000;
const stepMs = 60_000;

const History = ({ open }: { open: readonly AlarmView[] }) => (useCan(notificationVerbs.history) === true ? <HistoryTable open={open} /> : null);

/** `open`: as the list above says them. One alarm never reads in two ways on one page. */
const HistoryTable = ({ open }: { open: readonly AlarmView[] }) => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const { site } = useSession();
  // In whole minutes, so that the same question is not asked anew each second.
  const until = (Math.floor(useServerNow(stepMs) / stepMs) + 1) * stepMs;
  const history = useEndpoint(alarmHistory, { query: { from: until - weekMs, until } }, { keepOld: true });
  const rows = history.data?.alarms.map((alarm) => open.find(({ alarmId }) => alarmId === alarm.alarmId) ?? alarm);
  return (
    <section aria-labelledby="alarm-history">
      <h2 id="alarm-history">{t('historyTitle')}</h2>
      <DataTable<AlarmView>
        caption={t('history')}
        rows={rows}
        error={history.error}
        empty={<p className="dim">{t('historyEmpty')}</p>}
        rowKey={({ alarmId }) => alarmId}
        dimmed={({ state }) => state === 'closed'}
        columns={[
          { key: 'time', title: t('column.time'), render: ({ raisedAt }) => <time>{momentText(raisedAt, site.timeZone)}</time>, order: ({ raisedAt }) => raisedAt },
          {
            key: 'what',
            title: t('column.what'),
            render: (alarm) => (
              <span>
                <PriorityMark priority={priorityOf(alarm)} /> {say(alarm.sentence)}
              </span>
            ),
          },
          { key: 'class', title: t('column.class'), render: (alarm) => t(`class.${alarm.class}`), order: (alarm) => alarm.class },
          { key: 'state', title: t('column.state'), render: (alarm) => t(`state.${standingOf(alarm)}`), order: standingOf },
          { key: 'count', title: t('column.count'), render: ({ times }) => times, numeric: true, order: ({ times }) => times },
        ]}
      />
    </section>
  );
};

export default AlarmsPage;
