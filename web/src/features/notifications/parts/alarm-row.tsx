/** One alarm in the list: how grave, what, since when, and what happens if nobody acts. */
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../../../../contract/notifications.ts';
import { useSession } from '../../../app/session.tsx';
import { PriorityMark, SpanClock } from '../../../ui/marks.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { clockText, spanText } from '../../../ui/time-format.ts';
import { countsFrom, priorityOf, standingOf } from './alarm-order.ts';

export const AlarmRow = ({ alarm, now, selected, onSelect }: { alarm: AlarmView; now: number; selected: boolean; onSelect: () => void }) => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const priority = priorityOf(alarm);
  const rings = alarm.state === 'waiting' && alarm.clearedAt === null;
  return (
    <li>
      <button type="button" className={`alarm ${alarm.shelved === null ? `alarm-${priority}` : 'alarm-aside'}${selected ? ' alarm-selected' : ''}${rings ? ' alarm-pulse' : ''}`} aria-pressed={selected} onClick={onSelect}>
        <PriorityMark priority={priority} />
        <span className="alarm-text">
          <strong>
            {t(`class.${alarm.class}`)} · {say(alarm.title)}
          </strong>
          <span>{say(alarm.sentence)}</span>
          <AlarmStanding alarm={alarm} now={now} />
        </span>
        <SpanClock from={countsFrom(alarm)} now={now} large />
      </button>
    </li>
  );
};

export const AlarmStanding = ({ alarm, now }: { alarm: AlarmView; now: number }) => {
  const { t } = useTranslation('notifications');
  const { site } = useSession();
  const language = useLanguage();
  const standing = standingOf(alarm);
  const parts = [
    alarm.shelved !== null ? t('shelve.standing', { time: clockText(alarm.shelved.until, site.timeZone), name: alarm.shelved.by, reason: alarm.shelved.reason }) : standing === 'acknowledged' && alarm.acknowledgedUntil !== null ? t('acknowledgedUntil', { time: clockText(alarm.acknowledgedUntil, site.timeZone) }) : t(`state.${standing}`),
    ...(alarm.times > 1 ? [t('times', { count: alarm.times })] : []),
    ...(alarm.rings > 1 ? [t('rings', { count: alarm.rings })] : []),
    ...(alarm.state === 'waiting' && alarm.nextAt !== null && alarm.unreachedAt === null ? [t('next', { time: spanText(alarm.nextAt - now, language) })] : []),
  ];
  return (
    <span className="alarm-standing">
      {parts.join(' · ')}
      {alarm.unreachedAt !== null && <strong className="alarm-unreached"> {t('unreached')}</strong>}
    </span>
  );
};
