/** Limits of this part that no regulation gives. They bound the work of one request; what a regulation says stands in the parameters. */

/** One request or item, hours: a day of sixteen cameras is what a person can look through, and what one package still carries. */
export const longestHours = 24;
export { mostCameras } from '../../../../contract/evidence.ts';
/** Undecided requests end by themselves after so many days; the hold on their footage ends earlier (hold_undecided_hours), and each step is late after footage_decision_hours. */
export const undecidedDays = 7;
