/** The ledger, newest first, with its filters; earlier entries by the page. */
import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { listFacts } from '../../../../../contract/ledger.ts';
import { call } from '../../../app/client.ts';
import { queryKey } from '../../../app/queries.ts';
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
      <Filters filter={filter} set={setFilter} />
      <FactList filter={filter} onSubject={(subject) => setFilter({ ...filter, subject })} />
    </Page>
  );
};

const FactList = ({ filter, onSubject }: { filter: Filter; onSubject: (subject: string) => void }) => {
  const { t } = useTranslation('ledger');
  const { t: tUi } = useTranslation('ui');
  const { site } = useSession();
  const query = {
    ...(filter.kind === '' ? {} : { kind: filter.kind }),
    ...(filter.subject === '' ? {} : { subject: filter.subject }),
    from: dayStart(filter.from, site.timeZone) ?? undefined,
    until: dayEnd(filter.until, site.timeZone) ?? undefined,
  };
  const facts = useInfiniteQuery({
    queryKey: queryKey(listFacts, query),
    queryFn: async ({ pageParam, signal }) => call(listFacts, { query: { ...query, before: pageParam ?? undefined }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.more ? page.facts.at(-1)?.seq : undefined),
  });
  const shown = facts.data?.pages.flatMap((page) => page.facts);
  if (shown === undefined) return facts.error === null ? <Loading /> : <RefusalBanner error={facts.error} retry={() => void facts.refetch()} />;
  return (
    <>
      {facts.error !== null && <RefusalBanner error={facts.error} retry={() => void facts.refetch()} />}
      {shown.length === 0 && <Empty what={t('empty')} />}
      <ol className="fact-list" aria-label={t('caption')}>
        {shown.map((fact) => (
          <FactRow key={fact.seq} fact={fact} onSubject={onSubject} />
        ))}
      </ol>
      {facts.hasNextPage && (
        <Button loading={facts.isFetchingNextPage} onClick={() => void facts.fetchNextPage()}>
          {tUi('more')}
        </Button>
      )}
    </>
  );
};

export default LedgerPage;
