/** The wall: 1, 4, 9 or 16 cameras, live. Stands on its own page and in the middle of the home console; fills the box that it is put into. */
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listCameras, type Camera } from '../../../../../contract/video.ts';
import { useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { KeyHint, PriorityMark } from '../../../ui/marks.tsx';
import { Empty, Loading, NoRight, RefusalBanner } from '../../../ui/states.tsx';
import '../video.css';
import { captureStill, type Capture } from './capture.ts';
import { cameraTitle, LiveTile, type TileHandle } from './live-tile.tsx';
import { WallBar } from './wall-bar.tsx';
import { useWallKeys, type WallKey } from './wall-keys.ts';
import { arrange, commonAspect, fitGrid, fittingLayout, moveSelection, neighbourLayout, pageCount, pageOf, readChoice, swap, type Layout, type WallChoice } from './wall-layout.ts';
import { useWatermark } from './watermark.tsx';

const SnapshotDialog = lazy(() => import('./snapshot-dialog.tsx'));

/** keysDrawnElsewhere: the console's foot already draws F3 and Pause. */
export const Wall = ({ keysDrawnElsewhere = false }: { keysDrawnElsewhere?: boolean }) => {
  const { t } = useTranslation('video');
  const can = useCan('video.live.watch');
  const cameras = useEndpoint(listCameras, {}, { enabled: can === true, refetchMs: 15_000 });
  if (can !== true) return <NoRight reason={can} />;
  if (cameras.data === undefined) return cameras.error === null ? <Loading /> : <RefusalBanner error={cameras.error} retry={() => void cameras.refetch()} />;
  if (cameras.data.cameras.length === 0) return <NoCameras />;
  return (
    <div className="wall">
      {cameras.data.recorder === 'away' && (
        <p className="wall-away" role="alert">
          <PriorityMark priority="critical" /> {t('recorderAway')}
        </p>
      )}
      <WallGrid cameras={cameras.data.cameras} keysDrawnElsewhere={keysDrawnElsewhere} />
    </div>
  );
};

const NoCameras = () => {
  const { t } = useTranslation('video');
  const can = useCan('video.cameras.manage');
  return (
    <Empty what={t('noCameras')} act={can === true ? <Link to={'/cameras/add'}>{t('addCamera')}</Link> : null} />
  );
};

const useChoice = (): [WallChoice, (choice: WallChoice) => void] => {
  const { person } = useSession();
  const key = `vigil.wall.${person.personId}`;
  const [choice, setChoice] = useState<WallChoice>(() => readChoice(localStorage.getItem(key)));
  return [
    choice,
    useCallback(
      (next) => {
        localStorage.setItem(key, JSON.stringify(next));
        setChoice(next);
      },
      [key],
    ),
  ];
};

/** The box of the grid in CSS pixels; null before it is known. */
const useBox = (): [React.RefCallback<HTMLElement>, { width: number; height: number } | null] => {
  const [box, setBox] = useState<{ width: number; height: number } | null>(null);
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (element === null) return;
    const observer = new ResizeObserver((entries) => {
      const size = entries.at(-1)?.contentRect;
      if (size !== undefined) setBox({ width: size.width, height: size.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, box];
};

const WallGrid = ({ cameras, keysDrawnElsewhere }: { cameras: readonly Camera[]; keysDrawnElsewhere: boolean }) => {
  const { t } = useTranslation('video');
  const mayShoot = useCan('video.snapshot.take');
  const watermark = useWatermark();
  const [choice, setChoice] = useChoice();
  const [wanted, setSelected] = useState<string | null>(null);
  const [enlarged, setEnlarged] = useState(false);
  const [blank, setBlank] = useState(false);
  const [capture, setCapture] = useState<Capture | 'none' | null>(null);
  const tiles = useRef(new Map<string, TileHandle>());
  const root = useRef<HTMLDivElement>(null);

  const ids = arrange(cameras, choice.order);
  const byId = new Map(cameras.map((camera) => [camera.cameraId, camera]));
  const selected = wanted !== null && byId.has(wanted) ? wanted : (ids[0] ?? null);
  const chosen: Layout = choice.layout ?? fittingLayout(ids.length);
  const layout: Layout = enlarged ? 1 : chosen;
  const [measure, box] = useBox();
  // Whoever has chosen a number of tiles gets it, empty places and all; else the cameras fill the wall.
  const grid = fitGrid(enlarged ? 1 : (choice.layout ?? Math.min(ids.length, layout)), box?.width ?? 1_600, box?.height ?? 900, commonAspect(cameras));
  const page = pageOf(ids, selected, layout);
  const shown = ids.slice(page * layout, (page + 1) * layout);
  const turn = (step: number) => setSelected(ids[Math.min(ids.length - 1, Math.max(0, (page + step) * layout))] ?? null);
  const choose = (next: Layout) => {
    setEnlarged(false);
    setChoice({ ...choice, layout: next });
  };
  const shoot = () => {
    const camera = selected === null ? undefined : byId.get(selected);
    const still = camera === undefined ? null : (tiles.current.get(camera.cameraId)?.still() ?? null);
    if (mayShoot !== true) return;
    setCapture(camera === undefined || still === null ? 'none' : captureStill(still, { cameraId: camera.cameraId, title: cameraTitle(camera), source: 'live' }));
  };
  const onKey = (key: WallKey) => {
    if (key.act === 'blank') setBlank(!blank);
    else if (blank) return;
    else if (key.act === 'select') setSelected(moveSelection(ids, selected, key.direction, grid.columns));
    else if (key.act === 'snapshot') shoot();
    else if (key.act === 'enlarge') setEnlarged(!enlarged);
    else if (key.act === 'pageOn') turn(1);
    else if (key.act === 'pageBack') turn(-1);
    else choose(neighbourLayout(layout, key.act === 'more' ? 1 : -1));
  };
  useWallKeys(onKey);

  const shot = capture !== null && (
    <Suspense>
      <SnapshotDialog capture={capture} covered={blank} onClose={() => setCapture(null)} />
    </Suspense>
  );
  if (blank)
    return (
      <>
        <Blanked onBack={() => setBlank(false)} />
        {shot}
      </>
    );
  return (
    <>
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
          {shown.map((id) => {
            const camera = byId.get(id);
            if (camera === undefined) return null;
            return (
              <LiveTile
                key={id}
                camera={camera}
                watermark={watermark}
                selected={id === selected}
                handle={(handle) => {
                  if (handle === null) tiles.current.delete(id);
                  else tiles.current.set(id, handle);
                }}
                onSelect={() => setSelected(id)}
                onEnlarge={() => {
                  setSelected(id);
                  setEnlarged(!enlarged);
                }}
                onDropOf={(dropped) => setChoice({ layout: choice.layout, order: swap(ids, dropped, id) })}
              />
            );
          })}
          {Array.from({ length: Math.max(0, grid.columns * grid.rows - shown.length) }, (_, n) => (
            <div key={n} className="tile-empty" aria-hidden="true" />
          ))}
        </div>
        <WallBar
          layout={layout}
          page={page}
          pages={pageCount(ids.length, layout)}
          enlarged={enlarged}
          moved={choice.order.length > 0}
          keysDrawnElsewhere={keysDrawnElsewhere}
          mayShoot={mayShoot}
          onLayout={choose}
          onTurn={turn}
          onEnlarge={() => setEnlarged(!enlarged)}
          onByNumber={() => setChoice({ ...choice, order: [] })}
          onShoot={shoot}
          onBlank={() => setBlank(true)}
          fullScreenOf={root}
        />
      </div>
      {shot}
    </>
  );
};

/** Tiles are gone while it is blanked, so nothing is fetched and nothing is noted as watched. */
const Blanked = ({ onBack }: { onBack: () => void }) => {
  const { t } = useTranslation('video');
  const [before, after] = t('blank.text', { key: '\u0000' }).split('\u0000');
  return (
    <div className="wall-blank">
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
  );
};
