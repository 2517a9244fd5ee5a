/** The signed statement of one camera and day, to be read and printed. */
import { z } from 'zod';
import { Button } from 'antd';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dayStatement, type DayStatement } from '../../../../../contract/completeness.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import '../completeness.css';

const secondMs = 1_000;
/** 23:59:30 */
const lengthText = (ms: number): string => {
  const seconds = Math.round(ms / secondMs);
  return [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
};

/** Of the page's address. */
const Place = z.object({ cameraId: z.string().catch(''), day: z.string().catch('') });

const DayPage = () => {
  const { t } = useTranslation('completeness');
  const { cameraId, day } = Place.parse(useParams({ strict: false }));
  const shown = useEndpoint(dayStatement, { params: { cameraId, day } });
  const camera = shown.data?.camera ?? '';
  return (
    <Page
      title={t('day.title', { camera, day })} about={t('day.about')}
      acts={
        <span className="statement-acts">
          <Button onClick={() => window.print()}>{t('day.print')}</Button> <Link to="/completeness">{t('back')}</Link>
        </span>
      }
    >
      {shown.error !== null && <RefusalBanner error={shown.error} retry={() => void shown.refetch()} />}
      {shown.data === undefined ? shown.error === null && <Loading /> : <Told statement={shown.data} />}
    </Page>
  );
};

const Told = ({ statement }: { statement: DayStatement }) => {
  const { t } = useTranslation('completeness');
  const say = useSay();
  const { timeZone } = useSession().site;
  const { expectedMs, recordedMs, approvedMs, percent, gaps, verified, closedAt, revision, digest, signature, publicKey, site } = statement;
  const figures = [['expected', lengthText(expectedMs)], ['recorded', lengthText(recordedMs)], ['approved', lengthText(approvedMs)], ['percent', percent === null ? '–' : `${percent}%`]] as const;
  return (
    <>
      <p>{site}</p>
      <dl className="statement-figures">
        {figures.map(([key, text]) => (
          <div key={key}>
            <dt>{t(`day.${key}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Panel title={t('day.gaps')}>
        <DataTable
          caption={t('day.gapsCaption')} rows={gaps} rowKey={({ from, reason }) => `${from} ${reason}`} empty={<Empty what={t('day.noGaps')} />} error={null}
          columns={[
            { key: 'from', title: t('day.from'), render: ({ from }) => momentText(from, timeZone), order: ({ from }) => from },
            { key: 'until', title: t('day.until'), render: ({ until }) => momentText(until, timeZone) },
            { key: 'length', title: t('day.length'), render: ({ from, until }) => lengthText(until - from), numeric: true },
            { key: 'reason', title: t('day.reason'), render: ({ words }) => say(words) },
          ]}
        />
      </Panel>
      <Panel title={t('day.signed')}>
        {closedAt === null ? (
          <Notice>{t('day.open')}</Notice>
        ) : (
          <>
            <Notice {...(verified === true ? {} : { priority: 'high' as const })}>{verified === true ? t('day.good') : t('day.bad')}</Notice>
            <dl>
              {[['closedAt', momentText(closedAt, timeZone)], ['revision', String(revision)], ['digest', digest], ['signature', signature], ['key', publicKey]].map(([key, text]) => (
                <div key={key}>
                  <dt>{t(`day.${key as 'digest'}`)}</dt>
                  <dd className="statement-mono">{text}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </Panel>
    </>
  );
};

export default DayPage;
