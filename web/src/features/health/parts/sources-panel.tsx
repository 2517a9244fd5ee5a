/** Time servers and power supplies that this room asks: what they answer, and for the administrator the form to add one. */
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { addSource, board, machineClock, removeSource, sources, type DeviceView, type Source, type SourceKind } from '../../../../../contract/health.ts';
import { call } from '../../../app/client.ts';
import { invalidatePaths, useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';

const changed = [sources.path, board.path, machineClock.path];
interface Values {
  kind: SourceKind;
  name: string;
  host: string;
  port?: number | null;
  unit?: string;
}

const AddSource = () => {
  const { t } = useTranslation('health');
  const [form] = Form.useForm<Values>();
  const add = useAct(addSource, changed);
  const kind = Form.useWatch('kind', form);
  const must = [{ required: true, message: t('source.must') }];
  const submit = ({ kind: which, name, host, port, unit }: Values): void =>
    add.mutate({ body: { kind: which, name, host, unit: which === 'ups' ? (unit ?? '') : '', ...(port == null ? {} : { port }) } }, { onSuccess: () => form.resetFields() });
  return (
    <FormShell form={form} initial={{ kind: 'time_server' }} error={add.error} busy={add.isPending} submit={submit} submitText={t('source.add')}>
      <div className="health-source-form">
        <Form.Item name="kind" label={t('source.kind')}><Select options={(['time_server', 'ups'] as const).map((value) => ({ value, label: t(`source.${value}`) }))} /></Form.Item>
        <Form.Item name="name" label={t('source.name')} rules={must}><Input maxLength={64} /></Form.Item>
        <Form.Item name="host" label={t('source.host')} rules={must}><Input maxLength={252} autoComplete="off" spellCheck={false} /></Form.Item>
        <Form.Item name="port" label={t('source.port')}><InputNumber min={1} max={65_535} placeholder={kind === 'ups' ? '3493' : '123'} style={{ width: '100%' }} /></Form.Item>
        {kind === 'ups' && <Form.Item name="unit" label={t('source.unit')} rules={must}><Input maxLength={64} autoComplete="off" spellCheck={false} /></Form.Item>}
      </div>
    </FormShell>
  );
};

export const SourcesPanel = ({ devices }: { devices: readonly DeviceView[] }) => {
  const { t } = useTranslation('health');
  const say = useSay();
  const { site } = useSession();
  const client = useQueryClient();
  const seen = useEndpoint(sources, {});
  const [leaving, setLeaving] = useState<Source | null>(null);
  const mayManage = seen.data?.can.manage === true;
  const stateOf = (sourceId: string) => devices.find(({ deviceId }) => deviceId === sourceId);
  const columns: Column<Source>[] = [
    { key: 'name', title: t('source.name'), render: ({ name, kind }) => <span className="health-device"><strong>{name}</strong><span className="dim">{t(`source.${kind}`)}</span></span>, order: ({ name }) => name },
    { key: 'host', title: t('source.host'), render: ({ host, port, unit }) => <span className="break-all">{host}:{port}{unit !== '' && ` · ${unit}`}</span> },
    {
      key: 'state', title: t('state'),
      render: ({ sourceId }) => {
        const device = stateOf(sourceId);
        if (device === undefined) return <span className="dim">{t('source.notAsked')}</span>;
        const told = device.checks.find(({ state }) => state === 'bad') ?? device.checks.find(({ check }) => check === 'power') ?? device.checks[0];
        if (told === undefined) return '—';
        return told.state === 'bad' ? <><PriorityMark priority="high" /> {say(told.words)}</> : <NormalMark>{say(told.words)}</NormalMark>;
      },
    },
    { key: 'added', title: t('source.added'), render: ({ addedBy, addedAt }) => <>{addedBy} <time className="tabular">{momentText(addedAt, site.timeZone)}</time></>, order: ({ addedAt }) => addedAt },
    ...(mayManage ? [{ key: 'remove', title: t('source.acts'), render: (one: Source) => <Button size="small" onClick={() => setLeaving(one)}>{t('source.remove')}<span className="only-read"> {one.name}</span></Button> }] : []),
  ];
  return (
    <Panel title={t('source.title')}>
      <DataTable caption={t('source.title')} rows={seen.data?.sources} columns={columns} rowKey={({ sourceId }) => sourceId} empty={<Empty what={mayManage ? t('source.empty') : t('source.emptyOther')} />} error={seen.error} retry={() => void seen.refetch()} />
      {mayManage && <AddSource />}
      {leaving !== null && (
        <ConfirmAct
          title={t('source.remove')}
          text={t('source.removeText', { name: leaving.name })}
          actText={t('source.remove')}
          withReason={false}
          act={async () => {
            await call(removeSource, { params: { sourceId: leaving.sourceId } });
            await invalidatePaths(client, changed);
          }}
          close={() => setLeaving(null)}
        />
      )}
    </Panel>
  );
};
