/** What there is of the footage of one camera in the span, as a bar: recorded, missing; and in words beside it. */
import { useTranslation } from 'react-i18next';
import type { CameraFootage } from '../../../../../contract/evidence.ts';
import { useSession } from '../../../app/session.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { clockText, spanText } from '../../../ui/time-format.ts';

export const FootageBar = ({ one, from, until }: { one: CameraFootage; from: number; until: number }) => {
  const { t } = useTranslation('evidence');
  const say = useSay();
  const language = useLanguage();
  const { site } = useSession();
  const span = Math.max(1, until - from);
  const place = (begin: number, end: number) => ({ left: `${((begin - from) / span) * 100}%`, width: `${(Math.max(0, end - begin) / span) * 100}%` });
  const words = one.state === 'partly' ? t('exists.partly', { there: spanText(one.recordedMs, language), missing: spanText(span - one.recordedMs, language) }) : one.state === 'past' ? t('exists.past', { days: one.keptDays }) : t(`exists.${one.state}`);
  return (
    <figure className="footage-bar">
      <figcaption>
        <strong>{one.camera}</strong> <span className={one.state === 'whole' ? 'dim' : 'footage-wants'}>{words}</span>
      </figcaption>
      <div className="footage-track" aria-hidden="true">
        {one.recorded.map((part) => <span key={part.from} className="footage-there" style={place(part.from, part.until)} />)}
      </div>
      <div className="footage-ends dim tabular" aria-hidden="true">
        <span>{clockText(from, site.timeZone)}</span>
        <span>{clockText(until, site.timeZone)}</span>
      </div>
      {one.gaps.length > 0 && (
        <ul className="footage-gaps dim tabular">
          {one.gaps.map((gap) => (
            <li key={gap.from}>
              {clockText(gap.from, site.timeZone)}–{clockText(gap.until, site.timeZone)} {say(gap.reason)}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
};
