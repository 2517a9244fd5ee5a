/** All cameras with their state; the acts of those who look after them. */
import { useMemo, useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { health } from '../../../../../contract/system.ts';
import { listCameras, removeCamera } from '../../../../../contract/video.ts';
import type { Camera } from '../../../../../contract/video.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { NormalMark, PriorityMark, SpanClock } from '../../../ui/marks.tsx';
import { Page } from '../../../ui/page.tsx';
import { Empty, Notice } from '../../../ui/states.tsx';
import { bitRateText, momentText } from '../../../ui/time-format.ts';
import '../cameras.css';
import { CamerasNav } from '../parts/cameras-nav.tsx';

const label = (camera: Camera): string => `${String(camera.number).padStart(2, '0')} ${camera.name}`;

const ListPage = () => {
  const { t } = useTranslation('cameras');
  const manage = useCan('video.cameras.manage');
  const navigate = useNavigate();
  const cameras = useEndpoint(listCameras, {}, { refetchMs: 10_000 });
  const remove = useAct(removeCamera, [listCameras.path]);
  const [retiring, setRetiring] = useState<Camera | null>(null);
  const columns = useColumns(setRetiring);
  const add = (
    <ActButton type="primary" can={manage} onClick={() => void navigate({ to: '/cameras/add' })}>
      {t('add')}
    </ActButton>
  );
  return (
    <Page title={t('title')} about={t('about')} acts={add}>
      <CamerasNav />
      {cameras.data?.recorder === 'away' && <Notice priority="high">{t('recorderAway')}</Notice>}
      <TooShort />
      <DataTable
        caption={t('caption')}
        rows={cameras.data?.cameras}
        columns={columns}
        rowKey={({ cameraId }) => cameraId}
        searchText={(camera) => `${label(camera)} ${camera.url ?? ''}`}
        empty={<Empty what={t('empty')} act={manage === true ? add : undefined} />}
        error={cameras.error}
        retry={() => void cameras.refetch()}
      />
      {retiring !== null && (
        <ConfirmAct
          title={t('retireTitle', { camera: label(retiring) })}
          text={t('retireText')}
          actText={t('retireAct')}
          withReason
          danger
          act={(reason) => remove.mutateAsync({ params: { cameraId: retiring.cameraId }, body: { reason } })}
          close={() => setRetiring(null)}
        />
      )}
    </Page>
  );
};

/** Said here, where the days are set, weeks before footage is missing at its old end. */
const TooShort = () => {
  const { t } = useTranslation('cameras');
  const sees = useCan('system.health.see') === true;
  const keeps = useEndpoint(health, {}, { enabled: sees, refetchMs: 60_000 }).data?.keeps;
  if (keeps == null || keeps.enough) return null;
  return <Notice priority="high">{t('tooShort', { days: Math.floor(keeps.days), required: keeps.requiredDays })}</Notice>;
};

const useColumns = (retire: (camera: Camera) => void): Column<Camera>[] => {
  const { t } = useTranslation('cameras');
  const manage = useCan('video.cameras.manage');
  const navigate = useNavigate();
  return useMemo(() => {
    const columns: Column<Camera>[] = [
      { key: 'number', title: t('number'), render: ({ number }) => String(number).padStart(2, '0'), order: ({ number }) => number },
      { key: 'name', title: t('name'), render: ({ name }) => <strong>{name}</strong>, order: ({ name }) => name },
      { key: 'state', title: t('state'), render: (camera) => <State camera={camera} />, order: ({ state }) => state },
      { key: 'stream', title: t('stream'), render: (camera) => <Stream camera={camera} />, order: ({ bitsPerSecond }) => bitsPerSecond },
      { key: 'keep', title: t('keep'), render: ({ retentionDays }) => <span className="nowrap">{t('keepDays', { days: retentionDays })}</span>, order: ({ retentionDays }) => retentionDays },
    ];
    // Who may not look after cameras is told so at the button above; addresses are kept from them, and eight dead buttons help nobody.
    if (manage !== true) return columns;
    return [
      ...columns,
      { key: 'address', title: t('address'), render: ({ url }) => <code className="break-all">{url ?? '—'}</code> },
      {
        key: 'acts',
        title: t('acts'),
        render: (camera) => (
          <div className="row-acts">
            <ActButton can={manage} onClick={() => void navigate({ to: '/cameras/change', search: { camera: camera.cameraId } })}>
              {t('change')}
            </ActButton>
            <ActButton can={manage} onClick={() => retire(camera)}>
              {t('retire')}
            </ActButton>
          </div>
        ),
      },
    ];
  }, [t, manage, navigate, retire]);
};

const State = ({ camera }: { camera: Camera }) => {
  const { t: tApp } = useTranslation('app');
  const { t } = useTranslation('cameras');
  const { site } = useSession();
  const now = useServerNow();
  if (camera.state === 'recording') return <NormalMark>{tApp('cameraState.recording')}</NormalMark>;
  return (
    <div className="camera-state">
      <span className="wrong-line">
        <PriorityMark priority={camera.state === 'lost' ? 'high' : 'medium'} />
        {tApp(`cameraState.${camera.state}`)}
        {camera.stateSince !== null && <SpanClock from={camera.stateSince} now={now} />}
      </span>
      {camera.reason !== null && <span className="dim">{tApp(`gapReason.${camera.reason}`)}</span>}
      {camera.lastFrameAt !== null && <span className="dim">{t('lastFrame', { time: momentText(camera.lastFrameAt, site.timeZone) })}</span>}
    </div>
  );
};

/** A camera's clock further off than this makes its burnt-in time misleading. */
const clockOffsetWorthSayingMs = 2_000;

const Stream = ({ camera }: { camera: Camera }) => {
  const { t } = useTranslation('cameras');
  if (camera.width === null || camera.height === null) return <span className="dim">—</span>;
  const off = camera.cameraClockOffsetMs ?? 0;
  return (
    <div className="camera-state tabular">
      <span className="nowrap">
        {camera.width}×{camera.height} · {Math.round(camera.framesPerSecond)} fps
      </span>
      <span className="dim">
        {bitRateText(camera.bitsPerSecond)}
        {camera.packetsLost > 0 && ` · ${t('packetsLost', { count: camera.packetsLost })}`}
      </span>
      {Math.abs(off) > clockOffsetWorthSayingMs && <span className="dim">{t('clockOff', { seconds: (off / 1_000).toFixed(1) })}</span>}
    </div>
  );
};

export default ListPage;
