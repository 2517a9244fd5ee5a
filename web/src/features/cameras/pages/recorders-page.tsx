/** Recorders whose channels are cameras here: their state with its age, and connecting another. */
import { useState } from 'react';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeDeviceCredential, listDevices } from '../../../../../contract/cameras.ts';
import type { SourceDevice } from '../../../../../contract/cameras.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { spanText } from '../../../ui/time-format.ts';
import { orNull } from '../address.ts';
import '../cameras.css';
import { CamerasNav } from '../parts/cameras-nav.tsx';
import { RecorderForm } from '../parts/recorder-form.tsx';

const RecordersPage = () => {
  const { t } = useTranslation('cameras');
  const manage = useCan('video.cameras.manage');
  const devices = useEndpoint(listDevices, {}, { refetchMs: 10_000 });
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<SourceDevice | null>(null);
  const add = <ActButton type="primary" can={manage} onClick={() => setAdding(true)}>{t('register.recorders.add')}</ActButton>;
  return (
    <Page title={t('register.recorders.title')} about={t('register.recorders.about')} acts={adding ? undefined : add}>
      <CamerasNav />
      <DataTable
        caption={t('register.recorders.listCaption')}
        rows={devices.data?.devices}
        rowKey={({ deviceId }) => deviceId}
        error={devices.error}
        retry={() => void devices.refetch()}
        empty={<Empty what={t('register.recorders.empty')} />}
        columns={[
          { key: 'name', title: t('register.recorders.name'), render: ({ name }) => <strong>{name}</strong>, order: ({ name }) => name },
          { key: 'state', title: t('state'), render: (device) => <State device={device} />, order: ({ state }) => state },
          { key: 'brand', title: t('register.recorders.brand'), render: ({ brand }) => t(`register.recorders.${brand}`) },
          { key: 'host', title: t('address'), render: ({ host, port }) => (host === null ? '—' : <code>{host}:{port}</code>) },
          { key: 'channels', title: t('register.recorders.caption'), render: ({ channels }) => channels.map(({ camera }) => camera).join(' · ') || '—' },
          { key: 'acts', title: t('acts'), render: (device) => <ActButton can={manage} onClick={() => setChanging(device)}>{t('register.recorders.credential')}</ActButton> },
        ]}
      />
      {adding && (
        <Panel title={t('register.recorders.add')}>
          <RecorderForm done={() => setAdding(false)} />
        </Panel>
      )}
      {changing !== null && <Credential device={changing} close={() => setChanging(null)} />}
    </Page>
  );
};

const State = ({ device }: { device: SourceDevice }) => {
  const { t } = useTranslation('cameras');
  const now = useServerNow();
  const language = useLanguage();
  const say = useSay();
  const { state, checkedAt, why } = device;
  const word = t(`register.recorders.state.${state}`);
  return (
    <div className="camera-state">
      {state === 'reachable' ? <NormalMark>{word}</NormalMark> : <span className="wrong-line"><PriorityMark priority={state === 'unreachable' ? 'high' : 'information'} />{word}</span>}
      {why !== null && <span>{say(why)}</span>}
      {checkedAt !== null && <span className="dim">{t('register.recorders.age', { span: spanText(Math.max(0, now - checkedAt), language) })}</span>}
    </div>
  );
};

interface Login {
  username?: string;
  password?: string;
}

const Credential = ({ device, close }: { device: SourceDevice; close: () => void }) => {
  const { t } = useTranslation('cameras');
  const [form] = Form.useForm<Login>();
  const change = useAct(changeDeviceCredential, [listDevices.path]);
  const submit = (values: Login): void =>
    change.mutate({ params: { deviceId: device.deviceId }, body: { username: orNull(values.username), password: orNull(values.password), rowVersion: device.rowVersion } }, { onSuccess: close });
  return (
    <Modal open title={t('register.recorders.credentialTitle', { name: device.name })} okText={t('register.recorders.save')} cancelText={t('register.recorders.close')} confirmLoading={change.isPending} onOk={() => form.submit()} onCancel={close} mask={{ closable: false }}>
      {change.error !== null && <RefusalBanner error={change.error} />}
      <p>{t('register.recorders.credentialText')}</p>
      <Form<Login> form={form} layout="vertical" requiredMark={false} initialValues={{ username: device.username ?? '' }} onFinish={submit}>
        <Form.Item name="username" label={t('form.username')}><Input maxLength={128} autoComplete="off" spellCheck={false} /></Form.Item>
        <Form.Item name="password" label={t('form.password')}><Input.Password maxLength={256} autoComplete="new-password" /></Form.Item>
      </Form>
    </Modal>
  );
};

export default RecordersPage;
