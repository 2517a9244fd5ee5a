/** Open alarms at the side of the console, the most urgent first; the list itself is one key away. Lost cameras stand below with their own clocks. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countsFrom, priorityOf, standingOf } from '../../features/notifications/parts/alarm-order.ts';
import { useAlarms } from '../../features/notifications/parts/use-alarms.ts';
import { PriorityMark, SpanClock } from '../../ui/marks.tsx';
import { useSay } from '../../ui/say.ts';
import { useServerNow } from '../live.tsx';

const mostShown = 5;

export const OpenAlarms = () => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const now = useServerNow();
  const { alarms, waiting } = useAlarms();
  if (alarms.length === 0) return null;
  return (
    <section aria-labelledby="open-alarms">
      <h2 id="open-alarms">
        <span>{t('title')}</span>
        <Link to={'/alarms'}>{t('strip.waiting', { count: waiting.length })}</Link>
      </h2>
      <ul className="wrong-list">
        {alarms.slice(0, mostShown).map((alarm) => {
          const priority = priorityOf(alarm);
          return (
            <li key={alarm.alarmId} className={`wrong wrong-${priority}`}>
              <PriorityMark priority={priority} />
              <div>
                <strong>{say(alarm.sentence)}</strong>
                <p>{alarm.unreachedAt !== null && standingOf(alarm) === 'waiting' ? t('unreached') : t(`state.${standingOf(alarm)}`)}</p>
              </div>
              <span aria-live="off">
                <SpanClock from={countsFrom(alarm)} now={now} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
