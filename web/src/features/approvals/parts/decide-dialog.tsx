/** Agree or refuse: first the words, then, in full, what is signed, and the signature. A refusal of the server leaves everything as it was typed. */
import { useId, useState } from 'react';
import { startAuthentication, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { Button, Input, Modal } from 'antd';
import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { decide, prepare, type ApprovalView, type Decision } from '../../../../../contract/approvals.ts';
import { SigningAssertion } from '../../../../../contract/identity.ts';
import { call } from '../../../app/client.ts';
import { invalidatePaths } from '../../../app/queries.ts';
import { useSay } from '../../../ui/say.ts';
import { Notice, RefusalBanner } from '../../../ui/states.tsx';
import { Sheet } from './sheet.tsx';

type Prepared = z.output<(typeof prepare)['response']>;

interface Deciding {
  one: ApprovalView;
  decision: Decision;
  close: () => void;
}

const stepOf = (one: ApprovalView): { round: number; step: number } => ({ round: one.round, step: Math.max(0, one.steps.findIndex(({ state }) => state === 'now')) });

const usePlan = ({ one, decision, close }: Deciding) => {
  const client = useQueryClient();
  const [comment, setComment] = useState('');
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const form = { decision, comment: comment.trim(), ...stepOf(one) };
  const params = { approvalId: one.approvalId };
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const send = async (assertion: SigningAssertion | null): Promise<void> => {
    await call(decide, { params, body: { ...form, assertion } });
    await invalidatePaths(client, ['/api/approvals']);
    close();
  };
  return {
    comment, setComment, prepared, busy, error,
    next: () => run(async () => {
      const answer = await call(prepare, { params, body: form });
      if (answer.needed) setPrepared(answer);
      else await send(null);
    }),
    back: () => setPrepared(null),
    byPasskey: (options: Record<string, unknown>, cancelled: Error) => run(async () => {
      // The server made these options for this very browser call.
      const given = await startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON }).catch(() => {
        throw cancelled;
      });
      await send(SigningAssertion.parse(given));
    }),
    byPassword: (password: string, totp: string) => run(() => send({ password, totp })),
  };
};

export const DecideDialog = (deciding: Deciding) => {
  const { one, decision, close } = deciding;
  const { t } = useTranslation('approvals');
  const plan = usePlan(deciding);
  const title = decision === 'approve' ? t('decide.approve', { number: one.number }) : t('decide.reject', { number: one.number });
  return (
    <Modal open title={title} onCancel={close} footer={null} mask={{ closable: false }} width={640}>
      {plan.error !== null && <RefusalBanner error={plan.error} />}
      {plan.prepared === null ? <Words plan={plan} deciding={deciding} /> : <Sign plan={plan} deciding={deciding} prepared={plan.prepared} />}
    </Modal>
  );
};

type Plan = ReturnType<typeof usePlan>;

const Words = ({ plan, deciding: { one, decision } }: { plan: Plan; deciding: Deciding }) => {
  const { t } = useTranslation('approvals');
  const id = useId();
  const [missing, setMissing] = useState(false);
  const wanting = missing && plan.comment.trim() === '';
  const next = (): void => {
    if (decision === 'reject' && plan.comment.trim() === '') setMissing(true);
    else void plan.next();
  };
  return (
    <>
      <div className="reason">
        <label htmlFor={id}>{t('decide.comment')}</label>
        <Input.TextArea id={id} value={plan.comment} rows={3} maxLength={2000} autoFocus status={wanting ? 'error' : ''} aria-invalid={wanting} aria-describedby={`${id}-why`} onChange={(event) => plan.setComment(event.target.value)} />
        <p id={`${id}-why`} className={wanting ? 'fault' : 'dim'}>
          {decision === 'reject' ? t('decide.commentNeeded') : t('decide.commentOptional')}
        </p>
      </div>
      <div className="form-acts">
        <Button type="primary" danger={decision === 'reject'} loading={plan.busy} onClick={next}>
          {one.protected ? t('decide.next') : t('decide.now')}
        </Button>
      </div>
    </>
  );
};

const Sign = ({ plan, deciding: { one, decision }, prepared }: { plan: Plan; deciding: Deciding; prepared: Prepared }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const { passkey, passwordAndCode, codesEnabled } = prepared;
  const sentence = { zh: '没有完成签名。可以再试一次。', en: 'Nothing was signed. You can try again.' };
  const cancelled = Object.assign(new Error(sentence.en), { refusal: sentence });
  return (
    <div className="signing">
      <h3>{t('decide.youSign')}</h3>
      <div className="signing-sheet">
        <p>
          <strong>{say(one.title)}</strong> · {say(one.summary)}
        </p>
        <Sheet one={one} />
        <p>
          {t('decide.as')} <strong>{t(`decision.${decision}`)}</strong>
          {plan.comment.trim() !== '' && <span className="approval-words"> “{plan.comment.trim()}”</span>}
        </p>
      </div>
      {passkey !== null && (
        <Button type="primary" size="large" block loading={plan.busy} onClick={() => void plan.byPasskey(passkey, cancelled)}>
          {t('decide.passkey')}
        </Button>
      )}
      {passwordAndCode && codesEnabled && <ByPassword plan={plan} alone={passkey === null} />}
      {passkey === null && !(passwordAndCode && codesEnabled) && (
        <Notice priority="medium">
          {t(passwordAndCode ? 'decide.noCodes' : 'decide.noWay')} <Link to={'/account'}>{t('decide.account')}</Link>
        </Notice>
      )}
      {passkey !== null && passwordAndCode && !codesEnabled && (
        <p className="dim">
          {t('decide.codesToo')} <Link to={'/account'}>{t('decide.account')}</Link>
        </p>
      )}
      <Button type="text" onClick={plan.back}>
        {t('decide.change')}
      </Button>
    </div>
  );
};

const ByPassword = ({ plan, alone }: { plan: Plan; alone: boolean }) => {
  const { t } = useTranslation('approvals');
  const id = useId();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  return (
    <form
      className="signing-code"
      aria-label={t('decide.orPassword')}
      onSubmit={(event) => {
        event.preventDefault();
        void plan.byPassword(password, code.trim());
      }}
    >
      <label htmlFor={`${id}-password`}>{t('decide.password')}</label>
      <Input.Password id={`${id}-password`} value={password} autoComplete="current-password" maxLength={256} onChange={(event) => setPassword(event.target.value)} />
      <label htmlFor={`${id}-code`}>{t('decide.code')}</label>
      <Input id={`${id}-code`} value={code} inputMode="numeric" autoComplete="one-time-code" maxLength={8} onChange={(event) => setCode(event.target.value)} />
      <Button type={alone ? 'primary' : 'default'} htmlType="submit" loading={plan.busy} disabled={password === '' || code.trim().length < 6}>
        {t('decide.orPassword')}
      </Button>
    </form>
  );
};
