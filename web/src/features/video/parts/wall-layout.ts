/** How the wall is laid out: 1, 4, 9 or 16 tiles, which camera where, which one is selected. Pure; kept for each person in this browser. */

export const layouts = [1, 4, 9, 16] as const;
export type Layout = (typeof layouts)[number];

export interface GridFit {
  columns: number;
  rows: number;
  tileWidthPx: number;
  tileHeightPx: number;
}
/** Between two tiles, and around the grid. */
export const tileGapPx = 3;

/** Tiles in the shape of their pictures, as large as the box allows: what is left over lies around the wall and not inside each tile. */
export const fitGrid = (cells: number, widthPx: number, heightPx: number, aspect: number): GridFit => {
  const square = Math.ceil(Math.sqrt(cells));
  const fitting = (columns: number): GridFit => {
    const rows = Math.ceil(cells / columns);
    const [width, height] = [(widthPx - tileGapPx * (columns + 1)) / columns, (heightPx - tileGapPx * (rows + 1)) / rows];
    const tileWidthPx = Math.max(1, Math.floor(Math.min(width, height * aspect)));
    return { columns, rows, tileWidthPx, tileHeightPx: Math.max(1, Math.floor(Math.min(height, tileWidthPx / aspect))) };
  };
  let best = fitting(square);
  for (let columns = 1; columns <= cells; columns += 1) {
    const other = fitting(columns);
    // People know where a camera hangs: the square wall is given up only for pictures that are clearly larger.
    if (other.tileWidthPx > best.tileWidthPx * 1.08) best = other;
  }
  return best;
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
}
export const noChoice: WallChoice = { layout: null, order: [] };

export const fittingLayout = (cameras: number): Layout => layouts.find((layout) => layout >= cameras) ?? 16;
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

export const pageCount = (cameras: number, layout: Layout): number => Math.max(1, Math.ceil(cameras / layout));
/** The page that shows an id; the first when it is on none. */
export const pageOf = (ids: readonly string[], id: string | null, layout: Layout): number => Math.max(0, Math.floor((id === null ? 0 : Math.max(0, ids.indexOf(id))) / layout));

export type Direction = 'left' | 'right' | 'up' | 'down';
/** Arrow keys walk the wall as it is seen; past the edge of a page they go on to the next one. */
export const moveSelection = (ids: readonly string[], selected: string | null, direction: Direction, columns: number): string | null => {
  const at = selected === null ? -1 : ids.indexOf(selected);
  if (at < 0) return ids[0] ?? null;
  const step = { left: -1, right: 1, up: -columns, down: columns }[direction];
  return ids[at + step] ?? (direction === 'down' ? (Math.floor(at / columns) < Math.floor((ids.length - 1) / columns) ? ids.at(-1) : undefined) : undefined) ?? selected;
};

/** What was kept may be from an older version or have been tampered with: anything strange is no choice. */
export const readChoice = (text: string | null): WallChoice => {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return noChoice;
    const { layout, order } = value as Record<string, unknown>;
    return {
      layout: layouts.find((known) => known === layout) ?? null,
      order: Array.isArray(order) ? order.filter((id): id is string => typeof id === 'string').slice(0, 1_024) : [],
    };
  } catch {
    return noChoice;
  }
};
