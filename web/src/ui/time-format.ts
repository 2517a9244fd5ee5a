/** Times as people of the room read them: 02:47, spans as 8:04, dates as 11-22 周日; always in the site's time zone, never the browser's. */

const formatters = new Map<string, Intl.DateTimeFormat>();
const formatter = (timeZone: string, language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${timeZone}|${language}|${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(language, { timeZone, hourCycle: 'h23', ...options });
    formatters.set(key, found);
  }
  return found;
};

/** 02:47 */
export const clockText = (at: number, timeZone: string): string => formatter(timeZone, 'en-GB', { hour: '2-digit', minute: '2-digit' }).format(at);
/** 02:47:16 */
export const clockSecondsText = (at: number, timeZone: string): string =>
  formatter(timeZone, 'en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
/** 2026-11-22 */
export const isoDateText = (at: number, timeZone: string): string => formatter(timeZone, 'en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
/** 11-22 周日 */
export const dayText = (at: number, timeZone: string, language: string): string =>
  `${isoDateText(at, timeZone).slice(5)} ${formatter(timeZone, language, { weekday: 'short' }).format(at)}`;
/** 11-22 02:47:16 */
export const momentText = (at: number, timeZone: string): string => `${isoDateText(at, timeZone).slice(5)} ${clockSecondsText(at, timeZone)}`;

const two = (n: number): string => String(n).padStart(2, '0');

/** 0:22, 8:04, 3:12:04; from a day on `2 天 3:12` or `2 d 3:12`. Never negative: a clock that runs ahead reads 0:00. */
export const spanText = (ms: number, language: string): string => {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  if (days > 0) return `${days} ${language.startsWith('zh') ? '天' : 'd'} ${hours}:${two(minutes)}`;
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  return `${minutes}:${two(seconds % 60)}`;
};

/** 3.2 Mbit/s; kbit/s below one. */
export const bitRateText = (bitsPerSecond: number): string =>
  bitsPerSecond >= 1_000_000 ? `${(bitsPerSecond / 1_000_000).toFixed(1)} Mbit/s` : `${Math.round(bitsPerSecond / 1_000)} kbit/s`;

/** 1.2 TB, 340 GB; powers of ten, as on the label of a disk. */
export const sizeText = (bytes: number): string => (bytes >= 1e12 ? `${(bytes / 1e12).toFixed(1)} TB` : bytes >= 1e9 ? `${Math.floor(bytes / 1e9)} GB` : `${Math.floor(bytes / 1e6)} MB`);

/** A hash or fingerprint in groups of four, however it came, so that two people can read it to each other. */
export const groupedHash = (hex: string): string => hex.replace(/[\s:]/g, '').replace(/(.{4})(?=.)/g, '$1 ');
