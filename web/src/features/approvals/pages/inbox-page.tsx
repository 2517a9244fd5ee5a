/** The inbox: the list on the left and the request on the right; on a phone one after the other. */
import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApprovalState, inbox } from '../../../../../contract/approvals.ts';
import { call } from '../../../app/client.ts';
import { queryKey } from '../../../app/queries.ts';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Page } from '../../../ui/page.tsx';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import '../approvals.css';
import { Detail } from '../parts/detail.tsx';
import { InboxList } from '../parts/inbox-list.tsx';

type List = 'to_decide' | 'mine' | 'all';
const listOf = (text: string): List => (text === 'mine' || text === 'all' ? text : 'to_decide');
const emptyOf = { to_decide: 'empty.toDecide', mine: 'empty.mine', all: 'empty.all' } as const;

const useInbox = (list: List, search: string, state: string) => {
  const query = { list, ...(search === '' ? {} : { search }), ...(state === '' ? {} : { state: ApprovalState.parse(state) }) };
  return useInfiniteQuery({
    queryKey: queryKey(inbox, query),
    queryFn: async ({ pageParam, signal }) => call(inbox, { query: { ...query, ...(pageParam === null ? {} : { before: pageParam }) }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.more ? page.approvals.at(-1)?.number : undefined),
    placeholderData: (previous) => previous,
  });
};

const InboxPage = () => {
  const { t } = useTranslation('approvals');
  const id = useSearchText('id');
  const list = listOf(useSearchText('list'));
  const acts = (
    <>
      <Link to={'/approvals/ask'} className="approval-link">{t('ask')}</Link>
      <Link to={'/approvals/orders'} className="approval-link">{t('order.title')}</Link>
      <Link to={'/approvals/deputies'} className="approval-link">{t('deputies')}</Link>
    </>
  );
  return (
    <Page title={t('title')} about={t('about')} acts={acts}>
      <div className={id === '' ? 'approvals' : 'approvals approvals-one'}>
        <Lists list={list} id={id} />
        <section className="approvals-detail panel" aria-label={t('chosen')}>
          {id === '' ? (
            <Empty what={t('empty.none')} />
          ) : (
            <>
              <Link to={'/approvals'} search={{ list }} className="approvals-back">← {t('back')}</Link>
              <Detail key={id} approvalId={id} />
            </>
          )}
        </section>
      </div>
    </Page>
  );
};

const Lists = ({ list, id }: { list: List; id: string }) => {
  const { t } = useTranslation('approvals');
  const { t: tUi } = useTranslation('ui');
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [state, setState] = useState('');
  const found = useInbox(list, search.trim(), list === 'to_decide' ? '' : state);
  const first = found.data?.pages[0];
  const rows = found.data?.pages.flatMap((page) => page.approvals);
  const options = [
    { value: 'to_decide', label: first === undefined || first.counts.toDecide === 0 ? t('list.toDecide') : `${t('list.toDecide')} ${first.counts.toDecide}` },
    { value: 'mine', label: t('list.mine') },
    { value: 'all', label: first?.canSeeAll === true ? t('list.all') : t('list.concerned') },
  ];
  return (
    <section className="approvals-list" aria-label={t('list.choose')}>
      <Segmented block options={options} value={list} aria-label={t('list.choose')} onChange={(chosen) => void navigate({ to: '/approvals', search: { list: chosen } })} />
      <div className="toolbar">
        <input className="search" type="search" value={search} maxLength={100} placeholder={t('list.search')} aria-label={t('list.search')} onChange={(event) => setSearch(event.target.value)} />
        {list !== 'to_decide' && (
          <select className="search approval-select" value={state} aria-label={t('list.state')} onChange={(event) => setState(event.target.value)}>
            <option value="">{t('list.anyState')}</option>
            {ApprovalState.options.map((one) => <option key={one} value={one}>{t(`state.${one}`)}</option>)}
          </select>
        )}
      </div>
      {found.error !== null && <RefusalBanner error={found.error} retry={() => void found.refetch()} />}
      {rows === undefined && found.error === null && <Loading />}
      {rows?.length === 0 && <Empty what={t(emptyOf[list])} />}
      {rows !== undefined && rows.length > 0 && <InboxList rows={rows} currentId={id} list={list} />}
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {tUi('more')}
        </Button>
      )}
    </section>
  );
};

export default InboxPage;
