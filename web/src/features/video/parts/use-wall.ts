/** State of one wall: what stands on the screen now, what is selected, and what each act does to it. Screens only draw it. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { Camera } from '../../../../../contract/video.ts';
import { noZoom, panBy, zoomBy, type Zoom } from './digital-zoom.ts';
import { useAlarmCameras } from './use-alarm-cameras.ts';
import { useWallChoice } from './use-wall-choice.ts';
import { arrange, fittingLayout, neighbourLayout, swap, type Layout, type WallChoice } from './wall-layout.ts';
import { cellsOf, screensOf, stepFrom, withAlarm, type Direction } from './wall-screens.ts';

/** Screens take turns by themselves; whoever looks closer is not turned away from. */
const useTurns = (seconds: number | null, onTurn: () => void): void => {
  const turn = useEffectEvent(onTurn);
  useEffect(() => {
    if (seconds === null) return;
    const timer = setInterval(() => turn(), seconds * 1_000);
    return () => clearInterval(timer);
  }, [seconds]);
};

const wayOf: Record<Direction, [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

export const useWall = (cameras: readonly Camera[]) => {
  const [choice, setChoice] = useWallChoice();
  const [wanted, setSelected] = useState<string | null>(null);
  const [enlarged, setEnlarged] = useState(false);
  const [zoom, setZoom] = useState<Zoom>(noZoom);
  const [turned, setTurned] = useState(0);
  const alarmed = useAlarmCameras();
  const ids = arrange(cameras, choice.order);
  const chosen: Layout = choice.layout ?? fittingLayout(ids.length);
  const layout: Layout = enlarged ? 1 : chosen;
  const screens = screensOf(ids, chosen, choice.pinned);
  const selected = wanted !== null && ids.includes(wanted) ? wanted : (ids[0] ?? null);
  const page = turned % screens.length;
  const known = new Set(ids);
  const newest = alarmed.find((id) => known.has(id)) ?? null;
  const keep = new Set([...choice.pinned, ...(selected === null ? [] : [selected])]);
  const shown = enlarged ? (selected === null ? [] : [selected]) : withAlarm(screens[page] ?? [], newest, keep);
  /** No place was free for it: it comes into the corner. */
  const inset = newest !== null && !shown.includes(newest) ? newest : null;
  const touring = choice.tourSeconds !== null && screens.length > 1 && !enlarged;
  useTurns(touring ? choice.tourSeconds : null, () => setTurned(page + 1));

  const select = (id: string | null) => {
    setSelected(id);
    setZoom(noZoom);
    const on = id === null ? -1 : screens.findIndex((screen) => screen.includes(id));
    if (id !== null && on >= 0 && screens[page]?.includes(id) !== true) setTurned(on);
  };
  const turn = (step: 1 | -1) => {
    const next = Math.min(screens.length - 1, Math.max(0, page + step));
    setTurned(next);
    if (next !== page && !choice.pinned.includes(selected ?? '')) setSelected(screens[next]?.[0] ?? null);
  };
  const walk = (direction: Direction, columns: number) => {
    if (enlarged && zoom.scale > 1) return setZoom(panBy(zoom, ...wayOf[direction]));
    const order = enlarged ? ids : shown;
    const at = selected === null ? -1 : order.indexOf(selected);
    if (enlarged) return select(order[at + (direction === 'right' || direction === 'down' ? 1 : -1)] ?? selected);
    const to = stepFrom(cellsOf(layout, columns, shown.length), at, direction);
    if (to === 'next' && page + 1 < screens.length) turn(1);
    else if (to === 'previous' && page > 0) {
      setTurned(page - 1);
      setSelected(screens[page - 1]?.at(-1) ?? selected);
    } else if (typeof to === 'number') select(shown[to] ?? selected);
  };
  const change = (more: Partial<WallChoice>) => setChoice({ ...choice, ...more });
  const enlarge = (id = selected) => {
    if (id !== selected) select(id);
    setZoom(noZoom);
    setEnlarged(!enlarged);
  };
  return {
    choice, ids, layout, chosen, screens, page, shown, inset, selected, enlarged, zoom, alarmed, touring, select, turn, walk, enlarge,
    setZoom,
    take: setChoice,
    choose: (next: Layout) => {
      setEnlarged(false);
      change({ layout: next });
    },
    /** Enlarged, more and fewer look closer and wider. */
    more: (step: 1 | -1) => {
      if (enlarged) setZoom(zoomBy(zoom, step));
      else change({ layout: neighbourLayout(chosen, step) });
    },
    pin: () => {
      if (selected === null || enlarged) return;
      const pinned = choice.pinned.includes(selected) ? choice.pinned.filter((id) => id !== selected) : [...choice.pinned, selected];
      // What is pinned stands on the first screen from now on: its place there is what it keeps.
      const first = screens[0] ?? [];
      const place = shown.indexOf(selected);
      const there = first[place];
      change({ pinned, order: first.includes(selected) || there === undefined ? ids : swap(ids, selected, there) });
    },
    tour: () => change({ tourSeconds: choice.tourSeconds === null ? 20 : null }),
    drop: (dropped: string, onto: string) => change({ order: swap(ids, dropped, onto) }),
    byNumber: () => change({ order: [], pinned: [] }),
  };
};
export type WallState = ReturnType<typeof useWall>;
