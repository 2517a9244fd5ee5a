/** Retention and verification of a span of days: what is missing, altered or went early, each named. */
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { storageReport } from '../../../../../contract/storage.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { isoDateText, momentText, sizeText } from '../../../ui/time-format.ts';
import '../storage.css';

type Report = z.output<typeof storageReport.response>;

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const monthDays = 30;

const ReportPage = () => {
  const { t } = useTranslation('storage');
  const { timeZone } = useSession().site;
  const today = isoDateText(useServerNow(hourMs), timeZone);
  const [untilDay, setUntilDay] = useState(today);
  const [fromDay, setFromDay] = useState(isoDateText((dayStart(today, timeZone) ?? 0) - monthDays * dayMs, timeZone));
  const from = dayStart(fromDay, timeZone);
  const until = dayEnd(untilDay, timeZone);
  const report = useEndpoint(storageReport, { query: { from: from ?? 0, until: until ?? 0 } }, { enabled: from !== null && until !== null, keepOld: true });
  return (
    <Page title={t('reportPage.title')} about={t('reportPage.about')} acts={<Link to="/storage">{t('back')}</Link>}>
      <div className="toolbar storage-span">
        <label>
          {t('reportPage.from')}
          <input type="date" value={fromDay} max={untilDay} onChange={({ target: { value } }) => setFromDay(value)} />
        </label>
        <label>
          {t('reportPage.until')}
          <input type="date" value={untilDay} min={fromDay} onChange={({ target: { value } }) => setUntilDay(value)} />
        </label>
      </div>
      {report.error !== null && <RefusalBanner error={report.error} retry={() => void report.refetch()} />}
      {report.data === undefined ? report.error === null && <Loading /> : <Told report={report.data} />}
    </Page>
  );
};

const Told = ({ report }: { report: Report }) => {
  const { t } = useTranslation('storage');
  const say = useSay();
  const { timeZone } = useSession().site;
  const { named, cycles, deleted, whole } = report;
  return (
    <>
      {whole && <Notice>{t('reportPage.whole')}</Notice>}
      {!whole && named.length === 0 && <Notice priority="medium">{t('reportPage.notLooked')}</Notice>}
      <Panel title={t('reportPage.named')}>
        <DataTable
          caption={t('reportPage.namedCaption')} rows={named} rowKey={({ camera, from, at, what }) => `${camera} ${from} ${at} ${what.en}`} empty={<Empty what={t('reportPage.noNamed')} />} error={null}
          columns={[
            { key: 'camera', title: t('reportPage.camera'), render: ({ camera }) => camera, order: ({ camera }) => camera },
            { key: 'span', title: t('reportPage.span'), render: ({ from, until }) => `${momentText(from, timeZone)} – ${momentText(until, timeZone)}`, order: ({ from }) => from },
            { key: 'what', title: t('reportPage.what'), render: ({ what }) => say(what) },
            { key: 'at', title: t('reportPage.at'), render: ({ at }) => momentText(at, timeZone), order: ({ at }) => at },
          ]}
        />
      </Panel>
      <Panel title={t('reportPage.cycles')}>
        <DataTable
          caption={t('reportPage.cyclesCaption')} rows={cycles} rowKey={({ ended }) => String(ended)} empty={<Empty what={t('reportPage.noCycles')} />} error={null}
          columns={[
            { key: 'ended', title: t('reportPage.ended'), render: ({ ended }) => momentText(ended, timeZone), order: ({ ended }) => ended },
            { key: 'files', title: t('reportPage.files'), render: ({ files }) => files, numeric: true },
            { key: 'size', title: t('reportPage.size'), render: ({ sizeBytes }) => sizeText(sizeBytes), numeric: true },
            { key: 'found', title: t('reportPage.found'), render: ({ found }) => found, numeric: true },
          ]}
        />
      </Panel>
      <Panel title={t('reportPage.deleted')}>
        <DataTable
          caption={t('reportPage.deletedCaption')} rows={deleted} rowKey={({ words }) => words.en} empty={<Empty what={t('reportPage.noDeleted')} />} error={null}
          columns={[
            { key: 'why', title: t('deletions.why'), render: ({ words }) => say(words) },
            { key: 'amount', title: t('deletions.amount'), render: ({ count, sizeBytes }) => t('deletions.amountText', { count, size: sizeText(sizeBytes) }) },
          ]}
        />
      </Panel>
    </>
  );
};

export default ReportPage;
