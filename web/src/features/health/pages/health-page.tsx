/** The board of devices: grade, what is wrong, availability; and what was wrong of late, with the shift on duty. */
import { useTranslation } from 'react-i18next';
import { board, keepReference, troubles, type DeviceView, type Trouble } from '../../../../../contract/health.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { Facts, Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';

const refetchMs = 10_000;
const percentText = (value: number | null): string => (value === null ? '—' : `${value.toFixed(2)} %`);
/** There is one of each: its kind is its name. */
const ours: ReadonlySet<string> = new Set(['recorder', 'machine', 'poller']);
const rank = { poor: 0, fair: 1, unknown: 2, good: 3 } as const;

const useDeviceColumns = (keep: (cameraId: string) => void): Column<DeviceView>[] => {
  const { t } = useTranslation('health');
  const say = useSay();
  const { site } = useSession();
  return [
    { key: 'device', title: t('device'), render: (one) => (ours.has(one.kind) ? <strong>{say(one.kindTitle)}</strong> : <span><strong>{one.name}</strong> <span className="quiet">{say(one.kindTitle)}</span></span>), order: (one) => one.name },
    { key: 'grade', title: t('grade'), render: ({ grade }) => <>{grade === 'poor' && <PriorityMark priority="high" />} {grade === 'fair' && <PriorityMark priority="medium" />} {t(grade)}</>, order: ({ grade }) => rank[grade] },
    {
      key: 'state', title: t('state'),
      render: ({ checks, grade }) => {
        // What nobody could tell is not in order: its reason stands there.
        const told = [...new Set(checks.filter(({ state }) => state === 'bad' || (grade === 'unknown' && state === 'unknown')).map((check) => say(check.words)))];
        return <>{told.length === 0 ? t('wellAll') : told.join(' · ')} {checks.some(({ stale }) => stale) && <span className="quiet">{t('stale')}</span>}</>;
      },
    },
    { key: 'day', title: t('day'), numeric: true, render: ({ availableDay, belowTarget }) => <>{belowTarget && <PriorityMark priority="medium" />} <span className="tabular">{percentText(availableDay)}</span></>, order: ({ availableDay }) => availableDay ?? 101 },
    { key: 'month', title: t('month'), numeric: true, render: ({ availableMonth }) => <span className="tabular">{percentText(availableMonth)}</span>, order: ({ availableMonth }) => availableMonth ?? 101 },
    {
      key: 'act', title: t('act'),
      render: ({ kind, deviceId, referenceAt, can }) => kind !== 'camera' ? null : <><span className="quiet">{referenceAt === null ? t('none') : t('kept', { time: momentText(referenceAt, site.timeZone) })}</span> <ActButton size="small" can={can.keepReference} onClick={() => keep(deviceId)}>{t('keep')}</ActButton></>,
    },
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
        <Facts
          rows={[
            [t('room'), <span key="room">{percentText(room.availableDay)} · {t('target', { percent: room.targetPercent })} · {room.degraded ? t('degraded') : t('inOrder')}</span>],
            [t('clock'), <span key="clock">{clock == null ? t('clockUnknown') : t('clockOff', { server: clock.server, seconds: (clock.offsetMs / 1_000).toFixed(2) })}</span>],
          ]}
        />
      )}
      <DataTable caption={t('caption')} rows={devices} columns={columns} rowKey={({ deviceId }) => deviceId} empty={<Empty what={t('empty')} />} error={seen.error} retry={() => void seen.refetch()} searchText={({ name }) => name} />
      <Panel title={t('troubles')}>
        <DataTable caption={t('troubles')} rows={past.data?.troubles} columns={useTroubleColumns()} rowKey={({ troubleId }) => troubleId} empty={<Empty what={t('noTroubles')} />} error={past.error} retry={() => void past.refetch()} searchText={({ device }) => device} />
      </Panel>
    </Page>
  );
};
export default HealthPage;
