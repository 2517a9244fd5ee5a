/** Asks once more before an act that cannot be taken back: says in full what will happen, and takes the reason where one is kept. Stays open on a refusal. */
import { useId, useState, type ReactNode } from 'react';
import { Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { RefusalBanner } from './states.tsx';

export const ConfirmAct = ({ title, text, actText, withReason, danger = false, act, close, children }: {
  title: string;
  text: string;
  actText: string;
  withReason: boolean;
  danger?: boolean;
  /** Resolves when done; a rejection is shown and the dialog stays. */
  act: (reason: string) => Promise<unknown>;
  close: () => void;
  /** What else is chosen, above the reason. */
  children?: ReactNode;
}) => {
  const { t } = useTranslation('ui');
  const id = useId();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    if (withReason && reason.trim() === '') {
      setMissing(true);
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await act(reason.trim());
      close();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open title={title} okText={actText} cancelText={t('cancel')} okButtonProps={{ danger }} confirmLoading={busy} onOk={() => void go()} onCancel={close} mask={{ closable: false }}>
      {error !== null && <RefusalBanner error={error} />}
      <p>{text}</p>
      {children}
      {withReason && (
        <div className="reason">
          <label htmlFor={id}>{t('reason')}</label>
          <Input.TextArea id={id} value={reason} rows={3} maxLength={500} autoFocus status={missing && reason.trim() === '' ? 'error' : ''} aria-invalid={missing && reason.trim() === ''} aria-describedby={`${id}-why`} onChange={(event) => setReason(event.target.value)} />
          <p id={`${id}-why`} className={missing && reason.trim() === '' ? 'fault' : 'dim'}>
            {t('reasonNeeded')}
          </p>
        </div>
      )}
    </Modal>
  );
};
