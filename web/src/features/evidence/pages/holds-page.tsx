/** What footage is held: who asked, why, until when, how much; those who may confirm, extend and release it, with a reason. */
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { listHolds, type Hold } from '../../../../../contract/evidence-holds.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, Notice } from '../../../ui/states.tsx';
import { sizeText } from '../../../ui/time-format.ts';
import { HoldAct, type ActOnHold } from '../parts/hold-act.tsx';
import { HoldQuota } from '../parts/hold-quota.tsx';
import { useMoment, useSpan } from '../parts/use-words.ts';
import { evidenceVerbs } from '../verbs.ts';
import '../evidence.css';

type HoldsView = z.output<typeof listHolds.response>;
const againMs = 60_000;

const HoldsPage = () => {
  const { t } = useTranslation('holds');
  const found = useEndpoint(listHolds, {}, { refetchMs: againMs });
  const decides = useCan(evidenceVerbs.decideHolds);
  const [acting, setActing] = useState<ActOnHold | null>(null);
  const page = found.data;
  return (
    <Page title={t('title')} about={page === undefined ? '' : t('about', { hours: page.undecidedHours })} acts={<Link to={'/footage'} className="footage-link">{t('back')}</Link>}>
      {page !== undefined && <Share share={page.share} />}
      <Panel title={t('list')}>
        <Held rows={page?.holds} error={found.error} retry={() => void found.refetch()} decides={decides} act={setActing} />
      </Panel>
      {page !== undefined && decides === true && <HoldQuota page={page} />}
      <Panel title={t('ended')}>
        <Ended rows={page?.ended} error={found.error} />
      </Panel>
      {acting !== null && page !== undefined && <HoldAct key={`${acting.act} ${acting.hold.holdId}`} acting={acting} page={page} close={() => setActing(null)} />}
    </Page>
  );
};

const Share = ({ share }: { share: HoldsView['share'] }) => {
  const { t } = useTranslation('holds');
  const words = { percent: share.percent, size: sizeText(share.heldBytes), limit: share.limitPercent };
  if (share.percent === null) return <Notice priority="medium">{t('shareUnknown', words)}</Notice>;
  if (share.percent <= share.limitPercent) return <Notice>{t('share', words)}</Notice>;
  return <Notice priority="high">{`${t('share', words)} ${t('over')}`}</Notice>;
};

const useShared = (): Column<Hold>[] => {
  const { t } = useTranslation('holds');
  const span = useSpan();
  return [
    { key: 'number', title: t('column.number'), render: (one) => <Link to={'/footage/request'} search={{ id: one.requestId }} className="footage-number">{one.number}</Link> },
    { key: 'requester', title: t('column.requester'), render: (one) => one.requester.name },
    { key: 'footage', title: t('column.footage'), render: (one) => <div>{one.cameras.join('、')}<br /><span className="tabular dim">{span(one.from, one.until)}</span></div> },
  ];
};

const Held = ({ rows, error, retry, decides, act }: { rows: readonly Hold[] | undefined; error: unknown; retry: () => void; decides: ReturnType<typeof useCan>; act: (acting: ActOnHold) => void }) => {
  const { t } = useTranslation('holds');
  const moment = useMoment();
  const until = (one: Hold): string => {
    if (one.reviewAt !== null) return t('reviewAt', { time: moment(one.reviewAt) });
    return one.decideBy === null ? '—' : t('decideBy', { time: moment(one.decideBy) });
  };
  const columns: Column<Hold>[] = [
    ...useShared(),
    { key: 'reason', title: t('column.reason'), render: (one) => <span className="footage-words">{one.space === '' ? one.reason : `${one.reason}\n${t('space', { space: one.space })}`}</span> },
    { key: 'size', title: t('column.size'), render: (one) => <span className="tabular">{t('minutes', { count: one.segments, size: sizeText(one.sizeBytes) })}</span>, order: (one) => one.sizeBytes },
    { key: 'state', title: t('column.state'), render: (one) => <span className="footage-state">{t(`state.${one.state}`)}</span> },
    { key: 'until', title: t('column.until'), render: (one) => <span className="tabular">{until(one)}{one.reviewIsDue && <span className="footage-late"> {t('reviewDue')}</span>}</span>, order: (one) => one.reviewAt ?? one.decideBy ?? 0 },
    { key: 'owner', title: t('column.owner'), render: (one) => one.owner?.name ?? '—' },
    {
      key: 'acts', title: t('column.acts'),
      render: (hold) => (
        <div className="footage-buttons">
          {hold.state === 'provisional' && <ActButton can={decides} type="primary" onClick={() => act({ act: 'confirm', hold })}>{t('confirm.act')}</ActButton>}
          <ActButton can={decides} onClick={() => act({ act: 'extend', hold })}>{t('extend.act')}</ActButton>
          <ActButton can={decides} onClick={() => act({ act: 'release', hold })}>{t('release.act')}</ActButton>
        </div>
      ),
    },
  ];
  return <DataTable caption={t('list')} rows={rows} columns={columns} rowKey={(one) => one.holdId} error={error} retry={retry} empty={<Empty what={t('empty')} />} />;
};

const Ended = ({ rows, error }: { rows: readonly Hold[] | undefined; error: unknown }) => {
  const { t } = useTranslation('holds');
  const moment = useMoment();
  const columns: Column<Hold>[] = [
    ...useShared(),
    { key: 'ended', title: t('column.ended'), render: (one) => <span className="tabular">{one.endedAt === null ? '' : moment(one.endedAt)}</span>, order: (one) => one.endedAt ?? 0 },
    { key: 'how', title: t('column.how'), render: (one) => <span className="footage-words">{[one.endedHow === null ? '' : t(`how.${one.endedHow}`), one.endedNote ?? ''].filter((part) => part !== '').join(' · ')}</span> },
    { key: 'by', title: t('column.by'), render: (one) => (one.endedBy === 'server' || one.endedBy === null ? t('system') : one.endedBy) },
  ];
  return <DataTable caption={t('ended')} rows={rows} columns={columns} rowKey={(one) => one.holdId} error={error} empty={<Empty what={t('emptyEnded')} />} />;
};

export default HoldsPage;
