/** How many of the cameras a storage gets beside the others. */
import { Form, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { storageScreen, weighStorage } from '../../../../../contract/storage.ts';
import type { StorageView } from '../../../../../contract/storage.ts';
import { useAct } from '../../../app/queries.ts';
import { FormShell } from '../../../ui/form-shell.tsx';

export const WeighStorage = ({ storage: { storageId, path, weight }, close }: { storage: StorageView; close: () => void }) => {
  const { t } = useTranslation('storage');
  const [form] = Form.useForm<{ weight: number }>();
  // The dialog puts the keyboard on its cross; what is to be typed comes first.
  const focusField = (): void => form.focusField('weight');
  const weigh = useAct(weighStorage, [storageScreen.path]);
  return (
    <Modal open title={t('weigh.title')} footer={null} onCancel={close} mask={{ closable: false }} afterOpenChange={(isOpen) => isOpen && focusField()}>
      <p>{t('weigh.text', { path })}</p>
      <FormShell form={form} initial={{ weight }} error={weigh.error} busy={weigh.isPending} submit={(body) => weigh.mutate({ params: { storageId }, body }, { onSuccess: close })} submitText={t('weigh.submit')}>
        <Form.Item name="weight" label={t('add.weight')} extra={t('add.weightHelp')} rules={[{ required: true, message: t('add.weightHelp') }]}>
          <InputNumber min={1} max={100} precision={0} />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};
