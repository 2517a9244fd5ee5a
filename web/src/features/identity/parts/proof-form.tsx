/** Proves again who sits here: by passkey, or by password and, where in use, code. */
import { useEffect, useState } from 'react';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { stepUp, stepUpOptions } from '../../../../../contract/identity.ts';
import type { SessionView, StepUp } from '../../../../../contract/identity.ts';
import { call } from '../../../app/client.ts';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Loading, RefusalBanner } from '../../../ui/states.tsx';
import { browserHasPasskeys, signWithPasskey, wasGivenUp } from '../passkey-browser.ts';

type Ways = z.output<(typeof stepUpOptions)['response']>;
interface Typed {
  password: string;
  code?: string;
}

export const ProofForm = ({ proved }: { proved: (session: SessionView) => void }) => {
  const { t } = useTranslation('identity');
  const [form] = Form.useForm<Typed>();
  const [ways, setWays] = useState<Ways | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    call(stepUpOptions).then(setWays, setError);
  }, []);
  const prove = async (given: () => Promise<StepUp>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      proved(await call(stepUp, { body: await given() }));
    } catch (refused) {
      if (!wasGivenUp(refused)) setError(refused);
      // The challenge is used up: the next try needs a new one.
      call(stepUpOptions).then(setWays, () => undefined);
    } finally {
      setBusy(false);
    }
  };
  if (ways === null) return error === null ? <Loading /> : <RefusalBanner error={error} />;
  const { passkey } = ways;
  return (
    <>
      {passkey !== null && browserHasPasskeys() && (
        <div className="either">
          <Button type="primary" loading={busy} onClick={() => void prove(async () => ({ passkey: await signWithPasskey(passkey) }))}>
            {t('proof.passkey')}
          </Button>
        </div>
      )}
      {ways.password ? (
        <FormShell form={form} initial={{}} error={error} busy={busy} submit={({ password, code }) => void prove(async () => ({ password, ...(code === undefined || code === '' ? {} : { code }) }))} submitText={t('proof.act')}>
          <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.needPassword') }]}>
            <Input.Password autoComplete="current-password" maxLength={256} autoFocus />
          </Form.Item>
          {ways.code && <CodeField need />}
        </FormShell>
      ) : (
        error !== null && <RefusalBanner error={error} />
      )}
    </>
  );
};

/** Six digits of the phone; a recovery code fits too. */
export const CodeField = ({ need, path = 'code' }: { need: boolean; path?: string }) => {
  const { t } = useTranslation('identity');
  return (
    <Form.Item name={path} label={t('proof.code')} extra={t('proof.codeHint')} rules={need ? [{ required: true, message: t('proof.needCode') }] : []}>
      <Input autoComplete="one-time-code" inputMode="text" maxLength={32} size="large" spellCheck={false} autoCapitalize="none" />
    </Form.Item>
  );
};
