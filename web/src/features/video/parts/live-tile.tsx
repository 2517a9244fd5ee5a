/** One camera on the wall: picture, who and what, how fresh. A lost one keeps its last picture in grey and says since when and why (visual.md 9). */
import { useEffect, useImperativeHandle, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { DragEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { codecWord } from '../codec-word.ts';
import type { Camera } from '../../../../../contract/video.ts';
import { useLiveSocket } from '../../../app/live.tsx';
import { useSession } from '../../../app/session.tsx';
import { PriorityMark } from '../../../ui/marks.tsx';
import { useLanguage, useSay } from '../../../ui/say.ts';
import { clockSecondsText, momentText, spanText } from '../../../ui/time-format.ts';
import type { Still } from '../live/live-player.ts';
import { LiveTileFeed } from '../live/live-tile-feed.ts';
import { pictureTroubles } from '../live/picture-troubles.ts';
import type { LostCause, TileState } from '../live/tile-state.ts';
import { afterWheel, noZoom, zoomStyle, type Zoom } from './digital-zoom.ts';
import { Watermark } from './watermark.tsx';

export interface TileHandle {
  /** In the resolution that is recorded. */
  still(): Promise<Still | null>;
}
export const cameraTitle = ({ number, name }: Pick<Camera, 'number' | 'name'>): string => `${String(number).padStart(2, '0')} ${name}`;

/** The feed lives as long as the tile; it watches only while the tile is in view and the window is in front. */
const useFeed = (camera: Camera & { delayLimitMs?: number }, host: React.RefObject<HTMLDivElement | null>): { state: TileState; feed: React.RefObject<LiveTileFeed | null> } => {
  const socket = useLiveSocket();
  const feed = useRef<LiveTileFeed | null>(null);
  const [subscribed, setSubscribed] = useState<LiveTileFeed | null>(null);
  const first = useRef(camera);
  const { cameraId } = camera;
  useEffect(() => {
    const box = host.current;
    if (box === null) return;
    const made = new LiveTileFeed(socket, { ...first.current, cameraId }, location.search);
    feed.current = made;
    if (made.surface !== null) box.replaceChildren(made.surface);
    setSubscribed(made);
    const measure = () => made.measured(box.clientWidth, window.innerWidth);
    measure();
    const resizes = new ResizeObserver(measure);
    resizes.observe(box);
    let inView = true;
    const decide = () => {
      if (inView && document.visibilityState === 'visible') made.start();
      else made.stop();
    };
    const observer = new IntersectionObserver((entries) => {
      inView = entries.at(-1)?.isIntersecting ?? inView;
      decide();
    });
    observer.observe(box);
    document.addEventListener('visibilitychange', decide);
    decide();
    return () => {
      observer.disconnect();
      resizes.disconnect();
      document.removeEventListener('visibilitychange', decide);
      feed.current = null;
      made.close();
    };
  }, [socket, cameraId, host]);
  useEffect(() => {
    first.current = camera;
    feed.current?.setCamera(camera);
  }, [camera]);
  const state = useSyncExternalStore<TileState>(subscribed?.subscribe ?? noStore, () => subscribed?.state ?? waiting);
  return { state, feed };
};
const waiting: TileState = { kind: 'waiting', forMs: 0 };
const noStore = () => () => undefined;

export interface LiveTileProps {
  camera: Camera;
  watermark: string;
  selected: boolean;
  handle: Ref<TileHandle>;
  onSelect: () => void;
  onEnlarge: () => void;
  onDropOf: (cameraId: string) => void;
  /** Tiles of the grid that it covers each way. */
  size?: number;
  pinned?: boolean;
  /** An alarm of this camera waits for an answer. */
  alarmed?: boolean;
  /** What the room allows a picture to be behind. */
  delayLimitMs?: number;
  /** In the corner, above the others. */
  inset?: boolean;
  zoom?: Zoom;
  onZoom?: (zoom: Zoom) => void;
}
const dragType = 'application/x-vigil-camera';

export const LiveTile = ({ camera, watermark, selected, handle, onSelect, onEnlarge, onDropOf, size = 1, pinned = false, alarmed = false, delayLimitMs, inset = false, zoom = noZoom, onZoom }: LiveTileProps) => {
  const host = useRef<HTMLDivElement>(null);
  const watched = useMemo(() => (delayLimitMs === undefined ? camera : { ...camera, delayLimitMs }), [camera, delayLimitMs]);
  const { state, feed } = useFeed(watched, host);
  useEffect(() => pictureTroubles.report(camera.cameraId, state.kind), [camera.cameraId, state.kind]);
  useEffect(() => () => pictureTroubles.report(camera.cameraId, null), [camera.cameraId]);
  useImperativeHandle(handle, () => ({ still: async () => (await feed.current?.sharpStill()) ?? null }), [feed]);
  const [over, setOver] = useState(false);
  const title = cameraTitle(camera);
  const words = useStateWords(state);
  const { t } = useTranslation('video');
  const drag = {
    draggable: true,
    onDragStart: (event: DragEvent) => event.dataTransfer.setData(dragType, camera.cameraId),
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(dragType)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const dropped = event.dataTransfer.getData(dragType);
      if (dropped !== '' && dropped !== camera.cameraId) onDropOf(dropped);
    },
  };
  return (
    <div
      className={`tile tile-${state.kind}${selected ? ' tile-selected' : ''}${over ? ' tile-over' : ''}${alarmed ? ' tile-alarmed' : ''}${inset ? ' tile-inset' : ''}`}
      style={size === 1 ? undefined : { gridColumn: `span ${String(size)}`, gridRow: `span ${String(size)}` }}
      onWheel={onZoom === undefined ? undefined : (event) => onZoom(afterWheel(zoom, event.deltaY, event.currentTarget.getBoundingClientRect(), event))}
      data-camera={camera.cameraId}
      role="option"
      aria-selected={selected}
      aria-label={t('tile.select', { number: camera.number, name: camera.name, state: words })}
      onClick={onSelect}
      onDoubleClick={onEnlarge}
      {...drag}
    >
      <div className="tile-picture" ref={host} style={zoomStyle(zoom)} />
      <Watermark text={watermark} />
      <span className="tile-name">
        {pinned && (
          <span className="tile-pin" role="img" aria-label={t('tile.pinned')}>
            ⚲{' '}
          </span>
        )}
        {title}
        {zoom.scale > 1 && ` · ${zoom.scale.toFixed(1)}×`}
      </span>
      {alarmed && (
        <strong className="tile-alarm">
          <PriorityMark priority="critical" /> {t('tile.alarmed')}
        </strong>
      )}
      <TileFigure state={state} />
      {state.kind === 'lost' && <Lost state={state} />}
      {state.kind === 'waiting' && <span className="tile-note">{t('tile.waiting')}</span>}
    </div>
  );
};

const useStateWords = (state: TileState): string => {
  const { t } = useTranslation('video');
  const language = useLanguage();
  if (state.kind === 'lost') return `${t('tile.lost')} ${spanText(state.forMs, language)}`;
  if (state.kind === 'stale') return t('tile.stale', { seconds: (state.ageMs / 1_000).toFixed(1) });
  if (state.kind === 'frozen') return t('tile.frozen', { span: spanText(state.forMs, language) });
  return state.kind === 'waiting' ? t('tile.waiting') : t('tile.live');
};

/** Upper right: a muted figure while all is well, a coloured word when it is not. */
const TileFigure = ({ state }: { state: TileState }) => {
  const { t } = useTranslation('video');
  const language = useLanguage();
  if (state.kind === 'frozen')
    return (
      <span className="tile-figure tile-figure-stale" title={t('tile.frozenTitle')}>
        <PriorityMark priority="medium" />
        {t('tile.frozen', { span: spanText(state.forMs, language) })}
      </span>
    );
  if (state.kind === 'live' && state.thinned)
    return (
      <span className="tile-figure tile-figure-stale" title={t('cause.overloaded')}>
        <PriorityMark priority="medium" />
        {t('tile.age', { ms: Math.round(state.ageMs ?? 0) })}
      </span>
    );
  if (state.kind === 'live' && state.ageMs !== null)
    return (
      <span className="tile-figure" title={t('tile.ageTitle')}>
        <span aria-hidden="true">●</span> {t('tile.age', { ms: Math.round(state.ageMs) })}
      </span>
    );
  if (state.kind !== 'stale') return null;
  return (
    <span className="tile-figure tile-figure-stale">
      <PriorityMark priority="medium" />
      {t('tile.stale', { seconds: (state.ageMs / 1_000).toFixed(1) })}
    </span>
  );
};

const Lost = ({ state }: { state: Extract<TileState, { kind: 'lost' }> }) => {
  const { t } = useTranslation('video');
  const language = useLanguage();
  const { site } = useSession();
  const why = useCause(state.cause);
  const calm = state.cause.kind === 'off' || state.cause.kind === 'refused';
  const { lastFrameAt, receivedAt, forMs, cause } = state;
  // Yesterday's picture must not be taken for tonight's: from a day on the date stands before the time.
  const moment = (at: number) => (forMs < 43_200_000 ? clockSecondsText(at, site.timeZone) : momentText(at, site.timeZone));
  // What this browser cannot show says nothing about whether pictures come.
  const ours = cause.kind === 'undecodable' || cause.kind === 'decoder' || cause.kind === 'overloaded';
  const last =
    lastFrameAt !== null ? t('tile.lastFrame', { time: moment(lastFrameAt) }) : receivedAt !== null ? t('tile.lastReceived', { time: moment(receivedAt) }) : ours ? null : t('tile.noFrame');
  return (
    <div className={calm ? 'lost lost-calm' : 'lost'} role="status" aria-live="off">
      {state.cause.kind === 'refused' ? null : (
        <strong>
          <PriorityMark priority={calm ? 'medium' : 'high'} />
          {calm ? null : `${t('tile.lost')} `}
          <time>{spanText(forMs, language)}</time>
        </strong>
      )}
      <span>{why}</span>
      {cause.kind === 'refused' || last === null ? null : <span className="lost-last">{last}</span>}
    </div>
  );
};

export const useCause = (cause: LostCause): string => {
  const { t } = useTranslation('video');
  const { t: tApp } = useTranslation('app');
  const say = useSay();
  if (cause.kind === 'reason') return tApp(`gapReason.${cause.reason}`);
  if (cause.kind === 'refused') return say(cause);
  if (cause.kind === 'undecodable') return t('cause.undecodable', { codec: codecWord(cause.codec) });
  return t(`cause.${cause.kind}`);
};
