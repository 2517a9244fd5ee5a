/** Change a person's name, roles and password; deactivate and activate again. Nobody does so to themselves. */
import { useState } from 'react';
import { Button, Form, Input } from 'antd';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changePerson, listPeople } from '../../../../../contract/identity.ts';
import type { Person, Role } from '../../../../../contract/identity.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Empty, Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../identity.css';
import { GrantsPanel, SecurityActs } from '../parts/grants-panel.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { RoleChoice } from '../parts/role-choice.tsx';
import { personChanges } from '../person-changes.ts';
import type { PersonValues } from '../person-changes.ts';

const ChangePersonPage = () => {
  const { t } = useTranslation('identity');
  const personId = useSearchText('person');
  const people = useEndpoint(listPeople, { query: {} });
  const person = people.data?.people.find((one) => one.personId === personId);
  return (
    <Page title={t('people.changeTitle')} narrow>
      {people.data === undefined && (people.error === null ? <Loading /> : <RefusalBanner error={people.error} />)}
      {people.data !== undefined && person === undefined && <Empty what={t('people.gone')} act={<Link to="/people">{t('people.back')}</Link>} />}
      {person !== undefined && <ChangeForm key={person.personId} person={person} />}
    </Page>
  );
};

const ChangeForm = ({ person }: { person: Person }) => {
  const { t } = useTranslation('identity');
  const self = useSession().person.personId === person.personId;
  const canSee = useCan('identity.grants.see');
  const [form] = Form.useForm<PersonValues>();
  const navigate = useNavigate();
  const change = useAct(changePerson, [listPeople.path]);
  const roles: Role[] = [...new Set(person.roles.map(({ role }) => role))];
  const submit = (values: PersonValues): void =>
    change.mutate({ params: { personId: person.personId }, body: personChanges({ ...person, roles }, values) }, { onSuccess: () => void navigate({ to: '/people' }) });
  return (
    <>
      {self && <Notice>{t('people.self')}</Notice>}
      <Panel>
        <FormShell form={form} initial={{ name: person.name, staffNumber: person.staffNumber, roles }} error={change.error} busy={change.isPending} submit={submit} submitText={t('people.save')} extra={<Link to="/people">{t('people.back')}</Link>}>
          <p className="dim">
            {t('people.account')}：{person.account}
          </p>
          <div className="field-row">
            <Form.Item name="name" label={t('people.name')} rules={[{ required: true, whitespace: true, message: t('setUp.need') }]}>
              <Input maxLength={64} autoComplete="off" />
            </Form.Item>
            <Form.Item name="staffNumber" label={t('people.staffNumber')}>
              <Input maxLength={32} autoComplete="off" />
            </Form.Item>
          </div>
          {!self && <RoleChoice />}
          {!self && <PasswordField path="password" label={t('people.newPassword')} hint={t('people.newPasswordHint')} need={null} />}
        </FormShell>
      </Panel>
      {canSee === true && <GrantsPanel person={person} />}
      {!self && <SecurityActs person={person} />}
      {!self && <Activation person={person} />}
    </>
  );
};

const Activation = ({ person }: { person: Person }) => {
  const { t } = useTranslation('identity');
  const [asking, setAsking] = useState(false);
  const change = useAct(changePerson, [listPeople.path]);
  const words = person.active
    ? { title: t('people.deactivateTitle', { name: person.name }), text: t('people.deactivateText'), act: t('people.deactivate') }
    : { title: t('people.activateTitle', { name: person.name }), text: t('people.activateText'), act: t('people.activate') };
  return (
    <>
      <Button danger={person.active} onClick={() => setAsking(true)}>
        {words.act}
      </Button>
      {asking && (
        <ConfirmAct
          title={words.title}
          text={words.text}
          actText={words.act}
          withReason={false}
          danger={person.active}
          act={() => change.mutateAsync({ params: { personId: person.personId }, body: { active: !person.active } })}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
};

export default ChangePersonPage;
