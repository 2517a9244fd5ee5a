/** When something is due, as a regulation says it. Data: packs write it, the calendar reads it. */
import { z } from 'zod';

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
export const isoDay = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** A number of its own, or that of a parameter of the site. */
const days = z.union([z.int().min(1).max(3_660), z.object({ parameter: z.string() }).strict()]);

export const Rhythm = z.discriminatedUnion('every', [
  z.object({ every: z.literal('day') }).strict(),
  /** ISO 8601: Monday is 1. */
  z.object({ every: z.literal('week'), weekday: z.int().min(1).max(7) }).strict(),
  /** From this day to `untilDay`, both included; a month that lacks a day takes its last. */
  z.object({ every: z.literal('month'), day: z.int().min(1).max(31), untilDay: z.int().min(1).max(31).optional() }).strict(),
  z.object({ every: z.literal('quarter'), firstDay: z.int().min(1).max(28), lastDay: z.int().min(1).max(28) }).strict(),
  /** Month and day, both included; an end before the start lies in the next year. */
  z.object({ every: z.literal('year'), from: monthDay, until: monthDay }).strict(),
  /** Counted from `startingOn`; open for the whole period unless `openDays` is shorter. */
  z.object({ every: z.literal('days'), days, startingOn: isoDay, openDays: z.int().min(1).max(3_660).optional() }).strict(),
  /** From local midnight on: 2 means 0:00, 2:00, 4:00 … */
  z.object({ every: z.literal('hours'), hours: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(6), z.literal(8), z.literal(12)]) }).strict(),
  /** The shifts of the room, from start to end. */
  z.object({ every: z.literal('shift') }).strict(),
]);
export type Rhythm = z.infer<typeof Rhythm>;

/** A deadline after something that happened: no calendar. */
export const AfterEvent = z
  .object({ after: z.literal('event'), limitMs: z.int().min(1).optional(), limitParameter: z.object({ name: z.string(), unitMs: z.int().min(1) }).strict().optional() })
  .strict()
  .refine((one) => (one.limitMs === undefined) !== (one.limitParameter === undefined), 'either limitMs or limitParameter');
export type AfterEvent = z.infer<typeof AfterEvent>;

/** Somebody opens it when they see a reason to; due within the limit. */
export type Opening = Rhythm | AfterEvent;
export const isRhythm = (opening: Opening): opening is Rhythm => 'every' in opening;
