/** What is asked when a copy is made, handed over, its passphrase sent, or it is given back: each stays open on a refusal and keeps what was typed. */
import { useState } from 'react';
import { Checkbox, Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { confirmEnding, endCopy, EndingAct, handOver, makeCopy, noteCopy, sendPassphrase, withdrawEnding, type PackageRow } from '../../../../../contract/evidence-copies.ts';
import { requests } from '../../../../../contract/evidence.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { Notice, RefusalBanner } from '../../../ui/states.tsx';
import { zoneInstant, zoneText } from '../zone-time.ts';
import { SignaturePad } from './signature-pad.tsx';
import { useMoment } from './use-words.ts';

const changes = [requests.path, '/api/evidence/copies'];
const minuteMs = 60_000;
const no = { zh: '', en: '' };

const Frame = ({ title, close, children }: { title: string; close: () => void; children: React.ReactNode }) => (
  <Modal open title={title} footer={null} onCancel={close} mask={{ closable: false }}>
    {children}
  </Modal>
);

export const MakeCopy = ({ requestId, close }: { requestId: string; close: () => void }) => {
  const { t } = useTranslation('evidence');
  const [encrypted, setEncrypted] = useState(true);
  const [witness, setWitness] = useState('');
  const making = useAct(makeCopy, changes);
  const made = making.data;
  if (made !== undefined && made.passphrase !== null) {
    return (
      <Modal open title={t('copies.passTitle')} okText={t('copies.passKept')} onOk={close} onCancel={close} cancelButtonProps={{ style: { display: 'none' } }} mask={{ closable: false }} closable={false} keyboard={false}>
        <p>{t('copies.copyNumber', { number: made.number })}</p>
        <p className="copy-passphrase" data-testid="passphrase">{made.passphrase}</p>
        <p>{t('copies.passText')}</p>
      </Modal>
    );
  }
  const begin = (): void => making.mutate({ params: { requestId }, body: { encrypted, witness } }, { onSuccess: ({ passphrase }) => passphrase === null && close() });
  return (
    <Modal open title={t('copies.make')} okText={t('copies.begin')} confirmLoading={making.isPending} onOk={begin} onCancel={close} mask={{ closable: false }}>
      {making.error !== null && <RefusalBanner error={making.error} />}
      <p>{t('copies.makeText')}</p>
      <Checkbox checked={encrypted} onChange={(event) => setEncrypted(event.target.checked)}>{t('copies.encrypt')}</Checkbox>
      <p className="dim">{t('copies.encryptNote')}</p>
      <label className="copy-field">
        {t('copies.witness')}
        <Input value={witness} maxLength={100} onChange={(event) => setWitness(event.target.value)} />
      </label>
    </Modal>
  );
};

interface Handed {
  receiver: string;
  receiverUnit: string;
  receiverPaper: string;
  medium: string;
  at: string;
  note: string;
}

const useMomentField = (): { initial: string; instant: (text: string) => number | null } => {
  const { site } = useSession();
  const now = useServerNow(minuteMs);
  const [initial] = useState(() => zoneText(now, site.timeZone));
  // The field shows whole minutes: left as it is it means now, by the server's clock.
  return { initial, instant: (text) => (text === initial ? null : (zoneInstant(text, site.timeZone) ?? 0)) };
};

export const HandOver = ({ copy, close }: { copy: PackageRow; close: () => void }) => {
  const { t } = useTranslation('evidence');
  const [form] = Form.useForm<Handed>();
  const [signature, setSignature] = useState('');
  const { initial, instant } = useMomentField();
  const handing = useAct(handOver, changes);
  return (
    <Frame title={`${t('copies.handOver')} ${copy.number}`} close={close}>
      <FormShell
        form={form} initial={{ receiver: '', receiverUnit: '', receiverPaper: '', medium: '', note: '', at: initial }} error={handing.error} busy={handing.isPending} submitText={t('copies.form.save')}
        submit={({ at, ...values }) => handing.mutate({ params: { packageId: copy.packageId }, body: { ...values, at: instant(at), signature } }, { onSuccess: close })}
      >
        {(['receiver', 'receiverUnit', 'receiverPaper', 'medium'] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`copies.form.${name}`)} rules={name === 'receiver' ? [{ required: true, whitespace: true, message: t('need') }] : []}>
            <Input maxLength={name === 'receiver' ? 100 : 200} />
          </Form.Item>
        ))}
        <Form.Item name="at" label={t('copies.form.at')}><Input type="datetime-local" /></Form.Item>
        <Form.Item name="note" label={t('copies.form.note')}><Input maxLength={1000} /></Form.Item>
        <SignaturePad signed={setSignature} />
      </FormShell>
    </Frame>
  );
};

export const SendPassphrase = ({ copy, close }: { copy: PackageRow; close: () => void }) => {
  const { t } = useTranslation('evidence');
  const [form] = Form.useForm<{ to: string; channel: string }>();
  const sending = useAct(sendPassphrase, changes);
  return (
    <Frame title={`${t('copies.send')} ${copy.number}`} close={close}>
      <FormShell form={form} initial={{ to: copy.receiver ?? '', channel: '' }} error={sending.error} busy={sending.isPending} submitText={t('copies.form.save')} submit={(body) => sending.mutate({ params: { packageId: copy.packageId }, body }, { onSuccess: close })}>
        {(['to', 'channel'] as const).map((name) => (
          <Form.Item key={name} name={name} label={t(`copies.form.${name}`)} rules={[{ required: true, whitespace: true, message: t('need') }]}>
            <Input maxLength={200} />
          </Form.Item>
        ))}
      </FormShell>
    </Frame>
  );
};

interface Ended {
  how: EndingAct;
  medium: string;
  note: string;
  at: string;
}

export const EndCopy = ({ copy, close }: { copy: PackageRow; close: () => void }) => {
  const { t } = useTranslation('evidence');
  const [form] = Form.useForm<Ended>();
  const { initial, instant } = useMomentField();
  const ending = useAct(endCopy, changes);
  const ways = EndingAct.options.filter((how) => how !== 'returned' || copy.state === 'handed_over');
  return (
    <Frame title={`${t('copies.end')} ${copy.number}`} close={close}>
      <FormShell
        form={form} initial={{ how: ways[0] ?? 'destroyed', medium: '', note: '', at: initial }} error={ending.error} busy={ending.isPending} submitText={t('copies.form.save')}
        submit={({ at, ...values }) => ending.mutate({ params: { packageId: copy.packageId }, body: { ...values, at: instant(at) } }, { onSuccess: close })}
      >
        <Form.Item name="how" label={t('copies.form.how')} extra={t('copies.form.secondNote')}>
          <Radio.Group optionType="button" options={ways.map((value) => ({ value, label: t(`copies.form.how_${value}`) }))} />
        </Form.Item>
        <Form.Item name="medium" label={t('copies.form.medium')}><Input maxLength={200} /></Form.Item>
        <Form.Item name="at" label={t('copies.form.at')}><Input type="datetime-local" /></Form.Item>
        <Form.Item name="note" label={t('copies.form.note')}><Input maxLength={1000} /></Form.Item>
      </FormShell>
    </Frame>
  );
};

/** What one person began waits for another, who agrees under an account of their own. */
export const WaitingEnd = ({ copy }: { copy: PackageRow }) => {
  const { t } = useTranslation('evidence');
  const moment = useMoment();
  const agreeing = useAct(confirmEnding, changes);
  const withdrawing = useAct(withdrawEnding, changes);
  const { ending } = copy;
  if (ending === null) return null;
  const error = agreeing.error ?? withdrawing.error;
  const params = { packageId: copy.packageId };
  return (
    <Notice priority="high">
      <p>{t('copies.endingBegun', { name: ending.by, time: moment(ending.enteredAt), how: t(`copies.form.how_${ending.how}`) })}</p>
      {(ending.medium !== '' || ending.note !== '') && <p className="footage-words">{[ending.medium, ending.note].filter((part) => part !== '').join(' · ')}</p>}
      {error !== null && <RefusalBanner error={error} />}
      <div className="footage-buttons">
        <ActButton can={copy.can['confirm_end'] ?? no} type="primary" danger loading={agreeing.isPending} onClick={() => agreeing.mutate({ params })}>{t('copies.confirmEnd', { how: t(`copies.form.how_${ending.how}`) })}</ActButton>
        <ActButton can={copy.can['withdraw_end'] ?? no} loading={withdrawing.isPending} onClick={() => withdrawing.mutate({ params })}>{t('copies.withdrawEnd')}</ActButton>
      </div>
    </Notice>
  );
};

export const NoteCopy = ({ copy, close }: { copy: PackageRow; close: () => void }) => {
  const { t } = useTranslation('evidence');
  const [form] = Form.useForm<{ note: string }>();
  const noting = useAct(noteCopy, changes);
  return (
    <Frame title={`${t('copies.addNote')} ${copy.number}`} close={close}>
      <FormShell form={form} initial={{ note: '' }} error={noting.error} busy={noting.isPending} submitText={t('copies.form.save')} submit={(body) => noting.mutate({ params: { packageId: copy.packageId }, body }, { onSuccess: close })}>
        <Form.Item name="note" label={t('copies.form.note')} rules={[{ required: true, whitespace: true, message: t('need') }]}><Input.TextArea rows={3} maxLength={1000} /></Form.Item>
      </FormShell>
    </Frame>
  );
};
