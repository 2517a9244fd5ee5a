/** What is wrong with an entry: the mark, the sentence, the clause that asks for it. */
import { useTranslation } from 'react-i18next';
import type { RegisterFinding } from '../../../../../contract/cameras.ts';
import { PriorityMark } from '../../../ui/marks.tsx';
import type { Priority } from '../../../ui/marks.tsx';
import { NormalMark } from '../../../ui/marks.tsx';
import { useSay } from '../../../ui/say.ts';

const urgent: ReadonlySet<RegisterFinding['code']> = new Set(['purpose_not_allowed', 'zone_forbidden', 'view_changed', 'ptz_outside', 'filing_overdue', 'retention_short']);
const calm: ReadonlySet<RegisterFinding['code']> = new Set(['view_missing', 'sign_missing', 'filing_due', 'zone_missing']);
const priorityOf = (code: RegisterFinding['code']): Priority => (urgent.has(code) ? 'high' : calm.has(code) ? 'information' : 'medium');

export const FindingList = ({ findings, most }: { findings: readonly RegisterFinding[]; most?: number }) => {
  const { t } = useTranslation('cameras');
  const say = useSay();
  if (findings.length === 0) return <NormalMark>{t('register.fine')}</NormalMark>;
  const shown = findings.slice(0, most);
  return (
    <ul className="camera-findings">
      {shown.map((finding) => (
        <li key={finding.code}>
          <PriorityMark priority={priorityOf(finding.code)} /> {say(finding)}
          {most === undefined && finding.cite !== null && <span className="dim"> {finding.cite}</span>}
        </li>
      ))}
      {shown.length < findings.length && <li className="dim">+{findings.length - shown.length}</li>}
    </ul>
  );
};
