/** Exactly what is approved, as on a form sheet: shown in the detail and once more above the signature. */
import { useTranslation } from 'react-i18next';
import type { ApprovalView } from '../../../../../contract/approvals.ts';
import { Facts } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { useMoment } from './use-moment.ts';

export const Sheet = ({ one }: { one: ApprovalView }) => {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const moment = useMoment();
  const lines = one.details.map(({ title, value }) => [say(title), 'at' in value ? <time key="at">{moment(value.at)}</time> : <span key="words" className="approval-words">{say(value)}</span>] as const);
  return (
    <Facts
      rows={[
        ...lines,
        [t('reason'), <span key="reason" className="approval-words">{one.reason}</span>],
        [t('applicant'), one.applicant.name],
        ...(one.executor === null ? [] : [[t('executor'), one.executor.name] as const]),
        ...(one.clauses.length === 0 ? [] : [[t('clauses'), one.clauses.join(' · ')] as const]),
      ]}
    />
  );
};
