/** A month of tasks to look at: done, late, missed, waived, due. And the holidays, for those who may change them. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { obligationCalendar } from '../../../../../contract/obligations.ts';
import { useServerNow } from '../../../app/live.tsx';
import { useEndpoint } from '../../../app/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { Page } from '../../../ui/page.tsx';
import { useSay } from '../../../ui/say.ts';
import { Loading, RefusalBanner } from '../../../ui/states.tsx';
import { isoDateText } from '../../../ui/time-format.ts';
import { HolidayPanel } from '../parts/holiday-panel.tsx';
import { monthBeside, weeksOf } from '../parts/month.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { SubNav } from '../parts/sub-nav.tsx';

type Day = z.output<(typeof obligationCalendar)['response']>['days'][number];

const MonthPage = () => {
  const { t } = useTranslation('obligations');
  const navigate = useNavigate();
  const { site } = useSession();
  const today = isoDateText(useServerNow(60_000), site.timeZone);
  const asked = useSearchText('month');
  const month = /^[2-9]\d{3}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7);
  const days = useEndpoint(obligationCalendar, { query: { month } }, { keepOld: true });
  const go = (to: string): void => void navigate({ to: '/obligations/month', search: { month: to } });
  return (
    <Page title={t('month.title')} about={t('month.about')}>
      <SubNav />
      <div className="toolbar month-choice">
        <button type="button" className="button-link" onClick={() => go(monthBeside(month, -1))}>{t('month.previous')}</button>
        <label>
          <span className="only-read">{t('month.choose')}</span>
          <input type="month" value={month} onChange={(event) => event.target.value !== '' && go(event.target.value)} />
        </label>
        <button type="button" className="button-link" onClick={() => go(monthBeside(month, 1))}>{t('month.next')}</button>
        {month !== today.slice(0, 7) && <button type="button" className="link" onClick={() => go(today.slice(0, 7))}>{t('month.this')}</button>}
      </div>
      {days.error !== null && <RefusalBanner error={days.error} retry={() => void days.refetch()} />}
      {days.data === undefined ? days.error === null && <Loading /> : <Grid month={month} days={days.data.days} today={today} />}
      <HolidayPanel year={Number(month.slice(0, 4))} />
    </Page>
  );
};
export default MonthPage;

const Grid = ({ month, days, today }: { month: string; days: readonly Day[]; today: string }) => {
  const { t } = useTranslation('obligations');
  const weekdays = t('month.days', { returnObjects: true });
  return (
    <table className="month-grid">
      <caption className="only-read">{t('month.table', { month })}</caption>
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th key={name} scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(days).map((week) => (
          <tr key={week.find((day) => day !== null)?.day ?? ''}>
            {week.map((day, index) => (day === null ? <td key={weekdays[index]} className="month-outside" /> : <DayCell key={day.day} day={day} isToday={day.day === today} weekday={weekdays[index] ?? ''} />))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const shownAtOnce = 4;
/** What wants a person's eye first. */
const rank: Record<Day['items'][number]['state'], number> = { missed: 0, overdue: 1, returned: 2, in_progress: 3, available: 3, submitted: 4, reviewed: 5, waived: 6, planned: 7, withdrawn: 8 };

const DayCell = ({ day, isToday, weekday }: { day: Day; isToday: boolean; weekday: string }) => {
  const { t } = useTranslation('obligations');
  const say = useSay();
  const items = day.items.toSorted((a, b) => rank[a.state] - rank[b.state]);
  return (
    <td className={isToday ? 'month-day month-today' : 'month-day'} aria-current={isToday ? 'date' : undefined}>
      <span className="month-date">
        <strong>{Number(day.day.slice(8))}</strong>
        <span className="month-weekday dim">{weekday}</span>
        {day.dayKind !== null && <span className="dim" title={day.name}>{t(day.dayKind === 'holiday' ? 'month.holiday' : 'month.working')} {day.name}</span>}
      </span>
      <ul>
        {items.slice(0, shownAtOnce).map((item) => (
          <li key={item.obligationId}>
            <Link to="/obligations/one" search={{ id: item.obligationId }}>
              <StateMark state={item.state} late={item.late} brief /> <span>{say(item.title)}</span>
            </Link>
          </li>
        ))}
        {items.length > shownAtOnce && <li className="dim">{t('month.more', { count: items.length - shownAtOnce })}</li>}
      </ul>
    </td>
  );
};
