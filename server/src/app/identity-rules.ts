/** What the rules in force mean for getting in: parameters and clauses turned into what identity asks for. */
import type { AccessRules } from '../mechanisms/identity/index.ts';
import type { Rules } from '../mechanisms/parameters/index.ts';

/** Clauses that by being in force demand what no parameter of theirs says. */
const demanding = {
  operateNeedsPost: ['BRN-A4.4', 'SEC-4.4', 'RES-7.1.1', 'RES-7.1.2'],
  oneConsole: ['BUS-1.2.4', 'BRN-A4.2'],
  consoleNeedsTraining: ['ART-7.1'],
  others: ['SAF-4.2.1', 'SAF-4.2.2', 'SAF-4.2.3', 'SEC-4.1'],
} as const;

const atLeastOne = (days: number): number | null => (days > 0 ? days : null);

/**
 * In a demonstration people come and go at many windows to look around: there the demands of clauses bind by their parameters alone, which
 * can be switched on to see them at work.
 */
export const accessRulesOf = (rules: Rules, demonstration: boolean): AccessRules => {
  const methods = rules.list('auth_methods');
  const maxAgeDays = atLeastOne(rules.number('password_max_age_days'));
  const signing = rules.get('approval_signing');
  const demanded = (ids: readonly string[]): boolean => !demonstration && rules.citeAll(ids).length > 0;
  return {
    passwordMinLength: rules.number('password_min_length'),
    passwordMaxAgeDays: maxAgeDays,
    methods: [...(methods.includes('password') ? (['password'] as const) : []), ...(methods.includes('passkey') || methods.includes('fingerprint') ? (['passkey'] as const) : [])],
    secondFactorRequired: rules.flag('second_factor_required'),
    operateNeedsPost: rules.flag('operate_needs_post') || demanded(demanding.operateNeedsPost),
    oneConsole: rules.flag('one_console_per_person') || demanded(demanding.oneConsole),
    consoleNeedsTraining: rules.flag('console_needs_training') || demanded(demanding.consoleNeedsTraining),
    // What nobody has chosen yet is left to identity: where no passkey can be used, nothing could be signed at all.
    passwordSigning: signing.source === 'default' ? null : signing.value === 'password_totp_allowed',
    devicePasswordMaxAgeDays: maxAgeDays ?? atLeastOne(rules.number('device_credential_max_age_days')),
    devicePasswordScanDays: Math.max(1, rules.number('default_password_scan_days')),
    clauses: rules.citeAll(Object.values(demanding).flat()),
  };
};
