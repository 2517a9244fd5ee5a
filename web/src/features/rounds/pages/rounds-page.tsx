/** The round that runs: what is due, marks, coverage of each hour, what was missed. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { addPosition, coverage, posts, removePosition, round, setMark, type PositionView, type TurnView } from '../../../../../contract/rounds.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { clockText, momentText } from '../../../ui/time-format.ts';

const refetchMs = 10_000;
const noRight = { zh: '正在读取', en: 'Being read' };
const changed = [round.path, coverage.path];

const AddPosition = () => {
  const { t } = useTranslation('rounds');
  const choices = useEndpoint(posts, {});
  const add = useAct(addPosition, changed);
  const [[cameraId, name], setForm] = useState<readonly [string, string]>(['', '']);
  const send = (): void => add.mutate({ body: { cameraId, name } }, { onSuccess: () => setForm(['', '']) });
  return (
    <Panel title={t('add')}>
      {add.error !== null && <RefusalBanner error={add.error} />}
      <form className="toolbar" onSubmit={(event) => { event.preventDefault(); send(); }}>
        <label>{t('camera')} <select value={cameraId} required onChange={(event) => setForm([event.target.value, name])}><option value="">{t('choose')}</option>{choices.data?.cameras.map((one) => <option key={one.cameraId} value={one.cameraId}>{one.camera}</option>)}</select></label>
        <label>{t('name')} <input value={name} required maxLength={64} onChange={(event) => setForm([cameraId, event.target.value])} /></label>
        <Button htmlType="submit" loading={add.isPending}>{t('add')}</Button>
      </form>
    </Panel>
  );
};

const AbnormalForm = ({ position, done }: { position: PositionView; done: () => void }) => {
  const { t } = useTranslation('rounds');
  const mark = useAct(setMark, changed);
  const [text, setText] = useState('');
  return (
    <Panel title={`${t('abnormal')} · ${position.name}`}>
      {mark.error !== null && <RefusalBanner error={mark.error} />}
      <form className="toolbar" onSubmit={(event) => { event.preventDefault(); mark.mutate({ params: { positionId: position.positionId }, body: { mark: 'abnormal', text } }, { onSuccess: done }); }}>
        <label>{t('seen')} <textarea value={text} required maxLength={2_000} rows={2} onChange={(event) => setText(event.target.value)} /></label>
        <Button type="primary" htmlType="submit" loading={mark.isPending}>{t('save')}</Button>
        <Button onClick={done}>{t('cancel')}</Button>
      </form>
    </Panel>
  );
};

const RoundsPage = () => {
  const { t } = useTranslation('rounds');
  const { site } = useSession();
  const [abnormal, setAbnormal] = useState<PositionView | null>(null);
  const now = useEndpoint(round, {}, { refetchMs });
  const covered = useEndpoint(coverage, { query: {} }, { refetchMs });
  const mark = useAct(setMark, changed);
  const remove = useAct(removePosition, changed);
  const can = now.data?.can;
  const columns: Column<PositionView>[] = [
    { key: 'position', title: t('position'), render: (one) => <><strong>{one.name}</strong> <span className="quiet">{one.camera}</span></>, order: (one) => one.name },
    { key: 'who', title: t('who'), render: ({ post }) => post ?? t('everybody') },
    { key: 'state', title: t('state'), render: ({ state }) => <>{state !== 'viewed' && <PriorityMark priority="medium" />} {t(state)}</>, order: ({ state }) => state },
    { key: 'until', title: t('until'), render: ({ until }) => <time className="tabular">{clockText(until, site.timeZone)}</time>, order: ({ until }) => until },
    { key: 'last', title: t('last'), render: ({ last }) => (last === null ? t('never') : `${clockText(last.at, site.timeZone)} · ${last.by} · ${t(last.mark)}`) },
    {
      key: 'mark', title: t('mark'),
      render: (one) => (
        <>
          <ActButton size="small" can={can?.mark ?? noRight} onClick={() => mark.mutate({ params: { positionId: one.positionId }, body: { mark: 'observed' } })}>{t('observed')}</ActButton>{' '}
          <ActButton size="small" can={can?.mark ?? noRight} onClick={() => setAbnormal(one)}>{t('abnormal')}</ActButton>{' '}
          {can?.manage === true && <Button size="small" onClick={() => remove.mutate({ params: { positionId: one.positionId } })}>{t('remove')}</Button>}
        </>
      ),
    },
  ];
  const missed: Column<TurnView>[] = [
    { key: 'position', title: t('position'), render: ({ name }) => <strong>{name}</strong>, order: ({ name }) => name },
    { key: 'outcome', title: t('outcome'), render: ({ outcome }) => (outcome === 'missed' ? t('outcomeMissed') : t('rushed')) },
    { key: 'until', title: t('until'), render: ({ until }) => <time className="tabular">{momentText(until, site.timeZone)}</time>, order: ({ until }) => until },
    { key: 'duty', title: t('duty'), render: ({ onPost }) => onPost.join(' · ') || '—' },
  ];
  const hours = covered.data?.hours.filter(({ due }) => due > 0) ?? [];
  return (
    <Page title={t('title')} about={t('about', { seconds: now.data?.dwellSeconds ?? 5 })}>
      {mark.error !== null && <RefusalBanner error={mark.error} />}
      {remove.error !== null && <RefusalBanner error={remove.error} />}
      {abnormal !== null && <AbnormalForm position={abnormal} done={() => setAbnormal(null)} />}
      <DataTable caption={t('positions')} rows={now.data?.positions} columns={columns} rowKey={({ positionId }) => positionId} empty={<Empty what={t('empty')} />} error={now.error} retry={() => void now.refetch()} searchText={({ name }) => name} />
      {can?.manage === true && <AddPosition />}
      <Panel title={t('coverage')}>
        {hours.length === 0 ? <Empty what={t('noHours')} /> : <ul>{hours.map(({ from, due, percent }) => <li key={from}><meter min={0} max={100} value={percent ?? 0} aria-label={t('hour', { time: clockText(from, site.timeZone), due, percent: percent ?? 0 })} /> {t('hour', { time: clockText(from, site.timeZone), due, percent: percent ?? 0 })}</li>)}</ul>}
      </Panel>
      <Panel title={t('missed')}>
        <DataTable caption={t('missed')} rows={covered.data?.missed} columns={missed} rowKey={({ positionId, until }) => `${positionId} ${until}`} empty={<Empty what={t('noMissed')} />} error={covered.error} retry={() => void covered.refetch()} searchText={({ name }) => name} />
      </Panel>
    </Page>
  );
};
export default RoundsPage;
