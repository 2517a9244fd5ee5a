/** Obligations: what is due when, by whom, with which proof: done, late, missed. */
export { createObligations, type Obligations, type ObligationsOptions } from './create-obligations.ts';
export type { FindingNotice, ObligationNotice, Place } from './context.ts';
export { loadCatalogue, obligationsFileSchema, readObligationsFile, type Catalogue } from './catalogue.ts';
export { obligationsControls } from './catalogue.ts';
export { obligationEvents } from './events.ts';
export { judgeOf, obligationsJudges } from './judges.ts';
export { declareForm, type FormDefinition } from './form.ts';
export { declareObligationKind, type ObligationKind, type ObligationRules } from './kind.ts';
export type { Obligation } from './obligation.ts';
export { questions, type ObligationFigures } from './questions.ts';
export { obligationRefusals } from './refusals.ts';
export { obligationVerbs } from './verbs.ts';
export { findingNoticeKindName, noticeKindName, obligationNoticeKinds } from './notices.ts';
export { waiverKind, waiverKindName } from './waiver.ts';
export { stateWords } from './register.ts';
export { whenText } from './when-text.ts';
export { shiftEndAt } from './calendar.ts';
