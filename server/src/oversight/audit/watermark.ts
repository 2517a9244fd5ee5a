/** Reads what stands on a picture of a screen: "张三 1007 · 11-22 02:47". The year is not on it: the newest moment that fits is meant. Pure. */
import type { Instant } from '../../base/clock.ts';
import { dayMs, hourMs, minuteMs } from '../../base/units.ts';
import type { AuditPerson } from './context.ts';

interface Moment {
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const written = /(\d{1,2})[-/.月](\d{1,2})日?\s+(\d{1,2})[:：](\d{2})/;

export const momentIn = (text: string): Moment | null => {
  const [, month, day, hour, minute] = (written.exec(text) ?? []).map(Number);
  if (month === undefined || day === undefined || hour === undefined || minute === undefined) return null;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 ? { month, day, hour, minute } : null;
};

/** Minutes that the time zone is ahead of UTC at an instant. */
const offsetMs = (at: Instant, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1_000) * 1_000;
};

/** The newest instant before `now` at which clocks of the room showed this; an hour of grace, since clocks differ. */
export const instantOf = ({ month, day, hour, minute }: Moment, timeZone: string, now: Instant): Instant | null => {
  const year = new Date(now + 14 * hourMs).getUTCFullYear();
  for (let back = 0; back < 9; back += 1) {
    const utc = Date.UTC(year - back, month - 1, day, hour, minute);
    if (new Date(utc).getUTCDate() !== day) continue; // 29 February of a common year
    const first = utc - offsetMs(utc, timeZone);
    const at = utc - offsetMs(first, timeZone);
    if (at <= now + hourMs) return at;
  }
  return null;
};

/** Who is meant: a staff number that stands there as a word, else a name. Two who fit equally well mean nobody. */
export const personIn = (text: string, people: readonly AuditPerson[]): AuditPerson | null => {
  const before = text.replace(written, ' ');
  const words = new Set(before.split(/[\s·,，;；]+/).filter((word) => word !== ''));
  const numbered = people.filter(({ staffNumber }) => staffNumber !== '' && words.has(staffNumber));
  const named = (of: readonly AuditPerson[]): AuditPerson[] => of.filter(({ name }) => before.includes(name));
  const candidates = numbered.length === 1 ? numbered : named(numbered.length > 1 ? numbered : people);
  // 张三 also stands inside of 张三丰: the longest name is the one that is written.
  const longest = Math.max(...candidates.map(({ name }) => name.length));
  const meant = candidates.filter(({ name }) => name.length === longest);
  return meant.length === 1 ? (meant[0] ?? null) : null;
};

/** A watermark shows the minute in which the picture was on the screen; the clock of a window may be that much off. */
export const spanOf = (at: Instant): { from: Instant; until: Instant } => ({ from: at - minuteMs, until: at + 2 * minuteMs });

/** Intervals begun this long before are still looked for: nobody watches a wall for longer without a break of the connection. */
export const longestWatchMs = 2 * dayMs;
