/** What is missing before the shift can be closed, by name; the signing; shifts that a leader has not read yet. */
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { closeShift, reviewShift, shifts } from '../../../../../contract/duty.ts';
import { call } from '../../../app/client.ts';
import type { Wording } from '../../../app/feature.ts';
import { invalidatePaths, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { useSay } from '../../../ui/say.ts';
import { Notice } from '../../../ui/states.tsx';
import { groupedHash, momentText } from '../../../ui/time-format.ts';
import { dutyVerbs } from '../verbs.ts';

export const Closing = ({ missing }: { missing: readonly Wording[] }) => {
  const { t } = useTranslation('duty');
  const say = useSay();
  const client = useQueryClient();
  const can = useCan(dutyVerbs.close);
  const [asking, setAsking] = useState(false);
  const [digest, setDigest] = useState<string | null>(null);
  return (
    <section aria-labelledby="duty-close">
      <h2 id="duty-close">{t('close.title')}</h2>
      {digest !== null && <Notice>{t('close.done', { digest: groupedHash(digest).slice(0, 19) })}</Notice>}
      {missing.length === 0 ? (
        <p>{t('close.ready')}</p>
      ) : (
        <>
          <p>{t('close.missing', { count: missing.length })}</p>
          <ul className="missing">
            {missing.map((one) => (
              <li key={one.zh}>{say(one)}</li>
            ))}
          </ul>
        </>
      )}
      <ActButton can={can === true && missing.length > 0 ? { zh: missing.map(({ zh }) => zh).join('；'), en: missing.map(({ en }) => en).join('; ') } : can} type="primary" onClick={() => setAsking(true)}>
        {t('close.sign')}
      </ActButton>
      {asking && (
        <ConfirmAct
          title={t('close.sign')}
          text={t('close.confirm')}
          actText={t('close.sign')}
          withReason={false}
          close={() => setAsking(false)}
          act={async () => {
            setDigest((await call(closeShift, { body: {} })).digest);
            await invalidatePaths(client, ['/api/duty']);
          }}
        />
      )}
    </section>
  );
};

/** For leaders; nothing when there is nothing to read. */
export const Reviews = () => (useCan(dutyVerbs.review) === true ? <ReviewList /> : null);

const ReviewList = () => {
  const { t } = useTranslation('duty');
  const { site } = useSession();
  const client = useQueryClient();
  const list = useEndpoint(shifts, {}).data?.shifts.filter((shift) => shift.closedAt !== null && shift.reviewedAt === null) ?? [];
  if (list.length === 0) return null;
  return (
    <section aria-labelledby="duty-reviews">
      <h2 id="duty-reviews">{t('review.title')}</h2>
      <ul className="reviews">
        {list.map((shift) => (
          <li key={shift.shiftId}>
            <span>{t('review.shift', { number: shift.number, name: shift.closedBy ?? '', time: momentText(shift.closedAt ?? 0, site.timeZone).slice(0, 11) })}</span>
            <ActButton
              can
              onClick={() => {
                void call(reviewShift, { params: { shiftId: shift.shiftId }, body: {} }).then(
                  () => invalidatePaths(client, ['/api/duty']),
                  () => invalidatePaths(client, ['/api/duty']),
                );
              }}
            >
              {t('review.review')}
            </ActButton>
          </li>
        ))}
      </ul>
    </section>
  );
};
