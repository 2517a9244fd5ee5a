/** Add a person with roles and a first password. */
import { Form, Input, Select } from 'antd';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addPerson, Language, listPeople } from '../../../../../contract/identity.ts';
import type { Role } from '../../../../../contract/identity.ts';
import { useAct } from '../../../app/queries.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { accountPattern } from '../account-pattern.ts';
import '../identity.css';
import { PasswordField } from '../parts/password-field.tsx';
import { RoleChoice } from '../parts/role-choice.tsx';

interface Values {
  account: string;
  name: string;
  staffNumber?: string;
  language: Language;
  password: string;
  roles: Role[];
}

const AddPersonPage = () => {
  const { t } = useTranslation('identity');
  const { t: tApp } = useTranslation('app');
  const [form] = Form.useForm<Values>();
  const navigate = useNavigate();
  const add = useAct(addPerson, [listPeople.path]);
  const submit = (values: Values): void => add.mutate({ body: { ...values, staffNumber: values.staffNumber ?? '' } }, { onSuccess: () => void navigate({ to: '/people' }) });
  return (
    <Page title={t('people.add')} narrow>
      <Panel>
        <FormShell form={form} initial={{ language: 'zh-CN', roles: [] }} error={add.error} busy={add.isPending} submit={submit} submitText={t('people.add')} extra={<Link to="/people">{t('people.back')}</Link>}>
          <div className="field-row">
            <Form.Item name="name" label={t('people.name')} rules={[{ required: true, whitespace: true, message: t('setUp.need') }]}>
              <Input maxLength={64} autoComplete="off" />
            </Form.Item>
            <Form.Item name="staffNumber" label={t('people.staffNumber')} extra={t('setUp.staffNumberHint')}>
              <Input maxLength={32} autoComplete="off" />
            </Form.Item>
          </div>
          <div className="field-row">
            <Form.Item name="account" label={t('people.account')} extra={t('setUp.accountHint')} rules={[{ required: true, message: t('setUp.need') }, { pattern: accountPattern, message: t('setUp.accountForm') }]}>
              <Input maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} />
            </Form.Item>
            <Form.Item name="language" label={t('people.language')}>
              <Select options={Language.options.map((language) => ({ value: language, label: tApp(`language.${language}`) }))} />
            </Form.Item>
          </div>
          <RoleChoice />
          <PasswordField path="password" label={t('people.initialPassword')} hint={t('people.initialPasswordHint')} need={t('setUp.need')} />
        </FormShell>
      </Panel>
    </Page>
  );
};

export default AddPersonPage;
