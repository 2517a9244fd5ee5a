/** How long each camera is kept and why; what was deleted of late and what became of it. */
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Deletion, storageScreen } from '../../../../../contract/storage.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import { momentText, sizeText } from '../../../ui/time-format.ts';

type Kept = z.output<typeof storageScreen.response>['cameras'];

export const CameraDays = ({ cameras }: { cameras: Kept }) => {
  const { t } = useTranslation('storage');
  const say = useSay();
  const { timeZone } = useSession().site;
  return (
    <Panel title={t('cameras.title')}>
      <DataTable
        caption={t('cameras.caption')} rows={cameras} rowKey={({ cameraId }) => cameraId} searchText={({ camera }) => camera} empty={<Empty what={t('cameras.empty')} />} error={null}
        columns={[
          { key: 'camera', title: t('cameras.camera'), render: ({ camera }) => camera, order: ({ camera }) => camera },
          { key: 'days', title: t('cameras.days'), render: ({ keptDays }) => t('cameras.dayCount', { days: keptDays }), order: ({ keptDays }) => keptDays, numeric: true },
          { key: 'why', title: t('cameras.why'), render: ({ why, cite }) => (cite === null ? say(why) : `${say(why)} · ${cite}`) },
          { key: 'oldest', title: t('cameras.oldest'), render: ({ oldest }) => (oldest === null ? t('cameras.none') : momentText(oldest, timeZone)), order: ({ oldest }) => oldest ?? 0 },
          { key: 'size', title: t('cameras.size'), render: ({ sizeBytes }) => sizeText(sizeBytes), order: ({ sizeBytes }) => sizeBytes, numeric: true },
          { key: 'rate', title: t('cameras.rate'), render: ({ bytesPerDay }) => sizeText(bytesPerDay), order: ({ bytesPerDay }) => bytesPerDay, numeric: true },
        ]}
      />
    </Panel>
  );
};

export const DeletionTable = ({ deletions, diskFull }: { deletions: readonly Deletion[]; diskFull: { zh: string; en: string } }) => {
  const { t, i18n } = useTranslation('storage');
  const say = useSay();
  const { timeZone } = useSession().site;
  return (
    <Panel title={t('deletions.title')}>
      <p className="dim">{say(diskFull)}</p>
      <DataTable
        caption={t('deletions.caption')} rows={deletions} rowKey={({ at, reason, from }) => `${at} ${reason} ${from}`} empty={<Empty what={t('deletions.empty')} />} error={null}
        columns={[
          { key: 'at', title: t('deletions.at'), render: ({ at }) => momentText(at, timeZone), order: ({ at }) => at },
          {
            key: 'why', title: t('deletions.why'),
            render: ({ reason, words }) => (
              <span>
                {reason === 'space_below_term' && <PriorityMark priority="critical" />} {say(words)}
              </span>
            ),
          },
          { key: 'cameras', title: t('deletions.camerasOf'), render: ({ cameras }) => cameras.join(i18n.language === 'en' ? ', ' : '、') },
          { key: 'span', title: t('deletions.span'), render: ({ from, until }) => `${momentText(from, timeZone)} – ${momentText(until, timeZone)}`, order: ({ from }) => from },
          { key: 'amount', title: t('deletions.amount'), render: ({ count, sizeBytes }) => t('deletions.amountText', { count, size: sizeText(sizeBytes) }), order: ({ sizeBytes }) => sizeBytes },
          { key: 'outcome', title: t('deletions.outcome'), render: (one) => (one.gone === one.count ? t('deletions.allGone') : t('deletions.outcomeText', { gone: one.gone, failed: one.failed, waiting: one.waiting })) },
        ]}
      />
    </Panel>
  );
};
