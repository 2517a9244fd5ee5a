/** Notifications: who must know within how many seconds, and who if they do not answer; what is raised and not yet acknowledged. */
export { createNotifications, type Notifications, type NotificationsOptions } from './create-notifications.ts';
export { declareAlarmKind, declareNoticeKind, type AlarmKind, type Kind, type NoticeKind } from './kinds.ts';
export type { AlarmToRaise } from './commands/raise-alarm.ts';
export type { AlarmToClear } from './commands/clear-alarm.ts';
export type { NoticeToSend } from './commands/send-notice.ts';
export type { PeopleDoor, KnownPerson } from './context.ts';
export { defaultLimits, defaultLists, defaultNumbers, type Limits } from './limits.ts';
export type { Alarm } from './alarm.ts';
export { signatureOf } from './channels/webhook.ts';
export { notificationsRefusals } from './refusals.ts';
export { notificationsEvents } from './events.ts';
export { notificationsVerbs } from './verbs.ts';
export { notificationsControls } from './controls.ts';
export { notificationsJudges } from './judges.ts';
export { questions } from './questions.ts';
