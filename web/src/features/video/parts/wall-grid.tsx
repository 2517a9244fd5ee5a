/** The pictures of the wall with their bar; what covers it when outsiders are in the room. */
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../../../contract/video.ts';
import { makeBookmark } from '../../../../../contract/wall.ts';
import { useLiveSocket } from '../../../app/live.tsx';
import { useAct } from '../../../app/queries.ts';
import { useCan } from '../../../app/session.tsx';
import { KeyHint } from '../../../ui/marks.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { captureStill, type Capture } from './capture.ts';
import { noZoom } from './digital-zoom.ts';
import { KeysHelp } from './keys-help.tsx';
import { LayoutDialog } from './layout-dialog.tsx';
import { cameraTitle, LiveTile, type TileHandle } from './live-tile.tsx';
import { PtzPanel } from './ptz-panel.tsx';
import { useBox } from './use-box.ts';
import { useCover, type SeenWall } from './use-cover.ts';
import { useWall, type WallState } from './use-wall.ts';
import { openNextWindow, useWindowNumber } from './use-wall-choice.ts';
import { WallBar } from './wall-bar.tsx';
import { useWallKeys, type WallKey } from './wall-keys.ts';
import { commonAspect, fitLayout, fittingLayout } from './wall-layout.ts';
import { cellsOf } from './wall-screens.ts';
import { useWatermark } from './watermark.tsx';

const SnapshotDialog = lazy(() => import('./snapshot-dialog.tsx'));
type Open = 'help' | 'layouts' | null;
const coveredKeys: ReadonlySet<WallKey['act']> = new Set(['blank', 'help']);

export const WallGrid = ({ cameras, known, keysDrawnElsewhere }: { cameras: readonly Camera[]; known: SeenWall; keysDrawnElsewhere: boolean }) => {
  const [covered, cover] = useCover(known);
  const [open, setOpen] = useState<Open>(null);
  const [capture, setCapture] = useState<Capture | 'none' | null>(null);
  const wall = useWall(cameras);
  const tiles = useRef(new Map<string, TileHandle>());
  const byId = new Map(cameras.map((camera) => [camera.cameraId, camera]));
  const mayShoot = useCan('video.snapshot.take');
  const mark = useMark();
  const [measure, box] = useBox();
  const { selected, layout, enlarged, choice } = wall;
  const cells = enlarged ? 1 : (choice.layout ?? Math.min(wall.ids.length, layout));
  const grid = fitLayout(layout, cells, { widthPx: box?.width ?? 1_600, heightPx: box?.height ?? 900, aspect: commonAspect(cameras) });
  const shoot = async () => {
    if (mayShoot !== true) return;
    const camera = selected === null ? undefined : byId.get(selected);
    const still = camera === undefined ? null : ((await tiles.current.get(camera.cameraId)?.still()) ?? null);
    setCapture(camera === undefined || still === null ? 'none' : captureStill(still, { cameraId: camera.cameraId, title: cameraTitle(camera), source: 'live' }));
  };
  const acts: Record<Exclude<WallKey['act'], 'select'>, () => void> = {
    blank: cover, snapshot: () => void shoot(), enlarge: () => wall.enlarge(), more: () => wall.more(1), fewer: () => wall.more(-1), pageOn: () => wall.turn(1), pageBack: () => wall.turn(-1), pin: wall.pin, tour: wall.tour,
    layouts: () => setOpen('layouts'), help: () => setOpen('help'), mark: () => mark.press(selected),
  };
  useWallKeys((key) => {
    if (covered && !coveredKeys.has(key.act)) return;
    if (key.act === 'select') wall.walk(key.direction, grid.columns);
    else acts[key.act]();
  });
  return (
    <>
      {covered ? (
        <Covered known={known} cameras={byId} onBack={cover} />
      ) : (
        <Pictures wall={wall} byId={byId} tiles={tiles} grid={grid} cells={cells} measure={measure} keysDrawnElsewhere={keysDrawnElsewhere} onShoot={() => void shoot()} onCover={cover} onOpen={setOpen} said={mark.said} delayLimitMs={known.liveDelaySeconds * 1_000} />
      )}
      {open === 'help' && <WallHelp onClose={() => setOpen(null)} />}
      {open === 'layouts' && !covered && <LayoutDialog known={known} choice={choice} layout={wall.chosen} ids={wall.ids} onChoose={wall.take} onClose={() => setOpen(null)} />}
      {capture !== null && (
        <Suspense>
          <SnapshotDialog capture={capture} covered={covered} onClose={() => setCapture(null)} />
        </Suspense>
      )}
    </>
  );
};

interface PicturesProps {
  wall: WallState;
  byId: ReadonlyMap<string, Camera>;
  tiles: React.RefObject<Map<string, TileHandle>>;
  grid: { columns: number; rows: number; tileWidthPx: number; tileHeightPx: number };
  cells: number;
  measure: React.RefCallback<HTMLElement>;
  keysDrawnElsewhere: boolean;
  onShoot: () => void;
  onCover: () => void;
  onOpen: (what: Open) => void;
  said: React.ReactNode;
  delayLimitMs: number;
}
const Pictures = ({ wall, byId, tiles, grid, cells, measure, keysDrawnElsewhere, onShoot, onCover, onOpen, said, delayLimitMs }: PicturesProps) => {
  const { t } = useTranslation('video');
  const watermark = useWatermark();
  const root = useRef<HTMLDivElement>(null);
  const mayShoot = useCan('video.snapshot.take');
  const number = useWindowNumber();
  const { shown, selected, layout, enlarged, choice, zoom } = wall;
  const places = cellsOf(layout, grid.columns, Math.max(cells, shown.length));
  const empty = Math.max(0, (enlarged ? 1 : Math.max(cells, layout === cells ? layout : grid.columns * grid.rows)) - shown.length);
  return (
    <div className="wall-body" ref={root}>
      <div
        ref={measure}
        className="wall-grid"
        role="listbox"
        aria-label={t('wall')}
        aria-orientation="horizontal"
        tabIndex={0}
        data-layout={layout}
        style={{ '--columns': grid.columns, '--rows': grid.rows, '--tile-width': `${String(grid.tileWidthPx)}px`, '--tile-height': `${String(grid.tileHeightPx)}px` } as React.CSSProperties}
      >
        {shown.map((id, place) => {
          const camera = byId.get(id);
          if (camera === undefined) return null;
          return (
            <LiveTile
              key={id}
              camera={camera}
              watermark={watermark}
              selected={id === selected}
              size={places[place]?.size ?? 1}
              pinned={choice.pinned.includes(id)}
              alarmed={wall.alarmed.includes(id)}
              delayLimitMs={delayLimitMs}
              zoom={enlarged ? zoom : noZoom}
              {...(enlarged ? { onZoom: wall.setZoom } : {})}
              handle={(handle) => {
                if (handle === null) tiles.current.delete(id);
                else tiles.current.set(id, handle);
              }}
              onSelect={() => wall.select(id)}
              onEnlarge={() => wall.enlarge(id)}
              onDropOf={(dropped) => wall.drop(dropped, id)}
            />
          );
        })}
        {Array.from({ length: empty }, (_, n) => (
          <div key={n} className="tile-empty" aria-hidden="true" />
        ))}
      </div>
      {wall.inset !== null && <Inset wall={wall} camera={byId.get(wall.inset)} watermark={watermark} delayLimitMs={delayLimitMs} />}
      {enlarged && selected !== null && <PtzPanel cameraId={selected} />}
      {said}
      <WallBar
        layout={layout}
        page={wall.page}
        pages={enlarged ? 1 : wall.screens.length}
        enlarged={enlarged}
        moved={choice.order.length > 0 || choice.pinned.length > 0}
        tourSeconds={choice.tourSeconds}
        pinned={selected !== null && choice.pinned.includes(selected)}
        keysDrawnElsewhere={keysDrawnElsewhere}
        mayShoot={mayShoot}
        onLayout={wall.choose}
        onTurn={wall.turn}
        onEnlarge={() => wall.enlarge()}
        onPin={wall.pin}
        onTour={wall.tour}
        onLayouts={() => onOpen('layouts')}
        onHelp={() => onOpen('help')}
        onWindow={() => openNextWindow(number)}
        onByNumber={wall.byNumber}
        onShoot={onShoot}
        onBlank={onCover}
        fullScreenOf={root}
      />
    </div>
  );
};

/** The camera of an alarm when no place was free: above the others, the selection stays where it is. */
const Inset = ({ wall, camera, watermark, delayLimitMs }: { wall: WallState; camera: Camera | undefined; watermark: string; delayLimitMs: number }) =>
  camera === undefined ? null : (
    <LiveTile camera={camera} watermark={watermark} selected={false} alarmed inset delayLimitMs={delayLimitMs} handle={null} onSelect={() => wall.select(camera.cameraId)} onEnlarge={() => wall.select(camera.cameraId)} onDropOf={() => undefined} />
  );

/** One key: this camera, this moment, looked suspicious. It stands in the ledger and in the duty log at once. */
const useMark = () => {
  const { t } = useTranslation('video');
  const socket = useLiveSocket();
  const mark = useAct(makeBookmark, ['/api/video/bookmarks', '/api/duty']);
  const may = useCan('video.marks.make');
  return {
    press: (cameraId: string | null) => {
      if (cameraId !== null && may === true) mark.mutate({ body: { cameraId, frameAt: Math.round(socket.serverNow()), kind: 'suspicious', note: '', source: 'live' } });
    },
    said:
      mark.error !== null ? (
        <RefusalBanner error={mark.error} />
      ) : mark.data === undefined ? null : (
        <p key={mark.data.bookmarkId} className="wall-said" role="status">
          {t('marked', { camera: mark.data.cameraName })}
        </p>
      ),
  };
};

/** Outsiders see the guest layout and nothing else; without one, nothing. Tiles that are gone fetch nothing and are not noted as watched. */
const Covered = ({ known, cameras, onBack }: { known: SeenWall; cameras: ReadonlyMap<string, Camera>; onBack: () => void }) => {
  const { t } = useTranslation('video');
  const watermark = useWatermark();
  const [measure, box] = useBox();
  const [before, after] = t('blank.text', { key: '\u0000' }).split('\u0000');
  const guest = known.layouts.find((one) => one.guest);
  const shown = (known.cover?.shown ?? guest?.places.slice(0, guest.shape) ?? []).flatMap((id) => (id === null ? [] : (cameras.get(id) ?? [])));
  const layout = fittingLayout(shown.length);
  const grid = fitLayout(layout, Math.max(1, shown.length), { widthPx: box?.width ?? 1_600, heightPx: box?.height ?? 900, aspect: commonAspect(shown) });
  return (
    <div className="wall-body">
      {shown.length > 0 && (
        <div ref={measure} className="wall-grid" role="listbox" aria-label={t('blank.guests')} tabIndex={0} style={{ '--columns': grid.columns, '--rows': grid.rows, '--tile-width': `${String(grid.tileWidthPx)}px`, '--tile-height': `${String(grid.tileHeightPx)}px` } as React.CSSProperties}>
          {shown.map((camera) => (
            <LiveTile key={camera.cameraId} camera={camera} watermark={watermark} selected={false} handle={null} onSelect={() => undefined} onEnlarge={() => undefined} onDropOf={() => undefined} />
          ))}
        </div>
      )}
      <div className={shown.length > 0 ? 'wall-blank wall-blank-foot' : 'wall-blank'}>
        <h2>{t('blank.title')}</h2>
        <p>
          {before}
          <KeyHint keyName="Pause" />
          {after}
        </p>
        <button type="button" className="video-button" onClick={onBack}>
          {t('blank.back')}
        </button>
      </div>
    </div>
  );
};

const WallHelp = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation('video');
  const rows = [
    ['↑ ↓ ← →', t('help.select')], ['*', t('help.enlarge')], ['+ −', t('help.more')], ['PgUp PgDn', t('help.pages')], ['Home', t('help.pin')], ['/', t('help.tour')], ['End', t('help.layouts')],
    ['F3', t('help.snapshot')], ['Insert', t('help.mark')], ['Pause', t('help.cover')], ['Shift ↑↓←→', t('help.ptz')], ['?', t('help.help')],
  ] as const;
  return <KeysHelp rows={rows} onClose={onClose} />;
};
