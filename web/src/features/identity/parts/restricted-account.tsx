/** What must be done before anything else; nothing else is shown. */
import { useTranslation } from 'react-i18next';
import type { Restriction } from '../../../../../contract/identity.ts';
import { useSessionState } from '../../../app/session.tsx';
import { Page, Panel } from '../../../ui/page.tsx';
import { Notice } from '../../../ui/states.tsx';
import { CodesPanel } from './codes-panel.tsx';
import { PasskeysPanel } from './passkeys-panel.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProofForm } from './proof-form.tsx';

export const RestrictedAccount = ({ restriction }: { restriction: Restriction }) => {
  const { t } = useTranslation('identity');
  const { enter } = useSessionState();
  return (
    <Page title={t(`restricted.${restriction}.title`)} narrow>
      <Notice priority={restriction === 'second_console' ? 'high' : 'medium'}>{t(`restricted.${restriction}.text`)}</Notice>
      {restriction === 'second_console' && (
        <Panel title={t('proof.title')}>
          <ProofForm proved={enter} />
        </Panel>
      )}
      {restriction === 'change_password' && (
        <Panel title={t('account.password')}>
          <PasswordForm />
        </Panel>
      )}
      {restriction === 'enrol_second_factor' && (
        <>
          <PasskeysPanel />
          <CodesPanel />
        </>
      )}
    </Page>
  );
};
