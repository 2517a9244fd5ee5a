/** The record of alarms: found by time, class, state and words, page after page; each opens its trail; exported as register F11. */
import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { AlarmClass, alarmHistory, alarmHistoryFile, alarmTrail } from '../../../../../contract/notifications.ts';
import type { AlarmView } from '../../../../../contract/notifications.ts';
import { addressOf, call } from '../../../app/client.ts';
import { useServerNow } from '../../../app/live.tsx';
import { queryKey, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { PriorityMark } from '../../../ui/marks.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import { isoDateText, momentText } from '../../../ui/time-format.ts';
import '../notifications.css';
import { priorityOf, standingOf } from '../parts/alarm-order.ts';
import { Trail } from '../parts/alarm-trail.tsx';

type State = AlarmView['state'];
const states: readonly State[] = ['waiting', 'acknowledged', 'shelved', 'closed'];
interface Filter {
  from: string;
  until: string;
  class: AlarmClass | '';
  state: State | '';
  search: string;
}
const monthMs = 30 * 86_400_000;

const HistoryPage = () => {
  const { t } = useTranslation('notifications');
  const { t: tUi } = useTranslation('ui');
  const { site } = useSession();
  const language = useLanguage();
  const now = useServerNow(60_000);
  const noFilter: Filter = { from: isoDateText(now - monthMs, site.timeZone), until: isoDateText(now, site.timeZone), class: '', state: '', search: '' };
  const [filter, setFilter] = useState(noFilter);
  const [chosen, setChosen] = useState<AlarmView | null>(null);
  const search = filter.search.trim();
  const query = {
    from: dayStart(filter.from, site.timeZone) ?? 0, until: dayEnd(filter.until, site.timeZone) ?? 0,
    ...(filter.class === '' ? {} : { class: filter.class }), ...(filter.state === '' ? {} : { state: filter.state }), ...(search === '' ? {} : { search }),
  };
  const rows = useInfiniteQuery({
    queryKey: queryKey(alarmHistory, query),
    queryFn: async ({ pageParam, signal }) => call(alarmHistory, { query: { ...query, before: pageParam ?? undefined }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const file = new URLSearchParams({ ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])), language: language.startsWith('zh') ? 'zh' : 'en' });
  return (
    <Page title={t('records.title')} about={t('records.about')} acts={<Link to={'/alarms'}>{t('records.back')}</Link>}>
      <Filters filter={filter} set={setFilter} clear={() => setFilter(noFilter)} file={`${addressOf(alarmHistoryFile.path, {})}?${file.toString()}`} />
      {chosen !== null && <OneTrail alarm={chosen} close={() => setChosen(null)} />}
      <DataTable<AlarmView>
        caption={t('records.caption')}
        rows={rows.data?.pages.flatMap((page) => page.alarms)}
        columns={useColumns(setChosen)}
        rowKey={({ alarmId }) => alarmId}
        empty={<Empty what={t('records.empty')} />}
        error={rows.error}
        retry={() => void rows.refetch()}
        dimmed={({ state }) => state === 'closed'}
      />
      {rows.hasNextPage && (
        <Button className="record-more" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          {tUi('more')}
        </Button>
      )}
    </Page>
  );
};
export default HistoryPage;

const useColumns = (choose: (alarm: AlarmView) => void): Column<AlarmView>[] => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const { site } = useSession();
  const moment = (at: number | null): string => (at === null ? '—' : momentText(at, site.timeZone));
  return [
    { key: 'time', title: t('column.time'), render: ({ raisedAt }) => <time className="tabular">{moment(raisedAt)}</time>, order: ({ raisedAt }) => raisedAt },
    { key: 'what', title: t('column.what'), render: (alarm) => <span><PriorityMark priority={priorityOf(alarm)} /> {say(alarm.sentence)}</span> },
    { key: 'class', title: t('column.class'), render: (alarm) => t(`class.${alarm.class}`), order: (alarm) => alarm.class },
    { key: 'severity', title: t('records.severity'), render: (alarm) => t(`records.severities.${alarm.severity}`), order: (alarm) => alarm.severity },
    { key: 'state', title: t('column.state'), render: (alarm) => t(`state.${standingOf(alarm)}`), order: standingOf },
    { key: 'over', title: t('records.over'), render: ({ clearedAt }) => <span className="tabular">{moment(clearedAt)}</span>, order: ({ clearedAt }) => clearedAt ?? 0 },
    { key: 'closed', title: t('records.closed'), render: ({ closedAt }) => <span className="tabular">{moment(closedAt)}</span>, order: ({ closedAt }) => closedAt ?? 0 },
    { key: 'count', title: t('column.count'), render: ({ times }) => times, numeric: true, order: ({ times }) => times },
    { key: 'look', title: t('records.look'), render: (alarm) => <button type="button" className="record-button" aria-label={`${t('records.look')} ${moment(alarm.raisedAt)} ${say(alarm.sentence)}`} onClick={() => choose(alarm)}>{t('records.look')}</button> },
  ];
};

const Filters = ({ filter, set, clear, file }: { filter: Filter; set: (filter: Filter) => void; clear: () => void; file: string }) => {
  const { t } = useTranslation('notifications');
  const isState = (text: string): text is State => states.some((state) => state === text);
  return (
    <div className="toolbar records-filter">
      <input className="search" type="search" value={filter.search} maxLength={64} placeholder={t('records.search')} aria-label={t('records.search')} onChange={(event) => set({ ...filter, search: event.target.value })} />
      <label>
        {t('records.from')} <input type="date" value={filter.from} onChange={(event) => set({ ...filter, from: event.target.value })} />
      </label>
      <label>
        {t('records.until')} <input type="date" value={filter.until} onChange={(event) => set({ ...filter, until: event.target.value })} />
      </label>
      <label>
        {t('records.class')}{' '}
        <select value={filter.class} onChange={({ target: { value } }) => set({ ...filter, class: AlarmClass.safeParse(value).data ?? '' })}>
          <option value="">{t('records.all')}</option>
          {AlarmClass.options.map((one) => (
            <option key={one} value={one}>{t(`class.${one}`)}</option>
          ))}
        </select>
      </label>
      <label>
        {t('records.state')}{' '}
        <select value={filter.state} onChange={({ target: { value } }) => set({ ...filter, state: isState(value) ? value : '' })}>
          <option value="">{t('records.all')}</option>
          {states.map((one) => (
            <option key={one} value={one}>{t(`state.${one}`)}</option>
          ))}
        </select>
      </label>
      <button type="button" className="record-button" onClick={clear}>{t('records.clear')}</button>
      <a className="record-button" href={file} download>{t('records.csv')}</a>
    </div>
  );
};

const OneTrail = ({ alarm, close }: { alarm: AlarmView; close: () => void }) => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const trail = useEndpoint(alarmTrail, { params: { alarmId: alarm.alarmId } });
  return (
    <Panel title={`${t('records.trail')} · ${say(alarm.sentence)}`}>
      {trail.error !== null && <RefusalBanner error={trail.error} />}
      {trail.data === undefined ? trail.error === null && <Loading /> : <Trail steps={trail.data.steps} notices={trail.data.notices} />}
      <button type="button" className="record-button" onClick={close}>{t('records.hide')}</button>
    </Panel>
  );
};
