/** Asks what exists as soon as cameras and span are chosen, and says at once when there is nothing. */
import { useTranslation } from 'react-i18next';
import { existing } from '../../../../../contract/evidence.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { FootageBar } from './footage-bar.tsx';

export const WhatExists = ({ cameraIds, from, until }: { cameraIds: readonly string[]; from: number; until: number }) => {
  const { t } = useTranslation('evidence');
  const { data, error, isPending } = useEndpoint(existing, { body: { cameraIds: [...cameraIds], from, until } });
  if (error !== null) return <RefusalBanner error={error} />;
  if (isPending) return <Loading />;
  return (
    <section className="what-exists" aria-live="polite">
      {!data.something && <Notice priority="high">{t('exists.nothing')}</Notice>}
      {data.cameras.map((one) => <FootageBar key={one.cameraId} one={one} from={from} until={until} />)}
    </section>
  );
};
