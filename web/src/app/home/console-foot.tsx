/** Foot of the console: the keys as drawn on the keyboard, and the figures that say whether the room records and vouches. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { head } from '../../../../contract/ledger.ts';
import { listCameras } from '../../../../contract/video.ts';
import { ledgerVerbs } from '../../features/ledger/verbs.ts';
import { KeyHint } from '../../ui/marks.tsx';
import { clockText } from '../../ui/time-format.ts';
import { useEndpoint } from '../queries.ts';
import { useCan, useSession } from '../session.tsx';

export const ConsoleFoot = () => {
  const { t } = useTranslation('app');
  const ledger = useCan(ledgerVerbs.read) === true;
  return (
    <footer className="console-foot">
      <span className="console-keys">
        <KeyHint keyName="F3">{t('key.snapshot')}</KeyHint>
        <KeyHint keyName="Pause">{t('key.blank')}</KeyHint>
        <KeyHint keyName="F9">{t('key.help')}</KeyHint>
      </span>
      <span className="console-figures tabular">
        <RecordingFigures />
        {ledger && <LedgerFigures />}
      </span>
    </footer>
  );
};

const RecordingFigures = () => {
  const { t } = useTranslation('app');
  const cameras = useEndpoint(listCameras, {}, { refetchMs: 15_000 }).data?.cameras ?? [];
  if (cameras.length === 0) return null;
  const on = cameras.filter(({ state }) => state === 'recording').length;
  const days = Math.min(...cameras.map(({ retentionDays }) => retentionDays));
  return (
    <Link to={'/cameras'}>
      {t('console.recording', { on, all: cameras.length })} · {t('console.keep', { days })}
    </Link>
  );
};

const LedgerFigures = () => {
  const { t } = useTranslation('app');
  const { site } = useSession();
  const newest = useEndpoint(head, {}, { refetchMs: 60_000 }).data;
  if (newest === undefined) return null;
  const signed = newest.signedAt === null ? t('console.notSigned') : t('console.signed', { time: clockText(newest.signedAt, site.timeZone) });
  return (
    <Link to={'/ledger'}>
      {t('console.ledger', { size: newest.size.toLocaleString('en').replaceAll(',', '\u2009') })} · {signed}
    </Link>
  );
};
