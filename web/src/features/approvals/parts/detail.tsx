/** One request: what is approved, what to look at twice, the acts, the steps, the trail. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { one as oneEndpoint, type ApprovalView } from '../../../../../contract/approvals.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { Facts } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Loading, Notice, RefusalBanner } from '../../../ui/states.tsx';
import { Acts } from './acts.tsx';
import { Sheet } from './sheet.tsx';
import { StateMark } from './state-mark.tsx';
import { Steps, Trail } from './steps.tsx';
import { useMoment } from './use-moment.ts';

export const Detail = ({ approvalId }: { approvalId: string }) => {
  const { data, error, refetch } = useEndpoint(oneEndpoint, { params: { approvalId } });
  if (data === undefined) return error === null ? <Loading /> : <RefusalBanner error={error} retry={() => void refetch()} />;
  return <Request one={data} />;
};

const Request = ({ one }: { one: ApprovalView }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const moment = useMoment();
  const { person } = useSession();
  const mine = one.applicant.personId === person.personId;
  return (
    <article className="approval-detail">
      <header>
        <h2>{say(one.title)}</h2>
        <span className="approval-head-acts">
          <StateMark state={one.state} escalated={one.escalated} />
          <Link to={'/approvals/print'} search={{ id: one.approvalId }} className="no-print">{t('print.open')}</Link>
        </span>
      </header>
      <p className="approval-lead">{say(one.summary)}</p>
      <section aria-label={t('what')}>
        <h3>{t('what')}</h3>
        <Sheet one={one} />
      </section>
      {one.risks.length > 0 && one.state === 'pending' && <Notice priority="medium">{one.risks.map((risk) => <p key={risk.zh}>{say(risk)}</p>)}</Notice>}
      <Acts one={one} mine={mine} />
      <section aria-label={t('steps')}>
        <h3>{t('steps')}</h3>
        <Steps one={one} />
        {one.protected && <p className="dim">{t(one.passwordSigns ? 'protectedEither' : 'protected')}</p>}
      </section>
      <section aria-label={t('trail')}>
        <h3>{t('trail')}</h3>
        <Trail one={one} />
      </section>
      <Facts
        rows={[
          [t('submittedAt'), `${moment(one.submittedAt)} · ${t('number', { number: one.number })}${one.round > 1 ? ` · ${t('round', { round: one.round })}` : ''}`],
          ...(one.state === 'pending' ? [[t('expiresAt'), moment(one.expiresAt)] as const] : []),
          ...(one.validUntil === null ? [] : [[t('validUntil'), moment(one.validUntil)] as const]),
        ]}
      />
    </article>
  );
};
