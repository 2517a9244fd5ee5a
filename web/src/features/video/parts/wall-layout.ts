/** How the wall is laid out: how many tiles, which camera where, which keep their place. Pure; what a person changed is kept in this browser, what is saved lies with the post. */
import { wallShapes, type WallLayout, type WallShape } from '../../../../../contract/wall.ts';

export const layouts = wallShapes;
export type Layout = WallShape;
/** One large picture among small ones: tiles of one side, and how many of them the large one covers each way. */
export const largeOf: Partial<Record<Layout, { side: number; span: number }>> = { 6: { side: 3, span: 2 }, 8: { side: 4, span: 3 }, 13: { side: 4, span: 2 } };

export interface GridFit {
  columns: number;
  rows: number;
  tileWidthPx: number;
  tileHeightPx: number;
}
/** Between two tiles, and around the grid. */
export const tileGapPx = 3;

interface Box {
  widthPx: number;
  heightPx: number;
  aspect: number;
}
const fitColumns = (columns: number, rows: number, { widthPx, heightPx, aspect }: Box): GridFit => {
  const [width, height] = [(widthPx - tileGapPx * (columns + 1)) / columns, (heightPx - tileGapPx * (rows + 1)) / rows];
  const tileWidthPx = Math.max(1, Math.floor(Math.min(width, height * aspect)));
  return { columns, rows, tileWidthPx, tileHeightPx: Math.max(1, Math.floor(Math.min(height, tileWidthPx / aspect))) };
};

/** Tiles in the shape of their pictures, as large as the box allows: what is left over lies around the wall and not inside each tile. */
export const fitGrid = (cells: number, widthPx: number, heightPx: number, aspect: number): GridFit => {
  const square = Math.ceil(Math.sqrt(cells));
  const fitting = (columns: number): GridFit => fitColumns(columns, Math.ceil(cells / columns), { widthPx, heightPx, aspect });
  let best = fitting(square);
  for (let columns = 1; columns <= cells; columns += 1) {
    const other = fitting(columns);
    // People know where a camera hangs: the square wall is given up only for pictures that are clearly larger.
    if (other.tileWidthPx > best.tileWidthPx * 1.08) best = other;
  }
  return best;
};
/** The grid of a layout; one that has a large picture keeps its square. */
export const fitLayout = (layout: Layout, cells: number, { widthPx, heightPx, aspect }: Box): GridFit => {
  const large = largeOf[layout];
  return large === undefined ? fitGrid(cells, widthPx, heightPx, aspect) : fitColumns(large.side, large.side, { widthPx, heightPx, aspect });
};
/** Shape of most of the pictures; 16:9 as long as none is known. */
export const commonAspect = (cameras: readonly { width: number | null; height: number | null }[]): number => {
  const counts = new Map<number, number>();
  for (const { width, height } of cameras) if (width !== null && height !== null && width > 0 && height > 0) counts.set(width / height, (counts.get(width / height) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 16 / 9;
};

export interface WallChoice {
  /** Null until the person has chosen: the wall then fits the number of cameras. */
  layout: Layout | null;
  /** Camera ids as the person has put them; cameras that are not named follow by number. */
  order: readonly string[];
  /** They keep their place when the screens take turns. */
  pinned: readonly string[];
  /** Seconds until the next screen; null: it does not turn by itself. */
  tourSeconds: number | null;
}
export const noChoice: WallChoice = { layout: null, order: [], pinned: [], tourSeconds: null };
export const choiceOf = ({ shape, places, pinned, tourSeconds }: Pick<WallLayout, 'shape' | 'places' | 'pinned' | 'tourSeconds'>): WallChoice => ({ layout: shape, order: places.filter((id) => id !== null), pinned, tourSeconds });

const squares = [1, 4, 9, 16] as const;
export const fittingLayout = (cameras: number): Layout => squares.find((layout) => layout >= cameras) ?? 16;
export const neighbourLayout = (layout: Layout, step: 1 | -1): Layout => layouts[layouts.indexOf(layout) + step] ?? layout;

/** Ids in wall order: as the person has put them, then the rest by number. Ids of cameras that are gone fall out. */
export const arrange = (cameras: readonly { cameraId: string; number: number }[], order: readonly string[]): string[] => {
  const byNumber = cameras.toSorted((a, b) => a.number - b.number).map(({ cameraId }) => cameraId);
  const known = new Set(byNumber);
  const placed = [...new Set(order)].filter((id) => known.has(id));
  if (placed.length === 0) return byNumber;
  const rest = new Set(placed);
  return [...placed, ...byNumber.filter((id) => !rest.has(id))];
};
export const swap = (ids: readonly string[], a: string, b: string): string[] => ids.map((id) => (id === a ? b : id === b ? a : id));

/** What was kept may be from an older version or have been tampered with: anything strange is no choice. */
export const readChoice = (text: string | null): WallChoice => {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return noChoice;
    const { layout, order, pinned, tourSeconds } = value as Record<string, unknown>; // each is looked at below
    const texts = (list: unknown): string[] => (Array.isArray(list) ? list.filter((id): id is string => typeof id === 'string').slice(0, 1_024) : []);
    return {
      layout: layouts.find((known) => known === layout) ?? null, order: texts(order), pinned: texts(pinned),
      tourSeconds: typeof tourSeconds === 'number' && tourSeconds >= 5 && tourSeconds <= 600 ? Math.round(tourSeconds) : null,
    };
  } catch {
    return noChoice;
  }
};
