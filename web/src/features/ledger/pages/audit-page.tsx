/** All acts of the room: asked by person, camera, sort, words and span; kept questions, export. What is asked is itself on record. */
import { useState } from 'react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listActs } from '../../../../../contract/audit.ts';
import { call } from '../../../app/client.ts';
import { queryKey as keyOf } from '../../../app/queries.ts';
import { canDo, useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Page } from '../../../ui/page.tsx';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../ledger.css';
import { ActFilters } from '../parts/act-filters.tsx';
import { askedOf, noQuestion } from '../parts/act-question.ts';
import type { ActQuestion } from '../parts/act-question.ts';
import { ExportActs } from '../parts/export-acts.tsx';
import { FactRow } from '../parts/fact-row.tsx';
import { KeptQuestions } from '../parts/kept-questions.tsx';
import { auditVerbs } from '../verbs.ts';

const AuditPage = () => {
  const { t } = useTranslation('ledger');
  const session = useSession();
  const [seq, seqs, from, until] = [useSearchText('seq'), useSearchText('seqs'), useSearchText('from'), useSearchText('until')];
  const [question, setQuestion] = useState<ActQuestion>({ ...noQuestion, seqs: seq === '' ? seqs : seq, from, until });
  const [visitors, setVisitors] = useState(false);
  // A question asked again is another reading, so each asking has its number.
  const [asking, setAsking] = useState(0);
  const ask = (next: ActQuestion): void => {
    setQuestion(next);
    setAsking(asking + 1);
  };
  return (
    <Page
      title={t('audit.title')}
      about={t('audit.about')}
      acts={
        <>
          <Link to="/audit/untold">{t('untold.link')}</Link>
          {canDo(session, auditVerbs.reviews) === true && <Link to="/audit/reviews">{t('audit.reviews')}</Link>}
          {canDo(session, auditVerbs.trace) === true && <Link to="/audit/trace">{t('audit.trace')}</Link>}
        </>
      }
    >
      <KeptQuestions question={question} ask={ask} />
      <Acts key={asking} question={question} ask={ask} visitors={visitors} setVisitors={setVisitors} />
    </Page>
  );
};

const useActs = (question: ActQuestion, visitors: boolean) => {
  const { site } = useSession();
  const query = { ...askedOf(question, site.timeZone), visitors: visitors ? ('yes' as const) : ('no' as const) };
  const queryKey = keyOf(listActs, query);
  const acts = useInfiniteQuery({
    queryKey,
    queryFn: async ({ pageParam, signal }) => call(listActs, { query: { ...query, before: pageParam ?? undefined }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next ?? undefined,
    // As with the ledger: reading is a recorded act, it happens when people ask and never by itself.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  return { acts, queryKey };
};

const Acts = ({ question, ask, visitors, setVisitors }: { question: ActQuestion; ask: (question: ActQuestion) => void; visitors: boolean; setVisitors: (visitors: boolean) => void }) => {
  const { t } = useTranslation('ledger');
  const { t: tUi } = useTranslation('ui');
  const client = useQueryClient();
  const { acts, queryKey } = useActs(question, visitors);
  const shown = acts.data?.pages.flatMap((page) => page.acts);
  /** Cameras and people can be asked about; other subjects are followed in the ledger. */
  const follow = (subject: string): (() => void) | undefined => {
    if (subject.startsWith('cam_')) return () => ask({ ...question, seqs: '', cameraId: subject });
    return subject.startsWith('per_') ? () => ask({ ...question, seqs: '', personId: subject }) : undefined;
  };
  const masked = acts.data?.pages.some((page) => page.masked) === true;
  return (
    <>
      <ActFilters question={question} ask={ask} busy={acts.isFetching && !acts.isFetchingNextPage} />
      <div className="kept">
        <Checkbox checked={visitors} onChange={({ target }) => setVisitors(target.checked)}>
          {t('audit.visitors')}
        </Checkbox>
        <ExportActs question={question} />
      </div>
      {masked && <Notice>{t('audit.masked')}</Notice>}
      {acts.error !== null && <RefusalBanner error={acts.error} retry={() => void client.resetQueries({ queryKey })} />}
      {shown === undefined && acts.error === null && <Loading />}
      {shown?.length === 0 && <Empty what={t(acts.hasNextPage ? 'audit.goOn' : 'audit.empty')} />}
      {shown !== undefined && shown.length > 0 && (
        <ol className="fact-list" aria-label={t('audit.caption')}>
          {shown.map((fact) => (
            <FactRow key={fact.seq} fact={fact} onSubject={masked ? undefined : follow(fact.subject)} />
          ))}
        </ol>
      )}
      {acts.hasNextPage && (
        <Button loading={acts.isFetchingNextPage} onClick={() => void acts.fetchNextPage()}>
          {tUi('more')}
        </Button>
      )}
    </>
  );
};

export default AuditPage;
