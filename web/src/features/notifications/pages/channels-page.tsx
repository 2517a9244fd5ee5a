/** How notices leave the house: mail server, webhook, who receives confidential reports, mail addresses. Each channel can be tested from here. */
import { useState } from 'react';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { channels, saveAddress, saveConfidential, saveMail, saveWebhook, testChannel } from '../../../../../contract/notifications.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../notifications.css';

const path = ['/api/notifications/channels'];
type Answer = z.output<typeof channels.response>;
type Person = Answer['people'][number];

const ChannelsPage = () => {
  const { t } = useTranslation('notifications');
  const set = useEndpoint(channels, {});
  return (
    <Page title={t('channels.title')} about={t('channels.about')} acts={<Link to={'/alarms'}>{t('matrix.back')}</Link>}>
      {set.error !== null && <RefusalBanner error={set.error} />}
      {set.data === undefined && set.error === null && <Loading />}
      {set.data !== undefined && (
        <>
          <Mail mail={set.data.mail} />
          <Webhook webhook={set.data.webhook} />
          <Confidential set={set.data} />
          <Addresses people={set.data.people} />
        </>
      )}
    </Page>
  );
};

const Test = ({ channel }: { channel: 'mail' | 'webhook' }) => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const [address, setAddress] = useState('');
  const test = useAct(testChannel);
  return (
    <div className="form-acts">
      {channel === 'mail' && <Input aria-label={t('channels.testTo')} placeholder={t('channels.testTo')} style={{ maxWidth: 280 }} value={address} onChange={(event) => setAddress(event.target.value)} />}
      <Button loading={test.isPending} onClick={() => test.mutate({ body: { channel, ...(address === '' ? {} : { address }) } })}>
        {t('channels.test')}
      </Button>
      {test.error !== null && <RefusalBanner error={test.error} />}
      {test.data !== undefined && <Notice priority={test.data.delivered ? 'information' : 'high'}>{say(test.data.detail)}</Notice>}
    </div>
  );
};

interface MailForm {
  host: string;
  port: number;
  encryption: 'tls' | 'starttls' | 'none';
  user?: string;
  password?: string;
  sender: string;
}

const Mail = ({ mail }: { mail: Answer['mail'] }) => {
  const { t } = useTranslation('notifications');
  const [form] = Form.useForm<MailForm>();
  const save = useAct(saveMail, path);
  const submit = ({ user = '', password = '', ...rest }: MailForm): void => save.mutate({ body: { ...rest, user: user === '' ? null : user, ...(password === '' ? {} : { password }) } });
  const initial: Partial<MailForm> = mail === null ? { port: 465, encryption: 'tls' } : { host: mail.host, port: mail.port, encryption: mail.encryption, user: mail.user ?? '', sender: mail.sender };
  return (
    <Panel title={t('channels.mail')}>
      <FormShell<MailForm> form={form} initial={initial} error={save.error} busy={save.isPending} submit={submit} submitText={t('channels.save')} extra={save.isSuccess ? <span role="status">{t('channels.saved')}</span> : undefined}>
        <div className="channel-form">
          <Form.Item name="host" label={t('channels.host')} rules={[{ required: true }]}>
            <Input maxLength={253} autoComplete="off" />
          </Form.Item>
          <Form.Item name="port" label={t('channels.port')} rules={[{ required: true }]}>
            <InputNumber min={1} max={65_535} style={{ width: '100%' }} />
          </Form.Item>
          <Form.Item name="encryption" label={t('channels.encryption')}>
            <Select options={(['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: t(`channels.${value}`) }))} />
          </Form.Item>
          <Form.Item name="sender" label={t('channels.sender')} rules={[{ required: true }]}>
            <Input maxLength={254} inputMode="email" autoComplete="off" />
          </Form.Item>
          <Form.Item name="user" label={t('channels.user')}>
            <Input maxLength={254} autoComplete="off" />
          </Form.Item>
          <Form.Item name="password" label={t('channels.password')} {...(mail?.hasPassword === true ? { extra: t('channels.keepPassword') } : {})}>
            <Input.Password maxLength={256} autoComplete="new-password" />
          </Form.Item>
        </div>
      </FormShell>
      {mail !== null && <Test channel="mail" />}
    </Panel>
  );
};

interface WebhookForm {
  url: string;
  key?: string;
}

const Webhook = ({ webhook }: { webhook: Answer['webhook'] }) => {
  const { t } = useTranslation('notifications');
  const [form] = Form.useForm<WebhookForm>();
  const save = useAct(saveWebhook, path);
  const submit = ({ url, key = '' }: WebhookForm): void => save.mutate({ body: { url, ...(key === '' ? {} : { key }) } });
  return (
    <Panel title={t('channels.webhook')}>
      <FormShell<WebhookForm> form={form} initial={webhook === null ? {} : { url: webhook.url }} error={save.error} busy={save.isPending} submit={submit} submitText={t('channels.save')} extra={save.isSuccess ? <span role="status">{t('channels.saved')}</span> : undefined}>
        <Form.Item name="url" label={t('channels.url')} rules={[{ required: true }]}>
          <Input maxLength={2_000} inputMode="url" autoComplete="off" />
        </Form.Item>
        <Form.Item name="key" label={t('channels.key')} {...(webhook?.hasKey === true ? { extra: t('channels.keepKey') } : {})}>
          <Input.Password maxLength={256} autoComplete="new-password" />
        </Form.Item>
      </FormShell>
      {webhook !== null && <Test channel="webhook" />}
    </Panel>
  );
};

const Confidential = ({ set }: { set: Answer }) => {
  const { t } = useTranslation('notifications');
  const save = useAct(saveConfidential, path);
  const choices = set.people.map(({ personId, name }) => ({ value: personId, label: name }));
  return (
    <Panel title={t('channels.confidential')}>
      {save.error !== null && <RefusalBanner error={save.error} />}
      <label htmlFor="confidential-person">{t('channels.person')}</label>{' '}
      <Select id="confidential-person" style={{ minWidth: 220 }} placeholder={t('channels.choose')} options={choices} value={set.confidential?.personId ?? null} loading={save.isPending} onChange={(personId) => save.mutate({ body: { personId } })} />
    </Panel>
  );
};

const Addresses = ({ people }: { people: readonly Person[] }) => {
  const { t } = useTranslation('notifications');
  const { t: tApp } = useTranslation('app');
  return (
    <Panel title={t('channels.addresses')}>
      <DataTable<Person>
        caption={t('channels.caption')}
        rows={people}
        error={null}
        empty={<Empty what={t('channels.addresses')} />}
        rowKey={({ personId }) => personId}
        searchText={({ name, mail }) => `${name} ${mail}`}
        columns={[
          {
            key: 'name',
            title: t('channels.name'),
            render: ({ name, roles }) => (
              <>
                {name} <span className="dim">{roles.map((role) => tApp(`role.${role}`)).join(' · ')}</span>
              </>
            ),
            order: ({ name }) => name,
          },
          { key: 'mail', title: t('channels.address'), render: (person) => <Address person={person} /> },
        ]}
      />
    </Panel>
  );
};

const Address = ({ person }: { person: Person }) => {
  const { t } = useTranslation('notifications');
  const [address, setAddress] = useState(person.mail);
  const save = useAct(saveAddress, path);
  return (
    <span className="row-acts" style={{ flexWrap: 'wrap' }}>
      <Input aria-label={`${t('channels.address')}: ${person.name}`} style={{ maxWidth: 260 }} value={address} maxLength={254} inputMode="email" onChange={(event) => setAddress(event.target.value)} />
      <Button disabled={address === person.mail} loading={save.isPending} onClick={() => save.mutate({ params: { personId: person.personId }, body: { address } })}>
        {t('channels.set')}
      </Button>
      {save.error !== null && <RefusalBanner error={save.error} />}
    </span>
  );
};

export default ChannelsPage;
