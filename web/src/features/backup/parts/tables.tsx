/** The lists of backup: footage without a copy, footage that is lost, drills, runs. */
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { backupScreen, restoreFootage, runBackup, runDrill, type BackupRun, type RestoreDrill, type UnbackedRange } from '../../../../../contract/backup.ts';
import { useAct } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { momentText, sizeText } from '../../../ui/time-format.ts';

type Lost = z.output<typeof backupScreen.response>['lost'][number];

export const UnbackedPanel = ({ ranges }: { ranges: readonly UnbackedRange[] }) => {
  const { t } = useTranslation('backup');
  const say = useSay();
  const { timeZone } = useSession().site;
  return (
    <Panel title={t('unbacked.title')}>
      <DataTable
        caption={t('unbacked.title')} rows={ranges} rowKey={({ cameraId, from, why }) => `${cameraId} ${from} ${why.en}`} empty={<Empty what={t('unbacked.none')} />} error={null}
        columns={[
          { key: 'camera', title: t('unbacked.camera'), render: ({ camera }) => camera, order: ({ camera }) => camera },
          { key: 'from', title: t('unbacked.from'), render: ({ from }) => momentText(from, timeZone), order: ({ from }) => from },
          { key: 'until', title: t('unbacked.until'), render: ({ until }) => momentText(until, timeZone) },
          { key: 'amount', title: t('unbacked.amount'), render: ({ segments, sizeBytes }) => t('figures.segments', { count: segments, size: sizeText(sizeBytes) }) },
          { key: 'why', title: t('unbacked.why'), render: ({ why }) => say(why) },
        ]}
      />
    </Panel>
  );
};

export const LostPanel = ({ lost }: { lost: readonly Lost[] }) => {
  const { t } = useTranslation('backup');
  const say = useSay();
  const { timeZone } = useSession().site;
  const can = useCan('video.backup.run');
  const restore = useAct(restoreFootage, [backupScreen.path]);
  return (
    <Panel title={t('lost.title')}>
      {restore.error !== null && <RefusalBanner error={restore.error} />}
      <DataTable
        caption={t('lost.title')} rows={lost} rowKey={({ segmentId }) => segmentId} empty={<Empty what={t('lost.none')} />} error={null}
        columns={[
          { key: 'camera', title: t('unbacked.camera'), render: ({ camera }) => camera },
          { key: 'from', title: t('unbacked.from'), render: ({ from }) => momentText(from, timeZone), order: ({ from }) => from },
          { key: 'what', title: t('lost.what'), render: ({ what }) => say(what) },
          {
            key: 'acts', title: t('lost.acts'),
            render: ({ segmentId, restorable }) => (restorable ? <ActButton can={can} onClick={() => restore.mutate({ params: { segmentId } })}>{t('lost.restore')}</ActButton> : t('lost.noCopy')),
          },
        ]}
      />
    </Panel>
  );
};

export const DrillPanel = ({ drills, due }: { drills: readonly RestoreDrill[]; due: number | null }) => {
  const { t } = useTranslation('backup');
  const say = useSay();
  const { timeZone } = useSession().site;
  const can = useCan('video.backup.run');
  const run = useAct(runDrill, [backupScreen.path]);
  return (
    <Panel title={t('drills.title')} acts={<ActButton can={can} onClick={() => run.mutate({})}>{t('drills.run')}</ActButton>}>
      {due !== null && <p className="dim">{t('drills.due', { at: momentText(due, timeZone) })}</p>}
      {run.error !== null && <RefusalBanner error={run.error} />}
      <DataTable
        caption={t('drills.title')} rows={drills} rowKey={({ drillId }) => drillId} empty={<Empty what={t('drills.none')} />} error={null}
        columns={[
          { key: 'at', title: t('drills.at'), render: ({ at }) => momentText(at, timeZone), order: ({ at }) => at },
          { key: 'footage', title: t('drills.footage'), render: ({ camera, from }) => `${camera} ${momentText(from, timeZone)}` },
          { key: 'outcome', title: t('drills.outcome'), render: ({ words }) => say(words) },
          { key: 'plays', title: t('drills.plays'), render: ({ plays }) => t(plays ? 'drills.yes' : 'drills.no') },
          { key: 'took', title: t('drills.took'), render: ({ tookMs }) => t('drills.ms', { count: tookMs }), numeric: true },
          { key: 'by', title: t('drills.by'), render: ({ by }) => by },
        ]}
      />
    </Panel>
  );
};

export const RunPanel = ({ runs, due }: { runs: readonly BackupRun[]; due: number | null }) => {
  const { t } = useTranslation('backup');
  const say = useSay();
  const { timeZone } = useSession().site;
  const can = useCan('video.backup.run');
  const run = useAct(runBackup, [backupScreen.path]);
  return (
    <Panel title={t('runs.title')} acts={<ActButton can={can} onClick={() => run.mutate({})}>{t('runs.run')}</ActButton>}>
      {due !== null && <p className="dim">{t('runs.due', { at: momentText(due, timeZone) })}</p>}
      {run.error !== null && <RefusalBanner error={run.error} />}
      <DataTable
        caption={t('runs.title')} rows={runs} rowKey={({ runId }) => runId} empty={<Empty what={t('runs.none')} />} error={null} dimmed={({ state }) => state === 'deleted'}
        columns={[
          { key: 'began', title: t('runs.began'), render: ({ beganAt }) => momentText(beganAt, timeZone), order: ({ beganAt }) => beganAt },
          { key: 'state', title: t('runs.state'), render: ({ words }) => say(words) },
          { key: 'size', title: t('runs.size'), render: ({ sizeBytes }) => (sizeBytes === null ? '–' : sizeText(sizeBytes)), numeric: true },
          { key: 'by', title: t('runs.by'), render: ({ by }) => by ?? t('runs.schedule') },
          { key: 'hash', title: t('runs.hash'), render: ({ sha256 }) => <span className="backup-mono">{sha256 === null ? '–' : `${sha256.slice(0, 12)}…`}</span> },
        ]}
      />
    </Panel>
  );
};
