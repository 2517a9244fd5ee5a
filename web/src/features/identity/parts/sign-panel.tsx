/** How a person signs what stands above it: with a passkey over its digest, or with password and one-time code where this room allows it. */
import { useId, useState } from 'react';
import { Button, Input } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SigningAssertion, SigningOptions } from '../../../../../contract/identity.ts';
import { Notice, RefusalBanner } from '../../../ui/states.tsx';
import '../identity.css';
import { signWithPasskey, wasGivenUp } from '../passkey-browser.ts';

interface Signing {
  options: SigningOptions;
  busy: boolean;
  /** Refusal of the last try; what was typed stays. */
  error: unknown;
  sign: (assertion: SigningAssertion) => void;
}

export const SignPanel = ({ options: { passkey, passwordAndCode, codesEnabled }, busy, error, sign }: Signing) => {
  const { t } = useTranslation('identity');
  const [notSigned, setNotSigned] = useState(false);
  const [asking, setAsking] = useState(false);
  const byCode = passwordAndCode && codesEnabled;
  const byPasskey = async (options: NonNullable<SigningOptions['passkey']>): Promise<void> => {
    setNotSigned(false);
    setAsking(true);
    try {
      sign(await signWithPasskey(options));
    } catch (fault) {
      if (!wasGivenUp(fault)) throw fault;
      setNotSigned(true);
    } finally {
      setAsking(false);
    }
  };
  return (
    <div className="sign-panel">
      {error !== null && <RefusalBanner error={error} />}
      {notSigned && <Notice priority="medium">{t('sign.cancelled')}</Notice>}
      {passkey !== null && (
        <Button type="primary" size="large" block loading={busy || asking} onClick={() => void byPasskey(passkey)}>
          {t('sign.passkey')}
        </Button>
      )}
      {byCode && <ByCode busy={busy} alone={passkey === null} sign={sign} />}
      {passkey === null && !byCode && (
        <Notice priority="medium">
          {t(passwordAndCode ? 'sign.noCodes' : 'sign.noWay')} <Link to="/account">{t('account.title')}</Link>
        </Notice>
      )}
    </div>
  );
};

const ByCode = ({ busy, alone, sign }: { busy: boolean; alone: boolean; sign: (assertion: SigningAssertion) => void }) => {
  const { t } = useTranslation('identity');
  const id = useId();
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  return (
    <form
      className="sign-code"
      aria-label={t('sign.orPassword')}
      onSubmit={(event) => {
        event.preventDefault();
        sign({ password, totp: totp.trim() });
      }}
    >
      <label htmlFor={`${id}-password`}>{t('signIn.password')}</label>
      <Input.Password id={`${id}-password`} value={password} autoComplete="current-password" maxLength={256} onChange={(event) => setPassword(event.target.value)} />
      <label htmlFor={`${id}-code`}>{t('proof.code')}</label>
      <Input id={`${id}-code`} value={totp} inputMode="numeric" autoComplete="one-time-code" maxLength={8} onChange={(event) => setTotp(event.target.value)} />
      <Button type={alone ? 'primary' : 'default'} htmlType="submit" loading={busy} disabled={password === '' || totp.trim().length < 6}>
        {t('sign.orPassword')}
      </Button>
    </form>
  );
};
