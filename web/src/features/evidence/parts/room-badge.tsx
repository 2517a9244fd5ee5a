/** How many approved requests the room has still to carry out. */
import { useTranslation } from 'react-i18next';
import { requests } from '../../../../../contract/evidence.ts';
import { useEndpoint } from '../../../app/queries.ts';

const againMs = 60_000;

export const RoomBadge = () => {
  const { t } = useTranslation('evidence');
  const { data } = useEndpoint(requests, { query: {} }, { refetchMs: againMs });
  if (data?.can['execute'] !== true || data.counts.room === 0) return null;
  return (
    <>
      <span className="nav-badge" aria-hidden="true">{data.counts.room > 99 ? '99+' : data.counts.room}</span>
      <span className="only-read">{t('waiting', { count: data.counts.room })}</span>
    </>
  );
};
