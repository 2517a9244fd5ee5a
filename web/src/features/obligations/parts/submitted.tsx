/** What was handed in, item by item, with its photos; and the review of it. */
import { useState } from 'react';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { obligationPhoto, reviewObligation } from '../../../../../contract/obligations.ts';
import type { Answer, FormField, ObligationView } from '../../../../../contract/obligations.ts';
import { addressOf } from '../../../app/client.ts';
import { useAct } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { RefusalBanner } from '../../../ui/states.tsx';
import { momentText } from '../../../ui/time-format.ts';
import { isAbnormal } from './draft.ts';

export const Submissions = ({ one }: { one: ObligationView }) => {
  const { t } = useTranslation('obligations');
  const { site } = useSession();
  return (
    <>
      {one.submissions.toReversed().map((submission) => (
        <Panel key={submission.submissionId} title={t('one.submission', { n: submission.number, name: submission.by.name, time: momentText(submission.at, site.timeZone) })}>
          {submission.reason !== '' && <p className="task-late">{t('one.lateReason', { reason: submission.reason })}</p>}
          <dl className="answers">
            {one.form.fields.map((field) => (
              <AnswerRow key={field.key} obligationId={one.obligationId} field={field} answer={submission.answers[field.key]} />
            ))}
          </dl>
        </Panel>
      ))}
    </>
  );
};

const AnswerRow = ({ obligationId, field, answer }: { obligationId: string; field: FormField; answer: Answer | undefined }) => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const abnormal = isAbnormal(field, answer);
  const option = field.options?.find(({ value }) => value === answer?.value);
  const words = answer === undefined || answer.value === null ? '' : field.type === 'check' ? t(answer.value === true ? 'form.ok' : 'form.bad') : option === undefined ? `${String(answer.value)} ${field.unit ?? ''}`.trim() : say(option.title);
  return (
    <div className={abnormal ? 'answer answer-abnormal' : 'answer'}>
      <dt>{say(field.title)}</dt>
      <dd>
        {words}
        {abnormal && answer !== undefined && <span className="answer-note">{answer.note}</span>}
        {answer !== undefined && answer.photos.length > 0 && (
          <span className="photo-list">
            {answer.photos.map((sha256, index) => (
              <a key={sha256} href={addressOf(obligationPhoto.path, { obligationId, sha256 })} target="_blank" rel="noreferrer">
                <img src={addressOf(obligationPhoto.path, { obligationId, sha256 })} alt={`${say(field.title)} ${t('form.photos', { n: index + 1 })}`} />
              </a>
            ))}
          </span>
        )}
        {words === '' && (answer?.photos.length ?? 0) === 0 && '—'}
      </dd>
    </div>
  );
};

export const ReviewPanel = ({ one }: { one: ObligationView }) => {
  const { t } = useTranslation('obligations');
  const review = useAct(reviewObligation, ['/api/obligations']);
  const [comment, setComment] = useState('');
  const submissionId = one.submissions.at(-1)?.submissionId;
  if (one.can['review'] !== true || submissionId === undefined) return null;
  const go = (outcome: 'agreed' | 'returned'): void => review.mutate({ params: { obligationId: one.obligationId }, body: { submissionId, outcome, comment } });
  return (
    <Panel title={t('one.reviewTitle')}>
      {review.error !== null && <RefusalBanner error={review.error} />}
      <div className="reason">
        <label htmlFor="review-comment">{t('one.reviewComment')}</label>
        <textarea id="review-comment" rows={2} maxLength={1_000} value={comment} onChange={(event) => setComment(event.target.value)} />
      </div>
      <div className="form-acts task-dialog-acts">
        <Button type="primary" loading={review.isPending} onClick={() => go('agreed')}>{t('one.agree')}</Button>
        <Button loading={review.isPending} onClick={() => go('returned')}>{t('one.giveBack')}</Button>
      </div>
    </Panel>
  );
};
