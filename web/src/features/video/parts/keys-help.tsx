/** What each key does on this page: opened and closed by "?". */
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../../ui/marks.tsx';

export const KeysHelp = ({ rows, onClose }: { rows: readonly (readonly [key: string, words: string])[]; onClose: () => void }) => {
  const { t } = useTranslation('video');
  const { t: tUi } = useTranslation('ui');
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="help"
      aria-labelledby={id}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === '?') dialog.current?.close();
      }}
    >
      <h2 id={id}>{t('help.title')}</h2>
      <ul>
        {rows.map(([key, words]) => (
          <li key={key}>
            <KeyHint keyName={key} />
            <span>{words}</span>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => dialog.current?.close()}>
        {tUi('close')}
      </button>
    </dialog>
  );
};
