/** The timeline of one camera: wheel looks closer, dragging moves, a click goes there; under the pointer it says what is there and why. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { PointerEvent as ReactPointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { useLanguage } from '../../../ui/say.ts';
import { useTheme } from '../../../ui/theme.tsx';
import { spanText } from '../../../ui/time-format.ts';
import { gapSpans, isGrowing, openSpan, placeAt, recordedSpans, unexplained, type FootageMap, type GapSpan, type Span } from '../playback/footage-map.ts';
import { gapClass } from '../playback/gap-class.ts';
import { clockText, dateTimeText } from '../playback/site-time.ts';
import { gapUnder, pan, timeAt, zoom } from '../playback/timeline-geometry.ts';
import { paintTimeline, readColours, timelineHeightPx, type TimelineColours } from '../playback/timeline-paint.ts';

export interface TimelineProps {
  camera: string;
  map: FootageMap;
  view: Span;
  /** The server's clock. */
  now: number;
  /** Read for each drawn frame, without a render of React. */
  playhead: () => number | null;
  /** Where it stands, for those who listen: moves in steps while it plays. */
  at: number | null;
  playing: boolean;
  onView: (view: Span) => void;
  onSeek: (at: number) => void;
  /** A small picture of a moment that was recorded. */
  thumbnail?: (at: number) => React.ReactNode;
}
/** Less than this is a click, more is a drag. */
const dragPx = 4;

const spansOf = (map: FootageMap) => {
  const open = openSpan(map);
  const gaps = gapSpans(map.gaps, map.now);
  return {
    recorded: recordedSpans(map.segments.filter((segment) => !isGrowing(segment))),
    growing: [...map.segments.filter(isGrowing), ...(open === null ? [] : [open])],
    gaps,
    unexplained: unexplained(map),
  };
};

export const Timeline = ({ camera, map, view, now, playhead, at, playing, onView, onSeek, thumbnail }: TimelineProps) => {
  const { t } = useTranslation('video');
  const { site } = useSession();
  const { name: theme } = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useRef<{ theme: string; values: TimelineColours } | null>(null);
  const [hover, setHover] = useState<{ x: number; at: number; width: number } | null>(null);
  const drag = useRef<{ x: number; view: Span; moved: boolean } | null>(null);
  const spans = spansOf(map);
  const spoken = useSpoken(map, at === null || !playing ? at : Math.floor(at / spokenStepMs) * spokenStepMs);

  const paint = useEffectEvent(() => {
    if (canvas.current === null) return;
    if (colours.current?.theme !== theme) colours.current = { theme, values: readColours(canvas.current) };
    paintTimeline(canvas.current, { view, zone: site.timeZone, ...spans, now, playhead: playhead(), hover: hover?.at ?? null, colours: colours.current.values });
  });
  useEffect(() => {
    let frame = requestAnimationFrame(function next() {
      paint();
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  // A passive listener could not keep the page from scrolling.
  const wheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault();
    const width = canvas.current?.clientWidth ?? 1;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    if (sideways) onView(pan(view, ((event.deltaX === 0 ? event.deltaY : event.deltaX) / width) * (view.until - view.from)));
    else onView(zoom(view, timeAt(view, width, event.offsetX), Math.exp(Math.max(-1, Math.min(1, event.deltaY / 300)))));
  });
  useEffect(() => {
    const element = canvas.current;
    const listen = (event: WheelEvent) => wheel(event);
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, []);

  const place = (event: ReactPointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, width: box.width };
  };
  const onMove = (event: ReactPointerEvent<HTMLCanvasElement>) => {
    const { x, width } = place(event);
    const held = drag.current;
    if (held !== null && (held.moved || Math.abs(x - held.x) >= dragPx)) {
      held.moved = true;
      onView(pan(held.view, ((held.x - x) / width) * (held.view.until - held.view.from)));
      setHover(null);
    } else setHover({ x, at: timeAt(view, width, x), width });
  };
  const onUp = (event: ReactPointerEvent<HTMLCanvasElement>) => {
    const { x, width } = place(event);
    if (drag.current?.moved === false) onSeek(Math.min(now, timeAt(view, width, x)));
    drag.current = null;
  };
  return (
    <div className="timeline">
      <canvas
        ref={canvas}
        height={timelineHeightPx}
        role="slider"
        tabIndex={0}
        aria-valuemin={0}
        aria-valuemax={Math.round((view.until - view.from) / 1_000)}
        aria-valuenow={Math.round((Math.min(view.until, Math.max(view.from, at ?? view.from)) - view.from) / 1_000)}
        aria-valuetext={spoken}
        aria-keyshortcuts="ArrowLeft ArrowRight PageUp PageDown"
        aria-label={t('timeline.label', { camera, from: dateTimeText(site.timeZone, view.from), until: dateTimeText(site.timeZone, view.until) })}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: place(event).x, view, moved: false };
        }}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={() => {
          drag.current = null;
        }}
        onPointerLeave={() => setHover(null)}
      />
      {hover !== null && <Tip hover={hover} gap={gapUnder(spans.gaps, view, hover.width, hover.x)} hole={spans.unexplained.find((span) => hover.at >= span.from && hover.at < span.until) ?? null} picture={placeAt(map, hover.at).kind === 'recorded' ? (thumbnail?.(hover.at) ?? null) : null} />}
    </div>
  );
};
/** How often the words change while it plays: a screen reader reads each change out. */
const spokenStepMs = 10_000;

const useSpoken = (map: FootageMap, at: number | null): string => {
  const { t } = useTranslation('video');
  const { t: tApp } = useTranslation('app');
  const { site } = useSession();
  if (at === null) return t('playback.loading');
  const place = placeAt(map, at);
  const words =
    place.kind === 'gap' ? `${t('timeline.gap')} ${tApp(`gapReason.${place.gap.reason}`)}` : place.kind === 'recorded' ? t('timeline.recorded') : place.kind === 'open' ? t('timeline.open') : t('timeline.none');
  return `${dateTimeText(site.timeZone, at)} ${words}`;
};

const Tip = ({ hover, gap, hole, picture }: { hover: { x: number; at: number; width: number }; gap: GapSpan | null; hole: Span | null; picture: React.ReactNode }) => {
  const { t } = useTranslation('video');
  const { t: tApp } = useTranslation('app');
  const language = useLanguage();
  const { site } = useSession();
  const zone = site.timeZone;
  const edge = hover.x > hover.width - 260 ? { right: hover.width - hover.x + 8 } : { left: hover.x + 8 };
  const lost = gap ?? hole;
  return (
    <div className="timeline-tip" style={edge} role="status" aria-live="off">
      {picture}
      <time>{clockText(zone, hover.at)}</time>
      {lost !== null && (
        <>
          <strong>
            <PriorityMark priority={gap === null || gapClass(gap.reason) === 'recorder' ? 'critical' : gapClass(gap.reason) === 'camera' ? 'high' : 'medium'} />
            {gap === null ? t('timeline.unexplained') : tApp(`gapReason.${gap.reason}`)}
          </strong>
          <span>
            {clockText(zone, lost.from)} – {gap?.open === true ? t('timeline.still') : clockText(zone, lost.until)} · {spanText(lost.until - lost.from, language)}
          </span>
          {gap !== null && gap.rows > 1 && <span className="dim">{t('timeline.times', { count: gap.rows })}</span>}
          {gap !== null && gap.detail !== '' && <span className="dim">{gap.detail}</span>}
        </>
      )}
    </div>
  );
};
