/** Under the picture: play, step, speed, gaps, snapshot, each with its key. Above it: camera, day, time typed by hand. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '../../../../../contract/video.ts';
import type { Wording } from '../../../app/feature.ts';
import { useSession } from '../../../app/session.tsx';
import { useSay } from '../../../ui/say.ts';
import { mostInStep } from '../playback/in-step.ts';
import { addDays, dateText, dayAround, parseTyped } from '../playback/site-time.ts';
import { cameraTitle } from './live-tile.tsx';
import type { PlaybackAct } from './playback-keys.ts';

export const speeds = [0.25, 0.5, 1, 2, 4, 8, 16] as const;
export const neighbourSpeed = (speed: number, step: 1 | -1): number => speeds[speeds.findIndex((known) => known === speed) + step] ?? speed;

/** A press by mouse leaves the focus where it is, so that the space bar goes on playing and pausing. */
const keepFocus = (event: React.MouseEvent) => event.preventDefault();

interface ControlsProps {
  playing: boolean;
  speed: number;
  mayShoot: true | Wording;
  onAct: (act: PlaybackAct) => void;
  onSpeed: (speed: number) => void;
}
export const PlaybackControls = ({ playing, speed, mayShoot, onAct, onSpeed }: ControlsProps) => {
  const { t } = useTranslation('video');
  const say = useSay();
  const button = (act: PlaybackAct, sign: string, words: string, key: string) => (
    <button type="button" className="video-button control" title={words} aria-label={words} onMouseDown={keepFocus} onClick={() => onAct(act)}>
      <span className="control-sign" aria-hidden="true">
        {sign}
      </span>
      <kbd>{key}</kbd>
    </button>
  );
  return (
    <div className="controls" role="toolbar" aria-label={t('playback.title')}>
      {button('gapBack', '⇤', t('playback.gapBack'), 'PgUp')}
      {button('back', '−10', t('playback.back10'), '←')}
      {button('stepBack', '◂|', t('playback.stepBack'), ',')}
      <button type="button" className="video-button control control-play" aria-label={playing ? t('playback.pause') : t('playback.play')} onMouseDown={keepFocus} onClick={() => onAct('toggle')}>
        <span className="control-sign" aria-hidden="true">
          {playing ? '❚❚' : '▶'}
        </span>
        <span>{playing ? t('playback.pause') : t('playback.play')}</span>
        <kbd>␣</kbd>
      </button>
      {button('stepOn', '|▸', t('playback.stepOn'), '.')}
      {button('on', '+10', t('playback.on10'), '→')}
      {button('gapOn', '⇥', t('playback.gapOn'), 'PgDn')}
      <span className="control-speeds" role="group" aria-label={t('playback.speed')}>
        <span className="dim">{t('playback.speed')}</span>
        {speeds.map((known) => (
          <button key={known} type="button" className="video-button tabular" aria-pressed={known === speed} onMouseDown={keepFocus} onClick={() => onSpeed(known)}>
            {known}×
          </button>
        ))}
        <span className="wall-hints">
          <kbd>−</kbd> <kbd>+</kbd>
        </span>
      </span>
      <button
        type="button"
        className="video-button control control-shot"
        aria-disabled={mayShoot !== true}
        title={mayShoot === true ? undefined : say(mayShoot)}
        onMouseDown={keepFocus}
        onClick={() => onAct('snapshot')}
      >
        <span>{t('wallBar.snapshot')}</span> <kbd>F3</kbd>
      </button>
    </div>
  );
};

interface ChooserProps {
  cameras: readonly Camera[];
  cameraId: string | null;
  /** Where the playhead is; now before the first seek. */
  at: number;
  now: number;
  onCamera: (cameraId: string) => void;
  onTime: (at: number) => void;
  onNewest: () => void;
  /** Shown beside it, in step. */
  beside: readonly string[];
  onBeside: (cameraId: string) => void;
}
export const PlaybackChooser = ({ cameras, cameraId, at, now, onCamera, onTime, onNewest, beside, onBeside }: ChooserProps) => {
  const { t } = useTranslation('video');
  const { site } = useSession();
  const zone = site.timeZone;
  const day = dateText(zone, at);
  const toDay = (typed: string) => {
    const found = parseTyped(zone, typed, at);
    if (found.kind === 'ok') onTime(Math.min(now, found.at));
  };
  return (
    <div className="chooser">
      <label>
        <span className="only-read">{t('playback.camera')}</span>
        <select className="video-button" value={cameraId ?? ''} onChange={(event) => onCamera(event.target.value)}>
          {cameraId === null && <option value="">{t('playback.camera')}</option>}
          {cameras.map((camera) => (
            <option key={camera.cameraId} value={camera.cameraId}>
              {cameraTitle(camera)}
            </option>
          ))}
        </select>
      </label>
      {beside.length + 1 < Math.min(mostInStep, cameras.length) && (
        <label>
          <span className="only-read">{t('playback.beside')}</span>
          <select className="video-button" value="" onChange={(event) => onBeside(event.target.value)}>
            <option value="">＋ {t('playback.beside')}</option>
            {cameras
              .filter((one) => one.cameraId !== cameraId && !beside.includes(one.cameraId))
              .map((one) => (
                <option key={one.cameraId} value={one.cameraId}>
                  {cameraTitle(one)}
                </option>
              ))}
          </select>
        </label>
      )}
      <span className="chooser-day">
        <button type="button" className="video-button" aria-label={t('playback.previousDay')} title={t('playback.previousDay')} onClick={() => onTime(addDays(zone, at, -1))}>
          ‹
        </button>
        <label>
          <span className="only-read">{t('playback.day')}</span>
          <input type="date" className="video-button" value={day} max={dateText(zone, now)} onChange={(event) => toDay(event.target.value)} />
        </label>
        <button
          type="button"
          className="video-button"
          aria-label={t('playback.nextDay')}
          title={t('playback.nextDay')}
          disabled={dayAround(zone, at).until > now}
          onClick={() => onTime(Math.min(now, addDays(zone, at, 1)))}
        >
          ›
        </button>
      </span>
      <TypedTime at={at} onTime={(typed) => onTime(Math.min(now, typed))} />
      <button type="button" className="video-button" onMouseDown={keepFocus} onClick={onNewest}>
        {t('playback.newest')}
      </button>
    </div>
  );
};

const TypedTime = ({ at, onTime }: { at: number; onTime: (at: number) => void }) => {
  const { t } = useTranslation('video');
  const { site } = useSession();
  const [text, setText] = useState('');
  const [said, setSaid] = useState<'timeInvalid' | 'timeSkipped' | 'timeTwice' | null>(null);
  const submit = (event: React.SubmitEvent) => {
    event.preventDefault();
    const typed = parseTyped(site.timeZone, text, at);
    setSaid(typed.kind === 'invalid' ? 'timeInvalid' : typed.kind === 'skipped' ? 'timeSkipped' : typed.twice ? 'timeTwice' : null);
    if (typed.kind !== 'ok') return;
    setText('');
    onTime(typed.at);
    // The keys belong to playback again.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  return (
    <form className="chooser-time" onSubmit={submit}>
      <label>
        <span className="only-read">{t('playback.time')}</span>
        <input
          type="text"
          className="video-button"
          autoComplete="off"
          inputMode="text"
          placeholder={t('playback.timeHint')}
          value={text}
          aria-invalid={said !== null && said !== 'timeTwice'}
          aria-describedby="typed-time-said"
          onChange={(event) => {
            setText(event.target.value);
            setSaid(null);
          }}
        />
      </label>
      <button type="submit" className="video-button">
        {t('playback.go')}
      </button>
      <span id="typed-time-said" className="chooser-said" role="status">
        {said === null ? null : t(`playback.${said}`)}
      </span>
    </form>
  );
};
