/** Turning the enlarged camera: held buttons, or Shift with the arrows; who has it in hand, and the lock. Not there for a camera that does not turn. */
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { lockPtz, seePtz, turnCamera } from '../../../../../contract/wall.ts';
import { useAct, useEndpoint } from '../../../app/queries.ts';
import { useCan, useSession } from '../../../app/session.tsx';
import { RefusalBanner } from '../../../ui/states.tsx';
import { clockText } from '../../../ui/time-format.ts';

interface Turn {
  pan: number;
  tilt: number;
  zoom: number;
}
const still: Turn = { pan: 0, tilt: 0, zoom: 0 };
const keys: Partial<Record<string, Turn>> = { ArrowLeft: { ...still, pan: -0.5 }, ArrowRight: { ...still, pan: 0.5 }, ArrowUp: { ...still, tilt: 0.5 }, ArrowDown: { ...still, tilt: -0.5 } };
const signs = [['←', 'left', keys['ArrowLeft'] ?? still], ['→', 'right', keys['ArrowRight'] ?? still], ['↑', 'up', keys['ArrowUp'] ?? still], ['↓', 'down', keys['ArrowDown'] ?? still], ['⊕', 'closer', { ...still, zoom: 0.5 }], ['⊖', 'wider', { ...still, zoom: -0.5 }]] as const;
/** The camera stops by itself after a second: what is held asks again before. */
const againMs = 700;
const lockMinutes = 10;

/** Turns while it is held, stops when it is let go. */
const useTurning = (cameraId: string) => {
  const turn = useAct(turnCamera, [seePtz.path]);
  const { mutate } = turn;
  const timer = useRef<ReturnType<typeof setInterval> | null>(null);
  const stop = () => {
    if (timer.current === null) return;
    clearInterval(timer.current);
    timer.current = null;
    mutate({ params: { cameraId }, body: still });
  };
  const start = (body: Turn) => {
    if (timer.current !== null) return;
    mutate({ params: { cameraId }, body });
    timer.current = setInterval(() => mutate({ params: { cameraId }, body }), againMs);
  };
  const letGo = useEffectEvent(stop);
  useEffect(() => () => letGo(), []);
  return { start, stop, error: turn.error };
};

export const PtzPanel = ({ cameraId }: { cameraId: string }) => {
  const may = useCan('video.ptz.turn');
  const state = useEndpoint(seePtz, { params: { cameraId } }, { refetchMs: 5_000 });
  if (state.data?.turns !== true || may !== true) return null;
  return <Panel key={cameraId} cameraId={cameraId} hold={state.data.hold} />;
};

const Panel = ({ cameraId, hold }: { cameraId: string; hold: { by: string; mine: boolean; locked: boolean; until: number } | null }) => {
  const { t } = useTranslation('video');
  const { site } = useSession();
  const { start, stop, error } = useTurning(cameraId);
  const lock = useAct(lockPtz, [seePtz.path]);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const turn = keys[event.code];
    if (turn === undefined || !event.shiftKey || event.isComposing || document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    start(turn);
  });
  const onUp = useEffectEvent(() => stop());
  useEffect(() => {
    const down = (event: KeyboardEvent) => onKey(event);
    const up = () => onUp();
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    addEventListener('blur', up);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
      removeEventListener('blur', up);
    };
  }, []);
  const locked = hold?.locked === true;
  return (
    <div className="ptz" role="group" aria-label={t('ptz.title')}>
      {signs.map(([sign, name, turn]) => (
        <button
          key={name}
          type="button"
          className="video-button"
          aria-label={t(`ptz.${name}`)}
          onPointerDown={() => start(turn)}
          onPointerUp={stop}
          onPointerLeave={stop}
          onKeyDown={(event) => {
            if ((event.key === ' ' || event.key === 'Enter') && !event.repeat) start(turn);
          }}
          onKeyUp={stop}
          onBlur={stop}
        >
          {sign}
        </button>
      ))}
      <button type="button" className="video-button" aria-pressed={locked && hold.mine} onClick={() => lock.mutate({ params: { cameraId }, body: { minutes: locked ? 0 : lockMinutes } })}>
        {locked ? t('ptz.release') : t('ptz.lock', { count: lockMinutes })}
      </button>
      {hold !== null && !hold.mine && <span role="status">{t(hold.locked ? 'ptz.lockedBy' : 'ptz.heldBy', { name: hold.by, time: clockText(hold.until, site.timeZone) })}</span>}
      {[error, lock.error].map((one, n) => one !== null && <RefusalBanner key={n} error={one} />)}
    </div>
  );
};
