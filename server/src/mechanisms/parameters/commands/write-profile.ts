/** Writes the draft of the profile; two writers do not overwrite each other unseen. */
import type { SiteProfile } from '../../../../../contract/parameters.ts';
import type { Caller } from '../../identity/index.ts';
import type { ParametersContext } from '../context.ts';
import { profileFault, type ProfileCheck } from '../profile.ts';
import { checksOf } from '../profile-demands.ts';
import { saveDraft } from '../profile-store.ts';
import { parametersRefusals } from '../refusals.ts';

export const writeProfile = async (context: ParametersContext, caller: Caller, form: { number: number; profile: SiteProfile }): Promise<{ number: number; checks: ProfileCheck[] }> => {
  const { database, clock } = context;
  const faulty = profileFault(form.profile);
  if (faulty !== null) throw parametersRefusals('profile_faulty', { why: faulty.zh, whyEn: faulty.en });
  const number = await database.transaction((tx) => saveDraft(tx, caller.siteId, form.number, form.profile, caller.personId, clock.now()));
  if (number === null) throw parametersRefusals('profile_moved');
  return { number, checks: await checksOf(context, database.db, caller, form.profile, clock.now()) };
};
