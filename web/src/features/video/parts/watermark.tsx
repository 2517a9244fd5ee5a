/** Who is watching, on the picture itself: a photograph of the screen names its maker (recording.md "Live and playback"). Subtle, so that the work is not disturbed. */
import { useServerNow } from '../../../app/live.tsx';
import { useSession } from '../../../app/session.tsx';
import { clockText, isoDateText } from '../../../ui/time-format.ts';

const minuteMs = 60_000;

export const useWatermark = (): string => {
  const { person, site } = useSession();
  const now = useServerNow(minuteMs);
  return `${person.name} ${person.staffNumber} · ${isoDateText(now, site.timeZone).slice(5)} ${clockText(now, site.timeZone)}`;
};
export const Watermark = ({ text }: { text: string }) => (
  <div className="watermark" aria-hidden="true">
    <span>{text}</span>
    <span>{text}</span>
  </div>
);
