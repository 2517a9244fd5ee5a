/** Asks for decisions: each becomes an approval of its kind. */
import type { Caller } from '../../identity/index.ts';
import type { ParametersContext } from '../context.ts';
import { findDraft } from '../profile-store.ts';
import { parametersRefusals } from '../refusals.ts';
import { profileFault } from '../profile.ts';
import { digestOfProfile } from '../profile-demands.ts';

/** `form` carries its reason; the approval keeps it apart from what is approved. */
export const ask = async (context: ParametersContext, caller: Caller, kind: string, form: Readonly<Record<string, unknown>> & { reason: string }, subject: string): Promise<{ approvalId: string }> => {
  const { reason, ...body } = form;
  const approvalId = await context.database.transaction((tx) => context.submit(tx, { kind, body, reason, applicant: caller, subject }));
  return { approvalId };
};

/** The draft as it stands is what is submitted, nothing that was typed since. */
export const askForProfile = async (context: ParametersContext, caller: Caller, form: { number: number; reason: string }): Promise<{ approvalId: string }> => {
  const draft = await findDraft(context.database.db, caller.siteId);
  if (draft === null) throw parametersRefusals('profile_missing');
  if (draft.number !== form.number) throw parametersRefusals('profile_moved');
  const faulty = profileFault(draft.profile);
  if (faulty !== null) throw parametersRefusals('profile_faulty', { why: faulty.zh, whyEn: faulty.en });
  const body = { number: draft.number, profile: draft.profile, reason: form.reason };
  return ask(context, caller, 'parameters.profile', body, `profile_${digestOfProfile(draft.profile).slice(0, 16)}`);
};
