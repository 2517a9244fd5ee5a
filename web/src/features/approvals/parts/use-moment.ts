/** An instant as people of the room read it: 11-22 02:47 in the site's time. */
import { useSession } from '../../../app/session.tsx';
import { clockText, isoDateText } from '../../../ui/time-format.ts';

export const useMoment = (): ((at: number) => string) => {
  const { site } = useSession();
  return (at) => `${isoDateText(at, site.timeZone)} ${clockText(at, site.timeZone)}`;
};
