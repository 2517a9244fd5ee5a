/** Who is told next when nobody answers. Pure. */
import { Role } from '../../../../contract/identity.ts';
import type { Role as RoleName } from '../../../../contract/identity.ts';
import { Target } from '../../../../contract/notifications.ts';
import type { Sentence } from '../../base/refusal.ts';
import { minuteMs } from '../../base/units.ts';

export interface Rung {
  /** Roles, or ids of people. */
  targets: readonly string[];
  hop: number;
}

/** The next rung; null: the ladder has ended. */
export const nextRung = (ladder: readonly (readonly string[])[], hop: number): Rung | null => {
  const targets = ladder[hop];
  return targets === undefined ? null : { targets, hop: hop + 1 };
};

const longestPauseMinutes = 240;
/** How long a ladder that reached nobody rests before it begins anew: doubled each round, so that a forgotten alarm does not flood anybody. */
export const pauseMs = (repeatMinutes: number, round: number): number => Math.min(longestPauseMinutes, repeatMinutes * 2 ** Math.min(round - 1, 10)) * minuteMs;

const atConsole: readonly RoleName[] = ['duty_operator', 'monitor'];
/** Those who sit before the alarm list and hear it: they need no notice of their own at first. */
export const isAtConsole = (target: string): boolean => atConsole.some((role) => role === target);

export const rolesOf = (targets: readonly string[]): RoleName[] => [...new Set(targets.flatMap((target) => (target === 'duty_partner' ? [...atConsole] : Role.options.filter((role) => role === target))))];
/** People given by id stand beside roles. */
export const peopleOf = (targets: readonly string[]): string[] => targets.filter((target) => target.startsWith('per_'));
/** Partners are those on post now; other roles are told wherever they are. */
export const onlyOnPost = (targets: readonly string[]): boolean => targets.length > 0 && targets.every((target) => target === 'duty_partner');

export const isTarget = (text: string): text is Target => Target.safeParse(text).success;

export const targetWords = (targets: readonly string[], titleOf: (role: string) => Sentence): Sentence => {
  const words = targets.filter((target) => !target.startsWith('per_')).map((target) => (target === 'duty_partner' ? { zh: '同班值守人员', en: 'others on post' } : titleOf(target)));
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
};
