/** What inspections found, open first; each is closed with its result. */
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { closeFinding, listFindings } from '../../../../../contract/obligations.ts';
import type { FindingView } from '../../../../../contract/obligations.ts';
import { call } from '../../../app/client.ts';
import { invalidatePaths, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import { SubNav } from '../parts/sub-nav.tsx';

const FindingsPage = () => {
  const { t } = useTranslation('obligations');
  const client = useQueryClient();
  const say = useSay();
  const [open, setOpen] = useState<'true' | 'false'>('true');
  const [closing, setClosing] = useState<FindingView | null>(null);
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
        columns={useColumns(setClosing)}
        rowKey={({ findingId }) => findingId}
        empty={<Empty what={t(open === 'true' ? 'findings.emptyOpen' : 'findings.emptyClosed')} />}
        error={findings.error}
        retry={() => void findings.refetch()}
        searchText={(one) => `${say(one.what)} ${one.note} ${say(one.title)} ${one.by.name}`}
      />
      {closing !== null && (
        <ConfirmAct
          title={`${t('findings.close')}：${say(closing.what)}`}
          text={t('findings.closeText')}
          actText={t('findings.close')}
          withReason
          act={async (result) => {
            await call(closeFinding, { params: { findingId: closing.findingId }, body: { result } });
            await invalidatePaths(client, ['/api/obligations']);
          }}
          close={() => setClosing(null)}
        />
      )}
    </Page>
  );
};
export default FindingsPage;

const useColumns = (close: (finding: FindingView) => void): Column<FindingView>[] => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const { site } = useSession();
  return [
    { key: 'what', title: t('findings.what'), render: (one) => <strong>{say(one.what)}</strong>, order: (one) => say(one.what) },
    { key: 'note', title: t('findings.note'), render: ({ note }) => <span className="break-all">{note}</span> },
    { key: 'found', title: t('findings.found'), render: (one) => <Link to="/obligations/one" search={{ id: one.obligationId }}>{say(one.title)} · {t('by', { name: one.by.name, time: momentText(one.at, site.timeZone) })}</Link>, order: ({ at }) => at },
    { key: 'result', title: t('findings.result'), render: ({ closed }) => (closed === null ? '—' : `${closed.result}（${t('by', { name: closed.by.name, time: momentText(closed.at, site.timeZone) })}）`) },
    { key: 'acts', title: t('findings.acts'), render: (one) => (one.closed === null ? <ActButton can={one.can['close'] ?? true} onClick={() => close(one)}>{t('findings.close')}</ActButton> : null) },
  ];
};
