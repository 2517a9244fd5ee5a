/** Classes of alarms (lifecycle 2): how grave, and by which parameters their limits are set. */
import type { AlarmClass, Severity } from '../../../../contract/notifications.ts';

export interface ClassRule {
  severity: Severity;
  /** Seconds until somebody must have acknowledged. */
  ackLimitParameter: string;
}

const rule = (severity: Severity, name: string): ClassRule => ({ severity, ackLimitParameter: `ack_limit_${name}_seconds` });

export const classes: Readonly<Record<AlarmClass, ClassRule>> = {
  fire: rule('major', 'fire'),
  panic: rule('major', 'panic'),
  intrusion: rule('serious', 'intrusion'),
  device: rule('ordinary', 'device'),
  room: rule('ordinary', 'room'),
  duty: rule('ordinary', 'duty'),
  system: rule('serious', 'system'),
};
