/** One key, F1, from any page: the alarm is raised at once with camera, time and operator; words follow when there is time. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addEntry } from '../../../../../contract/duty.ts';
import { oneKeyAlarm } from '../../../../../contract/notifications.ts';
import type { OneKeyClass } from '../../../../../contract/notifications.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { KeyHint } from '../../../ui/marks.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { notificationVerbs } from '../verbs.ts';
import { cameraInView } from './camera-in-view.ts';

const alarmsPath = ['/api/notifications/alarms', '/api/duty'];

export const OneKeyButton = () => (useCan(notificationVerbs.raise) === true ? <OneKey /> : null);

const OneKey = () => {
  const { t } = useTranslation('notifications');
  const { t: tUi } = useTranslation('ui');
  const dialog = useRef<HTMLDialogElement>(null);
  const raise = useAct(oneKeyAlarm, alarmsPath);
  const more = useAct(addEntry, alarmsPath);
  const now = useServerNow();
  const [text, setText] = useState('');
  const press = (of: OneKeyClass = 'panic'): void => {
    setText('');
    raise.mutate({ body: { class: of, cameraId: cameraInView(), at: Math.round(now) } });
    if (dialog.current?.open !== true) dialog.current?.showModal();
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'F1' || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat && document.querySelector('dialog[open]') === null) press();
  });
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const close = (): void => dialog.current?.close();
  const addWords = (): void => {
    if (text.trim() === '' || raise.data === undefined) return;
    more.mutate({ body: { type: 'alarm', text: text.trim(), subject: raise.data.alarmId } }, { onSuccess: close });
  };
  return (
    <>
      <button type="button" className="one-key" onClick={() => press()}>
        <KeyHint keyName="F1">{t('oneKey.button')}</KeyHint>
      </button>
      <dialog ref={dialog} className="one-key-sheet" aria-labelledby="one-key-title">
        <h2 id="one-key-title">{raise.data === undefined ? t('oneKey.title') : t('oneKey.sent')}</h2>
        {raise.error !== null && <RefusalBanner error={raise.error} retry={() => press()} />}
        {more.error !== null && <RefusalBanner error={more.error} />}
        <label htmlFor="one-key-text">{t('oneKey.text')}</label>
        <textarea id="one-key-text" rows={3} maxLength={500} value={text} onChange={(event) => setText(event.target.value)} />
        <div className="one-key-acts">
          <button type="button" className="act act-main" disabled={text.trim() === '' || raise.data === undefined} onClick={addWords}>
            {t('oneKey.addText')}
          </button>
          {(['intrusion', 'fire'] as const).map((of) => (
            <button key={of} type="button" className="act" onClick={() => press(of)}>
              {t(`oneKey.${of}`)}
            </button>
          ))}
          <button type="button" className="act" onClick={close}>
            {tUi('close')}
          </button>
        </div>
      </dialog>
    </>
  );
};
