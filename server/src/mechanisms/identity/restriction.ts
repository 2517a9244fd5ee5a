/** What stands in the way of a session. Pure. Who holds a post is held up by nothing but a second console: no clock cuts off the watch. */
import type { Restriction } from '../../../../contract/identity.ts';
import type { Instant } from '../../base/clock.ts';
import type { Refusal } from '../../base/refusal.ts';
import { dayMs } from '../../base/units.ts';
import type { AccessRules } from './access-rules.ts';
import { passwordAge, passwordDisclosed, secondConsole } from './controls.ts';
import { identityRefusals } from './refusals.ts';

export type ChangeNeeded = 'first' | 'set_by_other' | 'disclosed';

export interface Standing {
  onPost: boolean;
  limited: boolean;
  passwordSince: Instant | null;
  changeNeeded: ChangeNeeded | null;
  hasSecondFactor: boolean;
}

export const isPasswordTooOld = (since: Instant | null, maxAgeDays: number | null, now: Instant): boolean =>
  since !== null && maxAgeDays !== null && now - since >= maxAgeDays * dayMs;

export const restrictionOf = (standing: Standing, rules: AccessRules, now: Instant): Restriction | null => {
  const { onPost, limited, passwordSince, changeNeeded, hasSecondFactor } = standing;
  if (!secondConsole.allows(() => !limited)) return 'second_console';
  if (onPost) return null;
  if (!passwordAge.allows(() => !isPasswordTooOld(passwordSince, rules.passwordMaxAgeDays, now))) return 'change_password';
  if (!passwordDisclosed.allows(() => changeNeeded !== 'disclosed')) return 'change_password';
  if (changeNeeded !== null && changeNeeded !== 'disclosed') return 'change_password';
  return rules.secondFactorRequired && !hasSecondFactor ? 'enrol_second_factor' : null;
};

export const restrictionRefusal = (restriction: Restriction): Refusal => identityRefusals(restriction === 'second_console' ? 'limited' : restriction === 'change_password' ? 'password_change_needed' : 'second_factor_needed');

const always = ['GET /api/identity/session', 'DELETE /api/identity/session', 'PUT /api/identity/language', 'GET /api/identity/own-account', 'POST /api/identity/step-up', 'POST /api/identity/step-up/options'];
const ways: Readonly<Record<Restriction, readonly string[]>> = {
  second_console: [],
  change_password: ['POST /api/identity/password'],
  enrol_second_factor: ['POST /api/identity/own-account/passkeys/options', 'POST /api/identity/own-account/passkeys', 'POST /api/identity/own-account/codes', 'POST /api/identity/own-account/codes/confirm'],
};
/** The way out of a restriction stays open, nothing else. */
export const reachable = (what: string, restriction: Restriction): boolean => always.includes(what) || ways[restriction].includes(what);
