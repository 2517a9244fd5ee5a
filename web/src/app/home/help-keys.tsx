/** F9: what each key does. Opened and closed by the same key; does nothing while an input method composes. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../ui/marks.tsx';

export const HelpKeys = () => {
  const { t } = useTranslation('app');
  const { t: tUi } = useTranslation('ui');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const toggle = (event: KeyboardEvent) => {
      if (event.key !== 'F9' || event.isComposing) return;
      event.preventDefault();
      if (dialog.current?.open === true) dialog.current.close();
      else dialog.current?.showModal();
    };
    addEventListener('keydown', toggle);
    return () => removeEventListener('keydown', toggle);
  }, []);
  const rows = [
    ['F1', t('help.f1')],
    ['F2', t('help.f2')],
    ['F3', t('help.f3')],
    ['F8', t('help.f8')],
    ['Pause', t('help.pause')],
    ['↑ ↓ ← →', t('help.arrows')],
    ['*', t('help.enlarge')],
    ['F9', t('help.f9')],
  ] as const;
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title">
      <h2 id="help-title">{t('help.title')}</h2>
      <ul>
        {rows.map(([key, what]) => (
          <li key={key}>
            <KeyHint keyName={key} />
            <span>{what}</span>
          </li>
        ))}
      </ul>
      <p className="dim">{t('help.note')}</p>
      <button type="button" onClick={() => dialog.current?.close()}>
        {tUi('close')}
      </button>
    </dialog>
  );
};
