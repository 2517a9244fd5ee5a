/** Connects a recorder: its address once, each channel tested, those that are wanted added in one act. */
import { useState } from 'react';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { addDevice, listDevices, listRegister, RecorderBrand, testChannels } from '../../../../../contract/cameras.ts';
import type { ChannelTest } from '../../../../../contract/cameras.ts';
import { listCameras } from '../../../../../contract/video.ts';
import { call } from '../../../app/client.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { useSay } from '../../../ui/say.ts';
import { RefusalBanner } from '../../../ui/states.tsx';
import { orNull } from '../address.ts';

interface Values {
  brand: RecorderBrand;
  host: string;
  port: number;
  username?: string;
  password?: string;
  name: string;
  count: number;
  purpose?: string;
}
interface Row extends ChannelTest {
  take: boolean;
  name: string;
}
/** As many as the server tests at once. */
const atOnce = 4;

export const RecorderForm = ({ done }: { done: () => void }) => {
  const { t } = useTranslation('cameras');
  const say = useSay();
  const [form] = Form.useForm<Values>();
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [testing, setTesting] = useState<{ from: number; until: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const add = useAct(addDevice, [listDevices.path, listCameras.path, listRegister.path]);
  const purposes = useEndpoint(listRegister, {}).data?.choices.purposes ?? [];
  const address = (values: Values) => ({ brand: values.brand, host: values.host, port: values.port, username: orNull(values.username), password: orNull(values.password) });
  const test = async (): Promise<void> => {
    const valid = await form.validateFields(['host', 'port', 'count']).then(() => true, () => false);
    if (!valid) return;
    const values = form.getFieldsValue();
    setRows([]);
    setError(null);
    try {
      for (let from = 1; from <= values.count; from += atOnce) {
        const until = Math.min(values.count, from + atOnce - 1);
        setTesting({ from, until });
        const { channels } = await call(testChannels, { body: { ...address(values), channels: Array.from({ length: until - from + 1 }, (_, index) => from + index) } });
        setRows((before) => [...before, ...channels.map((one) => ({ ...one, take: one.outcome === 'ok', name: t('register.recorders.channel') + String(one.channel).padStart(2, '0') }))]);
      }
    } catch (refused) {
      setError(refused);
    } finally {
      setTesting(null);
    }
  };
  const change = (channel: number, part: Partial<Row>): void => setRows((before) => before.map((row) => (row.channel === channel ? { ...row, ...part } : row)));
  const taken = rows.filter(({ take }) => take);
  const submit = (values: Values): void => {
    const purpose = values.purpose ?? purposes[0]?.key ?? '';
    add.mutate({ body: { ...address(values), name: values.name, channels: taken.map(({ channel, name }) => ({ channel, name, purpose })) } }, { onSuccess: done });
  };
  return (
    <FormShell form={form} initial={{ brand: 'hikvision', port: 554, count: 8 }} error={add.error} busy={add.isPending} submit={submit} submitText={t('register.recorders.act', { count: taken.length })} extra={<Button onClick={done}>{t('register.recorders.close')}</Button>}>
      <div className="field-row">
        <Form.Item name="name" label={t('register.recorders.name')} extra={t('register.recorders.nameHint')} rules={[{ required: true, whitespace: true, message: t('register.recorders.needName') }]}><Input maxLength={64} autoComplete="off" /></Form.Item>
        <Form.Item name="brand" label={t('register.recorders.brand')}><Select options={RecorderBrand.options.map((value) => ({ value, label: t(`register.recorders.${value}`) }))} /></Form.Item>
      </div>
      <div className="field-row">
        <Form.Item name="host" label={t('register.recorders.host')} rules={[{ required: true, whitespace: true, message: t('register.recorders.needHost') }]}><Input maxLength={253} autoComplete="off" spellCheck={false} /></Form.Item>
        <Form.Item name="port" label={t('register.recorders.port')} rules={[{ required: true, type: 'number', min: 1, max: 65_535 }]}><InputNumber precision={0} controls={false} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="count" label={t('register.recorders.channels')} rules={[{ required: true, type: 'number', min: 1, max: 64, message: t('register.recorders.channelsRange') }]}><InputNumber precision={0} controls={false} style={{ width: '100%' }} /></Form.Item>
      </div>
      <div className="field-row">
        <Form.Item name="username" label={t('form.username')}><Input maxLength={128} autoComplete="off" spellCheck={false} /></Form.Item>
        <Form.Item name="password" label={t('form.password')}><Input.Password maxLength={256} autoComplete="new-password" /></Form.Item>
        <Form.Item name="purpose" label={t('register.purpose')} {...(purposes[0] === undefined ? {} : { initialValue: purposes[0].key })} rules={[{ required: true, message: t('register.entry.needPurpose') }]}><Select options={purposes.filter(({ needsBasis }) => !needsBasis).map((one) => ({ value: one.key, label: say(one) }))} /></Form.Item>
      </div>
      <div className="address-test">
        <div className="form-acts">
          <Button onClick={() => void test()} loading={testing !== null}>{t('register.recorders.test')}</Button>
          <span className="dim" role="status">{testing === null ? '' : t('register.recorders.testing', testing)}</span>
        </div>
        {error !== null && <RefusalBanner error={error} />}
        {rows.length > 0 && <Channels rows={rows} change={change} />}
      </div>
    </FormShell>
  );
};

const Channels = ({ rows, change }: { rows: readonly Row[]; change: (channel: number, part: Partial<Row>) => void }) => {
  const { t } = useTranslation('cameras');
  const say = useSay();
  return (
    <table className="data-table">
      <caption className="only-read">{t('register.recorders.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('register.recorders.take')}</th>
          <th scope="col">{t('register.recorders.cameraName')}</th>
          <th scope="col">{t('register.recorders.result')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.channel}>
            <td data-title={t('register.recorders.take')}><Checkbox checked={row.take} onChange={(event) => change(row.channel, { take: event.target.checked })}>{row.channel}</Checkbox></td>
            <td data-title={t('register.recorders.cameraName')}><Input value={row.name} maxLength={64} aria-label={`${t('register.recorders.cameraName')} ${row.channel}`} onChange={(event) => change(row.channel, { name: event.target.value })} /></td>
            <td data-title={t('register.recorders.result')}>{row.outcome === 'ok' ? <span className="tabular">{row.width}×{row.height} · {row.codec}</span> : <><PriorityMark priority="medium" /> {say(row)}</>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
