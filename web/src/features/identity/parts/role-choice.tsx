/** The choice of roles, with the rule that keeps administration and pictures apart said beside it. */
import { Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { Role } from '../../../../../contract/identity.ts';
import { useRoleTitle } from './role-title.ts';

export const RoleChoice = () => {
  const { t } = useTranslation('identity');
  const title = useRoleTitle();
  return (
    <Form.Item name="roles" label={t('people.roles')} extra={t('people.rolesHint')} className="roles" rules={[{ validator: async (_, roles: readonly Role[]) => (roles.length > 0 ? undefined : Promise.reject(new Error(t('people.rolesNeed')))) }]}>
      <Checkbox.Group options={Role.options.map((role) => ({ value: role, label: title(role) }))} />
    </Form.Item>
  );
};
