/** The dialog behind every sensitive act whose last proof is older than five minutes. Shown by the app, wherever the person is. */
import { useEffect, useRef, useState } from 'react';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { offerStepUp } from '../../../app/step-up.ts';
import '../identity.css';
import { ProofForm } from './proof-form.tsx';

const StepUpDialog = () => {
  const { t } = useTranslation('identity');
  const [open, setOpen] = useState(false);
  const answer = useRef<((proved: boolean) => void) | null>(null);
  useEffect(
    () =>
      offerStepUp(
        () =>
          new Promise<boolean>((resolve) => {
            answer.current = resolve;
            setOpen(true);
          }),
      ),
    [],
  );
  const close = (proved: boolean): void => {
    setOpen(false);
    answer.current?.(proved);
    answer.current = null;
  };
  return (
    <Modal open={open} title={t('proof.title')} footer={null} onCancel={() => close(false)} destroyOnHidden mask={{ closable: false }}>
      <p className="dim">{t('proof.why')}</p>
      <br />
      {open && <ProofForm proved={() => close(true)} />}
    </Modal>
  );
};

export default StepUpDialog;
