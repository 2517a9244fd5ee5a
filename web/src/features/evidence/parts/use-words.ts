/** Instants and spans as people of the room read them, in the site's time. */
import { useSession } from '../../../app/session.tsx';
import { clockSecondsText, clockText, isoDateText } from '../../../ui/time-format.ts';

export const useMoment = (): ((at: number) => string) => {
  const { site } = useSession();
  return (at) => `${isoDateText(at, site.timeZone)} ${clockText(at, site.timeZone)}`;
};
export const useSpan = (): ((from: number, until: number) => string) => {
  const { site } = useSession();
  return (from, until) => {
    const [begin, end] = [isoDateText(from, site.timeZone), isoDateText(until, site.timeZone)];
    return `${begin} ${clockSecondsText(from, site.timeZone)} – ${begin === end ? '' : `${end} `}${clockSecondsText(until, site.timeZone)}`;
  };
};
