/** State of a clause: shape and word; colour only for what is wrong or waits for somebody. */
import { useTranslation } from 'react-i18next';
import type { ClauseState } from '../../../../../contract/compliance.ts';
import { PriorityMark } from '../../../ui/marks.tsx';

export const StateMark = ({ state }: { state: ClauseState }) => {
  const { t } = useTranslation('compliance');
  const word = t(`states.${state}`);
  if (state === 'breached' || state === 'evidence_due') {
    return (
      <span className="clause-state">
        <PriorityMark priority={state === 'breached' ? 'high' : 'medium'} />
        {word}
      </span>
    );
  }
  return <span className="clause-state dim">{word}</span>;
};
