/** Beside the plan: the selected camera with its state and its numbers, and the cameras that can be placed. */
import { Button, InputNumber } from 'antd';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PlanPlace } from '../../../../../contract/cameras.ts';
import type { Camera } from '../../../../../contract/video.ts';
import { NormalMark, PriorityMark } from '../../../ui/marks.tsx';
import { Panel } from '../../../ui/page.tsx';
import { moved, turned, widened } from '../plan-geometry.ts';
import { cameraLabel } from './plan-canvas.tsx';

export const CameraState = ({ camera }: { camera: Camera }) => {
  const { t } = useTranslation('app');
  const word = t(`cameraState.${camera.state}`);
  return camera.state === 'recording' ? <NormalMark>{word}</NormalMark> : <span className="wrong-line"><PriorityMark priority={camera.state === 'lost' ? 'high' : 'medium'} /> {word}{camera.reason !== null && ` · ${t(`gapReason.${camera.reason}`)}`}</span>;
};

export const SelectedCamera = ({ camera, place, watches, change, takeOff }: { camera: Camera | undefined; place: PlanPlace | undefined; watches: boolean; change: ((place: PlanPlace) => void) | null; takeOff: () => void }) => {
  const { t } = useTranslation('cameras');
  if (camera === undefined || place === undefined) return <p className="dim">{t('register.plan.pick')}</p>;
  const numbers = [
    ['x', Math.round(place.x * 100), 0, 100, (value: number) => moved(place, value / 100, place.y)], ['y', Math.round(place.y * 100), 0, 100, (value: number) => moved(place, place.x, value / 100)],
    ['direction', place.direction, 0, 359, (value: number) => turned(place, value)], ['angle', place.angle, 5, 360, (value: number) => widened(place, value)],
  ] as const;
  return (
    <Panel title={cameraLabel(camera)}>
      <p><CameraState camera={camera} /></p>
      {watches && <p><Link to="/wall">{t('register.plan.live')}</Link></p>}
      {change !== null && (
        <>
          <div className="plan-numbers">
            {numbers.map(([name, value, least, most, next]) => (
              <label key={name}>
                {t(`register.plan.${name}`)}
                <InputNumber value={value} min={least} max={most} precision={0} style={{ width: '100%' }} onChange={(given) => given !== null && change(next(given))} />
              </label>
            ))}
          </div>
          <div className="form-acts"><Button onClick={takeOff}>{t('register.plan.off')}</Button></div>
        </>
      )}
    </Panel>
  );
};

export const CamerasBeside = ({ cameras, placed, select, put }: { cameras: readonly Camera[]; placed: ReadonlySet<string>; select: (cameraId: string) => void; put: ((cameraId: string) => void) | null }) => {
  const { t } = useTranslation('cameras');
  return (
    <Panel title={t('register.plan.cameras')}>
      <ul className="plan-list">
        {cameras.map((camera) => (
          <li key={camera.cameraId}>
            <span>{cameraLabel(camera)}</span>
            {placed.has(camera.cameraId) ? (
              <Button size="small" onClick={() => select(camera.cameraId)}>{t('register.open')}</Button>
            ) : put === null ? (
              <span className="dim">{t('register.plan.notPlaced')}</span>
            ) : (
              <Button size="small" onClick={() => put(camera.cameraId)}>{t('register.plan.put')}</Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
};
