/** The first instant of the day of a site in which an instant lies. */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../base/clock.ts';

export const startOfSiteDay = (at: Instant, timeZone: string): Instant => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay().epochMilliseconds;
