/** The month at a glance: camera by day, each cell the way to its statement. */
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { completenessMonth } from '../../../../../contract/completeness.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, Loading, RefusalBanner } from '../../../ui/states.tsx';
import '../completeness.css';

type Month = z.output<typeof completenessMonth.response>;
type Camera = Month['cameras'][number];

const lowPercent = 95;
const classOf = (percent: number, target: number): string => (percent >= target ? 'full' : percent >= lowPercent ? 'near' : 'low');
/** Two digits say enough in a cell; only what is whole says 100. */
const shortText = (percent: number): string => (percent === 100 ? '100' : String(Math.floor(percent)));

const MonthPage = () => {
  const { t } = useTranslation('completeness');
  const [month, setMonth] = useState<string | undefined>(undefined);
  const shown = useEndpoint(completenessMonth, { query: month === undefined ? {} : { month } }, { keepOld: true });
  const { data } = shown;
  return (
    <Page title={t('title')} about={t('about')} acts={<Link to="/completeness/stops">{t('stops')}</Link>}>
      <div className="toolbar heat-month">
        <label>
          {t('month')} <input type="month" value={month ?? data?.month ?? ''} max={data?.today.slice(0, 7)} onChange={({ target: { value } }) => setMonth(value === '' ? undefined : value)} />
        </label>
      </div>
      {shown.error !== null && <RefusalBanner error={shown.error} retry={() => void shown.refetch()} />}
      {data === undefined ? shown.error === null && <Loading /> : <Heat month={data} />}
    </Page>
  );
};

const Heat = ({ month }: { month: Month }) => {
  const { t } = useTranslation('completeness');
  const { cameras, days, targetPercent, below } = month;
  if (cameras.length === 0) return <Empty what={t('none')} />;
  return (
    <Panel title={month.month}>
      <p className="heat-legend">
        <span>{t('target', { percent: targetPercent })}</span>
        <span>{t('below', { count: below })}</span>
      </p>
      <div className="heat-scroll" tabIndex={0} role="region" aria-label={t('title')}>
        <table className="heat">
          <thead>
            <tr>
              <th scope="col">{t('camera')}</th>
              {days.map((day) => (
                <th key={day} scope="col">
                  {Number(day.slice(8))}
                </th>
              ))}
              <th scope="col">{t('whole')}</th>
            </tr>
          </thead>
          <tbody>
            {cameras.map((camera) => (
              <Row key={camera.cameraId} camera={camera} days={days} target={targetPercent} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
};

const Row = ({ camera: { cameraId, camera, cells, percent }, days, target }: { camera: Camera; days: readonly string[]; target: number }) => {
  const { t } = useTranslation('completeness');
  return (
    <tr>
      <th scope="row">{camera}</th>
      {days.map((day, index) => {
        const cell = cells[index] ?? null;
        return (
          <td key={day}>
            {cell === null ? (
              <span className="cell" title={t('noCell', { camera, day })}>
                ·
              </span>
            ) : (
              <Link to="/completeness/$cameraId/$day" params={{ cameraId, day }} className={classOf(cell.percent, target)} title={t('cell', { camera, day, percent: cell.percent, gaps: cell.gaps })}>
                {shortText(cell.percent)}
              </Link>
            )}
          </td>
        );
      })}
      <td>{percent === null ? '–' : `${percent}%`}</td>
    </tr>
  );
};

export default MonthPage;
