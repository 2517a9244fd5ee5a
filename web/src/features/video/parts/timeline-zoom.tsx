/** Under the timeline: how much of it is seen, for fingers and for the keyboard, and what its colours and hatches mean. */
import { useTranslation } from 'react-i18next';
import type { Span } from '../playback/footage-map.ts';
import { centred, zoom } from '../playback/timeline-geometry.ts';

const minute = 60_000;
const lengths = [
  ['24 h', 1_440 * minute],
  ['6 h', 360 * minute],
  ['1 h', 60 * minute],
  ['10 min', 10 * minute],
  ['1 min', minute],
] as const;

export const TimelineZoom = ({ view, around, onView }: { view: Span; around: number | null; onView: (view: Span) => void }) => {
  const { t } = useTranslation('video');
  const middle = around !== null && around >= view.from && around <= view.until ? around : (view.from + view.until) / 2;
  const length = view.until - view.from;
  return (
    <div className="timeline-foot">
      <span className="timeline-zoom" role="group">
        <button type="button" className="video-button" aria-label={t('playback.zoomOut')} title={t('playback.zoomOut')} onClick={() => onView(zoom(view, middle, 2))}>
          −
        </button>
        {lengths.map(([label, ms]) => (
          <button key={label} type="button" className="video-button" aria-pressed={Math.abs(length - ms) < 1_000} onClick={() => onView(centred(middle, ms))}>
            {label}
          </button>
        ))}
        <button type="button" className="video-button" aria-label={t('playback.zoomIn')} title={t('playback.zoomIn')} onClick={() => onView(zoom(view, middle, 0.5))}>
          +
        </button>
      </span>
      <ul className="legend" aria-label={t('timeline.legend')}>
        <li>
          <i className="legend-recorded" /> {t('timeline.recorded')}
        </li>
        <li>
          <i className="legend-camera" /> {t('timeline.ofCamera')}
        </li>
        <li>
          <i className="legend-recorder" /> {t('timeline.ofRecorder')}
        </li>
        <li>
          <i className="legend-act" /> {t('timeline.ofAct')}
        </li>
        <li>
          <i className="legend-hole" /> {t('timeline.unexplained')}
        </li>
      </ul>
    </div>
  );
};
