/** What stands on each screen of the wall, where its tiles lie, and how the arrow keys walk them. Pure. */
import { largeOf, type Layout } from './wall-layout.ts';

/** Screens in turn: what is pinned keeps its place on each of them, the others share the rest. */
export const screensOf = (ids: readonly string[], layout: Layout, pinned: readonly string[]): string[][] => {
  const first = ids.slice(0, layout);
  const held = new Map(first.flatMap((id, place): [number, string][] => (pinned.includes(id) ? [[place, id]] : [])));
  // All of them pinned: there is nothing that could take turns.
  if (held.size >= layout) return [first];
  const kept = new Set(held.values());
  const rest = ids.filter((id) => !kept.has(id));
  const each = layout - held.size;
  const screens: string[][] = [];
  for (let at = 0; at < rest.length || screens.length === 0; at += each) {
    const turn = rest.slice(at, at + each);
    const screen: string[] = [];
    for (let place = 0; place < layout; place += 1) {
      const id = held.get(place) ?? turn.shift();
      if (id !== undefined) screen.push(id);
    }
    screens.push(screen);
  }
  return screens;
};

/** The camera of an alarm comes into the picture and leaves the selection alone: F3 keeps acting on what was looked at. */
export const withAlarm = (shown: readonly string[], camera: string | null, keep: ReadonlySet<string>): string[] => {
  if (camera === null || shown.includes(camera)) return [...shown];
  const place = shown.findLastIndex((id) => !keep.has(id));
  return place < 0 ? [...shown] : shown.with(place, camera);
};

export interface Cell {
  x: number;
  y: number;
  size: number;
}
/** Where each tile lies, in tiles of the grid. */
export const cellsOf = (layout: Layout, columns: number, count: number): Cell[] => {
  const large = largeOf[layout];
  if (large === undefined) return Array.from({ length: count }, (_, n) => ({ x: n % columns, y: Math.floor(n / columns), size: 1 }));
  const cells: Cell[] = [{ x: 0, y: 0, size: large.span }];
  for (let y = 0; y < large.side; y += 1) for (let x = 0; x < large.side; x += 1) if (x >= large.span || y >= large.span) cells.push({ x, y, size: 1 });
  return cells.slice(0, count);
};

export type Direction = 'left' | 'right' | 'up' | 'down';
const overlaps = (a: number, aSize: number, b: number, bSize: number): boolean => a < b + bSize && b < a + aSize;

/** The tile that the eye meets next; past the edge of a row the next one in order; 'next' and 'previous' lead to another screen. */
export const stepFrom = (cells: readonly Cell[], at: number, direction: Direction): number | 'next' | 'previous' => {
  const here = cells[at];
  if (here === undefined) return 0;
  const sideways = direction === 'left' || direction === 'right';
  const onwards = direction === 'right' || direction === 'down';
  const distance = (cell: Cell): number => (sideways ? (onwards ? cell.x - (here.x + here.size) : here.x - (cell.x + cell.size)) : onwards ? cell.y - (here.y + here.size) : here.y - (cell.y + cell.size));
  const aside = (cell: Cell): number => (sideways ? Math.abs(cell.y - here.y) : Math.abs(cell.x - here.x));
  const candidates = cells
    .map((cell, index) => ({ cell, index }))
    .filter(({ cell }) => distance(cell) >= 0 && (!sideways || overlaps(cell.y, cell.size, here.y, here.size)))
    .toSorted((a, b) => distance(a.cell) - distance(b.cell) || aside(a.cell) - aside(b.cell));
  const [nearest] = candidates;
  if (nearest !== undefined) return nearest.index;
  const inOrder = at + (onwards ? 1 : -1);
  if (sideways && inOrder >= 0 && inOrder < cells.length) return inOrder;
  return onwards ? 'next' : 'previous';
};
