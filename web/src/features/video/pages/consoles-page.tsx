/** Computers of the room that receive pictures: which ones, for how long and why, and this computer among them. */
import { useState } from 'react';
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { listConsoles, registerConsole, removeConsole } from '../../../../../contract/wall.ts';
import type { Console } from '../../../../../contract/wall.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { Page } from '../../../ui/page.tsx';
import { useLanguage } from '../../../ui/say.ts';
import { Empty, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { momentText, spanText } from '../../../ui/time-format.ts';

const hourMs = 3_600_000;
/** Hours that a computer may receive pictures; 0: until it is removed. */
const terms = [0, 1, 8, 24, 168] as const;

const ConsolesPage = () => {
  const { t } = useTranslation('video');
  const { site } = useSession();
  const manage = useCan('video.consoles.manage');
  const list = useEndpoint(listConsoles, {}, { refetchMs: 30_000 });
  const remove = useAct(removeConsole, [listConsoles.path]);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Console | null>(null);
  const add = <ActButton type="primary" can={manage} onClick={() => setAdding(true)}>{t('consoles.add')}</ActButton>;
  const here = list.data?.consoles.find((one) => one.here);
  return (
    <Page title={t('consoles.title')} about={t('consoles.about')} acts={add}>
      {list.data !== undefined && <Notice>{!list.data.required ? t('consoles.open') : here === undefined ? t('consoles.notHere') : t('consoles.isHere', { name: here.name })}</Notice>}
      <DataTable
        caption={t('consoles.caption')}
        rows={list.data?.consoles}
        rowKey={({ consoleId }) => consoleId}
        error={list.error}
        retry={() => void list.refetch()}
        empty={<Empty what={t('consoles.none')} />}
        columns={[
          { key: 'name', title: t('consoles.name'), render: (one) => <strong>{one.here ? t('consoles.hereName', { name: one.name }) : one.name}</strong>, order: ({ name }) => name },
          { key: 'until', title: t('consoles.until'), render: (one) => <Term one={one} />, order: ({ until }) => until ?? Number.MAX_SAFE_INTEGER },
          { key: 'reason', title: t('consoles.reason'), render: ({ reason }) => (reason === '' ? '—' : reason) },
          { key: 'by', title: t('consoles.by'), render: ({ registeredAt, registeredBy }) => `${momentText(registeredAt, site.timeZone)} ${registeredBy}`, order: ({ registeredAt }) => registeredAt },
          { key: 'acts', title: t('consoles.acts'), render: (one) => <ActButton can={manage} onClick={() => setRemoving(one)}>{t('consoles.remove')}</ActButton> },
        ]}
      />
      {adding && <AddConsole first={list.data?.required === false} close={() => setAdding(false)} />}
      {removing !== null && (
        <ConfirmAct title={t('consoles.removeTitle', { name: removing.name })} text={list.data?.consoles.length === 1 ? t('consoles.removeLast') : t('consoles.removeText')} actText={t('consoles.remove')} withReason danger act={(reason) => remove.mutateAsync({ params: { consoleId: removing.consoleId }, body: { reason } })} close={() => setRemoving(null)} />
      )}
    </Page>
  );
};

const Term = ({ one: { until } }: { one: Console }) => {
  const { t } = useTranslation('video');
  const { site } = useSession();
  const now = useServerNow();
  const language = useLanguage();
  if (until === null) return <NormalMark>{t('consoles.always')}</NormalMark>;
  if (until <= now) return <span className="wrong-line"><PriorityMark priority="medium" />{t('consoles.over', { at: momentText(until, site.timeZone) })}</span>;
  return <span>{t('consoles.left', { at: momentText(until, site.timeZone), span: spanText(until - now, language) })}</span>;
};

interface NewConsole {
  name: string;
  hours: number;
  reason?: string;
}

const AddConsole = ({ first, close }: { first: boolean; close: () => void }) => {
  const { t } = useTranslation('video');
  const now = useServerNow();
  const [form] = Form.useForm<NewConsole>();
  const hours = Form.useWatch('hours', form);
  const register = useAct(registerConsole, [listConsoles.path]);
  const submit = (values: NewConsole): void =>
    register.mutate({ body: { name: values.name, until: values.hours === 0 ? null : Math.round(now + values.hours * hourMs), reason: values.reason ?? '' } }, { onSuccess: close });
  return (
    <Modal open title={t('consoles.add')} okText={t('consoles.addAct')} cancelText={t('consoles.cancel')} confirmLoading={register.isPending} onOk={() => form.submit()} onCancel={close} mask={{ closable: false }}>
      {register.error !== null && <RefusalBanner error={register.error} />}
      <p>{first ? t('consoles.addFirst') : t('consoles.addText')}</p>
      <Form<NewConsole> form={form} layout="vertical" requiredMark={false} initialValues={{ name: '', hours: 0, reason: '' }} onFinish={submit}>
        <Form.Item name="name" label={t('consoles.name')} extra={t('consoles.nameHint')} rules={[{ required: true, whitespace: true, message: t('consoles.nameNeeded') }]}><Input maxLength={64} autoFocus /></Form.Item>
        <Form.Item name="hours" label={t('consoles.term')}><Select options={terms.map((value) => ({ value, label: t(`consoles.terms.h${value}`) }))} /></Form.Item>
        <Form.Item name="reason" label={t('consoles.reason')} rules={[{ required: hours > 0, whitespace: true, message: t('consoles.reasonNeeded') }]}><Input.TextArea rows={2} maxLength={500} /></Form.Item>
      </Form>
    </Modal>
  );
};

export default ConsolesPage;
