/** Coverage of each hour as columns against the target: grey is as it should be, an hour under the target has colour and a mark. */
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { HourView } from '../../../../../contract/rounds.ts';
import { useSession } from '../../../app/session.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { clockText } from '../../../ui/time-format.ts';

/** A label for each fourth hour fits a phone. */
const labelEvery = 4;

export const HourPlot = ({ hours, targetPercent }: { hours: readonly HourView[]; targetPercent: number }) => {
  const { t } = useTranslation('rounds');
  const { site } = useSession();
  const columns: CSSProperties & Record<'--hours', number> = { '--hours': hours.length };
  const ended = hours.filter(({ due }) => due > 0);
  const under = ended.filter(({ percent }) => (percent ?? 0) < targetPercent);
  return (
    <>
      <ol className="hour-plot" style={columns}>
        {hours.map(({ from, due, percent }) => {
          const isUnder = due > 0 && (percent ?? 0) < targetPercent;
          const words = due === 0 ? t('hourNone', { time: clockText(from, site.timeZone) }) : t('hour', { time: clockText(from, site.timeZone), due, percent: percent ?? 0 });
          return (
            <li key={from} className={due === 0 ? 'hour-none' : isUnder ? 'hour-under' : undefined} title={words}>
              <span className="only-read">{words}</span>
              {isUnder && <span className="hour-mark"><PriorityMark priority="medium" /></span>}
              {due > 0 && <span className="hour-column" style={{ height: `${percent ?? 0}%` }} aria-hidden="true" />}
            </li>
          );
        })}
        <li className="hour-target" style={{ bottom: `${targetPercent}%` }}><span className="only-read">{t('target', { percent: targetPercent })}</span></li>
        <li className="hour-scale" style={{ bottom: `${targetPercent}%` }} aria-hidden="true">{targetPercent}%</li>
        <li className="hour-scale" style={{ bottom: 0 }} aria-hidden="true">0</li>
      </ol>
      <div className="hour-times" style={columns} aria-hidden="true">{hours.map(({ from }, index) => <span key={from}>{index % labelEvery === 0 ? clockText(from, site.timeZone) : ''}</span>)}</div>
      <p className="hour-said">{under.length === 0 ? t('allReached', { hours: ended.length, percent: targetPercent }) : <><PriorityMark priority="medium" /> {t('underTarget', { count: under.length, hours: ended.length, percent: targetPercent })}</>}</p>
    </>
  );
};
