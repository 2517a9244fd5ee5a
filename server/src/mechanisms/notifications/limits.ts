/** Limits of alarms by parameter. The parameters mechanism fills the slot; without it the defaults of the design hold (lifecycle 2). */
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';

export interface Place {
  siteId: string;
  roomId: string;
}

/** Value of a parameter in force there and then. */
export interface Limits {
  number(db: Db, place: Place, name: string, at: Instant): Promise<number>;
  list(db: Db, place: Place, name: string, at: Instant): Promise<readonly string[]>;
  /** `pack@version#clause` of those of these clauses that bind the room. */
  cite(db: Db, place: Place, clauses: readonly string[], at: Instant): Promise<readonly string[]>;
}

export const defaultNumbers: Readonly<Record<string, number>> = {
  ack_limit_fire_seconds: 30,
  ack_limit_panic_seconds: 30,
  ack_limit_intrusion_seconds: 60,
  ack_limit_device_seconds: 300,
  ack_limit_room_seconds: 60,
  ack_limit_duty_seconds: 60,
  ack_limit_system_seconds: 300,
  /** Minutes for which an acknowledgement holds before the alarm rings again. */
  ack_expires_minutes: 10,
  /** Seconds that each further person of the ladder has. */
  escalation_hop_seconds: 60,
  /** No alarm is put aside for longer than the longest shift, hours. */
  max_shift_hours: 12,
  /** Minutes until a ladder that reached nobody begins anew; doubles with each round up to four hours. */
  escalation_repeat_minutes: 10,
};

export const defaultLists: Readonly<Record<string, readonly string[]>> = {
  escalation_ladder: ['duty_partner', 'shift_leader', 'room_manager', 'security_department'],
};

const known = <T>(table: Readonly<Record<string, T>>, name: string): T => {
  const value = table[name];
  if (value === undefined) throw new Error(`parameter ${name} is not known to notifications`);
  return value;
};

export const defaultLimits: Limits = {
  number: async (_db, _place, name) => known(defaultNumbers, name),
  list: async (_db, _place, name) => known(defaultLists, name),
  cite: async () => [],
};
