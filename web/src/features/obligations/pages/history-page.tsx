/** All tasks, newest first: searched, filtered, page after page. */
import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { listObligations, ObligationState } from '../../../../../contract/obligations.ts';
import type { ObligationRow } from '../../../../../contract/obligations.ts';
import { call } from '../../../app/client.ts';
import { useServerNow } from '../../../app/live.tsx';
import { queryKey } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { Page } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import { isoDateText, momentText } from '../../../ui/time-format.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { SubNav } from '../parts/sub-nav.tsx';
import { windowText } from '../parts/window-text.ts';

interface Filter {
  state: ObligationState | '';
  from: string;
  until: string;
  search: string;
}
const noFilter: Filter = { state: '', from: '', until: '', search: '' };
const states = ObligationState.options.filter((state) => state !== 'withdrawn');

const HistoryPage = () => {
  const { t } = useTranslation('obligations');
  const { t: tUi } = useTranslation('ui');
  const { site } = useSession();
  const today = isoDateText(useServerNow(60_000), site.timeZone);
  const [filter, setFilter] = useState(noFilter);
  const query = {
    ...(filter.state === '' ? {} : { state: filter.state }),
    ...(filter.search.trim() === '' ? {} : { search: filter.search.trim() }),
    from: dayStart(filter.from, site.timeZone) ?? undefined,
    // What lies ahead is on the other pages, unless it is asked for.
    until: dayEnd(filter.until === '' && filter.state !== 'planned' ? today : filter.until, site.timeZone) ?? undefined,
  };
  const rows = useInfiniteQuery({
    queryKey: queryKey(listObligations, query),
    queryFn: async ({ pageParam, signal }) => call(listObligations, { query: { ...query, before: pageParam ?? undefined }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const shown = rows.data?.pages.flatMap((page) => page.obligations);
  return (
    <Page title={t('history.title')} about={t('history.about')}>
      <SubNav />
      <Filters filter={filter} set={setFilter} />
      <DataTable
        caption={t('history.caption')}
        rows={shown}
        columns={useColumns()}
        rowKey={({ obligationId }) => obligationId}
        empty={<Empty what={t('history.empty')} />}
        error={rows.error}
        retry={() => void rows.refetch()}
        dimmed={({ state }) => state === 'planned'}
      />
      {rows.hasNextPage && (
        <Button className="task-more" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          {tUi('more')}
        </Button>
      )}
    </Page>
  );
};
export default HistoryPage;

const useColumns = (): Column<ObligationRow>[] => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const language = useLanguage();
  const { site } = useSession();
  const window = (row: ObligationRow): string => windowText(row.from, row.until, site.timeZone, language, true);
  return [
    { key: 'window', title: t('history.window'), render: (row) => <span className="tabular">{window(row)}</span>, order: ({ from }) => from },
    { key: 'task', title: t('history.task'), render: (row) => <strong>{say(row.title)}{row.subject === null ? '' : ` · ${row.subject}`}</strong>, order: (row) => say(row.title) },
    { key: 'state', title: t('history.state'), render: (row) => <StateMark state={row.state} late={row.late} />, order: ({ state }) => state },
    { key: 'who', title: t('history.who'), render: (row) => (row.submittedBy === null || row.submittedAt === null ? '—' : t('by', { name: row.submittedBy.name, time: momentText(row.submittedAt, site.timeZone) })) },
    { key: 'reviewer', title: t('history.reviewer'), render: (row) => row.reviewedBy?.name ?? '—' },
    { key: 'found', title: t('history.found'), render: (row) => (row.findings === 0 ? '—' : `${row.findings - row.openFindings}/${row.findings}`), numeric: true, order: ({ findings }) => findings },
    { key: 'acts', title: t('history.acts'), render: (row) => <Link to="/obligations/one" search={{ id: row.obligationId }} aria-label={`${t('look')} ${say(row.title)} ${window(row)}`}>{t('look')}</Link> },
  ];
};

const Filters = ({ filter, set }: { filter: Filter; set: (filter: Filter) => void }) => {
  const { t } = useTranslation('obligations');
  const isFiltered = Object.values(filter).some((value) => value !== '');
  const isState = (text: string): text is ObligationState => ObligationState.safeParse(text).success;
  return (
    <div className="toolbar task-fields">
      <input className="search" type="search" value={filter.search} placeholder={t('history.search')} aria-label={t('history.search')} onChange={(event) => set({ ...filter, search: event.target.value })} />
      <label>
        {t('history.state')}
        <select value={filter.state} onChange={({ target: { value } }) => set({ ...filter, state: isState(value) ? value : '' })}>
          <option value="">{t('history.all')}</option>
          {states.map((state) => (
            <option key={state} value={state}>{t(`state.${state}`)}</option>
          ))}
        </select>
      </label>
      <label>
        {t('history.from')}
        <input type="date" value={filter.from} onChange={(event) => set({ ...filter, from: event.target.value })} />
      </label>
      <label>
        {t('history.until')}
        <input type="date" value={filter.until} onChange={(event) => set({ ...filter, until: event.target.value })} />
      </label>
      {isFiltered && <button type="button" className="link" onClick={() => set(noFilter)}>{t('history.clear')}</button>}
    </div>
  );
};
