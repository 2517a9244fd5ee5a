/** The one-line entry box. It has the focus; Enter saves, F2 changes the type, templates lie beside it. Nothing happens while an input method composes. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addEntry, EntryType } from '../../../../../contract/duty.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct } from '../../../app/queries.ts';
import { KeyHint } from '../../../ui/marks.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import '../duty.css';

const written: readonly EntryType[] = EntryType.options;
const templates = ['patrol', 'normal', 'visit', 'handover'] as const;
const minuteMs = 60_000;
const nextType = (type: EntryType): EntryType => written[(written.indexOf(type) + 1) % written.length] ?? 'event';

export const LogLine = ({ full = false }: { full?: boolean }) => {
  const { t } = useTranslation('duty');
  const field = useRef<HTMLInputElement>(null);
  const [type, setType] = useState<EntryType>('event');
  const [text, setText] = useState('');
  const [minutesAgo, setMinutesAgo] = useState(0);
  const [report, setReport] = useState(false);
  const now = useServerNow();
  const add = useAct(addEntry, ['/api/duty']);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'F2' || event.isComposing || document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    setType(nextType(type));
    field.current?.focus();
  });
  useEffect(() => {
    addEventListener('keydown', onKey);
    // A page that opens gives the line the focus, unless the person is in the middle of something else.
    if (document.activeElement === null || document.activeElement === document.body) field.current?.focus({ preventScroll: true });
    return () => removeEventListener('keydown', onKey);
  }, []);
  // The line is free at once for the next words; what the server refuses comes back in front of them.
  const save = async (): Promise<void> => {
    const sent = text.trim();
    if (sent === '') return;
    const eventAt = minutesAgo === 0 ? {} : { eventAt: Math.round(now) - minutesAgo * minuteMs };
    setText('');
    setMinutesAgo(0);
    setReport(false);
    field.current?.focus();
    await add.mutateAsync({ body: { type, text: sent, report, ...eventAt } }).catch(() => {
      setText((typed) => (typed === '' ? sent : `${sent} ${typed}`));
      setMinutesAgo(minutesAgo);
      setReport(report);
    });
  };
  return (
    <div className="log-line">
      {add.error !== null && <RefusalBanner error={add.error} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <button type="button" className="log-type" title={t('log.type')} onClick={() => setType(nextType(type))}>
          <KeyHint keyName="F2">{t(`type.${type}`)}</KeyHint>
        </button>
        <input
          ref={field}
          type="text"
          aria-label={t('log.line')}
          placeholder={`${t('log.line')} · ${t('log.hint')}`}
          maxLength={2_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          // Enter that ends a composition writes characters, it does not save.
          onKeyDown={(event) => {
            if (event.key === 'Enter' && event.nativeEvent.isComposing) event.preventDefault();
          }}
        />
        <button type="submit" className="log-save" disabled={text.trim() === ''}>
          {t('log.save')}
        </button>
      </form>
      {full && (
        <div className="log-more">
          {templates.map((name, index) => (
            <button
              key={name}
              type="button"
              className="log-template"
              onClick={() => {
                setText(t(`template.${name}`));
                field.current?.focus();
              }}
            >
              {index + 1} {t(`template.${name}`)}
            </button>
          ))}
          <label>
            {t('log.when')} <input type="number" min={0} max={1_440} value={minutesAgo} onChange={(event) => setMinutesAgo(Math.max(0, Math.min(1_440, Math.round(Number(event.target.value)))))} /> {t('log.minutesAgo')}
          </label>
          <label>
            <input type="checkbox" checked={report} onChange={(event) => setReport(event.target.checked)} /> {t('log.report')}
          </label>
        </div>
      )}
    </div>
  );
};
