/** Signed shifts that wait for a leader: read, reviewed, with a remark. Nothing is shown when there is nothing to read. */
import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { reviewShift, shifts } from '../../../../../contract/duty.ts';
import type { Shift } from '../../../../../contract/duty.ts';
import { call } from '../../../app/client.ts';
import { invalidatePaths, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { momentText } from '../../../ui/time-format.ts';
import { dutyVerbs } from '../verbs.ts';
import { RemarkDialog } from './remark-dialog.tsx';

export const Reviews = () => (useCan(dutyVerbs.review) === true ? <ReviewList /> : null);

const ReviewList = () => {
  const { t } = useTranslation('duty');
  const { site } = useSession();
  const client = useQueryClient();
  const mayRegister = useCan(dutyVerbs.register) === true;
  const [asking, setAsking] = useState<Shift | null>(null);
  const list = useEndpoint(shifts, {}).data?.shifts.filter((shift) => shift.closedAt !== null && shift.reviewedAt === null) ?? [];
  const nameOf = (shift: Shift): string => t('review.shift', { number: shift.number, name: shift.closedBy ?? '', time: momentText(shift.closedAt ?? 0, site.timeZone).slice(0, 11) });
  if (list.length === 0) return null;
  return (
    <section aria-labelledby="duty-reviews">
      <h2 id="duty-reviews">{t('review.title')}</h2>
      <ul className="reviews">
        {list.map((shift) => (
          <li key={shift.shiftId}>
            <span>
              {nameOf(shift)}
              {shift.remark !== null && shift.remark !== '' && <q className="review-remark">{shift.remark}</q>}
            </span>
            {mayRegister && <Link to={'/duty/register'} className="button-link">{t('review.read')}</Link>}
            <ActButton can onClick={() => setAsking(shift)}>{t('review.review')}</ActButton>
          </li>
        ))}
      </ul>
      {asking !== null && (
        <RemarkDialog
          title={`${t('review.review')} · ${nameOf(asking)}`}
          text={asking.remark === null || asking.remark === '' ? t('review.text') : `${t('review.remarkOf', { text: asking.remark })} ${t('review.text')}`}
          label={t('review.remark')}
          actText={t('review.review')}
          close={() => setAsking(null)}
          act={async (remark) => {
            await call(reviewShift, { params: { shiftId: asking.shiftId }, body: { remark } });
            await invalidatePaths(client, ['/api/duty']);
          }}
        />
      )}
    </section>
  );
};
