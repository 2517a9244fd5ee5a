/** Sign-in: two fields, the language, and a way to what is wrong when the browser complains. */
import { useState } from 'react';
import { Button, Form, Input } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { passkeySignIn, passkeySignInOptions, signIn } from '../../../../../contract/identity.ts';
import { call, RefusalError } from '../../../app/client.ts';
import { switchLanguage } from '../../../app/i18n.ts';
import { ConnectingPage } from '../../../app/server-away.tsx';
import { Redirect } from '../../../app/redirect.tsx';
import { useRoomState, useSessionState } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { LanguageSwitch } from '../../../ui/language-switch.tsx';
import { Notice } from '../../../ui/states.tsx';
import { CodeField } from '../parts/proof-form.tsx';
import '../identity.css';
import { browserHasPasskeys, signWithPasskey, wasGivenUp } from '../passkey-browser.ts';
import { safeBack } from '../safe-back.ts';

interface SignInValues {
  account: string;
  password: string;
  code?: string;
}

const SignInPage = () => {
  const { session } = useSessionState();
  const room = useRoomState();
  const back = safeBack(useSearchText('back'));
  if (session != null) return <Redirect to={back} />;
  if (room.data?.state === 'new') return <Redirect to={'/set-up'} />;
  if (room.data === undefined && room.error !== null) return <ConnectingPage />;
  return <SignInCard demonstration={room.data?.demonstration === true} />;
};

const SignInCard = ({ demonstration }: { demonstration: boolean }) => {
  const { t } = useTranslation('identity');
  const { enter } = useSessionState();
  const [form] = Form.useForm<SignInValues>();
  const [askCode, setAskCode] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async ({ account, password, code }: SignInValues): Promise<void> => {
    setBusy(true);
    try {
      // The page above leads on as soon as somebody is signed in.
      enter(await call(signIn, { body: { account, password, ...(code === undefined || code === '' ? {} : { code }) } }));
    } catch (refused) {
      const said = refused instanceof RefusalError ? refused.refusal.code : '';
      // The password was right: only the code is missing, or was a wrong one.
      if (said === 'identity.code_needed' || said === 'identity.factor_wrong') {
        setAskCode(true);
        form.resetFields(['code']);
        setError(said === 'identity.code_needed' ? null : refused);
        return;
      }
      setError(refused);
      // The account stays; a wrong password is typed anew.
      if (!(refused instanceof RefusalError && refused.away)) form.resetFields(['password']);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="bare-page">
      <section className="bare-card" aria-labelledby="sign-in">
        <header className="bare-head">
          <h1 id="sign-in">值守 Vigil</h1>
          <LanguageSwitch onChoose={(language) => void switchLanguage(language)} />
        </header>
        {demonstration && <Notice>{t('signIn.demonstration')}</Notice>}
        <FormShell form={form} initial={{}} error={error} busy={busy} submit={(values) => void submit(values)} submitText={t('signIn.enter')} extra={<Link to={'/trust'}>{t('signIn.trust')}</Link>}>
          <Form.Item name="account" label={t('signIn.account')} rules={[{ required: true, message: t('signIn.needAccount') }]}>
            <Input autoComplete="username" autoFocus autoCapitalize="none" spellCheck={false} maxLength={64} size="large" />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.needPassword') }]}>
            <Input.Password autoComplete="current-password" maxLength={256} size="large" />
          </Form.Item>
          {askCode && <CodeField need />}
        </FormShell>
        <PasskeyEntry refused={setError} />
      </section>
    </div>
  );
};

/** Only where this address and this browser can use passkeys; the device itself knows whose it is. */
const PasskeyEntry = ({ refused }: { refused: (error: unknown) => void }) => {
  const { t } = useTranslation('identity');
  const { enter } = useSessionState();
  const [busy, setBusy] = useState(false);
  if (!browserHasPasskeys() || /^[\d.]+$|^\[/.test(location.hostname)) return null;
  const go = async (): Promise<void> => {
    setBusy(true);
    refused(null);
    try {
      const { passkey } = await call(passkeySignInOptions);
      if (passkey !== null) enter(await call(passkeySignIn, { body: { passkey: await signWithPasskey(passkey) } }));
    } catch (error) {
      if (!wasGivenUp(error)) refused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button className="passkey-entry" block size="large" loading={busy} onClick={() => void go()}>
      {t('signIn.passkey')}
    </Button>
  );
};

export default SignInPage;
