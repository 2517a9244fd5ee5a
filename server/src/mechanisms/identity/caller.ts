/** Who stands behind a request, as routes of all modules see them. */
import type { Can, Language, Restriction, Role } from '../../../../contract/identity.ts';
import type { z } from 'zod';
import type { Instant } from '../../base/clock.ts';
import type { Sentence } from '../../base/refusal.ts';
import type { Actor } from '../ledger/index.ts';

export interface Caller {
  personId: string;
  sessionId: string;
  name: string;
  staffNumber: string;
  account: string;
  language: Language;
  /** Roles that hold in this room now. */
  roles: readonly Role[];
  siteId: string;
  roomId: string;
  /** Name of the post held now, for the ledger's actor; null: none. */
  post: string | null;
  signedInAt: Instant;
  /** Last proof that the person themselves sits here; null: none since this second console was opened. */
  stepUpAt: Instant | null;
  /** What stands in the way of everything else; null: nothing. */
  restriction: Restriction | null;
  /** May this person do that: yes, or the reason why not. A verb that nobody declared is a fault of the program. */
  can(verb: string): true | Sentence;
  canAll(): z.infer<typeof Can>;
}

export const actorOf = (caller: Pick<Caller, 'personId' | 'sessionId' | 'post'>): Actor => ({
  kind: 'person',
  id: caller.personId,
  sessionId: caller.sessionId,
  post: caller.post,
});
