/** Parameters: which rule and value binds this room at this moment, from which clause, since when. */
export { createParameters, type Parameters, type ParametersOptions } from './create-parameters.ts';
export type { Place } from './book-keeper.ts';
export type { RuleValue } from './merge.ts';
export type { Rules } from './rules.ts';
export type { ParameterValue } from './value.ts';
export { parametersControls } from './controls.ts';
export { judgesByAdoption, parametersJudges } from './judges.ts';
export { parametersEvents } from './events.ts';
export { parametersRefusals } from './refusals.ts';
export { parametersVerbs } from './verbs.ts';
