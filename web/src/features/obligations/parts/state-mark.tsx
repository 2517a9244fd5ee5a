/** The state of a task: grey when all is well, colour, shape and word together when it is not or waits for a person. */
import { useTranslation } from 'react-i18next';
import type { ObligationState } from '../../../../../contract/obligations.ts';
import { PriorityMark } from '../../../ui/marks.tsx';
import type { Priority } from '../../../ui/marks.tsx';

const priorities: Partial<Record<ObligationState, Priority>> = { available: 'information', returned: 'medium', overdue: 'high', missed: 'critical' };

export const StateMark = ({ state, late }: { state: ObligationState; late: boolean }) => {
  const { t } = useTranslation('obligations');
  const priority = priorities[state];
  // Overdue and missed say themselves that it is late.
  const isLate = late && state !== 'overdue' && state !== 'missed';
  return (
    <span className={`task-state task-${state}`}>
      {priority === undefined ? <span className="task-quiet" aria-hidden="true">{state === 'planned' || state === 'withdrawn' ? '○' : '●'}</span> : <PriorityMark priority={priority} />}
      {t(`state.${state}`)}
      {isLate && <span className="task-late">{t('late')}</span>}
    </span>
  );
};
