/** Lines of the forecast in a box of 1000 × 220: what was kept, what will be, and the room for it. Pure. */
export interface Plotted {
  capacityBytes: number;
  plot: readonly { day: number; bytes: number }[];
  past: readonly { at: number; footageBytes: number }[];
}

const width = 1_000;
const height = 220;
const dayMs = 86_400_000;
/** The highest line stays off the edge. */
const headroom = 1.1;

export const linesOf = ({ capacityBytes, plot, past }: Plotted, now: number) => {
  const from = Math.min(now, ...past.map(({ at }) => at));
  const until = now + (plot.at(-1)?.day ?? 1) * dayMs;
  const top = headroom * Math.max(1, capacityBytes, ...plot.map(({ bytes }) => bytes), ...past.map(({ footageBytes }) => footageBytes));
  const x = (at: number): number => Math.round(((at - from) / Math.max(1, until - from)) * width * 10) / 10;
  const y = (bytes: number): number => Math.round((1 - bytes / top) * height * 10) / 10;
  const path = (points: readonly (readonly [number, number])[]): string => points.map(([at, bytes], i) => `${i === 0 ? 'M' : 'L'}${x(at)} ${y(bytes)}`).join(' ');
  const present = plot[0]?.bytes ?? 0;
  return {
    from, todayX: x(now), roomY: y(capacityBytes),
    past: past.length === 0 ? '' : path([...past.map(({ at, footageBytes }) => [at, footageBytes] as const), [now, present]]),
    ahead: path(plot.map(({ day, bytes }) => [now + day * dayMs, bytes])),
  };
};
