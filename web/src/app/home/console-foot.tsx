/** Foot of the console: the keys as drawn on the keyboard, and the shortest form of "it records and it vouches". */
import { useTranslation } from 'react-i18next';
import { machineClock } from '../../../../contract/health.ts';
import { head } from '../../../../contract/ledger.ts';
import { health } from '../../../../contract/system.ts';
import { listCameras } from '../../../../contract/video.ts';
import { LogLine } from '../../features/duty/parts/log-line.tsx';
import { dutyVerbs } from '../../features/duty/verbs.ts';
import { ledgerVerbs } from '../../features/ledger/verbs.ts';
import { KeyHint, PriorityMark } from '../../ui/marks.tsx';
import { clockText } from '../../ui/time-format.ts';
import { useEndpoint } from '../queries.ts';
import { useCan, useSession } from '../session.tsx';

export const ConsoleFoot = () => {
  const { t } = useTranslation('app');
  const writes = useCan(dutyVerbs.write) === true;
  return (
    <footer className="console-foot">
      {writes && <LogLine />}
      <span className="console-keys">
        <KeyHint keyName="F3">{t('key.snapshot')}</KeyHint>
        <KeyHint keyName="Pause">{t('key.blank')}</KeyHint>
        <KeyHint keyName="F9">{t('key.help')}</KeyHint>
      </span>
      <span className="console-figures tabular">
        <RecordingFigures />
        <LedgerFigures />
        <ClockFigures />
      </span>
    </footer>
  );
};

const RecordingFigures = () => {
  const { t } = useTranslation('app');
  const seesHealth = useCan('system.health.see') === true;
  const seesCameras = useCan('video.cameras.see') === true;
  const state = useEndpoint(health, {}, { enabled: seesHealth, refetchMs: 15_000 }).data;
  // The same answer as beside the pictures: two counts that differ on one screen are one too many.
  const cameras = useEndpoint(listCameras, {}, { enabled: seesCameras, refetchMs: 5_000 }).data?.cameras;
  const all = cameras?.length ?? state?.camerasTotal ?? 0;
  if (all === 0) return null;
  const on = cameras?.filter((camera) => camera.state === 'recording').length ?? state?.camerasRecording ?? 0;
  const days = state?.keeps?.days ?? state?.daysLeft ?? null;
  const room = days === null ? '' : ` · ${t('console.room', { days: Math.floor(days) })}`;
  return (
    <span>
      {t('console.recording', { on, all })}
      {room}
    </span>
  );
};

/** How right the clock of this machine is: every time on this screen and in every package is its time. */
const ClockFigures = () => {
  const { t } = useTranslation('app');
  const sees = useCan('health.see') === true;
  const told = useEndpoint(machineClock, {}, { enabled: sees, refetchMs: 30_000 }).data;
  if (told === undefined) return null;
  if (told.clock === null) return <span>{told.isAsked ? t('console.clockSilent') : t('console.clockUnset')}</span>;
  const { offsetMs, wrong } = told.clock;
  const words = t(offsetMs < 0 ? 'console.clockSlow' : 'console.clockFast', { seconds: (Math.abs(offsetMs) / 1_000).toFixed(2) });
  return wrong ? <strong className="console-clock-wrong"><PriorityMark priority="high" /> {words}</strong> : <span>{words}</span>;
};

const LedgerFigures = () => {
  const { t } = useTranslation('app');
  const { site } = useSession();
  const sees = useCan(ledgerVerbs.head) === true;
  const newest = useEndpoint(head, {}, { enabled: sees, refetchMs: 60_000 }).data;
  if (newest === undefined) return null;
  const signed = newest.signedAt === null ? t('console.notSigned') : t('console.signed', { time: clockText(newest.signedAt, site.timeZone) });
  return (
    <span>
      {t('console.ledger', { size: newest.size.toLocaleString('en').replaceAll(',', '\u2009') })} · {signed}
    </span>
  );
};
