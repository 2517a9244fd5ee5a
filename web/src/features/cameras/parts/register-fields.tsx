/** Fields of the register that adding and changing share. Only what the regulations allow can be chosen. */
import { useEffect } from 'react';
import { Form, Input, Select } from 'antd';
import type { FormInstance } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RegisterChoices, RegisterFields as Fields } from '../../../../../contract/cameras.ts';
import { useSay } from '../../../ui/say.ts';

export interface RegisterValues {
  purpose?: string;
  zoneType?: string;
  legalBasis?: string;
  noticeRecord?: string;
  position?: string;
  viewWords?: string;
  owner?: string;
  filingNumber?: string;
  approvalReference?: string;
}

const names = ['purpose', 'zoneType', 'legalBasis', 'noticeRecord', 'position', 'viewWords', 'owner', 'filingNumber', 'approvalReference'] as const;
export const fieldsOf = (values: RegisterValues): Fields =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined || values[name] === '' ? [] : [[name, values[name]]])));

/** What differs from what stands there; an emptied field is sent empty. */
export const changedFields = (before: RegisterValues, values: RegisterValues): Fields =>
  Object.fromEntries(names.flatMap((name) => (values[name] === undefined || values[name] === (before[name] ?? '') ? [] : [[name, values[name]]])));

export const RegisterFields = ({ choices, form, brief = false, purposeStands = false, showsPosition = true }: {
  choices: RegisterChoices;
  form: Pick<FormInstance<RegisterValues>, 'getFieldValue' | 'setFieldValue'>;
  /** Purpose and place alone, as when a camera is added. */
  brief?: boolean;
  purposeStands?: boolean;
  showsPosition?: boolean;
}) => {
  const { t } = useTranslation('cameras');
  const say = useSay();
  const purpose = Form.useWatch<string | undefined>('purpose');
  const needsBasis = choices.purposes.find(({ key }) => key === purpose)?.needsBasis === true;
  const [only] = choices.purposes;
  useEffect(() => {
    // One allowed purpose is no choice.
    if (choices.purposes.length === 1 && only !== undefined && form.getFieldValue('purpose') === undefined) form.setFieldValue('purpose', only.key);
  }, [choices.purposes.length, only, form]);
  return (
    <>
      <div className="field-row">
        <Form.Item name="purpose" label={t('register.purpose')} extra={purposeStands ? t('register.entry.purposeLocked') : undefined} rules={[{ required: !purposeStands, message: t('register.entry.needPurpose') }]}>
          <Select disabled={purposeStands} options={choices.purposes.map((one) => ({ value: one.key, label: say(one) }))} />
        </Form.Item>
        <Form.Item
          name="zoneType"
          label={t('register.zone')}
          extra={t('register.entry.forbidden', { cite: say(choices.forbiddenCite), zones: choices.forbiddenZones.map(say).join(' · ') })}
          rules={[{ required: !brief, message: t('register.entry.needZone') }]}
        >
          <Select allowClear={brief} options={choices.zones.map((one) => ({ value: one.key, label: say(one) }))} />
        </Form.Item>
      </div>
      {needsBasis && (
        <div className="field-row">
          <Form.Item name="legalBasis" label={t('register.entry.legalBasis')}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name="noticeRecord" label={t('register.entry.notice')}>
            <Input maxLength={500} />
          </Form.Item>
        </div>
      )}
      {!brief && <MoreFields showsPosition={showsPosition} />}
    </>
  );
};

const MoreFields = ({ showsPosition }: { showsPosition: boolean }) => {
  const { t } = useTranslation('cameras');
  return (
    <>
      {showsPosition && (
        <>
          <Form.Item name="position" label={t('register.entry.position')}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item name="viewWords" label={t('register.entry.view')} extra={t('register.entry.viewHint')}>
            <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
          </Form.Item>
        </>
      )}
      <div className="field-row">
        <Form.Item name="owner" label={t('register.entry.owner')}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="approvalReference" label={t('register.entry.approval')}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
      </div>
      <Form.Item name="filingNumber" label={t('register.entry.filing')} extra={t('register.entry.filingHint')}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
    </>
  );
};
