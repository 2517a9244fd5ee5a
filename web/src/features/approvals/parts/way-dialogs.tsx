/** Sends a request another way: back to the applicant or an earlier step, on to somebody with the same authority. */
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { assign, candidates, giveBack, transfer, type ApprovalView } from '../../../../../contract/approvals.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { useSay } from '../../../ui/say.ts';
import { Notice } from '../../../ui/states.tsx';

const changes = ['/api/approvals'];
export const seenOf = (one: ApprovalView) => ({ round: one.round, step: Math.max(0, one.steps.findIndex(({ state }) => state === 'now')) });

const ReasonField = ({ label, need }: { label: string; need: string }) => (
  <Form.Item name="reason" label={label} rules={[{ required: true, whitespace: true, message: need }]}>
    <Input.TextArea rows={3} maxLength={2000} />
  </Form.Item>
);

const toApplicant = -1;

export const ReturnDialog = ({ one, close }: { one: ApprovalView; close: () => void }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const [form] = Form.useForm<{ to: number; reason: string }>();
  const act = useAct(giveBack, changes);
  const seen = seenOf(one);
  const submit = ({ to, reason }: { to: number; reason: string }): void => act.mutate({ params: { approvalId: one.approvalId }, body: { reason, ...seen, toStep: to === toApplicant ? null : to } }, { onSuccess: close });
  const earlier = one.steps.filter(({ step }) => step < seen.step);
  return (
    <Modal open title={t('giveBack.title', { number: one.number })} onCancel={close} footer={null} mask={{ closable: false }}>
      <FormShell form={form} initial={{ to: toApplicant }} error={act.error} busy={act.isPending} submit={submit} submitText={t('giveBack.act')}>
        <Form.Item name="to" label={t('giveBack.to')}>
          <Select options={[{ value: toApplicant, label: t('giveBack.applicant') }, ...earlier.map(({ step, title }) => ({ value: step, label: say(title) }))]} />
        </Form.Item>
        <ReasonField label={t('giveBack.reason')} need={t('form.need')} />
      </FormShell>
    </Modal>
  );
};

export const HandOnDialog = ({ one, how, close }: { one: ApprovalView; how: 'transfer' | 'assign'; close: () => void }) => {
  const { t } = useTranslation('approvals');
  const [form] = Form.useForm<{ toPersonId: string; reason: string }>();
  const params = { approvalId: one.approvalId };
  const people = useEndpoint(candidates, { params });
  const act = useAct(how === 'transfer' ? transfer : assign, changes);
  const submit = (values: { toPersonId: string; reason: string }): void => act.mutate({ params, body: { ...values, ...seenOf(one) } }, { onSuccess: close });
  return (
    <Modal open title={t(`handOn.${how}`, { number: one.number })} onCancel={close} footer={null} mask={{ closable: false }}>
      {people.data?.people.length === 0 && <Notice priority="medium">{t('handOn.nobody')}</Notice>}
      <FormShell form={form} initial={{}} error={act.error ?? people.error} busy={act.isPending} submit={submit} submitText={t(how === 'transfer' ? 'handOn.transferAct' : 'handOn.assignAct')}>
        <Form.Item name="toPersonId" label={t('handOn.to')} rules={[{ required: true, message: t('handOn.need') }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} loading={people.isLoading} options={(people.data?.people ?? []).map(({ personId, name }) => ({ value: personId, label: name }))} />
        </Form.Item>
        <ReasonField label={t('handOn.reason')} need={t('form.need')} />
      </FormShell>
    </Modal>
  );
};
