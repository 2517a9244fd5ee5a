/** Fields that adding and changing a camera share. */
import { useState } from 'react';
import { Checkbox, Form, Input, InputNumber } from 'antd';
import type { FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import { isRtspAddress, orNull, splitAddress } from '../address.ts';
import { AddressTest } from './address-test.tsx';

export interface CameraValues {
  name: string;
  number?: number | null;
  url: string;
  username?: string;
  password?: string;
  removePassword?: boolean;
  retentionDays?: number;
}

export const CameraFields = ({ form, hasPassword, floorDays }: {
  form: FormInstance<CameraValues>;
  /** Null when adding. */
  hasPassword: boolean | null;
  floorDays: number | null;
}) => {
  const { t } = useTranslation('cameras');
  const [wasSplit, setWasSplit] = useState(false);
  const remove = Form.useWatch('removePassword', form) === true;
  const split = (typed: string): void => {
    const found = splitAddress(typed);
    if (found === null) return;
    form.setFieldsValue({ url: found.url, ...(found.username === null ? {} : { username: found.username }), ...(found.password === null ? {} : { password: found.password }) });
    setWasSplit(true);
  };
  const typedAddress = async () => {
    try {
      await form.validateFields(['url']);
    } catch {
      return null;
    }
    const values = form.getFieldsValue();
    return { url: values.url.trim(), username: orNull(values.username), password: orNull(values.password) };
  };
  return (
    <>
      <div className="field-row">
        <Form.Item name="name" label={t('name')} extra={t('form.nameHint')} rules={[{ required: true, whitespace: true, message: t('form.needName') }]}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <Form.Item name="number" label={t('form.number')} extra={hasPassword === null ? t('form.numberHint') : undefined}>
          <InputNumber min={1} max={9_999} precision={0} controls={false} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item
        name="url"
        label={t('form.url')}
        extra={wasSplit ? t('form.split') : t('form.urlHint')}
        validateTrigger="onBlur"
        rules={[
          { required: true, whitespace: true, message: t('form.needUrl') },
          { validator: async (_, typed: string | undefined) => (typed === undefined || typed.trim() === '' || isRtspAddress(typed) ? undefined : Promise.reject(new Error(t('form.needRtsp')))) },
        ]}
      >
        <Input className="mono" maxLength={512} autoComplete="off" spellCheck={false} placeholder="rtsp://192.168.1.64:554/Streaming/Channels/101" onChange={(event) => split(event.target.value)} />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="username" label={t('form.username')}>
          <Input maxLength={128} autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name="password" label={t('form.password')} extra={hasPassword === true ? t('form.passwordKeep') : undefined}>
          <Input.Password maxLength={256} autoComplete="new-password" disabled={remove} />
        </Form.Item>
      </div>
      {hasPassword === true && (
        <Form.Item name="removePassword" valuePropName="checked">
          <Checkbox>{t('form.passwordRemove')}</Checkbox>
        </Form.Item>
      )}
      {floorDays !== null && (
        <Form.Item name="retentionDays" label={t('form.retention')} extra={t('form.retentionHint', { days: floorDays })}>
          <InputNumber min={floorDays} max={3_650} precision={0} style={{ width: 160 }} />
        </Form.Item>
      )}
      <AddressTest address={typedAddress} hint={hasPassword === true ? t('test.passwordAgain') : t('test.notNeeded')} />
    </>
  );
};
