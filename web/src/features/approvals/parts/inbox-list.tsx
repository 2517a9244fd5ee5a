/** The list of requests: each a link to its detail. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ApprovalRow } from '../../../../../contract/approvals.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { spanText } from '../../../ui/time-format.ts';
import { StateMark } from './state-mark.tsx';
import { useMoment } from './use-moment.ts';

export const DueText = ({ dueAt }: { dueAt: number }) => {
  const { t } = useTranslation('approvals');
  const language = useLanguage();
  const now = useServerNow();
  const span = spanText(Math.abs(dueAt - now), language);
  return <time className={dueAt < now ? 'approval-overdue' : 'dim'}>{dueAt < now ? t('overdue', { span }) : t('left', { span })}</time>;
};

const Row = ({ row, current, list }: { row: ApprovalRow; current: boolean; list: string }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const moment = useMoment();
  return (
    <li>
      <Link to={'/approvals'} search={{ list, id: row.approvalId }} className="approval-row" aria-current={current ? 'true' : undefined}>
        <span className="approval-row-head">
          <strong>{say(row.title)}</strong>
          <StateMark state={row.state} escalated={row.escalated} />
        </span>
        <span className="approval-summary">{say(row.summary)}</span>
        <span className="approval-row-foot">
          <span>
            {t('number', { number: row.number })} · {row.applicant.name}
          </span>
          {row.step !== null && row.step.dueAt !== null ? <DueText dueAt={row.step.dueAt} /> : <time className="dim">{moment(row.submittedAt)}</time>}
        </span>
      </Link>
    </li>
  );
};

export const InboxList = ({ rows, currentId, list }: { rows: readonly ApprovalRow[]; currentId: string; list: string }) => {
  const { t } = useTranslation('approvals');
  return (
    <ol className="approval-list" aria-label={t('list.caption')}>
      {rows.map((row) => (
        <Row key={row.approvalId} row={row} current={row.approvalId === currentId} list={list} />
      ))}
    </ol>
  );
};
