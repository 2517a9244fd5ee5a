/** Marks and alarms above the timeline, where they happened; a press goes there. */
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import type { Span } from '../playback/footage-map.ts';
import { clockText } from '../playback/site-time.ts';
import type { FootageEvent } from './use-events.ts';

const signs = { bookmark: '▼', suspicious: '◆', alarm: '▲' } as const;

export const TimelineEvents = ({ events, view, onGo }: { events: readonly FootageEvent[]; view: Span; onGo: (at: number) => void }) => {
  const { t } = useTranslation('video');
  const { site } = useSession();
  const seen = events.filter(({ at }) => at >= view.from && at < view.until);
  if (seen.length === 0) return null;
  return (
    <ol className="timeline-events" aria-label={t('events.title')}>
      {seen.map(({ id, at, kind, words }) => {
        const title = `${clockText(site.timeZone, at)} ${t(`events.${kind}`)} · ${words}`;
        return (
          <li key={id} style={{ left: `${(((at - view.from) / (view.until - view.from)) * 100).toFixed(3)}%` }}>
            <button type="button" className={`event event-${kind}`} title={title} aria-label={title} onClick={() => onGo(at)}>
              {signs[kind]}
            </button>
          </li>
        );
      })}
    </ol>
  );
};
