/** The round that runs: what is due, marks, coverage of each hour, what was missed. */
import { useState } from 'react';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { addPosition, coverage, posts, removePosition, round, setMark, type PositionView, type TurnView } from '../../../../../contract/rounds.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { clockText, momentText } from '../../../ui/time-format.ts';
import '../rounds.css';
import { HourPlot } from '../parts/hour-plot.tsx';

const refetchMs = 10_000;
const noRight = { zh: '正在读取', en: 'Being read' };
const changed = [round.path, coverage.path];

const AddPosition = () => {
  const { t } = useTranslation('rounds');
  const choices = useEndpoint(posts, {});
  const add = useAct(addPosition, changed);
  const [form] = Form.useForm<{ cameraId: string; name: string }>();
  const must = [{ required: true, message: t('must') }];
  return (
    <Panel title={t('add')}>
      <FormShell form={form} initial={{}} error={add.error} busy={add.isPending} submit={(values) => add.mutate({ body: values }, { onSuccess: () => form.resetFields() })} submitText={t('add')}>
        <div className="round-form">
          <Form.Item name="cameraId" label={t('camera')} rules={must}><Select showSearch={{ optionFilterProp: 'label' }} placeholder={t('choose')} options={(choices.data?.cameras ?? []).map((one) => ({ value: one.cameraId, label: one.camera }))} /></Form.Item>
          <Form.Item name="name" label={t('name')} rules={must}><Input maxLength={64} /></Form.Item>
        </div>
      </FormShell>
    </Panel>
  );
};

const AbnormalForm = ({ position, done }: { position: PositionView; done: () => void }) => {
  const { t } = useTranslation('rounds');
  const mark = useAct(setMark, changed);
  const [form] = Form.useForm<{ text: string }>();
  return (
    <Panel title={`${t('abnormal')} · ${position.name}`}>
      <FormShell form={form} initial={{ text: '' }} error={mark.error} busy={mark.isPending} submit={({ text }) => mark.mutate({ params: { positionId: position.positionId }, body: { mark: 'abnormal', text } }, { onSuccess: done })} submitText={t('save')} extra={<Button onClick={done}>{t('cancel')}</Button>}>
        <Form.Item name="text" label={t('seen')} rules={[{ required: true, message: t('must') }]}><Input.TextArea autoFocus maxLength={2_000} rows={2} /></Form.Item>
      </FormShell>
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
    { key: 'position', title: t('position'), render: (one) => <span className="round-position"><strong>{one.name}</strong><span className="dim">{one.camera}</span></span>, order: (one) => one.name },
    { key: 'who', title: t('who'), render: ({ post }) => post ?? t('everybody') },
    { key: 'state', title: t('state'), render: ({ state }) => state === 'viewed' ? <NormalMark>{t(state)}</NormalMark> : <><PriorityMark priority={state === 'rushed' ? 'medium' : 'information'} /> {t(state)}</>, order: ({ state }) => state },
    { key: 'until', title: t('until'), render: ({ until }) => <time className="tabular">{clockText(until, site.timeZone)}</time>, order: ({ until }) => until },
    { key: 'last', title: t('last'), render: ({ last }) => (last === null ? t('never') : `${clockText(last.at, site.timeZone)} · ${last.by} · ${t(last.mark)}`) },
    {
      key: 'mark', title: t('mark'),
      render: (one) => (
        <span className="round-acts">
          <ActButton size="small" can={can?.mark ?? noRight} onClick={() => mark.mutate({ params: { positionId: one.positionId }, body: { mark: 'observed' } })}>{t('observed')}</ActButton>
          <ActButton size="small" can={can?.mark ?? noRight} onClick={() => setAbnormal(one)}>{t('abnormal')}</ActButton>
          {can?.manage === true && <Button size="small" onClick={() => remove.mutate({ params: { positionId: one.positionId } })}>{t('remove')}</Button>}
        </span>
      ),
    },
  ];
  const missed: Column<TurnView>[] = [
    { key: 'position', title: t('position'), render: ({ name }) => <strong>{name}</strong>, order: ({ name }) => name },
    { key: 'outcome', title: t('outcome'), render: ({ outcome }) => (outcome === 'missed' ? t('outcomeMissed') : t('rushed')) },
    { key: 'until', title: t('until'), render: ({ until }) => <time className="tabular">{momentText(until, site.timeZone)}</time>, order: ({ until }) => until },
    { key: 'duty', title: t('duty'), render: ({ onPost }) => onPost.join(' · ') || '—' },
  ];
  return (
    <Page title={t('title')} about={t('about', { seconds: now.data?.dwellSeconds ?? 5 })}>
      {mark.error !== null && <RefusalBanner error={mark.error} />}
      {remove.error !== null && <RefusalBanner error={remove.error} />}
      {abnormal !== null && <AbnormalForm key={abnormal.positionId} position={abnormal} done={() => setAbnormal(null)} />}
      <h2 className="rounds-head">{t('positions')}</h2>
      <DataTable caption={t('positions')} rows={now.data?.positions} columns={columns} rowKey={({ positionId }) => positionId} empty={<Empty what={t('empty')} />} error={now.error} retry={() => void now.refetch()} searchText={({ name }) => name} />
      {can?.manage === true && <AddPosition />}
      <Panel title={t('coverage')}>
        {covered.data === undefined || !covered.data.hours.some(({ due }) => due > 0) ? <Empty what={t('noHours')} /> : <HourPlot hours={covered.data.hours} targetPercent={covered.data.targetPercent} />}
      </Panel>
      <Panel title={t('missed')}>
        <DataTable caption={t('missed')} rows={covered.data?.missed} columns={missed} rowKey={({ positionId, until }) => `${positionId} ${until}`} empty={<Empty what={t('noMissed')} />} error={covered.error} retry={() => void covered.refetch()} searchText={({ name }) => name} />
      </Panel>
    </Page>
  );
};
export default RoundsPage;
