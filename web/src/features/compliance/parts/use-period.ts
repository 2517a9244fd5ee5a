/** The period of a page: days of the site out of the address, the last thirty when it says nothing. */
import { useNavigate } from '@tanstack/react-router';
import { useServerNow } from '../../../app/live.tsx';
import { useSession } from '../../../app/session.tsx';
import { useSearchText } from '../../../app/use-search-text.ts';
import { dayEnd, dayStart } from '../../../ui/day-span.ts';
import { isoDateText } from '../../../ui/time-format.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

export interface ChosenPeriod {
  /** Days as typed, e.g. 2026-11-01. */
  fromDay: string;
  untilDay: string;
  from: number;
  until: number;
  choose: (change: Record<string, string>) => void;
}

export const usePeriod = (): ChosenPeriod => {
  const { timeZone } = useSession().site;
  const today = isoDateText(useServerNow(hourMs), timeZone);
  const navigate = useNavigate();
  const fromText = useSearchText('from');
  const untilText = useSearchText('until');
  const untilDay = dayStart(untilText, timeZone) === null ? today : untilText;
  const until = dayEnd(untilDay, timeZone) ?? 0;
  const fromDay = dayStart(fromText, timeZone) === null ? isoDateText(until - 30 * dayMs, timeZone) : fromText;
  const from = dayStart(fromDay, timeZone) ?? 0;
  return {
    fromDay, untilDay, from, until,
    choose: (change) => void navigate({ to: '.', search: ((before: Record<string, unknown>) => ({ ...before, ...change })), replace: true }),
  };
};
