/** Stops of recording: what was approved, what runs, and asking for another. */
import { useState } from 'react';
import { Button } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listStops, restartRecorder, resumeRecording, stopRecording, type StopView } from '../../../../../contract/stops.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import { AskStop } from '../parts/ask-stop.tsx';
import '../completeness.css';

const refetchMs = 10_000;

const StopsPage = () => {
  const { t } = useTranslation('completeness');
  const say = useSay();
  const shown = useEndpoint(listStops, {}, { refetchMs });
  const ask = useCan('video.stop.ask');
  const [asking, setAsking] = useState(false);
  const { data } = shown;
  return (
    <Page title={t('stop.title')} {...(data === undefined ? {} : { about: t('stop.about', { lead: data.leadHours, max: data.maxHours, approver: say(data.approver) }) })} acts={<Link to="/completeness">{t('back')}</Link>}>
      {shown.error !== null && <RefusalBanner error={shown.error} retry={() => void shown.refetch()} />}
      {data === undefined ? (
        shown.error === null && <Loading />
      ) : (
        <>
          {!data.allowed && <Notice priority="medium">{t('stop.forbidden')}</Notice>}
          <Panel title={t('stop.title')} acts={<ActButton can={ask} type="primary" onClick={() => setAsking(true)}>{t('stop.ask')}</ActButton>}>
            <Stops stops={data.stops} now={shown.dataUpdatedAt} />
          </Panel>
          <Restarts restarts={data.restarts} />
          {asking && <AskStop leadHours={data.leadHours} close={() => setAsking(false)} />}
        </>
      )}
    </Page>
  );
};

const Stops = ({ stops, now }: { stops: readonly StopView[]; now: number }) => {
  const { t } = useTranslation('completeness');
  const say = useSay();
  const { timeZone } = useSession().site;
  return (
    <DataTable
      caption={t('stop.title')} rows={stops} rowKey={({ stopId }) => stopId} empty={<Empty what={t('stop.empty')} />} error={null} dimmed={({ state }) => state !== 'granted' && state !== 'running'}
      columns={[
        { key: 'what', title: t('stop.scope'), render: ({ scope, cameras }) => (scope === 'camera' ? cameras.map(({ camera }) => camera).join(', ') : t(`stop.scopes.${scope}`)) },
        { key: 'from', title: t('stop.from'), render: ({ from }) => momentText(from, timeZone), order: ({ from }) => from },
        { key: 'until', title: t('stop.until'), render: ({ until }) => momentText(until, timeZone) },
        { key: 'reason', title: t('stop.reason'), render: ({ reason }) => reason },
        { key: 'state', title: t('stop.state'), render: ({ state, ending }) => (ending === null ? t(`stop.states.${state}`) : say(ending)) },
        { key: 'by', title: t('stop.by'), render: ({ begunBy }) => begunBy ?? '–' },
        { key: 'acts', title: t('stop.acts'), render: (stop) => <Acts stop={stop} now={now} /> },
      ]}
    />
  );
};

const Acts = ({ stop, now }: { stop: StopView; now: number }) => {
  const { t } = useTranslation('completeness');
  const can = useCan('video.stop.run');
  const run = useAct(stopRecording, [listStops.path]);
  const end = useAct(resumeRecording, [listStops.path]);
  const restart = useAct(restartRecorder, [listStops.path]);
  const inWindow = now >= stop.from && now < stop.until;
  const error = run.error ?? end.error ?? restart.error;
  return (
    <>
      {stop.state === 'granted' && inWindow && (
        <ActButton can={can} danger onClick={() => run.mutate({ body: { scope: stop.scope, cameraId: stop.cameras[0]?.cameraId ?? null } })}>
          {t('stop.run')}
        </ActButton>
      )}
      {stop.state === 'running' && (
        <ActButton can={can} onClick={() => end.mutate({ params: { stopId: stop.stopId } })}>
          {t('stop.end')}
        </ActButton>
      )}
      {inWindow && stop.scope !== 'camera' && (stop.state === 'granted' || stop.state === 'running') && can === true && <Button onClick={() => restart.mutate({ body: { reason: stop.reason } })}>{t('stop.restart')}</Button>}
      {error !== null && <RefusalBanner error={error} />}
    </>
  );
};

const Restarts = ({ restarts }: { restarts: readonly { at: number; by: string; reason: string }[] }) => {
  const { t } = useTranslation('completeness');
  const { timeZone } = useSession().site;
  return (
    <Panel title={t('stop.restarts')}>
      <DataTable
        caption={t('stop.restarts')} rows={restarts} rowKey={({ at }) => String(at)} empty={<Empty what={t('stop.noRestarts')} />} error={null}
        columns={[
          { key: 'at', title: t('stop.at'), render: ({ at }) => momentText(at, timeZone), order: ({ at }) => at },
          { key: 'by', title: t('stop.by'), render: ({ by }) => by },
          { key: 'reason', title: t('stop.reason'), render: ({ reason }) => reason },
        ]}
      />
    </Panel>
  );
};

export default StopsPage;
