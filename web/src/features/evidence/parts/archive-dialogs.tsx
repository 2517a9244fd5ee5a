/** What is asked when an item is described, asked for, lent, transferred, published or destroyed. Each stays open on a refusal and keeps what was typed. */
import { useState } from 'react';
import { Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type archiveItem, ArchiveHow, archiveList, carryOut, describeItem, orderItem } from '../../../../../contract/evidence-archive.ts';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { zoneInstant } from '../zone-time.ts';
import { DetailFields, type DetailValues } from './archive-fields.tsx';
import { SignaturePad } from './signature-pad.tsx';

export type ItemView = z.output<typeof archiveItem.response>;
export const archivePaths = [archiveList.path];

const Frame = ({ title, close, children }: { title: string; close: () => void; children: React.ReactNode }) => (
  <Modal open title={title} footer={null} onCancel={close} mask={{ closable: false }}>
    {children}
  </Modal>
);

export const Describe = ({ one, close }: { one: ItemView; close: () => void }) => {
  const { t } = useTranslation('archive');
  const [form] = Form.useForm<DetailValues>();
  const saving = useAct(describeItem, archivePaths);
  const { class: kind, caseNumber, title, words, place } = one;
  return (
    <Frame title={`${t('item.describe')} ${one.number}`} close={close}>
      <FormShell<DetailValues> form={form} initial={{ class: kind, caseNumber, title, words, place }} error={saving.error} busy={saving.isPending} submitText={t('carry.save')} submit={(body) => saving.mutate({ params: { itemId: one.itemId }, body }, { onSuccess: close })}>
        <DetailFields />
      </FormShell>
    </Frame>
  );
};

interface Asked {
  how: ArchiveHow;
  reason: string;
  receiver?: string;
  place?: string;
  content?: string;
  paper?: string;
  returnBy?: string;
}

export const AskUse = ({ one, close }: { one: ItemView; close: () => void }) => {
  const { t } = useTranslation('archive');
  const { site } = useSession();
  const [form] = Form.useForm<Asked>();
  const how = Form.useWatch('how', form);
  const asking = useAct(orderItem, archivePaths);
  const leaves = how === 'lend' || how === 'transfer';
  const needed = [{ required: true, whitespace: true, message: t('need') }];
  const send = ({ how: what, reason, receiver = '', place = '', content = '', paper = '', returnBy = '' }: Asked): void =>
    asking.mutate({ params: { itemId: one.itemId }, body: { how: what, reason, receiver, place, content, paper, returnBy: returnBy === '' ? null : (zoneInstant(returnBy, site.timeZone) ?? 0) } }, { onSuccess: close });
  return (
    <Frame title={t('ask.title', { number: one.number })} close={close}>
      <FormShell<Asked> form={form} initial={{ how: 'view', reason: '' }} error={asking.error} busy={asking.isPending} submitText={t('ask.send')} submit={send}>
        <Form.Item name="how" label={t('ask.how')}>
          <Radio.Group options={ArchiveHow.options.map((value) => ({ value, label: t(`how.${value}`) }))} />
        </Form.Item>
        <Form.Item name="reason" label={t('ask.reason')} rules={needed}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
        {leaves && <Form.Item name="receiver" label={t('ask.receiver')} rules={needed}><Input maxLength={200} /></Form.Item>}
        {how === 'publish' && <Form.Item name="content" label={t('ask.content')} rules={needed}><Input maxLength={1000} /></Form.Item>}
        {(how === 'publish' || how === 'transfer') && <Form.Item name="place" label={t('ask.place')} rules={how === 'publish' ? needed : []}><Input maxLength={200} /></Form.Item>}
        {how === 'transfer' && <Form.Item name="paper" label={t('ask.paper')}><Input maxLength={100} /></Form.Item>}
        {how === 'lend' && <Form.Item name="returnBy" label={t('ask.returnBy')} rules={[{ required: true, message: t('need') }]}><Input type="datetime-local" /></Form.Item>}
      </FormShell>
    </Frame>
  );
};

export const CarryOut = ({ one, how, close }: { one: ItemView; how: 'lend' | 'transfer' | 'publish'; close: () => void }) => {
  const { t } = useTranslation('archive');
  const [form] = Form.useForm<{ to?: string; note: string }>();
  const [signature, setSignature] = useState('');
  const doing = useAct(carryOut, archivePaths);
  const order = one.orders.find((known) => known.how === how && known.state === 'granted');
  return (
    <Frame title={`${t(`item.${how}`)} ${one.number}`} close={close}>
      <FormShell
        form={form} initial={{ to: order?.receiver ?? '', note: '' }} error={doing.error} busy={doing.isPending} submitText={t('carry.save')}
        submit={({ to = '', note }) => doing.mutate({ params: { itemId: one.itemId }, body: { how, to, note, signature } }, { onSuccess: close })}
      >
        {how !== 'publish' && <Form.Item name="to" label={t('carry.to')} rules={[{ required: true, whitespace: true, message: t('need') }]}><Input maxLength={500} /></Form.Item>}
        {how === 'publish' && <p>{[order?.content, order?.place].filter((part) => part !== undefined && part !== '').join(' · ')}</p>}
        <Form.Item name="note" label={t('carry.note')}><Input.TextArea rows={2} maxLength={2000} /></Form.Item>
        {how !== 'publish' && <SignaturePad signed={setSignature} title={t('carry.sign')} hint={t('carry.signHint')} />}
      </FormShell>
    </Frame>
  );
};
