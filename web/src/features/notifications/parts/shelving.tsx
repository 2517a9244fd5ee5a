/** Puts the selected alarm aside with the words above, for a shift at most; or brings it back. */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shelveAlarm, unshelveAlarm } from '../../../../../contract/notifications.ts';
import type { AlarmView } from '../../../../../contract/notifications.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { clockText } from '../../../ui/time-format.ts';
import { notificationVerbs } from '../verbs.ts';
import { useAlarms } from './use-alarms.ts';

const changed = ['/api/notifications', '/api/duty'];
const hourMs = 3_600_000;
const hours = [1, 2, 4] as const;
const neverShelved: readonly AlarmView['class'][] = ['fire', 'panic'];

export const Shelving = ({ alarm, text, done }: { alarm: AlarmView; text: string; done: () => void }) => {
  const may = useCan(notificationVerbs.shelve) === true;
  if (!may || neverShelved.includes(alarm.class) || alarm.state === 'closed') return null;
  if (alarm.shelved !== null) return <BringBack alarmId={alarm.alarmId} text={text} done={done} />;
  return alarm.clearedAt === null ? <PutAside alarmId={alarm.alarmId} text={text} done={done} /> : null;
};

interface ActProps {
  alarmId: string;
  text: string;
  done: () => void;
}

const PutAside = ({ alarmId, text, done }: ActProps) => {
  const { t } = useTranslation('notifications');
  const { site } = useSession();
  const id = useId();
  const now = useServerNow(30_000);
  const latest = useAlarms().query.data?.shelveUntil ?? now;
  const [chosen, setChosen] = useState<number | 'end'>(1);
  const shelve = useAct(shelveAlarm, changed);
  const time = (at: number): string => clockText(at, site.timeZone);
  const offered = hours.filter((count) => now + count * hourMs < latest);
  const pick = chosen !== 'end' && offered.some((count) => count === chosen) ? chosen : 'end';
  const until = pick === 'end' ? latest : Math.round(now) + pick * hourMs;
  return (
    <>
      {shelve.error !== null && <RefusalBanner error={shelve.error} />}
      <div className="alarm-buttons alarm-shelving">
        <label htmlFor={id}>{t('shelve.until')}</label>
        <select id={id} value={pick} onChange={(event) => setChosen(event.target.value === 'end' ? 'end' : Number(event.target.value))}>
          {offered.map((count) => (
            <option key={count} value={count}>
              {t('shelve.hours', { count, time: time(now + count * hourMs) })}
            </option>
          ))}
          <option value="end">{t('shelve.shiftEnd', { time: time(latest) })}</option>
        </select>
        <ActButton can loading={shelve.isPending} onClick={() => shelve.mutate({ params: { alarmId }, body: { until, text } }, { onSuccess: done })}>
          {t('shelve.act')}
        </ActButton>
      </div>
    </>
  );
};

const BringBack = ({ alarmId, text, done }: ActProps) => {
  const { t } = useTranslation('notifications');
  const back = useAct(unshelveAlarm, changed);
  return (
    <>
      {back.error !== null && <RefusalBanner error={back.error} />}
      <div className="alarm-buttons">
        <ActButton can loading={back.isPending} onClick={() => back.mutate({ params: { alarmId }, body: { text } }, { onSuccess: done })}>
          {t('shelve.back')}
        </ActButton>
      </div>
    </>
  );
};
