/** The plan with its cameras: dragged by pointer, moved by keys; what each sees is drawn as a sector. */
import { useRef } from 'react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { planPicture } from '../../../../../contract/cameras.ts';
import type { FloorPlan, PlanPlace } from '../../../../../contract/cameras.ts';
import type { Camera } from '../../../../../contract/video.ts';
import { addressOf } from '../../../app/client.ts';
import { byKey, conePath, moved } from '../plan-geometry.ts';

export const cameraLabel = (camera: Pick<Camera, 'number' | 'name'>): string => `${String(camera.number).padStart(2, '0')} ${camera.name}`;

export const PlanCanvas = ({ plan, places, cameras, selected, select, change }: {
  plan: FloorPlan;
  places: readonly PlanPlace[];
  cameras: ReadonlyMap<string, Camera>;
  selected: string | null;
  select: (cameraId: string) => void;
  /** Null: this person looks only. */
  change: ((place: PlanPlace) => void) | null;
}) => {
  const { t } = useTranslation('cameras');
  const { t: tApp } = useTranslation('app');
  const canvas = useRef<HTMLDivElement>(null);
  const drag = (place: PlanPlace) => (event: PointerEvent<HTMLButtonElement>): void => {
    const box = canvas.current?.getBoundingClientRect();
    if (change === null || box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    change(moved(place, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
  };
  return (
    <div ref={canvas} className="plan-canvas" role="group" aria-label={t('register.plan.canvas', { name: plan.name })} style={{ aspectRatio: `${plan.width} / ${plan.height}` }}>
      <img src={addressOf(planPicture.path, { planId: plan.planId })} alt="" draggable={false} />
      <svg className="plan-cone" viewBox={`0 0 ${plan.width} ${plan.height}`} aria-hidden="true">
        {places.map((place) => (
          <path key={place.cameraId} d={conePath(place, plan.width, plan.height)} fill="#0b5cad" fillOpacity={place.cameraId === selected ? 0.4 : 0.2} stroke="#0b5cad" vectorEffect="non-scaling-stroke" />
        ))}
      </svg>
      {places.map((place) => {
        const camera = cameras.get(place.cameraId);
        if (camera === undefined) return null;
        return (
          <button
            key={place.cameraId}
            type="button"
            className="plan-mark"
            style={{ left: `${place.x * 100}%`, top: `${place.y * 100}%` }}
            aria-pressed={place.cameraId === selected}
            aria-label={t('register.plan.mark', { camera: cameraLabel(camera), state: tApp(`cameraState.${camera.state}`), direction: place.direction })}
            data-wrong={camera.state !== 'recording'}
            onClick={() => select(place.cameraId)}
            onFocus={() => select(place.cameraId)}
            onPointerDown={(event) => {
              select(place.cameraId);
              if (change !== null) event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={drag(place)}
            onKeyDown={(event) => {
              const next = change === null ? null : byKey(place, event.key);
              if (next === null || change === null) return;
              event.preventDefault();
              change(next);
            }}
          >
            <span>{camera.number}</span>
          </button>
        );
      })}
    </div>
  );
};
