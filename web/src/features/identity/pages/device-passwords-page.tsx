/** Passwords of devices and computers: who answers for each, how old it is, what is wrong about it. The password itself is never shown. */
import { useState } from 'react';
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { addCredential, DeviceKind, discloseCredential, listCredentials, retireCredential, rotateCredential } from '../../../../../contract/identity-people.ts';
import type { DeviceCredential } from '../../../../../contract/identity-people.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page } from '../../../ui/page.tsx';
import { Empty, Notice } from '../../../ui/states.tsx';
import { isoDateText } from '../../../ui/time-format.ts';
import '../identity.css';

type Register = z.output<(typeof listCredentials)['response']>;
type Asking = { what: 'add' } | { what: 'rotate' | 'disclose' | 'retire'; credential: DeviceCredential } | null;

const DevicePasswordsPage = () => {
  const { t } = useTranslation('identity');
  const { site } = useSession();
  const register = useEndpoint(listCredentials, {});
  const can = useCan('identity.credentials.change');
  const [asking, setAsking] = useState<Asking>(null);
  const day = (at: number): string => isoDateText(at, site.timeZone);
  const wrong = register.data?.credentials.filter(({ findings }) => findings.length > 0).length ?? 0;
  const columns: Column<DeviceCredential>[] = [
    { key: 'device', title: t('devices.device'), render: ({ device, account }) => (<><strong>{device}</strong>{account === '' ? '' : ` · ${account}`}</>), order: ({ device }) => device },
    { key: 'kind', title: t('devices.kind'), render: ({ kind }) => t(`devices.kinds.${kind}`) },
    { key: 'owner', title: t('devices.owner'), render: ({ ownerName }) => ownerName, order: ({ ownerName }) => ownerName },
    { key: 'strength', title: t('devices.strength'), render: ({ signs, score }) => (signs === 0 ? t('devices.none') : t('devices.signs', { count: signs, level: score === null ? '—' : t(`password.levels.l${score as 0 | 1 | 2 | 3 | 4}`) })) },
    { key: 'since', title: t('devices.since'), render: ({ since }) => day(since), order: ({ since }) => since },
    { key: 'due', title: t('devices.due'), render: ({ rotateBy }) => (rotateBy === null ? '—' : day(rotateBy)), order: ({ rotateBy }) => rotateBy ?? 0 },
    { key: 'findings', title: t('devices.findings'), render: ({ findings }) => (findings.length === 0 ? t('import.fine') : findings.map((finding) => <span key={finding} className="finding fault">{t(`devices.found.${finding}`)}</span>)), order: ({ findings }) => -findings.length },
    {
      key: 'acts', title: t('people.acts'),
      render: (credential) => (
        <div className="link-row">
          <ActButton can={can} onClick={() => setAsking({ what: 'rotate', credential })}>{t('devices.rotate')}</ActButton>
          <ActButton can={true} onClick={() => setAsking({ what: 'disclose', credential })}>{t('disclosure.act')}</ActButton>
          <ActButton can={can} onClick={() => setAsking({ what: 'retire', credential })}>{t('devices.retire')}</ActButton>
        </div>
      ),
    },
  ];
  return (
    <Page title={t('devices.title')} about={t('devices.about')} acts={<ActButton type="primary" can={can} onClick={() => setAsking({ what: 'add' })}>{t('devices.add')}</ActButton>}>
      {wrong > 0 && <Notice priority="medium">{t('devices.wrong', { count: wrong })}</Notice>}
      {register.data !== undefined && register.data.lastScan !== null && <p className="dim">{t('devices.lastScan', { day: day(register.data.lastScan) })}</p>}
      <DataTable caption={t('devices.title')} rows={register.data?.credentials} columns={columns} rowKey={({ credentialId }) => credentialId} searchText={({ device, account, ownerName }) => `${device} ${account} ${ownerName}`} empty={<Empty what={t('devices.empty')} />} error={register.error} retry={() => void register.refetch()} />
      {asking !== null && register.data !== undefined && <Dialogs asking={asking} register={register.data} close={() => setAsking(null)} />}
    </Page>
  );
};

const Dialogs = ({ asking, register, close }: { asking: Exclude<Asking, null>; register: Register; close: () => void }) => {
  const { t } = useTranslation('identity');
  const disclose = useAct(discloseCredential, [listCredentials.path]);
  const retire = useAct(retireCredential, [listCredentials.path]);
  if (asking.what === 'add') return <SetDialog credential={null} register={register} close={close} />;
  const { credential } = asking;
  const params = { credentialId: credential.credentialId };
  if (asking.what === 'rotate') return <SetDialog credential={credential} register={register} close={close} />;
  if (asking.what === 'disclose') return <ConfirmAct title={t('devices.discloseTitle', { device: credential.device })} text={t('devices.discloseText')} actText={t('disclosure.act')} withReason danger act={(text) => disclose.mutateAsync({ params, body: { text } })} close={close} />;
  return <ConfirmAct title={t('devices.retireTitle', { device: credential.device })} text={t('devices.retireText')} actText={t('devices.retire')} withReason={false} danger act={() => retire.mutateAsync({ params })} close={close} />;
};

interface Typed {
  device: string;
  kind: DeviceKind;
  account?: string;
  ownerId: string;
  password?: string;
}

const SetDialog = ({ credential, register, close }: { credential: DeviceCredential | null; register: Register; close: () => void }) => {
  const { t } = useTranslation('identity');
  const [form] = Form.useForm<Typed>();
  const add = useAct(addCredential, [listCredentials.path]);
  const rotate = useAct(rotateCredential, [listCredentials.path]);
  const need = { required: true, whitespace: true, message: t('setUp.need') };
  const submit = ({ device, kind, account, ownerId, password }: Typed): void => {
    const typed = password === undefined || password === '' ? null : password;
    if (credential === null) add.mutate({ body: { device, kind, account: account ?? '', ownerId, password: typed } }, { onSuccess: close });
    else rotate.mutate({ params: { credentialId: credential.credentialId }, body: { ownerId, password: typed } }, { onSuccess: close });
  };
  return (
    <Modal open title={credential === null ? t('devices.add') : t('devices.rotateTitle', { device: credential.device })} footer={null} onCancel={close} mask={{ closable: false }}>
      <FormShell form={form} initial={credential === null ? { kind: 'computer' } : { ownerId: credential.ownerId }} error={credential === null ? add.error : rotate.error} busy={add.isPending || rotate.isPending} submit={submit} submitText={t('people.save')}>
        {credential === null && (
          <>
            <Form.Item name="device" label={t('devices.device')} extra={t('devices.deviceHint')} rules={[need]}>
              <Input maxLength={64} autoComplete="off" autoFocus />
            </Form.Item>
            <Form.Item name="kind" label={t('devices.kind')}>
              <Select options={DeviceKind.options.map((kind) => ({ value: kind, label: t(`devices.kinds.${kind}`) }))} />
            </Form.Item>
            <Form.Item name="account" label={t('devices.account')}>
              <Input maxLength={128} autoComplete="off" />
            </Form.Item>
          </>
        )}
        <Form.Item name="ownerId" label={t('devices.owner')} rules={[{ required: true, message: t('setUp.need') }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={register.people.map((person) => ({ value: person.personId, label: `${person.name} ${person.staffNumber}` }))} />
        </Form.Item>
        <Form.Item name="password" label={credential === null ? t('devices.password') : t('devices.newPassword')} extra={t('devices.passwordHint')}>
          <Input.Password maxLength={256} autoComplete="new-password" />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};

export default DevicePasswordsPage;
