/** Who must agree and who has: each step with its people and their signatures. */
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { Button } from 'antd';
import { remove, type ApprovalView } from '../../../../../contract/approvals.ts';
import { useAct } from '../../../app/queries.ts';
import { ConfirmAct } from '../../../ui/confirm-act.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { useSay } from '../../../ui/say.ts';
import { groupedHash } from '../../../ui/time-format.ts';
import { DueText } from './inbox-list.tsx';
import { useMoment } from './use-moment.ts';
import { seenOf } from './way-dialogs.tsx';

type Step = ApprovalView['steps'][number];
type Seat = Step['seats'][number];

const marks: Record<Step['state'], string> = { done: '✓', now: '●', later: '○' };

/** How the person came to be asked: laid down, handed on, assigned, or asked besides by an approver. */
const useCameBy = () => {
  const { t } = useTranslation('approvals');
  return ({ added, addedBy, turn, cameBy }: Seat): string => {
    if (added === null || addedBy === null) return cameBy === 'submission' ? '' : t(`seat.${cameBy}`);
    const way = added === 'opinion' ? 'opinion' : turn < 0 ? 'before' : 'after';
    return t(`seat.by.${way}`, { name: addedBy.name });
  };
};

const SeatLine = ({ seat, one }: { seat: Seat; one: ApprovalView }) => {
  const { t } = useTranslation('approvals');
  const moment = useMoment();
  const [removing, setRemoving] = useState(false);
  const { signature } = seat;
  const cameBy = useCameBy()(seat);
  if (signature === null)
    return (
      <li className={seat.left ? 'dim seat-left' : undefined}>
        {seat.person.name} <span className="dim">{seat.left ? t(seat.added === null ? 'seat.left' : 'seat.over') : t(seat.added === 'opinion' ? 'seat.thinking' : 'seat.waiting')}{cameBy === '' || (seat.left && seat.added === null) ? '' : ` · ${cameBy}`}</span>
        {seat.canRemove === true && (
          <Button type="text" size="small" onClick={() => setRemoving(true)}>
            {t('remove.act')}<span className="only-read"> {seat.person.name}</span>
          </Button>
        )}
        {removing && <RemoveDialog one={one} seat={seat} close={() => setRemoving(false)} />}
      </li>
    );
  return (
    <li>
      {signature.person.name}
      {cameBy !== '' && <span className="dim"> {cameBy}</span>}
      {signature.onBehalfOf !== null && <span className="dim"> {t('signedFor', { name: signature.onBehalfOf.name })}</span>} <strong>{t(`decision.${signature.decision}`)}</strong> <time>{moment(signature.signedAt)}</time>
      {signature.comment !== '' && <span className="approval-words"> “{signature.comment}”</span>}
      <details className="signature">
        <summary>
          {!signature.verified && <PriorityMark priority="critical" />}
          {t(`method.${signature.method}`)} · {signature.verified ? t('verified') : t('notVerified')}
        </summary>
        <p className="dim">{t(`rests.${signature.rests}`)}</p>
        <span className="dim">{t('digest')}</span> <code className="break-all">{groupedHash(signature.digest)}</code>
      </details>
    </li>
  );
};

const RemoveDialog = ({ one, seat, close }: { one: ApprovalView; seat: Seat; close: () => void }) => {
  const { t } = useTranslation('approvals');
  const removing = useAct(remove, ['/api/approvals']);
  const act = async (reason: string): Promise<unknown> => removing.mutateAsync({ params: { approvalId: one.approvalId }, body: { seat: seat.seat, reason, ...seenOf(one) } });
  return <ConfirmAct title={t('remove.act')} text={t('remove.text', { name: seat.person.name })} actText={t('remove.act')} withReason act={act} close={close} />;
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
            <ul>{step.seats.map((seat) => <SeatLine key={seat.seat} seat={seat} one={one} />)}</ul>
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
