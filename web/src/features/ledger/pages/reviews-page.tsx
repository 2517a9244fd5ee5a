/** Months that wait for a review, the form to sign one, and the reviews that were signed. */
import { useState } from 'react';
import { Button, Form, Input, Modal, Radio } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { listReviews, prepareReview, signReview } from '../../../../../contract/audit.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { FormShell } from '../../../ui/form-shell.tsx';
import { Facts, Page, Panel } from '../../../ui/page.tsx';
import { Empty, RefusalBanner } from '../../../ui/states.tsx';
import { groupedHash, isoDateText, momentText } from '../../../ui/time-format.ts';
import { SignPanel } from '../../identity/parts/sign-panel.tsx';
import '../ledger.css';
import { textOfInstant } from '../parts/act-question.ts';
import { auditVerbs } from '../verbs.ts';

type ReviewRow = z.output<(typeof listReviews)['response']>['reviews'][number];
interface Month {
  from: number;
  until: number;
}

const ReviewsPage = () => {
  const { t } = useTranslation('ledger');
  const reviews = useEndpoint(listReviews, {});
  const [signing, setSigning] = useState<Month | null>(null);
  const due = reviews.data?.due ?? [];
  return (
    <Page title={t('review.title')} about={t('review.about')} acts={<Link to="/audit">{t('audit.title')}</Link>}>
      {reviews.error !== null && <RefusalBanner error={reviews.error} retry={() => void reviews.refetch()} />}
      <Panel title={t('review.due')}>
        {reviews.data !== undefined && due.length === 0 && <p className="dim">{t('review.noneDue')}</p>}
        {due.map((month) => (
          <MonthRow key={month.from} month={month} sign={() => setSigning(month)} />
        ))}
      </Panel>
      {signing !== null && <SignForm key={signing.from} month={signing} done={() => setSigning(null)} />}
      <Panel title={t('review.done')}>
        <Signed rows={reviews.data?.reviews} error={reviews.error} />
      </Panel>
    </Page>
  );
};

const useMonthText = (): ((month: Month) => string) => {
  const { t } = useTranslation('ledger');
  const { timeZone } = useSession().site;
  return ({ from, until }) => t('review.period', { from: isoDateText(from, timeZone), until: isoDateText(until - 1, timeZone) });
};

const MonthRow = ({ month, sign }: { month: Month; sign: () => void }) => {
  const { t } = useTranslation('ledger');
  const { timeZone } = useSession().site;
  const monthText = useMonthText();
  const can = useCan(auditVerbs.sign);
  return (
    <div className="month">
      <strong>{monthText(month)}</strong>
      <Link to="/audit" search={{ from: textOfInstant(month.from, timeZone), until: textOfInstant(month.until, timeZone) }}>
        {t('review.open')}
      </Link>
      <ActButton can={can} onClick={sign}>
        {t('review.sign')}
      </ActButton>
    </div>
  );
};

type ReviewForm = z.input<(typeof prepareReview)['body']>;
type Prepared = z.output<(typeof prepareReview)['response']>;

const SignForm = ({ month, done }: { month: Month; done: () => void }) => {
  const { t } = useTranslation('ledger');
  const { t: tUi } = useTranslation('ui');
  const monthText = useMonthText();
  const [form] = Form.useForm<{ outcome: 'in_order' | 'with_findings'; note: string }>();
  const prepare = useAct(prepareReview, []);
  const [ready, setReady] = useState<{ review: ReviewForm; prepared: Prepared } | null>(null);
  const next = (values: { outcome: 'in_order' | 'with_findings'; note: string }): void => {
    const review = { ...month, ...values, note: values.note.trim() };
    prepare.mutate({ body: review }, { onSuccess: (prepared) => setReady({ review, prepared }) });
  };
  return (
    <Panel title={`${t('review.sign')} · ${monthText(month)}`}>
      <FormShell form={form} initial={{ outcome: 'in_order', note: '' }} error={prepare.error} busy={prepare.isPending} submitText={t('review.next')} submit={next} extra={<Button onClick={done}>{tUi('cancel')}</Button>}>
        <Form.Item name="outcome" label={t('review.outcome')}>
          <Radio.Group options={(['in_order', 'with_findings'] as const).map((value) => ({ value, label: t(`review.outcomes.${value}`) }))} />
        </Form.Item>
        <Form.Item name="note" label={t('review.note')} extra={t('review.signText')}>
          <Input.TextArea rows={3} maxLength={1_000} />
        </Form.Item>
      </FormShell>
      {ready !== null && <SignDialog {...ready} back={() => setReady(null)} done={done} />}
    </Panel>
  );
};

/** In full what the signature will stand under; going back keeps what was typed. */
const SignDialog = ({ review, prepared, back, done }: { review: ReviewForm; prepared: Prepared; back: () => void; done: () => void }) => {
  const { t } = useTranslation('ledger');
  const monthText = useMonthText();
  const sign = useAct(signReview, [listReviews.path]);
  const rows = [
    [t('review.start'), monthText(review)],
    [t('review.outcome'), t(`review.outcomes.${review.outcome}`)],
    ...(review.note === '' ? [] : [[t('review.note'), review.note] as const]),
    [t('review.acts'), prepared.acts],
    [t('review.upTo'), t('review.head', { size: prepared.size })],
    [t('review.digest'), <code key="digest">{groupedHash(prepared.digest)}</code>],
  ] as const;
  return (
    <Modal open title={t('review.youSign')} onCancel={back} footer={null} mask={{ closable: false }} width={640}>
      <div className="sign-sheet">
        <Facts rows={rows} />
      </div>
      <SignPanel options={prepared} busy={sign.isPending} error={sign.error} sign={(assertion) => sign.mutate({ body: { ...review, size: prepared.size, assertion } }, { onSuccess: done })} />
      <Button type="text" onClick={back}>
        {t('review.change')}
      </Button>
    </Modal>
  );
};

const Held = ({ row: { method, verified } }: { row: ReviewRow }) => {
  const { t } = useTranslation('ledger');
  const how = t(`review.methods.${method === 'webauthn' || method === 'password_totp' ? method : 'step_up'}`);
  if (verified === null) return how;
  return verified ? (
    `${how} · ${t('review.holds')}`
  ) : (
    <>
      {how} · <strong className="fault">{t('review.broken')}</strong>
    </>
  );
};

const Signed = ({ rows, error }: { rows: readonly ReviewRow[] | undefined; error: unknown }) => {
  const { t } = useTranslation('ledger');
  const { timeZone } = useSession().site;
  const monthText = useMonthText();
  return (
    <DataTable<ReviewRow>
      caption={t('review.done')}
      rows={rows}
      rowKey={({ seq }) => String(seq)}
      empty={<Empty what={t('review.empty')} />}
      error={error}
      columns={[
        { key: 'period', title: t('review.start'), render: monthText, order: ({ from }) => from },
        { key: 'outcome', title: t('review.outcome'), render: ({ outcome }) => t(`review.outcomes.${outcome}`) },
        { key: 'note', title: t('review.note'), render: ({ note }) => (note === '' ? '—' : note) },
        { key: 'acts', title: t('review.acts'), numeric: true, render: ({ acts }) => acts },
        { key: 'by', title: t('review.by'), render: ({ by }) => by },
        { key: 'method', title: t('review.method'), render: (row) => <Held row={row} /> },
        { key: 'signedAt', title: t('review.signedAt'), render: ({ signedAt }) => momentText(signedAt, timeZone), order: ({ signedAt }) => signedAt },
      ]}
    />
  );
};

export default ReviewsPage;
