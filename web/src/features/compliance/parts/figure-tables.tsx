/** What stands behind the figures: cameras with their gaps, duties done and missing, scores of the people on duty. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { readFigures } from '../../../../../contract/compliance.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import { momentText, spanText } from '../../../ui/time-format.ts';

type FiguresData = z.output<(typeof readFigures)['response']>;
type CameraRow = FiguresData['cameras'][number];
const mostGaps = 5;

const Flag = ({ flagged, children }: { flagged: boolean; children: string }) => (
  <span className="nowrap">
    {flagged && <PriorityMark priority="high" />}
    {children}
  </span>
);

export const CameraTable = ({ cameras }: { cameras: FiguresData['cameras'] }) => {
  const { t } = useTranslation('compliance');
  return (
    <DataTable<CameraRow>
      caption={t('figure.cameras')}
      rows={cameras}
      rowKey={({ cameraId }) => cameraId}
      empty={<Empty what={t('figure.noCameras')} />}
      error={null}
      columns={[
        { key: 'camera', title: t('figure.camera'), render: ({ label }) => label, order: ({ label }) => label },
        { key: 'percent', title: t('figure.percent'), numeric: true, order: ({ percent }) => percent, render: ({ percent, below }) => <Flag flagged={below}>{`${percent.toFixed(2)} %${below ? ` ${t('figure.below')}` : ''}`}</Flag> },
        { key: 'gaps', title: t('figure.gaps'), render: (row) => <Gaps gaps={row.gaps} /> },
      ]}
    />
  );
};

const Gaps = ({ gaps }: { gaps: CameraRow['gaps'] }) => {
  const { t } = useTranslation('compliance');
  const { timeZone } = useSession().site;
  const language = useLanguage();
  if (gaps.length === 0) return <span className="dim">—</span>;
  const shown = gaps.slice(-mostGaps).toReversed();
  return (
    <ul>
      {shown.map((gap) => (
        <li key={gap.gapId}>
          {t('figure.gapRow', { from: momentText(gap.from, timeZone), span: gap.until === null ? t('figure.open') : spanText(gap.until - gap.from, language) })}
        </li>
      ))}
      {gaps.length > shown.length && <li className="dim">{t('shown', { shown: shown.length, all: gaps.length })}</li>}
    </ul>
  );
};

type MismatchRow = FiguresData['mismatches'][number];

export const MismatchTable = ({ mismatches }: { mismatches: FiguresData['mismatches'] }) => {
  const { t } = useTranslation('compliance');
  const say = useSay();
  const language = useLanguage();
  const { timeZone } = useSession().site;
  return (
    <DataTable<MismatchRow>
      caption={t('figure.mismatches')}
      rows={mismatches}
      rowKey={({ seqs }) => seqs.join(' ')}
      empty={<Empty what={t('figure.noMismatches')} />}
      error={null}
      columns={[
        { key: 'camera', title: t('figure.camera'), render: ({ camera }) => camera, order: ({ camera }) => camera },
        { key: 'inspection', title: t('figure.inspected'), render: ({ inspection, inspectedAt, by }) => `${say(inspection)} · ${momentText(inspectedAt, timeZone)} · ${by}`, order: ({ inspectedAt }) => inspectedAt },
        { key: 'lost', title: t('figure.lostAfter'), render: ({ from, until }) => t('figure.gapRow', { from: momentText(from, timeZone), span: until === null ? t('figure.open') : spanText(until - from, language) }), order: ({ from }) => from },
        { key: 'facts', title: t('figure.entries'), numeric: true, render: ({ seqs }) => <Link to="/audit" search={{ seqs: seqs.join('-') }}>{seqs.join('、')}</Link> },
      ]}
    />
  );
};

export const DutyTable = ({ duties }: { duties: FiguresData['duties'] }) => {
  const { t } = useTranslation('compliance');
  const say = useSay();
  const { timeZone } = useSession().site;
  return (
    <DataTable<FiguresData['duties'][number]>
      caption={t('figure.duties')}
      rows={duties.toReversed()}
      rowKey={({ seq, until }) => `${seq} ${until}`}
      empty={<p className="dim">{t('figure.noDuties')}</p>}
      error={null}
      columns={[
        { key: 'duty', title: t('figure.duty'), render: ({ title }) => say(title) },
        { key: 'due', title: t('figure.due'), render: ({ until }) => momentText(until, timeZone), order: ({ until }) => until },
        { key: 'state', title: t('state'), render: ({ state }) => <Flag flagged={state === 'missed' || state === 'overdue'}>{t(`figure.dutyStates.${state}`)}</Flag>, order: ({ state }) => state },
        { key: 'by', title: t('figure.by'), render: ({ by }) => by ?? '—' },
      ]}
    />
  );
};

export const PeopleTable = ({ people }: { people: FiguresData['people'] }) => {
  const { t } = useTranslation('compliance');
  return (
    <DataTable<FiguresData['people'][number]>
      caption={t('figure.people')}
      rows={people}
      rowKey={({ personId }) => personId}
      empty={<p className="dim">{t('figure.noPeople')}</p>}
      error={null}
      columns={[
        { key: 'person', title: t('figure.person'), render: ({ name }) => name, order: ({ name }) => name },
        { key: 'score', title: t('figure.score'), numeric: true, render: ({ score }) => (score === null ? '—' : score.toFixed(0)), order: ({ score }) => score ?? -1 },
        { key: 'answered', title: t('figure.answered'), numeric: true, render: ({ answered }) => answered },
        { key: 'median', title: t('figure.median'), numeric: true, render: ({ medianSeconds }) => (medianSeconds === null ? '—' : t('figure.seconds', { n: Math.round(medianSeconds) })) },
        { key: 'duties', title: t('figure.dutiesDone'), numeric: true, render: ({ duties, dutiesInTime }) => `${dutiesInTime} / ${duties}` },
      ]}
    />
  );
};
