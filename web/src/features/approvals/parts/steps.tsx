/** Who must agree and who has: each step with its people and their signatures. */
import { useTranslation } from 'react-i18next';
import type { ApprovalView } from '../../../../../contract/approvals.ts';
import { PriorityMark } from '../../../ui/marks.tsx';
import { useSay } from '../../../ui/say.ts';
import { groupedHash } from '../../../ui/time-format.ts';
import { DueText } from './inbox-list.tsx';
import { useMoment } from './use-moment.ts';

type Step = ApprovalView['steps'][number];
type Seat = Step['seats'][number];

const marks: Record<Step['state'], string> = { done: '✓', now: '●', later: '○' };

const SeatLine = ({ seat }: { seat: Seat }) => {
  const { t } = useTranslation('approvals');
  const moment = useMoment();
  const { signature } = seat;
  const cameBy = seat.cameBy === 'submission' ? '' : t(`seat.${seat.cameBy}`);
  if (signature === null)
    return (
      <li className={seat.left ? 'dim seat-left' : undefined}>
        {seat.person.name} <span className="dim">{seat.left ? t('seat.left') : t('seat.waiting')}{cameBy === '' || seat.left ? '' : ` · ${cameBy}`}</span>
      </li>
    );
  return (
    <li>
      {signature.person.name}
      {signature.onBehalfOf !== null && <span className="dim"> {t('signedFor', { name: signature.onBehalfOf.name })}</span>} <strong>{t(`decision.${signature.decision}`)}</strong> <time>{moment(signature.signedAt)}</time>
      {signature.comment !== '' && <span className="approval-words"> “{signature.comment}”</span>}
      <details className="signature">
        <summary>
          {!signature.verified && <PriorityMark priority="critical" />}
          {t(`method.${signature.method}`)} · {signature.verified ? t('verified') : t('notVerified')}
        </summary>
        <span className="dim">{t('digest')}</span> <code className="break-all">{groupedHash(signature.digest)}</code>
      </details>
    </li>
  );
};

export const Steps = ({ one }: { one: ApprovalView }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  return (
    <ol className="approval-steps">
      {one.steps.map((step) => (
        <li key={step.step} className={`step-${step.state}`}>
          <span className="step-mark" aria-hidden="true">{marks[step.state]}</span>
          <div>
            <p>
              <strong>{say(step.title)}</strong> <span className="dim">{t(`mode.${step.mode}`)}</span> {step.state === 'now' && one.state === 'pending' && one.step !== null && one.step.dueAt !== null && <DueText dueAt={one.step.dueAt} />}
            </p>
            {step.state === 'now' && one.escalated === 'vacant' && (
              <p>
                <PriorityMark priority="high" /> {t('waitingNobody')}
              </p>
            )}
            <ul>{step.seats.map((seat) => <SeatLine key={seat.seat} seat={seat} />)}</ul>
          </div>
        </li>
      ))}
    </ol>
  );
};

export const Trail = ({ one }: { one: ApprovalView }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const moment = useMoment();
  return (
    <ol className="approval-trail">
      {one.trail.map((move) => (
        <li key={move.number}>
          <time className="dim">{moment(move.at)}</time>
          <span>
            {say(move.actor.name)}
            {move.onBehalfOf !== null && ` ${t('for', { name: move.onBehalfOf.name })}`} <strong>{say(move.words)}</strong>
            {move.toPerson !== null && ` ${t('to', { name: move.toPerson.name })}`}
            {move.reason !== '' && <span className="approval-words"> “{move.reason}”</span>}
            {move.lateMs !== null && move.lateMs >= lateFromMs && <LateWords ms={move.lateMs} />}
          </span>
        </li>
      ))}
    </ol>
  );
};

/** Less is the pace of the sweep. */
const lateFromMs = 120_000;

const LateWords = ({ ms }: { ms: number }) => {
  const { t } = useTranslation('approvals');
  const minutes = Math.round(ms / 60_000);
  return <span className="approval-overdue"> {t('firedLate', { span: `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}` })}</span>;
};
