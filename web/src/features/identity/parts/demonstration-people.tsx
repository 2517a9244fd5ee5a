/** The people of the demonstration room with their sign-in data; one click signs in as any of them. */
import { useState } from 'react';
import { Button } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { signIn, type setUpDemonstration } from '../../../../../contract/identity.ts';
import { call } from '../../../app/client.ts';
import { useSessionState } from '../../../app/session.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';

export type DemonstrationPerson = z.output<(typeof setUpDemonstration)['response']>['people'][number];

export const DemonstrationPeople = ({ people }: { people: readonly DemonstrationPerson[] }) => {
  const { t } = useTranslation('identity');
  const { t: tApp } = useTranslation('app');
  const { enter } = useSessionState();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const enterAs = async ({ account, password }: DemonstrationPerson): Promise<void> => {
    setBusy(account);
    setError(null);
    try {
      enter(await call(signIn, { body: { account, password } }));
      await navigate({ to: '/', replace: true });
    } catch (refused) {
      setError(refused);
      setBusy(null);
    }
  };
  // The duty operator sees the most of what there is to see.
  const first = people.find(({ role }) => role === 'duty_operator') ?? people[0];
  return (
    <>
      <h2>{t('setUp.peopleTitle')}</h2>
      <p className="dim">{t('setUp.peopleText')}</p>
      <br />
      {error !== null && <RefusalBanner error={error} />}
      {first !== undefined && (
        <Button type="primary" size="large" loading={busy === first.account} onClick={() => void enterAs(first)}>
          {t('setUp.enterFirst', { name: first.name, role: tApp(`role.${first.role}`) })}
        </Button>
      )}
      <br />
      <br />
      <DataTable
        caption={t('setUp.peopleCaption')}
        rows={people}
        rowKey={({ account }) => account}
        error={null}
        empty={null}
        columns={[
          { key: 'role', title: t('setUp.role'), render: ({ role }) => tApp(`role.${role}`) },
          { key: 'name', title: t('setUp.name'), render: ({ name }) => <span className="nowrap">{name}</span> },
          { key: 'account', title: t('setUp.account'), render: ({ account }) => <code className="nowrap">{account}</code> },
          { key: 'password', title: t('signIn.password'), render: ({ password }) => <code className="nowrap">{password}</code> },
          {
            key: 'enter',
            title: t('setUp.enterAs'),
            render: (person) => (
              <Button loading={busy === person.account} onClick={() => void enterAs(person)} aria-label={`${t('setUp.enterAs')} ${person.name}`}>
                {t('setUp.enterAs')}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
};
