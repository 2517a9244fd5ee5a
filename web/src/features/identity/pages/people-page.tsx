/** People of the room: who may sign in, with which roles. */
import { useMemo } from 'react';
import { Button } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { exportPeople } from '../../../../../contract/identity-people.ts';
import { listPeople } from '../../../../../contract/identity.ts';
import type { Person } from '../../../../../contract/identity.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/data-table.tsx';
import { Page } from '../../../ui/page.tsx';
import { Empty } from '../../../ui/states.tsx';
import '../identity.css';
import { useRoleTitle } from '../parts/role-title.ts';
import { RoleWords } from '../parts/role-words.tsx';

const PeoplePage = () => {
  const { t } = useTranslation('identity');
  const title = useRoleTitle();
  const navigate = useNavigate();
  const canAdd = useCan('identity.people.add');
  const canImport = useCan('identity.people.import');
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
        <div className="link-row">
          <ActButton can={canImport} onClick={() => void navigate({ to: '/people/import' })}>
            {t('import.title')}
          </ActButton>
          <Button href={`${exportPeople.path}?format=xlsx`} download>
            {t('people.export')}
          </Button>
          <ActButton can onClick={() => void navigate({ to: '/people/titles' })}>
            {t('titles.title')}
          </ActButton>
          <ActButton type="primary" can={canAdd} onClick={() => void navigate({ to: '/people/add' })}>
            {t('people.add')}
          </ActButton>
        </div>
      }
    >
      <DataTable
        caption={t('people.caption')}
        rows={people.data?.people}
        columns={columns}
        rowKey={({ personId }) => personId}
        searchText={(person) => `${person.name} ${person.account} ${person.staffNumber} ${person.roles.map(({ role }) => title(role)).join(' ')}`}
        empty={<Empty what={t('people.empty')} />}
        error={people.error}
        retry={() => void people.refetch()}
        dimmed={({ active }) => !active}
      />
    </Page>
  );
};

export default PeoplePage;
