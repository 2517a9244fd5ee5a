/** Under the pictures: how many, which page, and the keys that do it, drawn as they are on the keyboard (visual.md 6). */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Wording } from '../../../app/feature.ts';
import { KeyHint, PriorityMark } from '../../../ui/marks.tsx';
import { useSay } from '../../../ui/say.ts';
import { anyThinned } from '../live/measuring-port.ts';
import { layouts, type Layout } from './wall-layout.ts';

export interface WallBarProps {
  layout: Layout;
  page: number;
  pages: number;
  enlarged: boolean;
  moved: boolean;
  tourSeconds: number | null;
  pinned: boolean;
  keysDrawnElsewhere: boolean;
  mayShoot: true | Wording;
  onLayout: (layout: Layout) => void;
  onTurn: (step: 1 | -1) => void;
  onEnlarge: () => void;
  onPin: () => void;
  onTour: () => void;
  onLayouts: () => void;
  onHelp: () => void;
  onWindow: () => void;
  onByNumber: () => void;
  onShoot: () => void;
  onBlank: () => void;
  fullScreenOf: React.RefObject<HTMLElement | null>;
}

export const WallBar = (props: WallBarProps) => {
  const { t } = useTranslation('video');
  const { layout, page, pages, enlarged } = props;
  return (
    <div className="wall-bar" role="toolbar" aria-label={t('wall')}>
      <span className="wall-layouts" role="group" aria-label={t('wallBar.layout')}>
        {layouts.map((count) => (
          <button key={count} type="button" className="video-button" aria-pressed={count === layout && !enlarged} aria-label={t('wallBar.layoutOf', { count })} onClick={() => props.onLayout(count)}>
            {count}
          </button>
        ))}
        <span className="wall-hints">
          <kbd>+</kbd> <kbd>−</kbd>
        </span>
      </span>
      {pages > 1 && (
        <span className="wall-pages">
          <button type="button" className="video-button" aria-label={t('wallBar.previous')} disabled={page === 0} onClick={() => props.onTurn(-1)}>
            ‹
          </button>
          <span className="tabular">{t('wallBar.page', { page: page + 1, pages })}</span>
          <button type="button" className="video-button" aria-label={t('wallBar.next')} disabled={page === pages - 1} onClick={() => props.onTurn(1)}>
            ›
          </button>
        </span>
      )}
      <button type="button" className="video-button" aria-pressed={enlarged} onClick={props.onEnlarge}>
        <KeyHint keyName="*">{enlarged ? t('wallBar.shrink') : t('wallBar.enlarge')}</KeyHint>
      </button>
      <button type="button" className="video-button" aria-pressed={props.pinned} onClick={props.onPin}>
        <KeyHint keyName="Home">{t('wallBar.pin')}</KeyHint>
      </button>
      {(pages > 1 || props.tourSeconds !== null) && (
        <button type="button" className="video-button" aria-pressed={props.tourSeconds !== null} onClick={props.onTour}>
          <KeyHint keyName="/">{props.tourSeconds === null ? t('wallBar.tour') : t('wallBar.touring', { count: props.tourSeconds })}</KeyHint>
        </button>
      )}
      <button type="button" className="video-button" onClick={props.onLayouts}>
        <KeyHint keyName="End">{t('wallBar.layouts')}</KeyHint>
      </button>
      {props.moved && (
        <button type="button" className="video-button" onClick={props.onByNumber}>
          {t('wallBar.byNumber')}
        </button>
      )}
      <span className="wall-hints">
        <KeyHint keyName="↑↓←→">{t('wallBar.select')}</KeyHint>
      </span>
      <ShotAndBlank {...props} />
      <Behind />
      <span className="wall-right">
        <button type="button" className="video-button" onClick={props.onWindow}>
          {t('wallBar.window')}
        </button>
        <FullScreen of={props.fullScreenOf} />
        <button type="button" className="video-button" aria-label={t('help.title')} onClick={props.onHelp}>
          <kbd>?</kbd>
        </button>
      </span>
    </div>
  );
};

/** The console's foot draws these two keys already; by finger they are needed here nevertheless. */
const ShotAndBlank = ({ keysDrawnElsewhere, mayShoot, onShoot, onBlank }: WallBarProps) => {
  const { t } = useTranslation('video');
  const say = useSay();
  const allowed = mayShoot === true;
  return (
    <>
      <button
        type="button"
        className={keysDrawnElsewhere ? 'video-button wall-touch' : 'video-button'}
        aria-disabled={!allowed}
        title={allowed ? undefined : say(mayShoot)}
        onClick={allowed ? onShoot : undefined}
      >
        <KeyHint keyName="F3">{t('wallBar.snapshot')}</KeyHint>
      </button>
      <button type="button" className={keysDrawnElsewhere ? 'video-button wall-touch' : 'video-button'} onClick={onBlank}>
        <KeyHint keyName="Pause">{t('wallBar.blank')}</KeyHint>
      </button>
    </>
  );
};

/** One word for the whole wall when the computer in front of it is too slow. */
const Behind = () => {
  const { t } = useTranslation('video');
  const [behind, setBehind] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setBehind(anyThinned()), 2_000);
    return () => clearInterval(timer);
  }, []);
  if (!behind) return null;
  return (
    <span className="wall-behind" role="status">
      <PriorityMark priority="medium" /> {t('cause.overloaded')}
    </span>
  );
};

const FullScreen = ({ of }: { of: React.RefObject<HTMLElement | null> }) => {
  const { t } = useTranslation('video');
  const [full, setFull] = useState(false);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const toggle = () => void (full ? document.exitFullscreen() : of.current?.requestFullscreen())?.catch(() => undefined);
  return (
    <button type="button" className="video-button wall-full" onClick={toggle}>
      {full ? t('wallBar.leaveFullScreen') : t('wallBar.fullScreen')}
    </button>
  );
};
