/** How recording, storage and ledger stand; each figure leads to what is behind it. */
import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { head } from '../../../../contract/ledger.ts';
import { health } from '../../../../contract/system.ts';
import { listCameras } from '../../../../contract/video.ts';
import { ledgerVerbs } from '../../features/ledger/verbs.ts';
import { PriorityMark } from '../../ui/marks.tsx';
import { Facts } from '../../ui/page.tsx';
import { clockText, groupedHash, sizeText } from '../../ui/time-format.ts';
import { useEndpoint } from '../queries.ts';
import { useCan, useSession } from '../session.tsx';

type Row = readonly [string, ReactNode];

export const RoomFigures = () => {
  const { t } = useTranslation('app');
  const recording = useRecordingRows();
  const ledger = useLedgerRows();
  if (recording.length + ledger.length === 0) return null;
  return (
    <section aria-labelledby="room-figures">
      <h2 id="room-figures">{t('figures.title')}</h2>
      <Facts rows={[...recording, ...ledger]} />
    </section>
  );
};

const useRecordingRows = (): readonly Row[] => {
  const { t } = useTranslation('app');
  const seesCameras = useCan('video.cameras.see') === true;
  const seesHealth = useCan('system.health.see') === true;
  const cameras = useEndpoint(listCameras, {}, { enabled: seesCameras, refetchMs: 5_000 }).data?.cameras ?? [];
  const state = useEndpoint(health, {}, { enabled: seesHealth, refetchMs: 15_000 }).data;
  const rows: Row[] = [];
  if (cameras.length > 0) {
    const on = cameras.filter((camera) => camera.state === 'recording').length;
    rows.push([t('figures.recording'), <Link key="recording" to="/cameras">{t('figures.recordingOf', { on, all: cameras.length })}</Link>]);
    rows.push([t('figures.keep'), t('figures.days', { days: Math.min(...cameras.map(({ retentionDays }) => retentionDays)) })]);
  }
  const usable = state?.storages.filter((storage) => storage.usable) ?? [];
  if (usable.length > 0) rows.push([t('figures.free'), sizeText(usable.reduce((sum, { freeBytes }) => sum + freeBytes, 0))]);
  if (state?.keeps != null && !state.keeps.enough) {
    const { days, requiredDays: required } = state.keeps;
    rows.push([t('figures.lasts'), <Link key="lasts" to="/cameras"><PriorityMark priority="high" />{t('figures.lastsOf', { days: Math.floor(days), required })}</Link>]);
  } else if (state?.daysLeft != null) rows.push([t('figures.room'), t('figures.days', { days: Math.floor(state.daysLeft) })]);
  return rows;
};

const useLedgerRows = (): readonly Row[] => {
  const { t } = useTranslation('app');
  const { site } = useSession();
  const seesHead = useCan(ledgerVerbs.head) === true;
  const seesFacts = useCan(ledgerVerbs.facts) === true;
  const newest = useEndpoint(head, {}, { enabled: seesHead, refetchMs: 60_000 }).data;
  if (newest === undefined) return [];
  const size = t('console.entries', { size: newest.size.toLocaleString('en').replaceAll(',', '\u2009') });
  return [
    [t('figures.ledger'), seesFacts ? <Link key="ledger" to="/ledger">{size}</Link> : size],
    [t('figures.signed'), newest.signedAt === null ? t('console.notSigned') : clockText(newest.signedAt, site.timeZone)],
    [t('figures.key'), <code key="key">{groupedHash(newest.keyFingerprint).slice(0, 19)}</code>],
  ];
};
