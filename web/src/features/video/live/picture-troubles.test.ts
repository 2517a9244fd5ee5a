import { expect, it, vi } from 'vitest';
import { PictureTroubles } from './picture-troubles.ts';

it('knows the pictures that stopped, tells of each change once, and forgets tiles that are gone', () => {
  const troubles = new PictureTroubles();
  const told = vi.fn<() => void>();
  troubles.subscribe(told);
  for (const kind of ['waiting', 'live', 'lost', 'lost', 'frozen'] as const) troubles.report('a', kind);
  expect(told).toHaveBeenCalledTimes(2);
  expect(troubles.snapshot()).toEqual(new Map([['a', 'frozen']]));
  troubles.report('b', 'stale');
  troubles.report('a', 'live');
  expect(troubles.snapshot()).toEqual(new Map([['b', 'stale']]));
  troubles.report('b', null);
  expect(troubles.snapshot().size).toBe(0);
});
