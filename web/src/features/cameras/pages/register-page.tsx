/** The register: what each camera is for, what is missing, and which areas are watched. */
import { useState } from 'react';
import { Checkbox } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listRegister } from '../../../../../contract/cameras.ts';
import type { RegisterRow } from '../../../../../contract/cameras.ts';
import type { z } from 'zod';
import { useEndpoint } from '../../../app/queries.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import '../cameras.css';
import { CamerasNav } from '../parts/cameras-nav.tsx';
import { FindingList } from '../parts/finding-list.tsx';

const label = (row: RegisterRow): string => `${String(row.number).padStart(2, '0')} ${row.name}`;

const RegisterPage = () => {
  const { t } = useTranslation('cameras');
  const [onlyOpen, setOnlyOpen] = useState(false);
  const register = useEndpoint(listRegister, {}, { refetchMs: 30_000 });
  const columns = useColumns();
  const all = register.data?.cameras;
  const rows = onlyOpen ? all?.filter(({ findings }) => findings.length > 0) : all;
  return (
    <Page title={t('register.title')} about={t('register.about')}>
      <CamerasNav />
      <DataTable
        caption={t('register.caption')}
        rows={rows}
        columns={columns}
        rowKey={({ cameraId }) => cameraId}
        searchText={(row) => `${label(row)} ${row.purpose?.zh ?? ''} ${row.purpose?.en ?? ''} ${row.owner}`}
        tools={
          <>
            <Checkbox checked={onlyOpen} onChange={(event) => setOnlyOpen(event.target.checked)}>{t('register.onlyOpen')}</Checkbox>
            {all !== undefined && <span className="dim" role="status">{t('register.counts', { total: all.length, wrong: all.filter(({ findings }) => findings.length > 0).length })}</span>}
          </>
        }
        empty={<Empty what={t('register.empty')} />}
        error={register.error}
        retry={() => void register.refetch()}
      />
      {register.data !== undefined && <Areas areas={register.data.areas} />}
    </Page>
  );
};

const useColumns = (): Column<RegisterRow>[] => {
  const { t } = useTranslation('cameras');
  const say = useSay();
  return [
    { key: 'name', title: t('name'), render: (row) => <Link to="/cameras/entry" search={{ camera: row.cameraId }}><strong>{label(row)}</strong></Link>, order: ({ number }) => number },
    { key: 'purpose', title: t('register.purpose'), render: ({ purpose }) => (purpose === null ? '—' : say(purpose)), order: ({ purpose }) => purpose?.key ?? '' },
    { key: 'zone', title: t('register.zone'), render: ({ zone }) => (zone === null ? '—' : say(zone)), order: ({ zone }) => zone?.key ?? '' },
    { key: 'owner', title: t('register.owner'), render: ({ owner }) => (owner === '' ? '—' : owner), order: ({ owner }) => owner },
    {
      key: 'kept', title: t('register.kept'), order: ({ retention }) => retention.days,
      render: ({ retention }) => <div className="camera-state"><span className="nowrap tabular">{t('register.keptOf', { days: retention.days, required: retention.requiredDays })}</span><span className="dim">{say(retention.why)}</span></div>,
    },
    { key: 'findings', title: t('register.findings'), render: ({ findings }) => <FindingList findings={findings} most={3} />, order: ({ findings }) => -findings.length },
  ];
};

type AreaRows = z.output<typeof listRegister.response>['areas'];

const Areas = ({ areas }: { areas: AreaRows }) => {
  const { t } = useTranslation('cameras');
  const say = useSay();
  return (
    <Panel title={t('register.areas')}>
      <p className="dim">{t('register.areasAbout')}</p>
      {areas.length === 0 && <p>{t('register.noAreas')}</p>}
      <ul className="camera-areas">
        {areas.map((area, index) => (
          // Areas have no other name in this answer, and two may share one.
          <li key={`${area.name}-${index}`}>
            <strong>{area.name}</strong>
            <span>
              {area.finding !== null ? <><PriorityMark priority="high" /> {say(area.finding)}</> : area.cameras.length > 0 ? <NormalMark>{area.cameras.join(' · ')}</NormalMark> : t('register.gap', { gap: area.gap ?? '' })}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

export default RegisterPage;
