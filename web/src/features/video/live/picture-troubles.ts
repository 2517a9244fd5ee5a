/**
 * Which pictures on the wall are not what they seem: the recorder may still count a camera as recording when its picture here has stopped.
 * The console asks here before it says that nothing is wrong.
 */
import type { TileState } from './tile-state.ts';

export type PictureTrouble = Extract<TileState['kind'], 'lost' | 'stale' | 'frozen'>;
type Troubles = ReadonlyMap<string, PictureTrouble>;

const troubleOf = (kind: TileState['kind']): PictureTrouble | null => (kind === 'lost' || kind === 'stale' || kind === 'frozen' ? kind : null);

export class PictureTroubles {
  #now: Troubles = new Map();
  readonly #listeners = new Set<() => void>();
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = (): Troubles => this.#now;
  /** Null: the tile is gone, and with it what it knew. */
  readonly report = (cameraId: string, kind: TileState['kind'] | null): void => {
    const trouble = kind === null ? null : troubleOf(kind);
    if ((this.#now.get(cameraId) ?? null) === trouble) return;
    const next = new Map(this.#now);
    if (trouble === null) next.delete(cameraId);
    else next.set(cameraId, trouble);
    this.#now = next;
    for (const listener of this.#listeners) listener();
  };
}
/** Of the one wall that a window shows. */
export const pictureTroubles = new PictureTroubles();
