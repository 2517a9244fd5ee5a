/** How many requests wait for this person: beside the entry in the navigation, told by the live socket and asked again each minute. */
import { useTranslation } from 'react-i18next';
import { counts } from '../../../../../contract/approvals.ts';
import { useEndpoint } from '../../../app/queries.ts';

const againMs = 60_000;

export const WaitingBadge = () => {
  const { t } = useTranslation('approvals');
  const { data } = useEndpoint(counts, {}, { refetchMs: againMs });
  if (data === undefined || data.toDecide === 0) return null;
  return (
    <>
      <span className="nav-badge" aria-hidden="true">{data.toDecide > 99 ? '99+' : data.toDecide}</span>
      <span className="only-read">{t('waiting', { count: data.toDecide })}</span>
    </>
  );
};
