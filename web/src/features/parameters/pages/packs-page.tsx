/** Packs: what is there, who signed it, since when it is in force; import, export, end. */
import { useMemo, useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { endAdoption, listPacks, viewProfile, type PackRow } from '../../../../../contract/parameters.ts';
import { call } from '../../../app/client.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import { isoDateText } from '../../../ui/time-format.ts';
import '../parameters.css';
import { versionText } from '../cite-text.ts';
import { ExceptDialog, placeOf } from '../parts/except-dialog.tsx';
import { ImportForm } from '../parts/import-form.tsx';
import { SubNav } from '../parts/sub-nav.tsx';

type Row = z.infer<typeof PackRow>;

const PacksPage = () => {
  const { t } = useTranslation('parameters');
  const say = useSay();
  const language = useLanguage();
  const { site } = useSession();
  const canAdopt = useCan('parameters.adopt');
  const packs = useEndpoint(listPacks, {});
  const profile = useEndpoint(viewProfile, {});
  const [ending, setEnding] = useState<Row | null>(null);
  const [excepting, setExcepting] = useState<Row | null>(null);
  const rooms = profile.data?.rooms;
  const nodes = profile.data?.approved?.profile.organisation;
  const columns = useMemo<Column<Row>[]>(
    () => [
      { key: 'name', title: t('packs.name'), order: (row) => row.packId, render: (row) => <span className="rule-name"><strong>{say(row)}</strong><span className="rule-small">{versionText(row.version, language)}</span></span> },
      { key: 'clauses', title: t('packs.clauses'), numeric: true, render: (row) => row.clauses },
      { key: 'signed', title: t('packs.signed'), render: (row) => <span className="rule-name"><span>{row.signedBy ?? t('packs.unsigned')}</span><span className="rule-small">{t(`packs.verified.${row.verified}`)}</span></span> },
      {
        key: 'state', title: t('packs.state'),
        render: (row) => row.adoptions.length === 0 ? t('packs.notAdopted') : (
          <span className="rule-name">
            {row.adoptions.map((one) => <span key={one.adoptionId}>{placeOf(one, rooms, nodes, t('adopt.whole'))} · {one.until === null ? t('packs.adopted', { from: isoDateText(one.from, site.timeZone) }) : t('packs.ended', { from: isoDateText(one.from, site.timeZone), until: isoDateText(one.until, site.timeZone) })}{one.letOff.length > 0 && <span className="rule-small"> {t('packs.letOff', { rooms: one.letOff.map((id) => rooms?.find(({ roomId }) => roomId === id)?.name ?? '—').join('、') })}</span>}</span>)}
          </span>
        ),
      },
      {
        key: 'acts', title: t('rules.acts'),
        render: (row) => (
          <span className="rule-acts">
            <Button href={`/api/parameters/packs/${row.digest}/text`} download aria-label={`${t('packs.export')} ${say(row)}`}>{t('packs.export')}</Button>
            {row.adoptions.some((one) => one.until === null) && <ActButton can={canAdopt} onClick={() => setEnding(row)} aria-label={`${t('packs.end')} ${say(row)}`}>{t('packs.end')}</ActButton>}
            {row.adoptions.some((one) => one.until === null && one.roomId === null) && <ActButton can={canAdopt} onClick={() => setExcepting(row)} aria-label={`${t('packs.except')} ${say(row)}`}>{t('packs.except')}</ActButton>}
          </span>
        ),
      },
    ],
    [t, say, language, site.timeZone, canAdopt, rooms, nodes],
  );
  const adoption = ending?.adoptions.find((one) => one.until === null);
  return (
    <Page title={t('tabs.packs')} about={t('about')} acts={<Link to="/parameters/adopt">{t('tabs.adopt')}</Link>}>
      <SubNav />
      <DataTable caption={t('packs.caption')} rows={packs.data?.packs} columns={columns} rowKey={(row) => row.digest} searchText={(row) => `${row.packId} ${row.zh} ${row.en}`} empty={<Empty what={t('packs.empty')} />} error={packs.error} retry={() => void packs.refetch()} />
      {canAdopt === true && <Panel title={t('packs.import')}><ImportForm /></Panel>}
      {excepting !== null && <ExceptDialog row={excepting} rooms={rooms ?? []} close={() => setExcepting(null)} />}
      {ending !== null && adoption !== undefined && (
        <ConfirmAct
          title={t('packs.end')} text={t('packs.endText', { name: say(ending) })} actText={t('packs.end')} withReason close={() => setEnding(null)}
          act={async (reason) => {
            await call(endAdoption, { body: { adoptionId: adoption.adoptionId, from: null, reason } });
            await packs.refetch();
          }}
        />
      )}
    </Page>
  );
};

export default PacksPage;
