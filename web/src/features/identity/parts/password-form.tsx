/** Change of one's own password. */
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { changePassword, currentSession, ownAccount } from '../../../../../contract/identity.ts';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Notice } from '../../../ui/states.tsx';
import { PasswordField } from './password-field.tsx';

export const PasswordForm = () => {
  const { t } = useTranslation('identity');
  const { person } = useSession();
  const [form] = Form.useForm<{ account: string; name: string; current: string; next: string }>();
  const change = useAct(changePassword, [currentSession.path, ownAccount.path]);
  return (
    <>
      {change.isSuccess && <Notice>{t('account.changed')}</Notice>}
      <FormShell
        form={form}
        initial={{ account: person.account, name: person.name }}
        error={change.error}
        busy={change.isPending}
        submit={({ current, next }) => change.mutate({ body: { current, next } }, { onSuccess: () => form.resetFields(['current', 'next']) })}
        submitText={t('account.act')}
      >
        {/* Password keepers need to know whose password this is. */}
        <Form.Item name="account" hidden>
          <Input autoComplete="username" />
        </Form.Item>
        <Form.Item name="name" hidden>
          <Input />
        </Form.Item>
        <Form.Item name="current" label={t('account.current')} rules={[{ required: true, message: t('account.needCurrent') }]}>
          <Input.Password autoComplete="current-password" maxLength={256} />
        </Form.Item>
        <PasswordField path="next" label={t('account.next')} need={t('account.needNext')} />
      </FormShell>
    </>
  );
};
