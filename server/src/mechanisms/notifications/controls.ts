/** The rules of alarms and notices that clauses ask for, each at one place. */
import { declareControl, type Control } from '../../base/control.ts';

/** No acknowledgement and no closing without words. */
export const textNeeded = declareControl({
  name: 'notifications.text_needed',
  holds: { zh: '报警没有文字不能确认或结束', en: 'no alarm is acknowledged or closed without words' },
  pairs: ['COR-4.4.5 DUTYLOG', 'GEN-5.2.2 DUTYLOG'],
});
export const findingsNeeded = declareControl({
  name: 'notifications.findings_needed',
  holds: { zh: '误报火警须记明探测器、部位、原因、人员和时间', en: 'a false fire alarm is closed with detector, place, cause, person and times' },
  pairs: ['BRN-F.3.3 DUTYLOG'],
});
/** Every row of the matrix names who must know. */
export const targetNeeded = declareControl({
  name: 'notifications.target_needed',
  holds: { zh: '每种事件都有通知对象', en: 'every kind of event has somebody who must know' },
  pairs: ['COR-3.3.3 NOTIFY'],
});
/** What waits past its limit goes to the next; without it a deadline would do nothing. */
export const escalation = declareControl({
  name: 'notifications.escalation',
  holds: { zh: '到时无人应答即上报下一级，直至有人应答', en: 'what nobody answers in its limit goes to the next' },
  pairs: [
    'SAF-3.5.1 NOTIFY', 'SAF-5.2.2 NOTIFY', 'COR-4.4.4 NOTIFY', 'COR-4.4.6 NOTIFY', 'BUS-1.5.1 NOTIFY', 'SCH-2.1.4 NOTIFY', 'SCH-2.6.3 NOTIFY', 'BRN-6.3 NOTIFY', 'BRN-7.5 NOTIFY', 'BRN-A1.1.3 NOTIFY', 'BRN-A2.3.1 NOTIFY',
  ],
});
/** What must be told is told at once to those whom the matrix names. */
export const telling = declareControl({
  name: 'notifications.telling',
  holds: { zh: '事件发生即通知矩阵指定的人', en: 'those whom the matrix names are told at once' },
  pairs: [
    'SAF-5.2.2 NOTIFY', 'COR-4.4.6 NOTIFY', 'BUS-1.5.1 NOTIFY', 'BUS-1.7.4 NOTIFY', 'GEN-4.1.8 NOTIFY', 'RES-4.2.3 NOTIFY', 'SCH-2.1.4 NOTIFY', 'SCH-2.6.3 NOTIFY', 'BRN-7.5 NOTIFY', 'BRN-A1.1.3 NOTIFY', 'BRN-A2.1.1 NOTIFY',
    'BRN-A2.3.1 NOTIFY',
  ],
});
export const channelSwitch = declareControl({
  name: 'notifications.channel_switch',
  holds: { zh: '一种渠道送不出去就换下一种', en: 'when a channel fails the next one is tried' },
  pairs: ['SEC-7.6 NOTIFY'],
});
/** A one-key alarm says where and when by itself. */
export const oneKey = declareControl({
  name: 'notifications.one_key',
  holds: { zh: '一键报警自带摄像机、时间和操作人', en: 'a one-key alarm carries camera, time and operator' },
  pairs: ['COR-2.2.2 NOTIFY'],
});
/** An answer after the limit says how late it was. */
export const lateness = declareControl({
  name: 'notifications.lateness',
  holds: { zh: '超时的应答标明迟到分钟数', en: 'an answer after its limit is marked late with its minutes' },
  pairs: ['COR-4.4.4 NOTIFY'],
});

/** Where the room rules so, only who is on post acknowledges. */
export const ackOnPost = declareControl({
  name: 'notifications.ack_on_post', holds: { zh: '按规定须在岗才能确认报警', en: 'where the room rules so only who is on post acknowledges' }, pairs: [],
});
/** An alarm is put aside for a shift at most, and never one that calls for help. */
export const shelfLimit = declareControl({
  name: 'notifications.shelf_limit', holds: { zh: '报警最多搁置到本班结束', en: 'an alarm is put aside until the end of the shift at most' }, pairs: [],
});

export const notificationsControls: readonly Control[] = [textNeeded, findingsNeeded, targetNeeded, escalation, telling, channelSwitch, oneKey, lateness];
