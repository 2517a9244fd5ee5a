/** Tasks as a list of cards: what, by when, who did it, and the one act that comes next. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ObligationRow } from '../../../../../contract/obligations.ts';
import { useSession } from '../../../app/session.tsx';
import { Empty } from '../../../ui/states.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { clockText, dayText, spanText } from '../../../ui/time-format.ts';
import { StateMark } from './state-mark.tsx';
import { untilText, windowText } from './window-text.ts';

export const TaskList = ({ rows, now, empty, label }: { rows: readonly ObligationRow[]; now: number; empty: string; label: string }) =>
  rows.length === 0 ? (
    <Empty what={empty} />
  ) : (
    <ul className="task-list" aria-label={label}>
      {rows.map((row) => (
        <Task key={row.obligationId} row={row} now={now} />
      ))}
    </ul>
  );

export const isOpen = (row: Pick<ObligationRow, 'state'>): boolean => row.state === 'available' || row.state === 'in_progress' || row.state === 'overdue' || row.state === 'returned';

const Task = ({ row, now }: { row: ObligationRow; now: number }) => {
  const { t } = useTranslation('obligations');
  const { t: tApp } = useTranslation('app');
  const say = useSay();
  const language = useLanguage();
  const { site } = useSession();
  const act = row.can['submit'] === true ? 'fillIn' : row.can['review'] === true ? 'toReview' : 'look';
  return (
    <li className={`task${isOpen(row) ? ' task-open' : ''}`}>
      <div className="task-what">
        <strong>{say(row.title)}</strong>
        {row.subject !== null && <span>{row.subject}</span>}
        <span className="dim">{windowText(row.from, row.until, site.timeZone, language)}</span>
      </div>
      <StateMark state={row.state} late={row.late} />
      <div className="task-when">
        {isOpen(row) ? (
          <>
            <strong className="tabular">{row.state === 'overdue' ? t('over', { span: spanText(now - row.until, language) }) : t('left', { span: spanText(row.until - now, language) })}</strong>
            <span className="dim">{row.state === 'overdue' ? t('graceUntil', { time: untilText(row.graceUntil, site.timeZone, language) }) : t('until', { time: untilText(row.until, site.timeZone, language) })}</span>
            <span className="dim">{row.begun === null ? row.assignees.map((role) => tApp(`role.${role}`)).join(' · ') : t('begunBy', { name: row.begun.by.name, time: clockText(row.begun.at, site.timeZone) })}</span>
          </>
        ) : (
          row.submittedAt !== null && row.submittedBy !== null && <span className="dim">{t('by', { name: row.submittedBy.name, time: `${dayText(row.submittedAt, site.timeZone, language)} ${clockText(row.submittedAt, site.timeZone)}` })}</span>
        )}
        {row.openFindings > 0 && <span className="task-late">{t('tabs.findings')} {row.openFindings}</span>}
      </div>
      <Link to="/obligations/one" search={{ id: row.obligationId }} className={act === 'look' ? 'button-link' : 'button-link button-primary'} aria-label={`${t(act)} ${say(row.title)} ${row.subject ?? ''} ${windowText(row.from, row.until, site.timeZone, language)}`}>
        {t(act)}
      </Link>
    </li>
  );
};

/** Tasks that want nothing now: one line each. */
export const QuietList = ({ rows, empty, label }: { rows: readonly ObligationRow[]; empty: string; label: string }) => {
  const say = useSay();
  const language = useLanguage();
  const { site } = useSession();
  if (rows.length === 0) return <p className="dim">{empty}</p>;
  return (
    <ul className="quiet-list" aria-label={label}>
      {rows.map((row) => (
        <li key={row.obligationId}>
          <Link to="/obligations/one" search={{ id: row.obligationId }}>
            {say(row.title)}
            {row.subject !== null && ` · ${row.subject}`}
          </Link>
          <span className="dim tabular">{windowText(row.from, row.until, site.timeZone, language)}</span>
          <StateMark state={row.state} late={row.late} />
        </li>
      ))}
    </ul>
  );
};
