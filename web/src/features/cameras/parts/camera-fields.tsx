/** Fields that adding and changing a camera share. */
import { useState } from 'react';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import type { FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../../../contract/video.ts';
import { isEncrypted, isFingerprint, isRtspAddress, orNull, splitAddress } from '../address.ts';
import { AddressTest } from './address-test.tsx';

export interface CameraValues {
  name: string;
  number?: number | null;
  url: string;
  username?: string;
  password?: string;
  removePassword?: boolean;
  retentionDays?: number;
  transport?: Camera['transport'];
  tlsFingerprint?: string;
}

export const CameraFields = ({ form, stored, floorDays }: {
  form: FormInstance<CameraValues>;
  /** Null when adding. */
  stored: Pick<Camera, 'cameraId' | 'hasPassword'> | null;
  floorDays: number | null;
}) => {
  const { t } = useTranslation('cameras');
  const [wasSplit, setWasSplit] = useState(false);
  const hasPassword = stored?.hasPassword ?? null;
  const remove = Form.useWatch('removePassword', form) === true;
  const [url, username, password] = [Form.useWatch('url', form), Form.useWatch('username', form), Form.useWatch('password', form)];
  const [transport, fingerprint] = [Form.useWatch('transport', form), Form.useWatch('tlsFingerprint', form)];
  const encrypted = isEncrypted(url);
  const split = (typed: string): void => {
    const found = splitAddress(typed);
    if (found === null) return;
    form.setFieldsValue({ url: found.url, ...(found.username === null ? {} : { username: found.username }), ...(found.password === null ? {} : { password: found.password }) });
    setWasSplit(true);
  };
  const typedAddress = async () => {
    try {
      await form.validateFields(encrypted ? ['url', 'tlsFingerprint'] : ['url']);
    } catch {
      return null;
    }
    const values = form.getFieldsValue();
    const typed = { url: values.url.trim(), username: orNull(values.username), password: orNull(values.password), transport: values.transport ?? 'tcp', tlsFingerprint: encrypted ? orNull(values.tlsFingerprint?.trim()) : null };
    // The stored password is not known here; the server takes it when none is typed.
    return stored?.hasPassword === true && typed.password === null && !remove ? { ...typed, cameraId: stored.cameraId } : typed;
  };
  return (
    <>
      <div className="field-row">
        <Form.Item name="name" label={t('name')} extra={t('form.nameHint')} rules={[{ required: true, whitespace: true, message: t('form.needName') }]}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <Form.Item name="number" label={t('form.number')} extra={stored === null ? t('form.numberHint') : undefined} rules={[{ required: stored !== null, type: 'number', min: 1, max: 9_999, message: t('form.numberRange') }]}>
          <InputNumber precision={0} controls={false} style={{ width: '100%' }} />
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
      <ComesBy encrypted={encrypted} />
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
        <Form.Item name="retentionDays" label={t('form.retention')} extra={t('form.retentionHint', { days: floorDays })} rules={[{ required: true, type: 'number', min: floorDays, max: 3_650, message: t('form.retentionRange', { days: floorDays }) }]}>
          {/* No limits on the field itself: it would turn what was typed into another number without a word. */}
          <InputNumber precision={0} controls={false} style={{ width: 160 }} />
        </Form.Item>
      )}
      <AddressTest address={typedAddress} typed={JSON.stringify([url, username, password, remove, transport, fingerprint])} onFingerprint={(found) => form.setFieldsValue({ tlsFingerprint: found })} hint={hasPassword === true && !remove ? t('test.withStored') : t('test.notNeeded')} />
    </>
  );
};

/** Way of transport and, over TLS, the certificate. */
const ComesBy = ({ encrypted }: { encrypted: boolean }) => {
  const { t } = useTranslation('cameras');
  return (
    <>
      <Form.Item name="transport" label={t('form.transport')} extra={t('form.transportHint')} initialValue="tcp">
        <Select options={(['tcp', 'udp'] as const).map((value) => ({ value, label: t(`form.by.${value}`) }))} />
      </Form.Item>
      {encrypted && (
        <Form.Item
          name="tlsFingerprint"
          label={t('form.fingerprint')}
          extra={t('form.fingerprintHint')}
          validateTrigger="onBlur"
          rules={[{ validator: async (_, typed: string | undefined) => (orNull(typed?.trim()) === null || isFingerprint(typed ?? '') ? undefined : Promise.reject(new Error(t('form.fingerprintWrong')))) }]}
        >
          <Input.TextArea className="mono" autoSize={{ minRows: 2, maxRows: 3 }} maxLength={127} autoComplete="off" spellCheck={false} />
        </Form.Item>
      )}
    </>
  );
};
