/** What the room's regulations say about getting in. Parameters stand above identity, so they come through a slot that wire.ts fills. */
import type { Instant } from '../../base/clock.ts';
import type { Db } from '../../platform/postgres/db.ts';
import { shortestPassword } from './passwords/verdict.ts';

export type SignInMethod = 'password' | 'passkey';

export interface AccessRules {
  /** In characters; never below what Vigil itself asks for. */
  passwordMinLength: number;
  /** Null: passwords do not age. */
  passwordMaxAgeDays: number | null;
  methods: readonly SignInMethod[];
  secondFactorRequired: boolean;
  /** Duty operators and monitors may operate only while they hold a post. */
  operateNeedsPost: boolean;
  /** Nobody is signed in at two consoles at a time. */
  oneConsole: boolean;
  /** Who has no valid record of training does not get to the console. */
  consoleNeedsTraining: boolean;
  /** Decisions may be signed with password and code; null: only where passkeys cannot be used, and in the demonstration. */
  passwordSigning: boolean | null;
  /** Days after which the password of a device is due for a change; null: never. */
  devicePasswordMaxAgeDays: number | null;
  /** The listed devices are looked at again after so many days. */
  devicePasswordScanDays: number;
  /** Texts of the rules behind, e.g. brn@1#BRN-A4.2; written on facts. */
  clauses: readonly string[];
}

export interface RulePlace {
  siteId: string;
  roomId: string;
}

export type RulesSlot = (db: Db, place: RulePlace, at: Instant) => Promise<AccessRules>;

/** A room that has adopted no regulation yet. */
export const withoutRegulation: AccessRules = {
  passwordMinLength: shortestPassword,
  passwordMaxAgeDays: null,
  methods: ['password', 'passkey'],
  secondFactorRequired: false,
  operateNeedsPost: false,
  oneConsole: false,
  consoleNeedsTraining: false,
  passwordSigning: null,
  devicePasswordMaxAgeDays: null,
  devicePasswordScanDays: 7,
  clauses: [],
};
