/** Below the head of every page: what waits for somebody, and whether sound can be heard. Nothing is shown while nothing is wrong. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { myNotices, soundTest } from '../../../../../contract/notifications.ts';
import type { AlarmView } from '../../../../../contract/notifications.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { PriorityMark, SpanClock } from '../../../ui/marks.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { useSay } from '../../../ui/say.ts';
import '../notifications.css';
import { notificationVerbs } from '../verbs.ts';
import { countsFrom, priorityOf, soundingClass, standingOf } from './alarm-order.ts';
import { AlarmSound } from './alarm-sound.ts';
import { useAlarms } from './use-alarms.ts';

export const AlarmStrip = () => {
  const hears = useCan(notificationVerbs.sound) === true;
  const { sees, query, alarms, waiting, sound } = useAlarms();
  return (
    <>
      {sees && hears && query.data !== undefined && <SoundGuard alarms={alarms} proved={sound?.heard === true} />}
      {waiting[0] !== undefined && <WaitingStrip first={waiting[0]} count={waiting.length} />}
      <NoticeStrip />
    </>
  );
};

const WaitingStrip = ({ first, count }: { first: AlarmView; count: number }) => {
  const { t } = useTranslation('notifications');
  const say = useSay();
  const now = useServerNow();
  const priority = priorityOf(first);
  const over = standingOf(first) === 'over';
  return (
    <section className={`alarm-strip alarm-strip-${priority}${first.clearedAt === null ? ' alarm-pulse' : ''}`} aria-label={t('strip.name')}>
      <PriorityMark priority={priority} />
      <strong>{t('strip.waiting', { count })}</strong>
      <span className="alarm-strip-what">{over ? t('strip.over', { what: say(first.sentence) }) : say(first.sentence)}</span>
      <span aria-live="off">
        <SpanClock from={over ? countsFrom(first) : first.ringsSince} now={now} large />
      </span>
      <Link to={'/alarms'} className="act">
        {t('strip.open')}
      </Link>
    </section>
  );
};

const NoticeStrip = () => {
  const { t } = useTranslation('notifications');
  const notices = useEndpoint(myNotices, {}, { refetchMs: 20_000 }).data?.notices ?? [];
  const open = notices.filter((notice) => notice.asksAnswer && notice.answeredAt === null);
  if (open.length === 0) return null;
  return (
    <section className="alarm-strip" aria-label={t('notices.title')}>
      <PriorityMark priority="high" />
      <strong>{t('strip.notices', { count: open.length })}</strong>
      <Link to={'/notices'} className="act">
        {t('strip.open')}
      </Link>
    </section>
  );
};

/** Sound is proved (visual.md 7): said in alarm colour until a tone was heard and confirmed in this session. */
const SoundGuard = ({ alarms, proved }: { alarms: readonly AlarmView[]; proved: boolean }) => {
  const { t } = useTranslation('notifications');
  const [sound] = useState(() => new AlarmSound());
  const state = useSyncExternalStore(sound.subscribe, () => sound.state);
  const tell = useAct(soundTest, ['/api/notifications/alarms']);
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState(false);
  const of = soundingClass(alarms);
  useEffect(() => sound.sound(asking ? null : of), [sound, of, asking]);
  useEffect(() => {
    // Once proved in this session, the first touch after a reload is enough.
    const wake = () => void (proved ? sound.wake() : undefined);
    addEventListener('pointerdown', wake);
    addEventListener('keydown', wake);
    return () => {
      removeEventListener('pointerdown', wake);
      removeEventListener('keydown', wake);
    };
  }, [sound, proved]);
  useEffect(() => () => sound.end(), [sound]);
  if (proved && state === 'running' && !asking) return null;
  const test = async (): Promise<void> => {
    setFailed(false);
    const played = await sound.test();
    setAsking(played);
    setFailed(!played);
  };
  const answer = (heard: boolean): void => {
    tell.mutate({ body: { heard } });
    setAsking(false);
    setFailed(!heard);
  };
  return (
    <section className="alarm-strip alarm-strip-sound" aria-label={t('sound.off')}>
      <PriorityMark priority="critical" />
      <strong>{asking ? t('sound.question') : t('sound.off')}</strong>
      {tell.error !== null && <RefusalBanner error={tell.error} />}
      <span className="alarm-strip-what">{failed ? t('sound.failed') : asking ? '' : t('sound.offText')}</span>
      {asking ? (
        <>
          <button type="button" className="act act-main" onClick={() => answer(true)}>
            {t('sound.heard')}
          </button>
          <button type="button" className="act" onClick={() => answer(false)}>
            {t('sound.notHeard')}
          </button>
        </>
      ) : (
        // While an answer is on its way no second one can pass it.
        <button type="button" className="act act-main" disabled={tell.isPending} onClick={() => void test()}>
          {t('sound.test')}
        </button>
      )}
    </section>
  );
};
