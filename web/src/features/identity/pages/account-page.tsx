/** One's own account: password, language, dark or light. */
import { Segmented } from 'antd';
import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { currentSession, Language, setLanguage } from '../../../../../contract/identity.ts';
import { switchLanguage } from '../../../app/i18n.ts';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { Facts, Page, Panel } from '../../../ui/page.tsx';
import { useLanguage } from '../../../ui/say.ts';
import { RefusalBanner } from '../../../ui/states.tsx';
import { useTheme } from '../../../ui/theme.tsx';
import type { ThemeChoice } from '../../../ui/theme.tsx';
import { dayText, clockText } from '../../../ui/time-format.ts';
import '../identity.css';
import { DisclosurePanel, SessionsPanel } from '../parts/account-sessions.tsx';
import { CodesPanel } from '../parts/codes-panel.tsx';
import { PasskeysPanel } from '../parts/passkeys-panel.tsx';
import { PasswordForm } from '../parts/password-form.tsx';
import { RestrictedAccount } from '../parts/restricted-account.tsx';
import { RoleWords } from '../parts/role-words.tsx';

const AccountPage = () => {
  const { t } = useTranslation('identity');
  const { person, site, signedInAt, restriction } = useSession();
  const language = useLanguage();
  if (restriction !== null) return <RestrictedAccount restriction={restriction} />;
  return (
    <Page title={t('account.title')} narrow acts={<Link to="/account/duties">{t('duties.title')}</Link>}>
      <Panel title={t('account.who')}>
        <Facts
          rows={[
            [t('people.name'), person.name],
            [t('people.staffNumber'), person.staffNumber || '—'],
            [t('people.account'), person.account],
            [t('people.roles'), <RoleWords key="roles" roles={person.roles.map(({ role }) => role)} />],
            [t('account.signedIn'), `${dayText(signedInAt, site.timeZone, language)} ${clockText(signedInAt, site.timeZone)}`],
          ]}
        />
      </Panel>
      <Panel>
        <LanguageChoice />
        <ThemeChoiceRow />
      </Panel>
      <Panel title={t('account.password')}>
        <PasswordForm />
      </Panel>
      <PasskeysPanel />
      <CodesPanel />
      <SessionsPanel />
      <DisclosurePanel />
    </Page>
  );
};

const LanguageChoice = () => {
  const { t } = useTranslation('identity');
  const { t: tApp } = useTranslation('app');
  const language = useLanguage();
  const client = useQueryClient();
  const set = useAct(setLanguage);
  const choose = (next: Language): void => {
    set.mutate(
      { body: { language: next } },
      {
        onSuccess: () => {
          void switchLanguage(next);
          void client.invalidateQueries({ queryKey: [currentSession.path] });
        },
      },
    );
  };
  return (
    <div className="choice-row">
      <span id="language">{t('account.language')}</span>
      {set.error !== null && <RefusalBanner error={set.error} />}
      <Segmented<Language> aria-labelledby="language" value={language} onChange={choose} options={Language.options.map((value) => ({ value, label: tApp(`language.${value}`) }))} />
    </div>
  );
};

const ThemeChoiceRow = () => {
  const { t } = useTranslation('identity');
  const { choice, choose } = useTheme();
  return (
    <div className="choice-row">
      <span id="theme">{t('account.theme')}</span>
      <Segmented<ThemeChoice>
        aria-labelledby="theme"
        value={choice}
        onChange={choose}
        options={[
          { value: 'system', label: t('account.themeSystem') },
          { value: 'dark', label: t('account.themeDark') },
          { value: 'light', label: t('account.themeLight') },
        ]}
      />
      <p className="dim">{t('account.themeText')}</p>
    </div>
  );
};

export default AccountPage;
