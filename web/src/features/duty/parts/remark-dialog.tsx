/** Asks once more before a signature and takes a remark, which may be empty. Stays open, with what was typed, when it is refused. */
import { useId, useState } from 'react';
import { Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { RefusalBanner } from '../../../ui/states.tsx';

export const RemarkDialog = ({ title, text, label, actText, act, close }: { title: string; text: string; label: string; actText: string; act: (remark: string) => Promise<unknown>; close: () => void }) => {
  const { t } = useTranslation('ui');
  const id = useId();
  const [remark, setRemark] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await act(remark.trim());
      close();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return (
    <Modal open title={title} okText={actText} cancelText={t('cancel')} confirmLoading={busy} onOk={() => void go()} onCancel={close} mask={{ closable: false }}>
      {error !== null && <RefusalBanner error={error} />}
      <p>{text}</p>
      <div className="reason">
        <label htmlFor={id}>{label}</label>
        <Input.TextArea id={id} value={remark} rows={3} maxLength={2_000} autoFocus onChange={(event) => setRemark(event.target.value)} />
      </div>
    </Modal>
  );
};
