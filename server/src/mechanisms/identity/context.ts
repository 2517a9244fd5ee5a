/** What the parts of identity share; made once by createIdentity. */
import type { Clock, Instant } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Blobs } from '../../platform/blobs/disk-blobs.ts';
import type { Database, Db, Tx } from '../../platform/postgres/db.ts';
import type { SetUpForm } from '../../../../contract/identity.ts';
import type { Actor, Ledger } from '../ledger/index.ts';
import type { Sealer } from '../../platform/secrets/sealer.ts';
import type { AccessRules, RulePlace, RulesSlot } from './access-rules.ts';
import type { PasskeyPlace } from './passkeys/passkey-site.ts';
import type { Hasher } from './passwords/hasher.ts';
import type { Verb } from './policy.ts';
import type { IdentityAlarm } from './identity-alarm.ts';

/** What others do in the same transaction as the set-up: storage, the first camera. A refusal undoes the whole set-up. */
export interface SetUpSlot {
  siteId: string;
  roomId: string;
  demonstration: boolean;
  camera: SetUpForm['camera'];
  actor: Actor;
  at: Instant;
}

export interface IdentityContext {
  database: Database;
  clock: Clock;
  log: Log;
  ledger: Pick<Ledger, 'append'>;
  hasher: Hasher;
  verbs: ReadonlyMap<string, Verb>;
  onSetUp: (tx: Tx, setUp: SetUpSlot) => Promise<void>;
  /** A session without post ends after this rest. */
  idleMs: number;
  demonstrationPossible: boolean;
  /** For secrets of code generators and passwords of devices. */
  sealer: Sealer;
  passkeys: PasskeyPlace;
  rules: RulesSlot;
  /** Raised in the same transaction as its cause. */
  onAlarm: (tx: Tx, alarm: IdentityAlarm) => Promise<void>;
  /** Scans of qualifications. */
  blobs: Blobs;
  /** The password of a device is to be changed by then: becomes an obligation. */
  rotationDue: (tx: Tx, due: RotationDue) => Promise<void>;
  onAlarmCleared: (tx: Tx, cleared: Omit<IdentityAlarm, 'body'>) => Promise<void>;
}

export interface RotationDue {
  credentialId: string;
  device: string;
  ownerId: string;
  siteId: string;
  roomId: string;
  /** The password was set at. */
  setAt: Instant;
  dueAt: Instant;
}

export const rulesNow = (context: IdentityContext, db: Db, place: RulePlace): Promise<AccessRules> => context.rules(db, place, context.clock.now());

export const setUpActor: Actor = { kind: 'process', id: 'set-up' };
/** Somebody at the machine itself. */
export const terminalActor: Actor = { kind: 'process', id: 'terminal' };
