/** Words of the state of devices, English. */
import type { Words } from '../../ui/words.ts';
import type { zh } from './locale.zh-CN.ts';

export const en: Words<typeof zh> = {
  title: 'Devices', about: 'Whether each device works, whether its picture is clear, and how long ago it was looked at.', caption: 'Devices', search: 'Device', empty: 'No state is known yet; devices are polled every 10 seconds.',
  device: 'Device', grade: 'Grade', state: 'State', day: 'Available, 24 h', month: 'Available, 30 days', act: 'Picture', good: 'good', fair: 'fair', poor: 'does not work', unknown: 'cannot be told', stale: 'state is too old',
  keep: 'Keep as reference', kept: 'Reference: {{time}}', none: 'No reference picture', wellAll: 'all in order', room: 'Availability of the room', target: 'target {{percent}} %', degraded: 'under the target, or a device does not work', inOrder: 'target met',
  clock: 'Clock of this machine', clockUnknown: 'No time server answers', clockOff: '{{seconds}} s', troubles: 'Troubles of the last 7 days', noTroubles: 'No trouble in the last 7 days.', what: 'Trouble', from: 'Began', until: 'Over', lasting: 'goes on', duty: 'On duty', shift: 'shift {{number}}', still: 'See the picture', since: 'Since', broken: 'Not working', weak: 'Fair', stillOf: 'What was wrong: {{device}}',
  source: {
    title: 'Time servers and power supplies', time_server: 'Time server', ups: 'Power supply (NUT)', kind: 'Kind', name: 'Name', host: 'Address', port: 'Port', unit: 'Name of the supply at its NUT server', must: 'Fill this in', add: 'Add', acts: 'Acts', remove: 'Remove', removeText: '"{{name}}" will not be asked any more; what is wrong with it now ends.', added: 'Added', notAsked: 'shown in a moment',
    empty: 'No time server and no power supply yet. Without a time server nobody finds out that this clock is wrong.', emptyOther: 'No time server and no power supply yet; the system administrator adds them.',
  },
};
