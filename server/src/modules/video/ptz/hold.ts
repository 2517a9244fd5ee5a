/** Who may turn a camera: whoever turns it holds it for a moment, a lock keeps it longer, a higher rank takes over. Pure. */
import type { Role } from '../../../../../contract/identity.ts';
import type { Instant } from '../../../base/clock.ts';
import { secondMs } from '../../../base/units.ts';

/** After the last turn the camera is somebody else's again. */
export const holdMs = 15 * secondMs;

export interface Hold {
  cameraId: string;
  personId: string;
  sessionId: string;
  heldBy: string;
  priority: number;
  locked: boolean;
  since: Instant;
  until: Instant;
}

const ranks: Partial<Record<Role, number>> = { room_manager: 4, duty_manager: 3, shift_leader: 2 };
/** The rank of the highest role that a person holds here. */
export const priorityOf = (roles: readonly Role[]): number => Math.max(1, ...roles.map((role) => ranks[role] ?? 1));

/** The hold while it lasts; null: there is none. */
export const standing = (hold: Hold | null, now: Instant): Hold | null => (hold !== null && hold.until > now ? hold : null);

/** Does a hold that stands keep that person from turning? */
export const blocks = (hold: Hold, wanted: Pick<Hold, 'personId' | 'priority'>): boolean => hold.personId !== wanted.personId && hold.priority >= wanted.priority;
