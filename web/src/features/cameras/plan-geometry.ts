/** Where a camera stands on a plan and what it sees of it. Pure. */
import type { PlanPlace } from '../../../../contract/cameras.ts';

const held = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
/** A hundredth of the plan a step of the keyboard. */
const step = 0.01;
const turnStep = 15;
const angleStep = 10;

export const moved = (place: PlanPlace, x: number, y: number): PlanPlace => ({ ...place, x: held(x, 0, 1), y: held(y, 0, 1) });
export const turned = (place: PlanPlace, direction: number): PlanPlace => ({ ...place, direction: ((Math.round(direction) % 360) + 360) % 360 });
export const widened = (place: PlanPlace, angle: number): PlanPlace => ({ ...place, angle: held(Math.round(angle), 5, 360) });

/** What a key does to the selected camera; null: nothing of ours. */
export const byKey = (place: PlanPlace, key: string): PlanPlace | null => {
  switch (key) {
    case 'ArrowLeft': return moved(place, place.x - step, place.y);
    case 'ArrowRight': return moved(place, place.x + step, place.y);
    case 'ArrowUp': return moved(place, place.x, place.y - step);
    case 'ArrowDown': return moved(place, place.x, place.y + step);
    case '[': return turned(place, place.direction - turnStep);
    case ']': return turned(place, place.direction + turnStep);
    case '-': return widened(place, place.angle - angleStep);
    case '=': case '+': return widened(place, place.angle + angleStep);
    default: return null;
  }
};

const pointAt = (cx: number, cy: number, reach: number, degrees: number): string => {
  const radians = ((degrees - 90) * Math.PI) / 180;
  return `${(cx + reach * Math.cos(radians)).toFixed(1)} ${(cy + reach * Math.sin(radians)).toFixed(1)}`;
};

/** The sector that it sees, as an SVG path in pixels of the plan. */
export const conePath = (place: PlanPlace, width: number, height: number): string => {
  const [cx, cy] = [place.x * width, place.y * height];
  const reach = Math.max(width, height) * 0.12;
  if (place.angle >= 360) return `M ${cx - reach} ${cy} a ${reach} ${reach} 0 1 0 ${reach * 2} 0 a ${reach} ${reach} 0 1 0 ${-reach * 2} 0 Z`;
  const [from, until] = [place.direction - place.angle / 2, place.direction + place.angle / 2];
  return `M ${cx.toFixed(1)} ${cy.toFixed(1)} L ${pointAt(cx, cy, reach, from)} A ${reach.toFixed(1)} ${reach.toFixed(1)} 0 ${place.angle > 180 ? 1 : 0} 1 ${pointAt(cx, cy, reach, until)} Z`;
};
