/** Asks somebody besides: a signature before or after one's own, or an opinion that comes back; gives such an opinion. */
import { Form, Input, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { add, candidates, opine, type ApprovalView } from '../../../../../contract/approvals.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Notice } from '../../../ui/states.tsx';
import { seenOf } from './way-dialogs.tsx';

type How = 'before' | 'after' | 'opinion';
const ways: readonly How[] = ['before', 'after', 'opinion'];

export const AddDialog = ({ one, close }: { one: ApprovalView; close: () => void }) => {
  const { t } = useTranslation('approvals');
  const [form] = Form.useForm<{ toPersonId: string; how: How; reason: string }>();
  const params = { approvalId: one.approvalId };
  const people = useEndpoint(candidates, { params });
  const act = useAct(add, ['/api/approvals']);
  const submit = (values: { toPersonId: string; how: How; reason: string }): void => act.mutate({ params, body: { ...values, ...seenOf(one) } }, { onSuccess: close });
  return (
    <Modal open title={t('add.title', { number: one.number })} onCancel={close} footer={null} mask={{ closable: false }}>
      {people.data?.people.length === 0 && <Notice priority="medium">{t('handOn.nobody')}</Notice>}
      <FormShell form={form} initial={{ how: 'before' }} error={act.error ?? people.error} busy={act.isPending} submit={submit} submitText={t('add.act')}>
        <Form.Item name="how" label={t('add.how')}>
          <Radio.Group className="approval-ways">
            {ways.map((way) => (
              <Radio key={way} value={way}>
                {t(`add.${way}`)} <span className="dim">{t(`add.${way}Hint`)}</span>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        <Form.Item name="toPersonId" label={t('add.whom')} rules={[{ required: true, message: t('handOn.need') }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} loading={people.isLoading} options={(people.data?.people ?? []).map(({ personId, name }) => ({ value: personId, label: name }))} />
        </Form.Item>
        <Form.Item name="reason" label={t('handOn.reason')} rules={[{ required: true, whitespace: true, message: t('form.need') }]}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};

export const OpineDialog = ({ one, close }: { one: ApprovalView; close: () => void }) => {
  const { t } = useTranslation('approvals');
  const [form] = Form.useForm<{ opinion: string }>();
  const act = useAct(opine, ['/api/approvals']);
  const submit = ({ opinion }: { opinion: string }): void => act.mutate({ params: { approvalId: one.approvalId }, body: { opinion, ...seenOf(one) } }, { onSuccess: close });
  return (
    <Modal open title={t('opine.title', { number: one.number })} onCancel={close} footer={null} mask={{ closable: false }}>
      <FormShell form={form} initial={{}} error={act.error} busy={act.isPending} submit={submit} submitText={t('opine.act')}>
        <Form.Item name="opinion" label={t('opine.opinion')} extra={t('opine.hint')} rules={[{ required: true, whitespace: true, message: t('form.need') }]}>
          <Input.TextArea rows={4} maxLength={2000} autoFocus />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};
