/** Refuses a weak password at the field where it was typed. */
import { passwordStrong } from '../controls.ts';
import { identityRefusals } from '../refusals.ts';
import { judgePassword, type About } from '../passwords/verdict.ts';

export const requireStrong = async (password: string, about: About, path: string): Promise<void> => {
  const { accepted, zh, en } = await judgePassword(password, about);
  passwordStrong.refuse(() => (accepted ? null : identityRefusals('password_weak', { zh, en }, { fields: [{ path, zh, en }] })));
};
