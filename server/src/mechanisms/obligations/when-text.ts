/** Instants as people of the site read them: 2026-11-22 08:15. */
import type { Instant } from '../../base/clock.ts';

export const whenText = (at: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
