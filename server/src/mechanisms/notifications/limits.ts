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
}

export const defaultNumbers: Readonly<Record<string, number>> = {
  alarm_ack_fire_seconds: 30,
  alarm_ack_panic_seconds: 30,
  alarm_ack_intrusion_seconds: 60,
  alarm_ack_device_seconds: 300,
  alarm_ack_room_seconds: 120,
  alarm_ack_duty_seconds: 120,
  alarm_ack_system_seconds: 120,
  alarm_ack_valid_fire_minutes: 5,
  alarm_ack_valid_panic_minutes: 5,
  alarm_ack_valid_intrusion_minutes: 10,
  alarm_ack_valid_device_minutes: 60,
  alarm_ack_valid_room_minutes: 30,
  alarm_ack_valid_duty_minutes: 30,
  alarm_ack_valid_system_minutes: 30,
  /** Minutes until a ladder that reached nobody begins anew; doubles with each round up to four hours. */
  alarm_repeat_minutes: 10,
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
};
