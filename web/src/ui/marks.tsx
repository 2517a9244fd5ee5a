/** Small marks: priority (colour, shape and word together), keys of the keyboard, and clocks that are read in passing. */
import { useTranslation } from 'react-i18next';
import { useLanguage } from './say.ts';
import { spanText } from './time-format.ts';

export type Priority = 'critical' | 'high' | 'medium' | 'information';
const shapes: Record<Priority, string> = { critical: '◆', high: '▲', medium: '■', information: '●' };

/** Never colour alone: the shape and, for screen readers, the word say the same. */
export const PriorityMark = ({ priority }: { priority: Priority }) => {
  const { t } = useTranslation('ui');
  return (
    <span className={`priority priority-${priority}`} role="img" aria-label={t(`priority.${priority}`)}>
      {shapes[priority]}
    </span>
  );
};

/** A key as drawn on the screen, with what it does: [F3] 抓拍 */
export const KeyHint = ({ keyName, children }: { keyName: string; children?: React.ReactNode }) => (
  <span className="key-hint">
    <kbd>{keyName}</kbd>
    {children}
  </span>
);

/** Time since `from`, counted by the `now` of the caller so that all clocks of a screen tick together. */
export const SpanClock = ({ from, now, large = false }: { from: number; now: number; large?: boolean }) => {
  const language = useLanguage();
  return <time className={large ? 'span-clock span-clock-large' : 'span-clock'}>{spanText(now - from, language)}</time>;
};

/** One small muted mark for "fine"; colour is kept for what is not. */
export const NormalMark = ({ children }: { children: React.ReactNode }) => (
  <span className="normal-mark">
    <span aria-hidden="true">●</span> {children}
  </span>
);
