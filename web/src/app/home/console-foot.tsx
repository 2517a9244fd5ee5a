/** Foot of the console: the keys as drawn on the keyboard, and the shortest form of "it records and it vouches". */
import { useTranslation } from 'react-i18next';
import { head } from '../../../../contract/ledger.ts';
import { health } from '../../../../contract/system.ts';
import { LogLine } from '../../features/duty/parts/log-line.tsx';
import { dutyVerbs } from '../../features/duty/verbs.ts';
import { ledgerVerbs } from '../../features/ledger/verbs.ts';
import { KeyHint } from '../../ui/marks.tsx';
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
      </span>
    </footer>
  );
};

const RecordingFigures = () => {
  const { t } = useTranslation('app');
  const sees = useCan('system.health.see') === true;
  const state = useEndpoint(health, {}, { enabled: sees, refetchMs: 30_000 }).data;
  if (state === undefined || state.camerasTotal === 0) return null;
  const days = state.keeps?.days ?? state.daysLeft;
  const room = days === null ? '' : ` · ${t('console.room', { days: Math.floor(days) })}`;
  return (
    <span>
      {t('console.recording', { on: state.camerasRecording, all: state.camerasTotal })}
      {room}
    </span>
  );
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
