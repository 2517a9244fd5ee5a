/** What is wrong with the password of a device. Pure. */
import type { DeviceFinding } from '../../../../../contract/identity-people.ts';
import type { Instant } from '../../../base/clock.ts';
import { dayMs } from '../../../base/units.ts';
import { isFactoryPassword } from './factory-passwords.ts';

export interface DeviceStanding {
  /** Opened for this look only; null: the device has none. */
  password: string | null;
  score: number | null;
  since: Instant;
  /** Reported as known to others and not changed since. */
  disclosed: boolean;
  ownerActive: boolean;
}

const lowestScore = 3;

export const rotateBy = (since: Instant, maxAgeDays: number | null): Instant | null => (maxAgeDays === null ? null : since + maxAgeDays * dayMs);

export const findingsOf = (device: DeviceStanding, maxAgeDays: number | null, now: Instant): DeviceFinding[] => {
  const { password, score, since, disclosed, ownerActive } = device;
  const due = rotateBy(since, maxAgeDays);
  const found: DeviceFinding[] = [];
  if (password === null) found.push('no_password');
  else if (isFactoryPassword(password)) found.push('factory');
  else if (score !== null && score < lowestScore) found.push('weak');
  if (password !== null && due !== null && due <= now) found.push('overdue');
  if (disclosed) found.push('disclosed');
  if (!ownerActive) found.push('owner_left');
  return found;
};
