/** A layout of the wall: pure rules of what may be saved and what a screen shows. */
import type { z } from 'zod';
import type { WallLayoutContent } from '../../../../../contract/wall.ts';
import { refuse } from './refusals.ts';

export type LayoutContent = z.output<typeof WallLayoutContent>;

/** Each camera of the room at one place only; what is pinned stands on the first screen. */
export const checkLayout = ({ places, pinned, shape }: LayoutContent, known: ReadonlySet<string>): void => {
  const cameras = places.filter((id) => id !== null);
  if (cameras.some((id) => !known.has(id))) throw refuse('layout_camera_unknown');
  if (new Set(cameras).size !== cameras.length) throw refuse('layout_camera_twice');
  const first = new Set(places.slice(0, shape));
  if (pinned.some((id) => !first.has(id))) throw refuse('pin_off_screen');
};

/** What remains visible under the cover: the first screen of the guest layout. */
export const shownToGuests = (layout: Pick<LayoutContent, 'places' | 'shape'> | null): string[] => (layout === null ? [] : layout.places.slice(0, layout.shape).filter((id) => id !== null));
