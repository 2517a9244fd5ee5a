/** My requests, those that the room has to carry out, and all of them. */
import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { RequestState, requests, type RequestRow } from '../../../../../contract/evidence.ts';
import { call } from '../../../app/client.ts';
import { queryKey, useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import { useMoment, useSpan } from '../parts/use-words.ts';
import { evidenceVerbs } from '../verbs.ts';
import '../evidence.css';

type List = 'mine' | 'room' | 'all';
const isList = (text: string): text is List => text === 'mine' || text === 'room' || text === 'all';

/** What was chosen; else what waits for whoever carries requests out, and their own for all others. */
const useList = (): List => {
  const chosen = useSearchText('list');
  const waiting = useEndpoint(requests, { query: {} }).data;
  if (isList(chosen)) return chosen;
  return waiting?.can['execute'] === true && waiting.counts.room > 0 ? 'room' : 'mine';
};

const useRequests = (list: List, search: string, state: string) => {
  const query = { list, ...(search === '' ? {} : { search }), ...(state === '' ? {} : { state: RequestState.parse(state) }) };
  return useInfiniteQuery({
    queryKey: queryKey(requests, query),
    queryFn: async ({ pageParam, signal }) => call(requests, { query: { ...query, ...(pageParam ?? {}) }, signal }),
    initialPageParam: null as { before: number; beforeId: string } | null,
    getNextPageParam: (page) => {
      const last = page.requests.at(-1);
      return page.more && last !== undefined ? { before: last.submittedAt, beforeId: last.requestId } : undefined;
    },
    placeholderData: (previous) => previous,
  });
};

const ListPage = () => {
  const { t } = useTranslation('evidence');
  const { t: tUi } = useTranslation('ui');
  const { t: tHolds } = useTranslation('holds');
  const { t: tArchive } = useTranslation('archive');
  const seesHolds = useCan(evidenceVerbs.holds);
  const seesArchive = useCan(evidenceVerbs.archive);
  const navigate = useNavigate();
  const list = useList();
  const [search, setSearch] = useState('');
  const [state, setState] = useState('');
  const found = useRequests(list, search.trim(), state);
  const first = found.data?.pages[0];
  const sees = first?.can['see'] === true;
  const acts = (
    <>
      {first?.can['ask'] === true && <Link to={'/footage/ask'} className="footage-link footage-first">{t('ask.title')}</Link>}
      {first?.can['register'] === true && <Link to={'/footage/register'} className="footage-link">{t('register.link')}</Link>}
      {seesHolds === true && <Link to={'/footage/holds'} className="footage-link">{tHolds('title')}</Link>}
      {seesArchive === true && <Link to={'/footage/archive'} className="footage-link">{tArchive('link')}</Link>}
      {first?.can['register'] === true && <Link to={'/footage/copies'} className="footage-link">{t('copies.register.link')}</Link>}
    </>
  );
  const options = [
    { value: 'mine', label: t('list.mine') },
    ...(sees ? [{ value: 'room', label: first.counts.room === 0 ? t('list.room') : `${t('list.room')} ${first.counts.room}` }, { value: 'all', label: t('list.all') }] : []),
  ];
  return (
    <Page title={t('title')} about={t('about')} acts={acts}>
      <Panel>
        <div className="toolbar">
          {sees && <Segmented options={options} value={list} aria-label={t('list.choose')} onChange={(chosen) => void navigate({ to: '/footage', search: { list: chosen } })} />}
          <input className="search" type="search" value={search} maxLength={100} placeholder={t('list.search')} aria-label={t('list.search')} onChange={(event) => setSearch(event.target.value)} />
          {list !== 'room' && (
            <select className="search footage-select" value={state} aria-label={t('list.state')} onChange={(event) => setState(event.target.value)}>
              <option value="">{t('list.anyState')}</option>
              {RequestState.options.map((one) => <option key={one} value={one}>{t(`state.${one}`)}</option>)}
            </select>
          )}
        </div>
        <Rows rows={found.data?.pages.flatMap((page) => page.requests)} error={found.error} retry={() => void found.refetch()} empty={t(`list.empty_${list}`)} />
        {found.hasNextPage && <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{tUi('more')}</Button>}
      </Panel>
    </Page>
  );
};

const Rows = ({ rows, error, retry, empty }: { rows: readonly RequestRow[] | undefined; error: unknown; retry: () => void; empty: string }) => {
  const { t } = useTranslation('evidence');
  const say = useSay();
  const moment = useMoment();
  const span = useSpan();
  const columns: Column<RequestRow>[] = [
    { key: 'number', title: t('column.number'), render: (one) => <Link to={'/footage/request'} search={{ id: one.requestId }}>{one.number}</Link> },
    { key: 'type', title: t('column.type'), render: (one) => t(`type.${one.type}`) },
    { key: 'applicant', title: t('column.applicant'), render: (one) => `${one.applicant} · ${one.department}` },
    { key: 'cameras', title: t('column.cameras'), render: (one) => one.cameras.join('、') },
    { key: 'span', title: t('column.span'), render: (one) => <span className="tabular">{span(one.from, one.until)}</span> },
    { key: 'state', title: t('column.state'), render: (one) => <><span className={`footage-state footage-${one.state}`}>{t(`state.${one.state}`)}</span>{one.late && <span className="footage-late"> {t('late')}</span>}</> },
    { key: 'waits', title: t('column.waits'), render: (one) => say(one.waitsFor) || '—' },
    { key: 'submitted', title: t('column.submitted'), render: (one) => <span className="tabular">{moment(one.submittedAt)}</span>, order: (one) => one.submittedAt },
  ];
  return <DataTable caption={t('title')} rows={rows} columns={columns} rowKey={(one) => one.requestId} error={error} retry={retry} empty={<Empty what={empty} />} />;
};

export default ListPage;
