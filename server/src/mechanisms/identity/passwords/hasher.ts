/** argon2id, two at a time: each costs 19 MiB and a core, and a room's machine records meanwhile. */
import { hash, verify } from '@node-rs/argon2';
import { identityRefusals } from '../refusals.ts';

const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;
const atOnce = 2;
const mostWaiting = 32;

export interface Hasher {
  hash(password: string): Promise<string>;
  /** Takes as long for `null` (nobody has that account) as for a wrong password. */
  verify(phc: string | null, password: string): Promise<boolean>;
}

/** Runs at most `atOnce` together; more than `mostWaiting` behind them are refused rather than kept for minutes. */
export const createQueue = (limit: number, longest: number) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= limit) {
      if (waiting.length >= longest) throw identityRefusals('busy', {}, { retryAfterSeconds: 3 });
      // The slot is handed over, so that nobody slips in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
};

/** What the keyboard gives for the same signs may differ in code points; people do not know. */
const bytesOf = (password: string): string => password.normalize('NFKC');

export const createHasher = (): Hasher => {
  const queued = createQueue(atOnce, mostWaiting);
  let nobody: Promise<string> | null = null;
  return {
    hash: (password) => queued(() => hash(bytesOf(password), cost)),
    verify: async (phc, password) => {
      nobody ??= hash('nobody has this account', cost);
      // Awaited in either case: the first sign-in of a process must not tell who exists.
      const dummy = await nobody;
      const against = phc ?? dummy;
      const same = await queued(() => verify(against, bytesOf(password)));
      return same && phc !== null;
    },
  };
};
