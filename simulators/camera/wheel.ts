/**
 * One timer for all cameras of the process. Due times go into slots of one millisecond; the process sleeps until the next slot that
 * holds something. What is due within the current millisecond and wants finer timing spins on setImmediate until its time has come.
 */
export interface Wheel {
  now(): number;
  /** Runs `task` at `dueMs` (monotonic, fractional); once. `fine` asks for better than a millisecond, at the price of spinning. */
  at(dueMs: number, task: () => void, fine?: boolean): void;
}

const slotCount = 4_096;
interface Entry {
  dueMs: number;
  task: () => void;
}

export const createWheel = (): Wheel => {
  const slots: Entry[][] = Array.from({ length: slotCount }, () => []);
  const soon: Entry[] = [];
  let spinning = false;
  let turnedUntil = Math.floor(performance.now());
  let pending = 0;
  let timer: NodeJS.Timeout | null = null;
  let timerFor = Infinity;

  const arm = (dueMs: number): void => {
    if (dueMs >= timerFor) return;
    if (timer !== null) clearTimeout(timer);
    timerFor = dueMs;
    timer = setTimeout(turn, Math.max(0, dueMs - performance.now())).unref();
  };
  const put = (entry: Entry): void => {
    // Never before the hand: a task that is late runs on the next turn.
    const tick = Math.min(Math.max(Math.ceil(entry.dueMs), turnedUntil + 1), turnedUntil + slotCount - 1);
    slots[tick % slotCount]?.push(entry);
    pending += 1;
    arm(tick);
  };
  const turn = (): void => {
    timer = null;
    timerFor = Infinity;
    const until = Math.floor(performance.now());
    // After a long pause every slot is visited once, not each lost millisecond.
    for (let tick = Math.max(turnedUntil + 1, until - slotCount + 1); tick <= until; tick += 1) {
      const slot = slots[tick % slotCount];
      if (slot === undefined || slot.length === 0) continue;
      const due = slot.splice(0);
      pending -= due.length;
      turnedUntil = tick;
      for (const entry of due) {
        // Further away than one revolution: it only passed by.
        if (entry.dueMs > until + 1) put(entry);
        else entry.task();
      }
    }
    turnedUntil = Math.max(turnedUntil, until);
    if (pending > 0) armNext();
  };
  const armNext = (): void => {
    for (let tick = turnedUntil + 1; tick < turnedUntil + slotCount; tick += 1) {
      if ((slots[tick % slotCount]?.length ?? 0) > 0) {
        arm(tick);
        return;
      }
    }
  };
  const spin = (): void => {
    const now = performance.now();
    for (const entry of soon.splice(0)) {
      if (entry.dueMs <= now) entry.task();
      else soon.push(entry);
    }
    spinning = soon.length > 0;
    if (spinning) setImmediate(spin);
  };
  return {
    now: () => performance.now(),
    at: (dueMs, task, fine = false) => {
      if (!fine || dueMs - performance.now() > 1.5) {
        put({ dueMs, task });
        return;
      }
      soon.push({ dueMs, task });
      if (!spinning) {
        spinning = true;
        setImmediate(spin);
      }
    },
  };
};
