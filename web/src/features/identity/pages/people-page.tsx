/** People of the room: who may sign in, with which roles. */
import { useMemo } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listPeople } from '../../../../../contract/identity.ts';
import type { Person } from '../../../../../contract/identity.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { Page } from '../../../ui/page.tsx';
import { Empty } from '../../../ui/states.tsx';
import { RoleWords } from '../parts/role-words.tsx';

const PeoplePage = () => {
  const { t } = useTranslation('identity');
  const { t: tApp } = useTranslation('app');
  const navigate = useNavigate();
  const canAdd = useCan('identity.people.add');
  const canChange = useCan('identity.people.change');
  const people = useEndpoint(listPeople, { query: {} });
  const columns = useMemo<Column<Person>[]>(
    () => [
      { key: 'name', title: t('people.name'), render: ({ name }) => <strong>{name}</strong>, order: ({ name }) => name },
      { key: 'staffNumber', title: t('people.staffNumber'), render: ({ staffNumber }) => staffNumber || '—', order: ({ staffNumber }) => staffNumber },
      { key: 'account', title: t('people.account'), render: ({ account }) => account, order: ({ account }) => account },
      { key: 'roles', title: t('people.roles'), render: ({ roles }) => <RoleWords roles={roles.map(({ role }) => role)} /> },
      { key: 'state', title: t('people.state'), render: ({ active }) => (active ? t('people.active') : t('people.inactive')), order: ({ active }) => (active ? 0 : 1) },
      {
        key: 'acts',
        title: t('people.acts'),
        render: ({ personId }) => (
          <ActButton can={canChange} onClick={() => void navigate({ to: '/people/change', search: { person: personId } })}>
            {t('people.change')}
          </ActButton>
        ),
      },
    ],
    [t, canChange, navigate],
  );
  return (
    <Page
      title={t('people.title')}
      about={t('people.about')}
      acts={
        <ActButton type="primary" can={canAdd} onClick={() => void navigate({ to: '/people/add' })}>
          {t('people.add')}
        </ActButton>
      }
    >
      <DataTable
        caption={t('people.caption')}
        rows={people.data?.people}
        columns={columns}
        rowKey={({ personId }) => personId}
        searchText={(person) => `${person.name} ${person.account} ${person.staffNumber} ${person.roles.map(({ role }) => tApp(`role.${role}`)).join(' ')}`}
        empty={<Empty what={t('people.empty')} />}
        error={people.error}
        retry={() => void people.refetch()}
        dimmed={({ active }) => !active}
      />
    </Page>
  );
};

export default PeoplePage;
