/** The state of a task: grey when all is well, colour, shape and word together when it is not or waits for a person. */
import { useTranslation } from 'react-i18next';
import type { ObligationState } from '../../../../../contract/obligations.ts';
import { PriorityMark } from '../../../ui/marks.tsx';
import type { Priority } from '../../../ui/marks.tsx';

const priorities: Partial<Record<ObligationState, Priority>> = { available: 'information', in_progress: 'information', returned: 'medium', overdue: 'high', missed: 'critical' };

/** `brief` leaves the word to those who listen where all is quiet: the mark alone stands in the calendar. */
export const StateMark = ({ state, late, brief = false }: { state: ObligationState; late: boolean; brief?: boolean }) => {
  const { t } = useTranslation('obligations');
  const priority = priorities[state];
  // Overdue and missed say themselves that it is late.
  const isLate = late && state !== 'overdue' && state !== 'missed';
  return (
    <span className={`task-state task-${state}`}>
      {priority === undefined ? <span className="task-quiet" aria-hidden="true">{state === 'planned' || state === 'withdrawn' ? '○' : '●'}</span> : <PriorityMark priority={priority} />}
      <span className={brief && priority === undefined ? 'only-read' : undefined}>{t(`state.${state}`)}</span>
      {isLate && <span className="task-late">{t('late')}</span>}
    </span>
  );
};
