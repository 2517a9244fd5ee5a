import { expect, it } from 'vitest';
import { createWheel } from './wheel.ts';

it('runs every task once, none before its time, also what is far away, long past, or asked from within a task', async () => {
  const wheel = createWheel();
  const start = wheel.now();
  const ran: { due: number; at: number }[] = [];
  const dues = [-50, 0, 0.3, 1, 1.4, 7.7, 7.8, 30, 29.5, 120, 4_300].map((offset) => start + offset);
  const task = (due: number) => (): void => void ran.push({ due, at: wheel.now() });
  dues.forEach((due, i) => wheel.at(due, task(due), i % 2 === 0));
  const nested = start + 60;
  wheel.at(start + 40, () => wheel.at(nested, task(nested), true));
  while (ran.length < dues.length + 1) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(ran.map(({ due }) => due).sort((a, b) => a - b)).toEqual([...dues, nested].sort((a, b) => a - b));
  expect(ran.filter(({ due, at }) => at < due)).toEqual([]);
}, 15_000);
