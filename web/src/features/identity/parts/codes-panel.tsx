/** One-time codes of a phone: two steps, scan and confirm; then recovery codes, shown once. */
import { useEffect, useState } from 'react';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { beginCodes, confirmCodes, currentSession, ownAccount, removeCodes } from '../../../../../contract/identity.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useLanguage } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { dayText } from '../../../ui/time-format.ts';

interface Begun {
  secret: string;
  uri: string;
}

export const CodesPanel = () => {
  const { t } = useTranslation('identity');
  const { site } = useSession();
  const language = useLanguage();
  const account = useEndpoint(ownAccount, {});
  const begin = useAct(beginCodes);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [recovery, setRecovery] = useState<readonly string[] | null>(null);
  const [stopping, setStopping] = useState(false);
  const stop = useAct(removeCodes, [ownAccount.path]);
  if (account.data === undefined) return <Panel title={t('codes.title')}>{account.error === null ? <Loading /> : <RefusalBanner error={account.error} />}</Panel>;
  const { codes } = account.data;
  const start = (): void => begin.mutate({}, { onSuccess: setBegun });
  return (
    <Panel title={t('codes.title')}>
      <p className="dim">{t('codes.about')}</p>
      <br />
      {begin.error !== null && <RefusalBanner error={begin.error} />}
      {codes !== null && begun === null && <p>{t('codes.since', { day: dayText(codes.since, site.timeZone, language), left: codes.recoveryLeft })}</p>}
      {recovery !== null && <RecoveryCodes codes={recovery} done={() => setRecovery(null)} />}
      {begun !== null ? (
        <Confirm
          begun={begun}
          confirmed={(list) => {
            setBegun(null);
            setRecovery(list);
          }}
        />
      ) : (
        <div className="form-acts">
          <Button type={codes === null ? 'primary' : 'default'} loading={begin.isPending} onClick={start}>
            {codes === null ? t('codes.start') : t('codes.renew')}
          </Button>
          {codes !== null && <Button onClick={() => setStopping(true)}>{t('codes.stop')}</Button>}
        </div>
      )}
      {stopping && <ConfirmAct title={t('codes.stopTitle')} text={t('codes.stopText')} actText={t('codes.stop')} withReason={false} danger act={() => stop.mutateAsync({})} close={() => setStopping(false)} />}
    </Panel>
  );
};

/** Drawn in the browser: the secret travels once and is written nowhere. */
const QrCode = ({ text, label }: { text: string; label: string }) => {
  const [picture, setPicture] = useState('');
  useEffect(() => {
    let current = true;
    void import('qrcode').then(async ({ toDataURL }) => {
      const drawn = await toDataURL(text, { margin: 2, width: 220 });
      if (current) setPicture(drawn);
    });
    return () => {
      current = false;
    };
  }, [text]);
  return picture === '' ? <Loading /> : <img className="qr" src={picture} alt={label} width={220} height={220} />;
};

const Confirm = ({ begun, confirmed }: { begun: Begun; confirmed: (recoveryCodes: readonly string[]) => void }) => {
  const { t } = useTranslation('identity');
  const [form] = Form.useForm<{ code: string }>();
  const confirm = useAct(confirmCodes, [ownAccount.path, currentSession.path]);
  return (
    <>
      <h3>{t('codes.step1')}</h3>
      <p className="dim">{t('codes.step1Text')}</p>
      <QrCode text={begun.uri} label={t('codes.qr')} />
      <p>
        {t('codes.byHand')} <code className="secret">{begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
      <br />
      <h3>{t('codes.step2')}</h3>
      <FormShell form={form} initial={{}} error={confirm.error} busy={confirm.isPending} submit={({ code }) => confirm.mutate({ body: { code } }, { onSuccess: ({ recoveryCodes }) => confirmed(recoveryCodes) })} submitText={t('codes.confirm')}>
        <Form.Item name="code" label={t('codes.shown')} rules={[{ required: true, message: t('proof.needCode') }]}>
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={12} size="large" />
        </Form.Item>
      </FormShell>
    </>
  );
};

const RecoveryCodes = ({ codes, done }: { codes: readonly string[]; done: () => void }) => {
  const { t } = useTranslation('identity');
  return (
    <Notice priority="medium">
      <h3>{t('codes.recoveryTitle')}</h3>
      <p>{t('codes.recoveryText')}</p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="form-acts no-print">
        <Button onClick={() => window.print()}>{t('codes.print')}</Button>
        <Button type="primary" onClick={done}>
          {t('codes.kept')}
        </Button>
      </div>
    </Notice>
  );
};
