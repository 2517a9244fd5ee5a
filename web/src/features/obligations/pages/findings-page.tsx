/** What inspections found, open first; each is closed with its result. */
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listFindings } from '../../../../../contract/obligations.ts';
import type { FindingView } from '../../../../../contract/obligations.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import { ChargeFinding, CloseFinding } from '../parts/finding-acts.tsx';
import { SubNav } from '../parts/sub-nav.tsx';

const FindingsPage = () => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const [open, setOpen] = useState<'true' | 'false'>('true');
  const [closing, setClosing] = useState<FindingView | null>(null);
  const [charging, setCharging] = useState<FindingView | null>(null);
  const findings = useEndpoint(listFindings, { query: { open } });
  return (
    <Page title={t('findings.title')} about={t('findings.about')}>
      <SubNav />
      <div className="toolbar" role="group" aria-label={t('history.state')}>
        {(['true', 'false'] as const).map((value) => (
          <button key={value} type="button" className={open === value ? 'button-link button-chosen' : 'button-link'} aria-pressed={open === value} onClick={() => setOpen(value)}>
            {t(value === 'true' ? 'findings.showOpen' : 'findings.showClosed')}
          </button>
        ))}
      </div>
      <DataTable
        caption={t('findings.caption')}
        rows={findings.data?.findings}
        columns={useColumns({ close: setClosing, charge: setCharging })}
        rowKey={({ findingId }) => findingId}
        empty={<Empty what={t(open === 'true' ? 'findings.emptyOpen' : 'findings.emptyClosed')} />}
        error={findings.error}
        retry={() => void findings.refetch()}
        dimmed={({ closed }) => closed !== null}
        searchText={(one) => `${say(one.what)} ${one.note} ${say(one.title)} ${one.by.name}`}
      />
      {closing !== null && <CloseFinding finding={closing} close={() => setClosing(null)} />}
      {charging !== null && <ChargeFinding finding={charging} people={findings.data?.people ?? []} close={() => setCharging(null)} />}
    </Page>
  );
};
export default FindingsPage;

const useColumns = ({ close, charge }: { close: (finding: FindingView) => void; charge: (finding: FindingView) => void }): Column<FindingView>[] => {
  const { t: tApp } = useTranslation('app');
  const { t } = useTranslation('obligations');
  const say = useSay();
  const { site } = useSession();
  return [
    { key: 'what', title: t('findings.what'), render: (one) => <strong>{say(one.what)}</strong>, order: (one) => say(one.what) },
    { key: 'note', title: t('findings.note'), render: ({ note }) => <span className="break-all">{note}</span> },
    { key: 'found', title: t('findings.found'), render: (one) => <Link to="/obligations/one" search={{ id: one.obligationId }}>{say(one.title)} · {t('by', { name: one.by.name, time: momentText(one.at, site.timeZone) })}</Link>, order: ({ at }) => at },
    { key: 'owner', title: t('findings.owner'), render: (one) => (one.owner === null ? one.ownerRoles.map((role) => tApp(`role.${role}`)).join(' · ') || t('findings.nobody') : one.owner.name), order: (one) => one.owner?.name ?? '' },
    {
      key: 'due',
      title: t('findings.due'),
      render: (one) => (
        <>
          {one.overdue && <PriorityMark priority="high" />} {one.dueAt === null ? '—' : <time className={one.overdue ? 'task-late tabular' : 'tabular'}>{momentText(one.dueAt, site.timeZone).slice(0, 11)}</time>} {one.overdue && <span className="task-late">{t('findings.overdue')}</span>}
        </>
      ),
      order: ({ dueAt }) => dueAt ?? 0,
    },
    { key: 'result', title: t('findings.result'), render: ({ closed }) => (closed === null ? '—' : `${t(`findings.${closed.outcome}`)}：${closed.result}（${t('by', { name: closed.by.name, time: momentText(closed.at, site.timeZone) })}）`) },
    { key: 'acts', title: t('findings.acts'), render: (one) => (one.closed !== null ? null : (
        <span className="finding-acts">
          <ActButton can={one.can['close'] ?? true} onClick={() => close(one)}>{t('findings.close')}</ActButton>
          {one.can['charge'] === true && <ActButton can onClick={() => charge(one)}>{t('findings.charge')}</ActButton>}
        </span>
      )) },
  ];
};
