/** Instants as the place writes them. */
const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

const offsetText = (minutes: number, colon: string): string => `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}${colon}${pad(Math.abs(minutes) % 60)}`;

/** `2026-11-22 08:15:00.250 +08:00` */
export const localTime = (at: number, utcOffsetMinutes: number): string => {
  const iso = new Date(Math.round(at) + utcOffsetMinutes * 60_000).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)} ${offsetText(utcOffsetMinutes, ':')}`;
};

/** `20261122T081500+0800`, for names of files. */
export const compactTime = (at: number, utcOffsetMinutes: number): string => {
  const iso = new Date(at + utcOffsetMinutes * 60_000).toISOString();
  return `${iso.slice(0, 19).replaceAll(/[-:]/g, '')}${offsetText(utcOffsetMinutes, '')}`;
};

export const localDate = (at: number, utcOffsetMinutes: number): string => new Date(at + utcOffsetMinutes * 60_000).toISOString().slice(0, 10);
