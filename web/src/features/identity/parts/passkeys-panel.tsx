/** One's own passkeys: a key that the device releases after a fingerprint or PIN. */
import { useState } from 'react';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { addPasskey, currentSession, ownAccount, passkeyOptions, removePasskey } from '../../../../../contract/identity.ts';
import type { Passkey, PasskeySite } from '../../../../../contract/identity.ts';
import { call } from '../../../app/client.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useLanguage } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { dayText } from '../../../ui/time-format.ts';
import { browserHasPasskeys, makePasskey, wasGivenUp } from '../passkey-browser.ts';

export const PasskeysPanel = () => {
  const { t } = useTranslation('identity');
  const account = useEndpoint(ownAccount, {});
  if (account.data === undefined) return <Panel title={t('passkeys.title')}>{account.error === null ? <Loading /> : <RefusalBanner error={account.error} />}</Panel>;
  const { passkeySite, passkeys } = account.data;
  const possible = (passkeySite === 'fine' || passkeySite === 'localhost') && browserHasPasskeys();
  return (
    <Panel title={t('passkeys.title')}>
      <p className="dim">{t('passkeys.about')}</p>
      <br />
      {passkeys.length > 0 && (
        <ul className="plain-list">
          {passkeys.map((passkey) => (
            <OnePasskey key={passkey.passkeyId} passkey={passkey} />
          ))}
        </ul>
      )}
      {possible ? <AddPasskey site={passkeySite} first={passkeys.length === 0} /> : <Notice>{t(passkeySite === 'needs_name' ? 'passkeys.needsName' : passkeySite === 'needs_tls' ? 'passkeys.needsTls' : 'passkeys.noBrowser')}</Notice>}
    </Panel>
  );
};

const OnePasskey = ({ passkey }: { passkey: Passkey }) => {
  const { t } = useTranslation('identity');
  const { site } = useSession();
  const language = useLanguage();
  const [asking, setAsking] = useState(false);
  const remove = useAct(removePasskey, [ownAccount.path]);
  const day = (at: number): string => dayText(at, site.timeZone, language);
  return (
    <li>
      <span>
        <strong>{passkey.name}</strong>
        <span className="dim">{` ${t('passkeys.added', { day: day(passkey.addedAt) })}${passkey.usedAt === null ? '' : ` · ${t('passkeys.used', { day: day(passkey.usedAt) })}`}${passkey.backedUp ? ` · ${t('passkeys.backedUp')}` : ''}`}</span>
      </span>
      <Button onClick={() => setAsking(true)} aria-label={`${t('passkeys.remove')} ${passkey.name}`}>
        {t('passkeys.remove')}
      </Button>
      {asking && <ConfirmAct title={t('passkeys.removeTitle', { name: passkey.name })} text={t('passkeys.removeText')} actText={t('passkeys.remove')} withReason={false} danger act={() => remove.mutateAsync({ params: { passkeyId: passkey.passkeyId } })} close={() => setAsking(false)} />}
    </li>
  );
};

const AddPasskey = ({ site, first }: { site: PasskeySite; first: boolean }) => {
  const { t } = useTranslation('identity');
  const [form] = Form.useForm<{ keyName: string }>();
  const [error, setError] = useState<unknown>(null);
  const [givenUp, setGivenUp] = useState(false);
  const [busy, setBusy] = useState(false);
  const add = useAct(addPasskey, [ownAccount.path, currentSession.path]);
  const make = async ({ keyName }: { keyName: string }): Promise<void> => {
    setBusy(true);
    setError(null);
    setGivenUp(false);
    try {
      const { passkey } = await call(passkeyOptions);
      await add.mutateAsync({ body: { name: keyName, passkey: await makePasskey(passkey) } });
      form.resetFields();
    } catch (refused) {
      if (wasGivenUp(refused)) setGivenUp(true);
      else setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {site === 'localhost' && first && <Notice priority="medium">{t('passkeys.localhost')}</Notice>}
      {givenUp && <Notice>{t('passkeys.givenUp')}</Notice>}
      <FormShell form={form} initial={{}} error={error} busy={busy} submit={(values) => void make(values)} submitText={t('passkeys.add')}>
        <Form.Item name="keyName" label={t('passkeys.name')} extra={t('passkeys.nameHint')} rules={[{ required: true, whitespace: true, message: t('setUp.need') }]}>
          <Input maxLength={64} autoComplete="off" />
        </Form.Item>
      </FormShell>
    </>
  );
};
