/** Thirty days as one line, with the target as a dashed one. Days without a value are gaps in the line, not zeroes. */
export interface TrendPoint {
  from: number;
  value: number | null;
}

const width = 300;
const height = 56;
const inset = 4;

interface Plotted {
  x: number;
  y: number;
}

/** Runs of neighbouring days that have a value. */
const runsOf = (points: readonly (Plotted | null)[]): Plotted[][] => {
  const runs: Plotted[][] = [[]];
  for (const point of points) {
    if (point === null) runs.push([]);
    else runs.at(-1)?.push(point);
  }
  return runs.filter((run) => run.length > 0);
};

export const Trend = ({ points, target, label }: { points: readonly TrendPoint[]; target: number; label: string }) => {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) return null;
  const low = Math.min(...values, target);
  const high = Math.max(...values, target);
  const y = (value: number): number => (high === low ? height / 2 : height - inset - ((value - low) / (high - low)) * (height - 2 * inset));
  const x = (index: number): number => (points.length === 1 ? width / 2 : inset + (index / (points.length - 1)) * (width - 2 * inset));
  const runs = runsOf(points.map(({ value }, index) => (value === null ? null : { x: x(index), y: y(value) })));
  return (
    <svg className="trend" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <line x1={0} x2={width} y1={y(target)} y2={y(target)} />
      {runs.map((run) => (run.length === 1 ? <circle key={run[0]?.x} cx={run[0]?.x} cy={run[0]?.y} r={2.5} /> : <path key={run[0]?.x} d={run.map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join('')} />))}
    </svg>
  );
};
