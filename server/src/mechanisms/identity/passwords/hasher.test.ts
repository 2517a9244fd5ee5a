import { describe, expect, test } from 'vitest';
import { createHasher, createQueue } from './hasher.ts';

describe('hashing', () => {
  test('argon2id with 19 MiB and two passes; verifies what was hashed and nothing else', async () => {
    const hasher = createHasher();
    const phc = await hasher.hash('骆驼石榴风筝台灯');
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(phc, '骆驼石榴风筝台灯')).toBe(true);
    expect(await hasher.verify(phc, '骆驼石榴风筝台')).toBe(false);
    expect(await hasher.verify(null, 'nobody has this account')).toBe(false);
  });

  test('full-width and composed signs are the same password as their plain forms', async () => {
    const hasher = createHasher();
    expect(await hasher.verify(await hasher.hash('ＡＢＣ１２３é'), 'ABC123e\u0301')).toBe(true);
  });

  test('two at a time, in order; more than may wait are refused at once, and a failed one frees its place', async () => {
    const queued = createQueue(2, 3);
    const running: number[] = [];
    const ends: (() => void)[] = [];
    let most = 0;
    const work = (n: number) => () =>
      new Promise<number>((resolve, reject) => {
        running.push(n);
        most = Math.max(most, running.length);
        ends.push(() => {
          running.splice(running.indexOf(n), 1);
          if (n === 1) reject(new Error('broke'));
          else resolve(n);
        });
      });
    const all = [0, 1, 2, 3, 4].map((n) => queued(work(n)).catch((error: unknown) => (error as Error).message));
    await expect(queued(work(5))).rejects.toMatchObject({ code: 'identity.busy', retryAfterSeconds: 3 });
    const order: number[][] = [];
    while (ends.length > 0) {
      order.push([...running]);
      ends.shift()?.();
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    }
    expect(await Promise.all(all)).toEqual([0, 'broke', 2, 3, 4]);
    expect(most).toBe(2);
    expect(order[0]).toEqual([0, 1]);
  });
});
