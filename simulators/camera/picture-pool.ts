/** Buffers for pictures on their way: taken, patched, written to every viewer, and given back when the last write is done. */
export interface Leased {
  bytes: Buffer;
  /** Announces one more write; the returned function is its end. */
  hold(): () => void;
  /** No further `hold` will come. */
  sealed(): void;
}

const keepAtMost = 512;

export const createPool = (): { lease(sizeBytes: number): Leased } => {
  const free = new Map<number, Buffer[]>();
  const lease = (sizeBytes: number): Leased => {
    const capacity = Math.max(4_096, 2 ** Math.ceil(Math.log2(sizeBytes)));
    const shelf = free.get(capacity) ?? [];
    free.set(capacity, shelf);
    const whole = shelf.pop() ?? Buffer.allocUnsafeSlow(capacity);
    let holders = 1;
    const release = (): void => {
      holders -= 1;
      if (holders === 0 && shelf.length < keepAtMost) shelf.push(whole);
    };
    return {
      bytes: whole.subarray(0, sizeBytes),
      hold: () => {
        holders += 1;
        return release;
      },
      sealed: release,
    };
  };
  return { lease };
};
