/** Weeks of a month, Monday first; and the months beside it. Pure. */
export const weeksOf = <D extends { day: string }>(days: readonly D[]): (D | null)[][] => {
  const first = days[0];
  if (first === undefined) return [];
  const before = (new Date(`${first.day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells: (D | null)[] = [...Array.from({ length: before }, () => null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
};

export const monthBeside = (month: string, steps: number): string => {
  const [year = 2000, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + steps, 1)).toISOString().slice(0, 7);
};
