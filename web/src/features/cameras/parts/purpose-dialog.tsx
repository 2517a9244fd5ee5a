/** Asks for another purpose of a camera; it holds once approved. */
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { askPurpose, listRegister } from '../../../../../contract/cameras.ts';
import type { RegisterEntry } from '../../../../../contract/cameras.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSay } from '../../../ui/say.ts';
import { Notice, RefusalBanner } from '../../../ui/states.tsx';

interface Asked {
  purpose: string;
  legalBasis?: string;
  noticeRecord?: string;
  reason: string;
}

export const PurposeDialog = ({ entry, close }: { entry: RegisterEntry; close: () => void }) => {
  const { t } = useTranslation('cameras');
  const { t: tUi } = useTranslation('ui');
  const say = useSay();
  const [form] = Form.useForm<Asked>();
  const ask = useAct(askPurpose, ['/api/approvals']);
  const purposes = useEndpoint(listRegister, {}).data?.choices.purposes ?? [];
  const purpose = Form.useWatch('purpose', form);
  const needsBasis = purposes.find(({ key }) => key === purpose)?.needsBasis === true;
  const submit = (values: Asked): void => ask.mutate({ params: { cameraId: entry.cameraId }, body: { purpose: values.purpose, legalBasis: values.legalBasis ?? '', noticeRecord: values.noticeRecord ?? '', reason: values.reason } });
  return (
    <Modal open title={t('register.entry.askTitle')} okText={ask.isSuccess ? t('register.recorders.close') : t('register.entry.askAct')} cancelText={tUi('cancel')} confirmLoading={ask.isPending} onOk={() => (ask.isSuccess ? close() : form.submit())} onCancel={close} mask={{ closable: false }}>
      {ask.error !== null && <RefusalBanner error={ask.error} />}
      {ask.isSuccess ? (
        <Notice>{t('register.entry.asked')}</Notice>
      ) : (
        <Form<Asked> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
          <Form.Item name="purpose" label={t('register.entry.newPurpose')} rules={[{ required: true, message: t('register.entry.needPurpose') }]}>
            <Select options={purposes.filter(({ key }) => key !== entry.purpose?.key).map((one) => ({ value: one.key, label: say(one) }))} />
          </Form.Item>
          {needsBasis && (
            <>
              <Form.Item name="legalBasis" label={t('register.entry.legalBasis')}><Input maxLength={500} /></Form.Item>
              <Form.Item name="noticeRecord" label={t('register.entry.notice')}><Input maxLength={500} /></Form.Item>
            </>
          )}
          <Form.Item name="reason" label={t('register.entry.askReason')} rules={[{ required: true, whitespace: true, message: tUi('reasonNeeded') }]}>
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
};
