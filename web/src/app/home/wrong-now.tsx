/** First answer of the console: is anything wrong? Cameras that are not being recorded, oldest first, each with its clock and reason; then pictures that stopped. */
import { useEffect, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { health } from '../../../../contract/system.ts';
import { listCameras } from '../../../../contract/video.ts';
import type { Camera } from '../../../../contract/video.ts';
import { useAlarms } from '../../features/notifications/parts/use-alarms.ts';
import { pictureTroubles, type PictureTrouble } from '../../features/video/live/picture-troubles.ts';
import { NormalMark, PriorityMark, SpanClock } from '../../ui/marks.tsx';
import { useSay } from '../../ui/say.ts';
import { RefusalBanner } from '../../ui/states.tsx';
import { clockText } from '../../ui/time-format.ts';
import { useServerNow } from '../live.tsx';
import { invalidatePaths, useEndpoint } from '../queries.ts';
import { useCan, useSession } from '../session.tsx';
import { isCalm, wrongCameras, wrongPictures } from './wrong-cameras.ts';

/** Old footage goes when its time is over, so free space stays level; less than a day of it means that recording will stop. */
const fullSoonDays = 1;

/** Left out for people who may not know the cameras' state. */
export const WrongNow = () => (useCan('video.cameras.see') === true ? <Wrong /> : null);

const Wrong = () => {
  const { t } = useTranslation('app');
  const say = useSay();
  const alarms = useAlarms();
  const troubles = useTroubles();
  const cameras = useEndpoint(listCameras, {}, { refetchMs: 5_000 });
  const listed = cameras.data?.cameras ?? [];
  const wrong = wrongCameras(listed);
  const pictures = wrongPictures(listed, troubles);
  const away = cameras.data?.recorder === 'away';
  const seesHealth = useCan('system.health.see') === true;
  const machine = useEndpoint(health, {}, { enabled: seesHealth, refetchMs: 15_000 });
  const state = machine.data;
  const broken = state?.storages.some((storage) => !storage.usable) === true;
  const hoursLeft = state?.daysLeft == null || state.daysLeft >= fullSoonDays ? null : Math.floor(state.daysLeft * 24);
  const short = state?.keeps?.enough === false ? state.keeps : null;
  const unsigned = state?.ledgerTrouble ?? null;
  const count = wrong.length + pictures.length + [away, broken, hoursLeft !== null, short !== null, unsigned !== null].filter(Boolean).length;
  const unsure = cameras.error !== null || alarms.query.error !== null || (alarms.sees && alarms.query.data === undefined) || (seesHealth && (state === undefined || machine.error !== null));
  const calm = isCalm({ cameras: cameras.data === undefined ? null : listed.length, wrong: count, openAlarms: alarms.alarms.length, unsure });
  return (
    <section aria-labelledby="wrong-now">
      <h2 id="wrong-now">
        <span>{t('console.now')}</span>
        {count > 0 && <span>{t('console.wrong', { count })}</span>}
      </h2>
      {cameras.error !== null && cameras.data === undefined && <RefusalBanner error={cameras.error} />}
      {cameras.data !== undefined && cameras.data.cameras.length === 0 && <NoCameras />}
      {calm && (
        <div className="calm">
          <NormalMark>{t('console.nothingWrong')}</NormalMark>
          <p>{t('console.nothingWrongText')}</p>
        </div>
      )}
      <ul className="wrong-list" aria-live="polite">
        {broken && <Machine priority="critical" what={t('console.storageBroken')} text={t('console.storageBrokenText')} />}
        {hoursLeft !== null && <Machine priority="high" what={t('console.fullSoon')} text={t('console.fullSoonText', { hours: hoursLeft })} />}
        {away && <Machine priority="critical" what={t('console.recorderAway')} text={t('console.recorderAwayText')} />}
        {unsigned !== null && <Machine priority="high" what={t('console.ledgerTrouble')} text={say(unsigned)} />}
        {wrong.map((camera) => (
          <WrongCamera key={camera.cameraId} camera={camera} />
        ))}
        {pictures.map(({ camera, trouble }) => (
          <Machine key={camera.cameraId} priority={trouble === 'lost' ? 'high' : 'medium'} what={`${t(`console.picture.${trouble}`)} · ${String(camera.number).padStart(2, '0')} ${camera.name}`} text={t('console.pictureText')} />
        ))}
        {short !== null && <Machine priority="high" what={t('console.short')} text={t('console.shortText', { days: Math.floor(short.days), required: short.requiredDays })} />}
      </ul>
    </section>
  );
};

/** A picture that stops is the earliest sign: the cameras are asked for at once then, not at the next turn. */
const useTroubles = (): ReadonlyMap<string, PictureTrouble> => {
  const client = useQueryClient();
  const troubles = useSyncExternalStore(pictureTroubles.subscribe, pictureTroubles.snapshot);
  useEffect(() => {
    void invalidatePaths(client, [listCameras.path, health.path]);
  }, [client, troubles]);
  return troubles;
};

const Machine = ({ priority, what, text }: { priority: 'critical' | 'high' | 'medium'; what: string; text: string }) => (
  <li className={`wrong wrong-${priority}`}>
    <PriorityMark priority={priority} />
    <div>
      <strong>{what}</strong>
      <p>{text}</p>
    </div>
  </li>
);

const WrongCamera = ({ camera }: { camera: Camera }) => {
  const { t } = useTranslation('app');
  const { site } = useSession();
  const now = useServerNow();
  const since = camera.stateSince;
  const what = camera.state === 'off' ? t('console.off') : camera.state === 'connecting' ? t('console.connecting') : t('console.lost');
  return (
    <li className={camera.state === 'lost' ? 'wrong wrong-high' : 'wrong'}>
      <PriorityMark priority={camera.state === 'lost' ? 'high' : 'medium'} />
      <div>
        <strong>
          {what} · {String(camera.number).padStart(2, '0')} {camera.name}
        </strong>
        <p>
          {camera.reason !== null && t(`gapReason.${camera.reason}`)} {since !== null && t('console.since', { time: clockText(since, site.timeZone) })}
        </p>
        {camera.state !== 'connecting' && <p>{t(camera.state === 'off' ? 'console.offText' : 'console.lostText')}</p>}
      </div>
      {since !== null && (
        <span aria-live="off">
          <SpanClock from={since} now={now} large />
        </span>
      )}
    </li>
  );
};

const NoCameras = () => {
  const { t } = useTranslation('app');
  const can = useCan('video.cameras.manage');
  return (
    <div className="calm">
      <p>{t('console.noCameras')}</p>
      {can === true && <Link to={'/cameras/add'}>{t('console.addCamera')}</Link>}
    </div>
  );
};
