/** What identity has to tell the leader at once. */
import type { Instant } from '../../base/clock.ts';

export type IdentityAlarmKind = 'second_console' | 'password_overdue_on_post';

export interface IdentityAlarm {
  kind: `identity.${IdentityAlarmKind}`;
  siteId: string;
  roomId: string;
  /** The person. */
  subject: string;
  body: { name: string; post: string; reason: string };
  at: Instant;
}
