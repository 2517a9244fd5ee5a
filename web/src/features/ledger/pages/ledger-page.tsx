/** The ledger, newest first, with its filters; earlier entries by the page. */
import { useState } from 'react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { listFacts } from '../../../../../contract/ledger.ts';
import { call } from '../../../app/client.ts';
import { queryKey as keyOf } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { Page } from '../../../ui/page.tsx';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import '../ledger.css';
import { FactRow } from '../parts/fact-row.tsx';
import { Filters } from '../parts/filters.tsx';
import { noFilter } from '../parts/filter.ts';
import type { Filter } from '../parts/filter.ts';
import { HeadPanel } from '../parts/head-panel.tsx';

const LedgerPage = () => {
  const { t } = useTranslation('ledger');
  const [filter, setFilter] = useState<Filter>(noFilter);
  return (
    <Page title={t('title')} about={t('about')}>
      <HeadPanel />
      <FactList filter={filter} set={setFilter} />
    </Page>
  );
};

const FactList = ({ filter, set }: { filter: Filter; set: (filter: Filter) => void }) => {
  const { t } = useTranslation('ledger');
  const { t: tUi } = useTranslation('ui');
  const client = useQueryClient();
  const { site } = useSession();
  const query = {
    ...(filter.kind === '' ? {} : { kind: filter.kind }),
    ...(filter.subject === '' ? {} : { subject: filter.subject }),
    from: dayStart(filter.from, site.timeZone) ?? undefined,
    until: dayEnd(filter.until, site.timeZone) ?? undefined,
  };
  const queryKey = keyOf(listFacts, query);
  const facts = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam, signal }) => call(listFacts, { query: { ...query, before: pageParam ?? undefined }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.more ? page.facts.at(-1)?.seq : undefined),
    // Reading entries is a recorded act of the person: it happens when they ask, never by itself.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  const shown = facts.data?.pages.flatMap((page) => page.facts);
  // Not refetch(): it would read every page again that was opened.
  const readAgain = (): void => void client.resetQueries({ queryKey });
  return (
    <>
      <Filters filter={filter} set={set} refresh={readAgain} busy={facts.isFetching && !facts.isFetchingNextPage} />
      {facts.error !== null && <RefusalBanner error={facts.error} retry={readAgain} />}
      {shown === undefined && facts.error === null && <Loading />}
      {shown?.length === 0 && <Empty what={t('empty')} />}
      {shown !== undefined && shown.length > 0 && (
        <ol className="fact-list" aria-label={t('caption')}>
          {shown.map((fact) => (
            <FactRow key={fact.seq} fact={fact} onSubject={(subject, subjectName) => set({ ...filter, subject, subjectName })} />
          ))}
        </ol>
      )}
      {facts.hasNextPage && (
        <Button loading={facts.isFetchingNextPage} onClick={() => void facts.fetchNextPage()}>
          {tUi('more')}
        </Button>
      )}
    </>
  );
};

export default LedgerPage;
