/** Identity: who is this, which post do they hold now, may they do this here and now. */
export { createIdentity, type Identity, type IdentityOptions } from './create-identity.ts';
export { actorOf, type Caller } from './caller.ts';
export type { SetUpSlot } from './context.ts';
export type { IdentityGate } from './gate.ts';
export type { EndedSession } from './notices.ts';
export type { DemonstrationPerson } from './commands/make-demonstration.ts';
export { recoverAdministrator, type Recovered } from './commands/recover-administrator.ts';
export { createHasher } from './passwords/hasher.ts';
export { declareVerbs, may, type Verb, type VerbTable } from './policy.ts';
export { identityRefusals } from './refusals.ts';
export { identityVerbs } from './verbs.ts';
export { identityEvents } from './events.ts';
export { guarded, open, signedIn } from './words.ts';
export { questions } from './questions.ts';
export { withoutRegulation, type AccessRules, type RulesSlot } from './access-rules.ts';
export { identityControls } from './controls.ts';
export { identityJudges } from './judges.ts';
export type { Posts } from './posts.ts';
export type { Signature, SigningRequest, SigningSlot } from './signing.ts';
export { checkEvidence } from './check-evidence.ts';
export type { IdentityAlarm } from './identity-alarm.ts';
export { requireStepUp } from './step-up-age.ts';
/** Tables in and out of files, as people bring them: the register of cameras reads its own the same way. */
export { parseCsv, textOfFile } from './people-file/csv.ts';
export { isWorkbook, readWorkbook, writeWorkbook } from './people-file/workbook.ts';
