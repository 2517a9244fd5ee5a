/** Where a request stands: a word, and a mark only where something is wrong. */
import { useTranslation } from 'react-i18next';
import type { ApprovalRow } from '../../../../../contract/approvals.ts';
import { PriorityMark } from '../../../ui/marks.tsx';

export const StateMark = ({ state, escalated }: Pick<ApprovalRow, 'state' | 'escalated'>) => {
  const { t } = useTranslation('approvals');
  return (
    <span className={`approval-state approval-${state}`}>
      {escalated !== null && <PriorityMark priority={escalated === 'vacant' ? 'high' : 'medium'} />}
      {t(`state.${state}`)}
      {escalated !== null && ` · ${t(escalated)}`}
    </span>
  );
};
