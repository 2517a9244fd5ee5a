/** The board of devices: grade, what is wrong, availability; and what was wrong of late, with the shift on duty. */
import { useTranslation } from 'react-i18next';
import { board, keepReference, troubles, type CheckView, type DeviceView, type Trouble } from '../../../../../contract/health.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import '../health.css';
import { SourcesPanel } from '../parts/sources-panel.tsx';

const refetchMs = 10_000;
const percentText = (value: number | null): string => (value === null ? '—' : `${value.toFixed(2)} %`);
/** There is one of each: its kind is its name. */
const ours: ReadonlySet<string> = new Set(['recorder', 'machine', 'poller']);
/** What is wrong with it; of what cannot be told, why. */
const saidOf = ({ checks, grade }: DeviceView): CheckView[] => checks.filter(({ state }) => state === 'bad' || (grade === 'unknown' && state === 'unknown'));
/** Since when it is as it is: the oldest of what is wrong, or the newest of what became well. */
const sinceOf = (one: DeviceView): number | null => {
  const told = saidOf(one);
  if (told.length > 0) return Math.min(...told.map(({ since }) => since));
  return one.checks.length === 0 ? null : Math.max(...one.checks.map(({ since }) => since));
};
const rank = { poor: 0, fair: 1, unknown: 2, good: 3 } as const;

/** Storages are numbered; the words before the number are those of the reader. */
const nameOf = (one: DeviceView, kind: string): string => (ours.has(one.kind) ? kind : one.kind === 'storage' ? one.name.replace(/^录像存储/, kind) : one.name);

const useDeviceColumns = (keep: (cameraId: string) => void): Column<DeviceView>[] => {
  const { t } = useTranslation('health');
  const say = useSay();
  const { site } = useSession();
  const seesStills = useCan('health.stills.see') === true;
  return [
    { key: 'device', title: t('device'), render: (one) => <span className="health-device"><strong>{nameOf(one, say(one.kindTitle))}</strong>{!ours.has(one.kind) && one.kind !== 'storage' && <span className="dim">{say(one.kindTitle)}</span>}</span>, order: (one) => one.name },
    {
      key: 'state', title: t('state'),
      render: (one) => {
        const told = saidOf(one);
        return (
          <span className="health-state">
            <strong>{one.grade === 'poor' ? <PriorityMark priority="high" /> : one.grade === 'fair' ? <PriorityMark priority="medium" /> : null} {one.grade === 'good' ? <NormalMark>{t('wellAll')}</NormalMark> : t(one.grade)}</strong>
            {one.grade !== 'good' && told.length > 0 && <span>{[...new Set(told.map(({ words }) => say(words)))].join(' · ')}</span>}
            {one.checks.some(({ stale }) => stale) && <span className="health-stale">{t('stale')}</span>}
          </span>
        );
      },
      order: ({ grade }) => rank[grade],
    },
    { key: 'since', title: t('since'), render: (one) => { const at = sinceOf(one); return at === null ? '—' : <time className="tabular nowrap">{momentText(at, site.timeZone)}</time>; }, order: (one) => sinceOf(one) ?? 0 },
    {
      key: 'act', title: t('act'),
      render: (one) => {
        const still = saidOf(one).find((check) => check.still !== null)?.still ?? null;
        return (
          <span className="health-picture">
            {seesStills && still !== null && <a href={`/api/health/stills/${still}`} target="_blank" rel="noreferrer"><img src={`/api/health/stills/${still}`} alt={t('stillOf', { device: one.name })} loading="lazy" /></a>}
            {one.kind === 'camera' && <span className="dim">{one.referenceAt === null ? t('none') : t('kept', { time: momentText(one.referenceAt, site.timeZone) })}</span>}
            {one.kind === 'camera' && <ActButton size="small" can={one.can.keepReference} onClick={() => keep(one.deviceId)}>{t('keep')}</ActButton>}
            {one.kind !== 'camera' && '—'}
          </span>
        );
      },
    },
    { key: 'day', title: t('day'), numeric: true, render: ({ availableDay, belowTarget }) => <>{belowTarget && <PriorityMark priority="medium" />} {percentText(availableDay)}</>, order: ({ availableDay }) => availableDay ?? 101 },
    { key: 'month', title: t('month'), numeric: true, render: ({ availableMonth }) => percentText(availableMonth), order: ({ availableMonth }) => availableMonth ?? 101 },
  ];
};

const useTroubleColumns = (): Column<Trouble>[] => {
  const { t } = useTranslation('health');
  const say = useSay();
  const { site } = useSession();
  return [
    { key: 'device', title: t('device'), render: (one) => <strong>{one.device}</strong>, order: (one) => one.device },
    { key: 'what', title: t('what'), render: (one) => <>{say(one.words)} {one.still !== null && <a href={`/api/health/stills/${one.still}`} target="_blank" rel="noreferrer">{t('still')}</a>}</> },
    { key: 'from', title: t('from'), render: ({ from }) => <time className="tabular">{momentText(from, site.timeZone)}</time>, order: ({ from }) => from },
    { key: 'until', title: t('until'), render: ({ until }) => (until === null ? t('lasting') : <time className="tabular">{momentText(until, site.timeZone)}</time>), order: ({ until }) => until ?? Number.MAX_SAFE_INTEGER },
    { key: 'duty', title: t('duty'), render: ({ shift, onPost }) => [...(shift === null ? [] : [t('shift', { number: shift })]), ...onPost].join(' · ') || '—' },
  ];
};

const HealthPage = () => {
  const { t } = useTranslation('health');
  const say = useSay();
  const seen = useEndpoint(board, {}, { refetchMs });
  const past = useEndpoint(troubles, { query: {} }, { refetchMs });
  const keep = useAct(keepReference, [board.path]);
  const columns = useDeviceColumns((cameraId) => keep.mutate({ params: { cameraId }, body: {} }));
  const devices = seen.data?.devices.toSorted((a, b) => rank[a.grade] - rank[b.grade] || a.name.localeCompare(b.name));
  const { room, clock } = seen.data ?? {};
  return (
    <Page title={t('title')} about={t('about')}>
      {keep.error !== null && <RefusalBanner error={keep.error} />}
      {seen.data?.picturesUnavailable != null && <Notice priority="medium">{say(seen.data.picturesUnavailable)}</Notice>}
      {room !== undefined && (
        <dl className="health-figures">
          <div><dt>{t('broken')}</dt><dd>{room.poor > 0 && <PriorityMark priority="high" />} {room.poor}</dd></div>
          <div><dt>{t('weak')}</dt><dd>{room.fair > 0 && <PriorityMark priority="medium" />} {room.fair}</dd></div>
          <div><dt>{t('room')}</dt><dd>{(room.availableDay ?? 100) < room.targetPercent && <PriorityMark priority="medium" />} {percentText(room.availableDay)} <small>{t('target', { percent: room.targetPercent })}</small></dd></div>
          <div><dt>{t('clock')}</dt><dd>{clock == null ? <small>{t('clockUnknown')}</small> : <>{clock.wrong && <PriorityMark priority="high" />} {t('clockOff', { seconds: (clock.offsetMs / 1_000).toFixed(2) })} <small>{clock.server}</small></>}</dd></div>
        </dl>
      )}
      <h2 className="health-head">{t('caption')}</h2>
      <DataTable caption={t('caption')} rows={devices} columns={columns} rowKey={({ deviceId }) => deviceId} empty={<Empty what={t('empty')} />} error={seen.error} retry={() => void seen.refetch()} searchText={({ name }) => name} />
      <Panel title={t('troubles')}>
        <DataTable caption={t('troubles')} rows={past.data?.troubles} columns={useTroubleColumns()} rowKey={({ troubleId }) => troubleId} empty={<Empty what={t('noTroubles')} />} error={past.error} retry={() => void past.refetch()} searchText={({ device }) => device} />
      </Panel>
      <SourcesPanel devices={devices ?? []} />
    </Page>
  );
};
export default HealthPage;
