/**
 * The real set-up. The first camera follows after it, signed in as the administrator who may test an address: before the set-up there is
 * nobody whose act a test could be.
 */
import { useState } from 'react';
import { Form, Input, Select } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Language, setUp, signIn } from '../../../../../contract/identity.ts';
import { call } from '../../../app/client.ts';
import { switchLanguage } from '../../../app/i18n.ts';
import { useSessionState } from '../../../app/session.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { faultsOf } from '../../../ui/fault-paths.ts';
import { useLanguage } from '../../../ui/say.ts';
import { accountPattern } from '../account-pattern.ts';
import { PasswordField } from './password-field.tsx';

interface NewPerson {
  account: string;
  name: string;
  staffNumber?: string;
  password: string;
}
interface Values {
  site: { name: string; timeZone: string };
  room: { name: string };
  language: Language;
  administrator: NewPerson;
  dutyOperator: NewPerson;
}

const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = (): string[] => [...new Set([browserZone(), 'Asia/Shanghai', ...Intl.supportedValuesOf('timeZone'), 'UTC'])];

/** The code stands outside of the form, with its own fault. */
export const isAboutCode = (error: unknown): boolean => faultsOf(error).some(({ path }) => path === 'code');

export const SetUpForm = ({ code, haveCode, refused }: { code: string; haveCode: () => boolean; refused: (error: unknown) => void }) => {
  const { t } = useTranslation('identity');
  const { t: tApp } = useTranslation('app');
  const language = useLanguage();
  const [form] = Form.useForm<Values>();
  const { enter } = useSessionState();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (values: Values): Promise<void> => {
    if (!haveCode()) {
      document.getElementById('set-up-code')?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    const whole = (person: NewPerson) => ({ ...person, staffNumber: person.staffNumber ?? '' });
    try {
      await call(setUp, { body: { ...values, code: code.trim(), administrator: whole(values.administrator), dutyOperator: whole(values.dutyOperator), camera: null } });
      enter(await call(signIn, { body: { account: values.administrator.account, password: values.administrator.password } }));
      await navigate({ to: '/cameras/add', search: { first: 'yes' }, replace: true });
    } catch (reason) {
      setError(reason);
      refused(reason);
    } finally {
      setBusy(false);
    }
  };
  const need = { required: true, whitespace: true, message: t('setUp.need') };
  return (
    <FormShell form={form} initial={{ site: { name: '', timeZone: browserZone() }, language }} error={isAboutCode(error) ? null : error} busy={busy} submit={(values) => void submit(values)} failed={haveCode} submitText={t('setUp.act')} extra={<span className="dim">{t('setUp.next')}</span>}>
      <div className="field-row">
        <Form.Item name={['site', 'name']} label={t('setUp.site')} extra={t('setUp.siteHint')} rules={[need]}>
          <Input maxLength={64} autoComplete="organization" />
        </Form.Item>
        <Form.Item name={['room', 'name']} label={t('setUp.room')} extra={t('setUp.roomHint')} rules={[need]}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
      </div>
      <div className="field-row">
        <Form.Item name={['site', 'timeZone']} label={t('setUp.timeZone')} rules={[need]}>
          <Select showSearch options={zones().map((zone) => ({ value: zone, label: zone }))} />
        </Form.Item>
        <Form.Item name="language" label={t('setUp.language')}>
          <Select options={Language.options.map((value) => ({ value, label: tApp(`language.${value}`) }))} onChange={(value: Language) => void switchLanguage(value)} />
        </Form.Item>
      </div>
      <PersonFields who="administrator" title={t('setUp.administrator')} text={t('setUp.administratorText')} />
      <PersonFields who="dutyOperator" title={t('setUp.dutyOperator')} text={t('setUp.dutyOperatorText')} other="administrator" />
    </FormShell>
  );
};

const PersonFields = ({ who, title, text, other }: { who: 'administrator' | 'dutyOperator'; title: string; text: string; other?: 'administrator' }) => {
  const { t } = useTranslation('identity');
  const form = Form.useFormInstance<Values>();
  const differs = async (_: unknown, account: string | undefined): Promise<void> => {
    const taken: unknown = other === undefined ? undefined : form.getFieldValue([other, 'account']);
    if (typeof taken === 'string' && account !== undefined && taken !== '' && taken.trim().toLowerCase() === account.trim().toLowerCase()) throw new Error(t('setUp.accountsEqual'));
  };
  return (
    <fieldset>
      <legend>{title}</legend>
      <p className="dim">{text}</p>
      <div className="field-row">
        <Form.Item name={[who, 'name']} label={t('setUp.name')} rules={[{ required: true, whitespace: true, message: t('setUp.need') }]}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
        <Form.Item name={[who, 'staffNumber']} label={t('setUp.staffNumber')} extra={t('setUp.staffNumberHint')}>
          <Input maxLength={32} autoComplete="off" />
        </Form.Item>
      </div>
      <div className="field-row">
        <Form.Item
          name={[who, 'account']}
          label={t('setUp.account')}
          extra={t('setUp.accountHint')}
          rules={[{ required: true, message: t('setUp.need') }, { pattern: accountPattern, message: t('setUp.accountForm') }, { validator: differs }]}
        >
          <Input maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <PasswordField path={[who, 'password']} label={t('signIn.password')} need={t('setUp.need')} accountPath={[who, 'account']} namePath={[who, 'name']} />
      </div>
    </fieldset>
  );
};
