/** Exactly what is approved, as on a form sheet: shown in the detail and once more above the signature. */
import { useTranslation } from 'react-i18next';
import type { ApprovalView } from '../../../../../contract/approvals.ts';
import { Facts } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { AttachmentLinks } from './attachments.tsx';
import { useMoment } from './use-moment.ts';

/** As people name them; the exact version stands in the title of each. */
const Clauses = ({ one }: { one: ApprovalView }) => {
  const say = useSay();
  return <ul className="approval-clauses">{one.clauseTitles.map((title, index) => <li key={one.clauses[index]} title={one.clauses[index]}>{say(title)}</li>)}</ul>;
};

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
        ...(one.attachments.length === 0 ? [] : [[t('files.title'), <AttachmentLinks key="files" approvalId={one.approvalId} files={one.attachments} />] as const]),
        ...(one.order === null ? [] : [[t('order.papersOf'), t('order.number', { number: one.order.number })] as const]),
        ...(one.executor === null ? [] : [[t('executor'), one.executor.name] as const]),
        ...(one.clauseTitles.length === 0 ? [] : [[t('clauses'), <Clauses key="clauses" one={one} />] as const]),
      ]}
    />
  );
};
