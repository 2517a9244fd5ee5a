/** A new folder for footage. What was typed stays when it is refused. */
import { Form, Input, InputNumber, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { addStorage, storageScreen } from '../../../../../contract/storage.ts';
import { useAct } from '../../../app/queries.ts';
import { FormShell } from '../../../ui/form-shell.tsx';

interface Values {
  path: string;
  weight: number;
}

export const AddStorage = ({ close }: { close: () => void }) => {
  const { t } = useTranslation('storage');
  const [form] = Form.useForm<Values>();
  // The dialog puts the keyboard on its cross; what is to be typed comes first.
  const focusField = (): void => form.focusField('path');
  const add = useAct(addStorage, [storageScreen.path]);
  return (
    <Modal open title={t('add.title')} footer={null} onCancel={close} mask={{ closable: false }} afterOpenChange={(isOpen) => isOpen && focusField()}>
      <FormShell form={form} initial={{ weight: 1 }} error={add.error} busy={add.isPending} submit={(body) => add.mutate({ body }, { onSuccess: close })} submitText={t('add.submit')}>
        <Form.Item name="path" label={t('add.path')} extra={t('add.pathHelp')} rules={[{ required: true, whitespace: true, message: t('add.pathHelp') }]}>
          <Input maxLength={500} spellCheck={false} />
        </Form.Item>
        <Form.Item name="weight" label={t('add.weight')} extra={t('add.weightHelp')} rules={[{ required: true, message: t('add.weightHelp') }]}>
          <InputNumber min={1} max={100} precision={0} />
        </Form.Item>
      </FormShell>
    </Modal>
  );
};
