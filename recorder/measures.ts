/** Figures of the process that no camera owns, kept small: what the metrics page and the benchmarks read. */
export class Measures {
  syncs = 0;
  /** Times that a closed segment of the last minutes did not lie on disk as written. */
  altered = 0;
  /** Age of the oldest frame when it became safe: largest ever, and largest since the last look. */
  unsyncedMaxMs = 0;
  unsyncedRecentMaxMs = 0;

  synced(ageMs: number): void {
    this.syncs += 1;
    this.unsyncedMaxMs = Math.max(this.unsyncedMaxMs, ageMs);
    this.unsyncedRecentMaxMs = Math.max(this.unsyncedRecentMaxMs, ageMs);
  }

  takeRecent(): number {
    const recent = this.unsyncedRecentMaxMs;
    this.unsyncedRecentMaxMs = 0;
    return recent;
  }
}
